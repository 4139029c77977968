"""The memo: what everybody reads, what stays inside, and what publishing sets going."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import event, select

from app.domain.agenda import ItemKind
from app.domain.clock import utc_now
from app.domain.follow_ups import FollowUpState
from app.domain.meetings import MeetingState
from app.domain.topics import TopicState
from app.extensions import db
from app.models import (
    Attendance,
    FollowUp,
    Invitation,
    Measure,
    Meeting,
    Note,
    NoteRevision,
    OutgoingMail,
    Person,
    Topic,
    TopicStep,
)
from app.services import memos
from app.text import rendered
from tests import make
from tests.cast import Cast
from tests.page import Browser, Page

GOLDEN = Path(__file__).parents[1] / "golden" / "memo.txt"
CANARY = "Kanarina Lintunen"


def note(item_id: int, text: str, said_by_id: int | None = None) -> Note:
    """Store one note as the evening would."""
    now = utc_now()
    row = Note(
        agenda_item_id=item_id,
        operation=f"operation-{db.session.query(Note).count()}-{item_id}",
        text=text,
        html=rendered(text),
        said_by_id=said_by_id,
        created_at=now,
        changed_at=now,
        revisions=[NoteRevision(number=1, text=text, at=now)],
    )
    db.session.add(row)
    db.session.commit()
    return row


def follow_up(meeting: Meeting, item_id: int, text: str, owner: int, **fields: object) -> FollowUp:
    """Store one follow-up."""
    now = utc_now()
    values: dict[str, object] = {
        "due_on": date(2027, 4, 30),
        "state": FollowUpState.OPEN,
        "created_at": now,
        "changed_at": now,
    }
    row = FollowUp(
        meeting_id=meeting.id,
        agenda_item_id=item_id,
        text=text,
        owner_organisation_id=owner,
        **{**values, **fields},
    )
    db.session.add(row)
    db.session.commit()
    return row


@pytest.fixture
def told(cast: Cast) -> dict[str, int]:
    """An evening in the north with one topic discussed and one not reached."""
    lights = make.topic(cast.north, state=TopicState.ON_AGENDA, contact_email="eeva@koivuranta.example")
    beach = make.topic(
        cast.north,
        "Uimaranta kaipaa laituria.",
        state=TopicState.ON_AGENDA,
        contact_email="e2@koivuranta.example",
    )
    measure = make.plan().focus_areas[0].objectives[0].measures[0]
    meeting = make.meeting(cast.north, state=MeetingState.PUBLISHED)
    make.item(meeting, "Avaus", 5)
    item = make.item(meeting, minutes=10, about=lights)
    make.item(meeting, "Tauko", 10, kind=ItemKind.BREAK)
    make.item(meeting, minutes=10, about=beach)
    note(item.id, "Kuusi **lamppua** puuttuu.", cast.koivuranta)
    note(item.id, "- hinta lasketaan\n- sähköyhtiö mukaan")
    pekka = db.session.scalars(select(Person).where(Person.email == cast.pekka)).one()
    pekka.title = "tekninen johtaja"
    row = follow_up(meeting, item.id, "Lasketaan hinta.", cast.technical, topic_id=lights.id)
    row.owner_person_id = pekka.id
    row.measures = [db.session.get_one(Measure, measure.id)]
    db.session.add_all(
        [
            Attendance(meeting_id=meeting.id, organisation_id=cast.koivuranta, count=4, names=CANARY),
            Attendance(meeting_id=meeting.id, organisation_id=None, count=7),
            Invitation(meeting_id=meeting.id, person_id=pekka.id, token="t" * 30, created_at=utc_now()),
        ]
    )
    db.session.commit()
    return {"meeting": meeting.id, "item": item.id, "lights": lights.id, "beach": beach.id}


def main_words(page: Page) -> str:
    """Return the words of the page's own content, a line for each block."""
    lines: list[str] = []
    for one in page.all("main")[0].iter():
        if one.tag in ("h1", "h2", "h3", "dt", "dd", "p") or (one.tag == "li" and one.find("p") is None):
            text = " ".join("".join(one.itertext()).replace("\u00ad", "").split())
            if text:
                lines.append(f"{'#' * int(one.tag[1])} {text}" if one.tag[0] == "h" else text)
    return "\n".join(lines) + "\n"


def test_the_memo_reads_as_the_golden_one(browser: Browser, told: dict[str, int], cast: Cast) -> None:
    db.session.get_one(Meeting, told["meeting"]).state = MeetingState.MEMO_PUBLISHED
    year = db.session.get_one(Topic, told["lights"]).year
    db.session.commit()
    with time_machine.travel(datetime(2027, 2, 13, 9, tzinfo=UTC)):
        words = main_words(browser.get(f"/meetings/{told['meeting']}/memo?paper=1"))
    words = words.replace(f"Topic {year}-", "Topic YEAR-")
    assert words == GOLDEN.read_text()


def test_before_publishing_only_the_inside_reads_the_draft(
    browser: Browser, told: dict[str, int], cast: Cast
) -> None:
    address = f"/meetings/{told['meeting']}/memo"
    browser.get(address, 404)
    browser.get(f"{address}?inside=1", 404)
    for name, status in {
        "aino": 404,
        "pekka": 404,
        "olli": 404,
        "kaisa": 404,
        "timo": 200,
        "sari": 200,
    }.items():
        page = Browser(browser.app).sign_in(getattr(cast, name)).get(address, status)
        assert ("This is a draft." in page.text) is (status == 200)


@pytest.mark.parametrize("state", [MeetingState.DRAFT, MeetingState.CANCELLED])
def test_no_memo_without_a_meeting_that_was_held(browser: Browser, cast: Cast, state: MeetingState) -> None:
    meeting = make.meeting(cast.north, state=state).id
    browser.sign_in(cast.maria)
    for ending in ("memo", "memo?inside=1", "memo/publish", "memo/reopen"):
        browser.get(f"/meetings/{meeting}/{ending}", 404)


def test_publishing_moves_topics_and_tells_people_once(
    browser: Browser, told: dict[str, int], cast: Cast
) -> None:
    address = f"/meetings/{told['meeting']}/memo"
    page = browser.sign_in(cast.maria).get(f"{address}/publish")
    assert "Nothing has been written of “Uimaranta kaipaa laituria”." in page.text
    first = page.submit("Publish the memo")
    assert "The memo is published." in first.text
    page.submit("Publish the memo")
    letters = {(row.kind, row.to_address) for row in db.session.scalars(select(OutgoingMail))}
    assert letters == {
        ("memo_published", cast.pekka),
        ("topic_discussed", "eeva@koivuranta.example"),
        ("topic_postponed", "e2@koivuranta.example"),
    }
    assert len(db.session.scalars(select(OutgoingMail)).all()) == 3
    assert db.session.get_one(Topic, told["lights"]).state is TopicState.DISCUSSED
    assert db.session.get_one(Topic, told["beach"]).state is TopicState.ACCEPTED
    steps = db.session.scalars(select(TopicStep).where(TopicStep.topic_id == told["beach"])).all()
    assert [step.words for step in steps] == [
        "Aihetta ei ehditty käsitellä tällä kertaa. Se odottaa seuraavaa kokousta."
    ]
    public = Browser(browser.app).get(address)
    assert public.h1 == "Memo"
    assert "Dialogue before decision-making: the table made no decisions." in public.text
    assert "Tekninen toimi, tekninen johtaja · by 30 April 2027" in public.text


def test_names_of_people_stay_inside(browser: Browser, told: dict[str, int], cast: Cast) -> None:
    meeting, token = told["meeting"], db.session.get_one(Topic, told["lights"]).token
    Browser(browser.app).sign_in(cast.maria).get(f"/meetings/{meeting}/memo/publish").submit(
        "Publish the memo"
    )
    addresses = (f"/meetings/{meeting}/memo", f"/meetings/{meeting}/memo?paper=1", "/", f"/topics/{token}")
    for address in addresses:
        answer = browser.raw(address)
        assert CANARY not in answer.text, address
        assert "Pekka Niemi" not in answer.text, address
    browser.get(f"/meetings/{meeting}/memo?inside=1", 403)
    assert CANARY not in repr(memos.public_memo(meeting))
    outsider = Browser(browser.app).sign_in(cast.olli)
    outsider.get(f"/meetings/{meeting}/memo?inside=1", 403)
    page = Browser(browser.app).sign_in(cast.sari).get(f"/meetings/{meeting}/memo?inside=1")
    assert CANARY in page.text
    assert "Inside version: has names." in page.text
    assert "(Pekka Niemi)" in page.text


def test_a_reopened_memo_says_so_and_is_published_again(
    browser: Browser, told: dict[str, int], cast: Cast
) -> None:
    address = f"/meetings/{told['meeting']}/memo"
    browser.sign_in(cast.maria).get(f"{address}/publish").submit("Publish the memo")
    page = browser.get(address).follow("Correct the memo")
    assert "Choose why the memo is opened." in page.submit("Open the memo", status=422).text
    opened = page.submit("Open the memo", reason="missing")
    assert "Correct it and publish it again." in opened.text
    page.submit("Open the memo", reason="missing")
    public = Browser(browser.app).get(address)
    assert "The memo is being corrected." in public.text
    assert "It was published on" in public.text
    assert "lamppua" not in public.text
    assert memos.public_memo(told["meeting"]) is None
    assert "The memo is being corrected." in browser.get(address).text
    beach = browser.get(f"/meetings/{told['meeting']}/live").follow("3. Uimaranta kaipaa laituria")
    beach.submit("Save the note", text="Laituri tehdään talkoilla.")
    browser.get(f"{address}/publish").submit("Publish the memo")
    assert "Laituri tehdään talkoilla." in Browser(browser.app).get(address).text
    assert db.session.get_one(Topic, told["beach"]).state is TopicState.DISCUSSED
    kinds = sorted(row.kind for row in db.session.scalars(select(OutgoingMail)))
    # nobody twice; the beach was postponed first and discussed after the correction
    assert kinds == ["memo_published", "topic_discussed", "topic_discussed", "topic_postponed"]


def test_a_topic_that_waits_for_another_meeting_is_left_there(
    browser: Browser, told: dict[str, int], cast: Cast
) -> None:
    make.item(make.meeting(cast.north, date(2027, 5, 1)), about=db.session.get_one(Topic, told["beach"]))
    browser.sign_in(cast.maria).get(f"/meetings/{told['meeting']}/memo/publish").submit("Publish the memo")
    assert db.session.get_one(Topic, told["beach"]).state is TopicState.ON_AGENDA


def test_an_identity_code_keeps_the_memo_in(browser: Browser, told: dict[str, int], cast: Cast) -> None:
    note(told["item"], "Tunnus on 131052-308T.")
    page = browser.sign_in(cast.maria).get(f"/meetings/{told['meeting']}/memo/publish")
    page = page.submit("Publish the memo", status=422)
    assert "“Kylätien valaistus on pimeä” seems to have a personal identity code." in page.text
    assert db.session.get_one(Meeting, told["meeting"]).state is MeetingState.PUBLISHED
    assert not db.session.scalars(select(OutgoingMail)).all()


@pytest.mark.parametrize(
    ("who", "status"), [("sari", 403), ("timo", 403), ("pekka", 403), ("olli", 404), ("maria", 200)]
)
def test_only_a_coordinator_of_the_table_publishes(
    browser: Browser, told: dict[str, int], cast: Cast, who: str, status: int
) -> None:
    address = f"/meetings/{told['meeting']}/memo"
    browser.sign_in(getattr(cast, who)).get(f"{address}/publish", status)
    token = next(
        one.get("value", "") for one in browser.get("/accessibility").all("input", name="csrf_token")
    )
    browser.post(f"{address}/publish", {"csrf_token": token}, 403 if who == "olli" else status)
    published = db.session.get_one(Meeting, told["meeting"]).state is MeetingState.MEMO_PUBLISHED
    assert published is (who == "maria")


@contextmanager
def counted() -> Iterator[list[str]]:
    """Gather the statements that are run inside."""
    seen: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", see)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", see)


def test_a_long_memo_asks_no_more_than_a_short_one(browser: Browser, cast: Cast) -> None:
    counts = []
    measure = make.plan().focus_areas[0].objectives[0].measures[0].id
    for items, notes in ((1, 1), (20, 5)):
        meeting = make.meeting(cast.north, state=MeetingState.MEMO_PUBLISHED, memo_published_at=utc_now())
        for place in range(items):
            item = make.item(meeting, f"Kohta {place}", 4, about=make.topic(cast.north))
            for number in range(notes):
                note(item.id, f"Huomio {number}", cast.koivuranta)
            row = follow_up(meeting, item.id, "Lasketaan hinta.", cast.technical)
            row.measures = [db.session.get_one(Measure, measure)]
            db.session.commit()
        address = f"/meetings/{meeting.id}/memo"
        browser.get(address)
        with counted() as seen:
            browser.get(address)
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[1] <= 12, seen
