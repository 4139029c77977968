"""Meetings in a browser: called together, published, changed, cancelled, and read by everybody."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from app.domain.clock import today, utc_now
from app.domain.meetings import MeetingState
from app.domain.topics import TopicState
from app.extensions import db
from app.models import Invitation, Meeting, OutgoingMail, Topic
from tests import make
from tests.cast import Cast
from tests.page import Browser, Page, words

SOON = today() + timedelta(days=30)
TYPED = f"{SOON.day}.{SOON.month}.{SOON.year}"


def only_meeting() -> Meeting:
    return db.session.scalars(select(Meeting)).one()


def letters() -> list[tuple[str, str]]:
    rows = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))
    return [(one.kind, one.to_address) for one in rows]


def ready(cast: Cast, **fields: object) -> int:
    """A draft of two items, one of them Eeva's topic."""
    meeting = make.meeting(cast.north, SOON, **fields)
    make.item(meeting, "Avaus")
    topic = make.topic(cast.north, state=TopicState.ON_AGENDA, contact_email="eeva@example.org")
    make.item(meeting, about=topic, minutes=20)
    return meeting.id


# Calling together


def test_a_coordinator_calls_a_first_meeting_and_gets_the_frame(cast: Cast, browser: Browser) -> None:
    page = browser.sign_in(cast.maria).get("/meetings/new?table=pohjoinen")
    boxes = {one.get("name"): one.get("value") for one in page.all("input")}
    assert (boxes["minutes"], boxes["place"]) == ("90", "Koivurannan koulu")
    page = page.submit("Make the draft", day=TYPED, starts="18")
    assert page.h1 == "Build the agenda"
    meeting = only_meeting()
    assert [(one.title, one.minutes, one.standing) for one in meeting.items] == [
        ("Avaus ja esittäytyminen", 5, True),
        ("Mitä tapahtui edellisestä", 10, True),
        ("Seuraava tapaaminen ja päätteeksi", 5, True),
    ]
    assert meeting.items[0].title_sv == "Öppning och presentation"
    assert (meeting.state, meeting.minutes, meeting.place) == (MeetingState.DRAFT, 90, "Koivurannan koulu")


def test_what_is_left_empty_comes_from_the_table(cast: Cast, browser: Browser) -> None:
    page = browser.sign_in(cast.maria).get("/meetings/new")
    page.submit("Make the draft", table=str(cast.north), day=TYPED, starts="18.00", minutes="", place="")
    assert (only_meeting().minutes, only_meeting().place) == (90, "Koivurannan koulu")


def test_the_next_meeting_copies_the_standing_items_of_the_last(cast: Cast, browser: Browser) -> None:
    last = make.meeting(cast.north, date(2026, 9, 1), state=MeetingState.MEMO_PUBLISHED)
    make.item(last, "Kahvit", 15, standing=True, presenter="Kyläyhdistys")
    make.item(last, "Kertaluonteinen", 30)
    called_off = make.meeting(cast.north, date(2026, 10, 1), state=MeetingState.CANCELLED)
    make.item(called_off, "Peruttu", standing=True)
    page = browser.sign_in(cast.maria).get("/meetings/new?table=pohjoinen")
    page.submit("Make the draft", day=TYPED, starts="18")
    made = db.session.scalars(select(Meeting).order_by(Meeting.id.desc())).first()
    assert made is not None
    assert [(one.title, one.minutes, one.presenter) for one in made.items] == [("Kahvit", 15, "Kyläyhdistys")]


def test_an_empty_agenda_when_nothing_is_copied(cast: Cast, browser: Browser) -> None:
    page = browser.sign_in(cast.maria).get("/meetings/new")
    token = next(one.get("value") for one in page.all("input", name="csrf_token"))
    data: dict[str, object] = {"csrf_token": token, "table": cast.south, "day": TYPED, "starts": "18"}
    browser.post("/meetings/new", data)
    assert only_meeting().items == []


def test_a_coordinator_of_one_table_is_offered_only_that(cast: Cast, browser: Browser) -> None:
    page = browser.sign_in(cast.olli).get("/meetings/new")
    assert [words(one) for one in page.all("option")] == ["Eteläinen lähikumppanuuspöytä"]
    page = page.submit("Make the draft", 422, table=str(cast.north), day=TYPED, starts="18")
    assert "Choose the partnership table." in page.text
    assert db.session.scalar(select(func.count(Meeting.id))) == 0


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("day", "", "Write the day of the meeting."),
        ("day", "31.2.2027", "There is no such day."),
        ("day", "abc", "Write the date like this: 12.2.2027."),
        ("day", "12.2.9999", "Check the year of the date."),
        ("starts", "", "Write when the meeting starts."),
        ("starts", "25", "Write the time like this: 18.00."),
        ("minutes", "abc", "Write the minutes as a number"),
        ("minutes", "-5", "Write the minutes as a number"),
        ("minutes", "0", "An item takes from 1 to 480 minutes."),
        ("minutes", "14", "A meeting takes from 15 to 480 minutes."),
        ("place", "x" * 10_000, "The text is too long"),
        ("remote_url", "javascript:alert(1)", "Paste the whole link. It begins with https://."),
        ("remote_url", "https://[", "Paste the whole link."),
        ("table", "abc", "Choose the partnership table."),
        ("table", "99999999999999999999", "Choose the partnership table."),
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(
    cast: Cast, browser: Browser, field: str, typed: str, sentence: str
) -> None:
    page = browser.sign_in(cast.maria).get("/meetings/new")
    typed_all: dict[str, object] = {"table": str(cast.north), "day": TYPED, "starts": "18", field: typed}
    page = page.submit("Make the draft", 422, **typed_all)
    assert sentence in page.text
    wrong = [one for one in page.all("p") if one.get("id") == f"{field}-error"]
    assert len(wrong) == 1
    if field != "table":
        kept = {one.get("name"): one.get("value") for one in page.all("input")}
        assert kept[field] == typed
    assert db.session.scalar(select(func.count(Meeting.id))) == 0


def test_the_same_draft_sent_twice_is_made_once(cast: Cast, browser: Browser) -> None:
    page = browser.sign_in(cast.maria).get("/meetings/new?table=etela")
    for _ in range(2):
        assert page.submit("Make the draft", day=TYPED, starts="18").h1 == "Build the agenda"
    assert db.session.scalar(select(func.count(Meeting.id))) == 1


# Drafts are nobody else's


def test_a_draft_is_seen_only_by_those_who_may_build_it(cast: Cast, app) -> None:
    meeting = ready(cast)
    page = Browser(app).sign_in(cast.maria).get(f"/meetings/{meeting}")
    assert "Draft: only you see this." in page.text
    for email in (cast.olli, cast.sari, cast.timo, cast.aino, None):
        browser = Browser(app)
        if email:
            browser.sign_in(email)
        browser.get(f"/meetings/{meeting}", 404)
        assert browser.raw(f"/meetings/{meeting}.ics").status_code == 404
    for page_of in ("details", "cancel", "publish"):
        Browser(app).sign_in(cast.olli).get(f"/meetings/{meeting}/{page_of}", 404)
        Browser(app).sign_in(cast.sari).get(f"/meetings/{meeting}/{page_of}", 403)
    assert Browser(app).sign_in(cast.maria).raw(f"/meetings/{meeting}.ics").status_code == 404


@pytest.mark.parametrize("fields", [{}, {"state": MeetingState.CANCELLED}])
def test_a_draft_shows_nowhere(cast: Cast, browser: Browser, fields: dict[str, object]) -> None:
    canary = "Salainen kanarialintu"
    meeting = make.meeting(cast.north, SOON, place=canary, heading=canary, **fields)
    make.item(meeting, canary, standing=True)
    past = make.meeting(cast.north, SOON - timedelta(days=90), place=canary, heading=canary, **fields)
    make.item(past, canary)
    for url in ("/", "/meetings", "/tables/pohjoinen", "/tables/pohjoinen/calendar.ics", "/calendar.ics"):
        answer = browser.raw(url)
        assert answer.status_code == 200
        assert canary not in answer.text.replace("\u00ad", ""), url
        assert str(meeting.uid) not in answer.text


def test_the_coordinator_sees_drafts_marked_in_words(cast: Cast, app) -> None:
    make.meeting(cast.north, SOON)
    assert "Draft: only you see this" in Browser(app).sign_in(cast.maria).get("/meetings").text
    assert "Draft" not in Browser(app).sign_in(cast.olli).get("/meetings").text
    assert "Draft" not in Browser(app).get("/meetings").text


# Publishing


def test_publishing_tells_what_will_happen_and_then_does_it(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/publish")
    assert "6 people of the table get a letter." in page.text
    assert "1 proposer of a topic gets a letter." in page.text
    page = page.submit("Publish the agenda")
    assert "The agenda is published. The letters are in the outbox." in page.text
    row = only_meeting()
    assert (row.state, row.sequence) == (MeetingState.PUBLISHED, 0)
    assert row.published_at is not None
    told = letters()
    assert sorted(to for kind, to in told if kind == "agenda_published") == sorted(
        [cast.maria, cast.timo, cast.sari, cast.kaisa, cast.pekka, cast.aino]
    )
    assert [to for kind, to in told if kind == "topic_on_agenda"] == ["eeva@example.org"]
    assert db.session.scalar(select(func.count(Invitation.id))) == 6
    letter = db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "agenda_published")).first()
    assert letter is not None
    assert "18.05 Kylätien valaistus on pimeä" in letter.body
    assert f"/meetings/{meeting}.ics" in letter.body


def test_a_double_press_publishes_once(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/publish")
    for _ in range(2):
        page.submit("Publish the agenda")
    assert len(letters()) == 7
    assert only_meeting().sequence == 0


def test_publishing_changes_tells_everybody_again_with_a_higher_sequence(
    cast: Cast, browser: Browser
) -> None:
    meeting = ready(cast)
    browser.sign_in(cast.maria).get(f"/meetings/{meeting}/publish").submit("Publish the agenda")
    page = browser.get(f"/meetings/{meeting}")
    assert "Those invited are told" not in page.text
    page = browser.get(f"/meetings/{meeting}/details").submit("Save the details", starts="17.30")
    assert "The details are saved." in page.text
    assert "Those invited are told when you publish the changes." in page.text
    assert only_meeting().sequence == 1
    browser.get(f"/meetings/{meeting}/publish").submit("Publish the changes")
    assert only_meeting().sequence == 2
    assert len(letters()) == 14
    assert db.session.scalar(select(func.count(Invitation.id))) == 6
    assert "Those invited are told" not in browser.get(f"/meetings/{meeting}").text


def test_an_agenda_over_time_needs_one_choice(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast, minutes=20)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/publish")
    assert "25 / 20 min – 5 minutes too many" in page.text
    page = page.submit("Publish the agenda", 422)
    assert "Shorten the agenda, or tick that you publish it all the same." in page.text
    assert only_meeting().state is MeetingState.DRAFT
    assert letters() == []
    page.submit("Publish the agenda", anyway="y")
    assert only_meeting().state is MeetingState.PUBLISHED


def test_an_empty_agenda_is_not_published(cast: Cast, browser: Browser) -> None:
    meeting = make.meeting(cast.north, SOON).id
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/publish")
    assert "The agenda is empty. Add at least one item first." in page.text
    token = next(one.get("value") for one in page.all("input", name="csrf_token"))
    browser.post(f"/meetings/{meeting}/publish", {"csrf_token": token, "seen": "1"}, 422)
    assert only_meeting().state is MeetingState.DRAFT


def test_an_agenda_that_changed_meanwhile_is_looked_at_again(cast: Cast, app) -> None:
    meeting = ready(cast)
    page = Browser(app).sign_in(cast.maria).get(f"/meetings/{meeting}/publish")
    Browser(app).sign_in(cast.maria).get(f"/meetings/{meeting}/edit").submit("More minutes: Avaus")
    page = page.submit("Publish the agenda", 422)
    assert "Somebody else changed the agenda meanwhile." in page.text
    page.submit("Publish the agenda")
    assert only_meeting().state is MeetingState.PUBLISHED


# Details


def test_two_who_change_the_details_hear_of_each_other(cast: Cast, app) -> None:
    meeting = make.meeting(cast.south, SOON, place="Kylätalo").id
    here = Browser(app).sign_in(cast.maria).get(f"/meetings/{meeting}/details")
    there = Browser(app).sign_in(cast.olli).get(f"/meetings/{meeting}/details")
    there.submit("Save the details", place="Kirjasto")
    page = here.submit("Save the details", 422, starts="17.15")
    assert "Olli Kivi changed the meeting after you opened this page." in page.text
    assert "Kirjasto" in page.text
    kept = {one.get("name"): one.get("value") for one in page.all("input")}
    assert (kept["starts"], kept["place"]) == ("17.15", "Kylätalo")
    page.submit("Save the details", place="Kirjasto")
    assert (only_meeting().starts.hour, only_meeting().place) == (17, "Kirjasto")


def test_a_move_on_the_agenda_is_no_conflict_with_the_details(cast: Cast, app) -> None:
    meeting = ready(cast)
    here = Browser(app).sign_in(cast.maria).get(f"/meetings/{meeting}/details")
    Browser(app).sign_in(cast.maria).get(f"/meetings/{meeting}/edit").submit("Move down: Avaus")
    assert "The details are saved." in here.submit("Save the details", place="Kirjasto").text


def test_saving_what_has_not_changed_tells_nobody(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast, state=MeetingState.PUBLISHED, published_at=utc_now() + timedelta(minutes=1))
    browser.sign_in(cast.maria).get(f"/meetings/{meeting}/details").submit("Save the details")
    assert (only_meeting().sequence, only_meeting().revision) == (0, 1)


def test_bad_details_are_told_and_kept(cast: Cast, browser: Browser) -> None:
    meeting = make.meeting(cast.north, SOON).id
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/details")
    page = page.submit("Save the details", 422, day="abc", remote_url="ftp://x", minutes="")
    assert "Write the date like this: 12.2.2027." in page.text
    assert "Write how long the meeting is." in page.text
    page = page.submit("Save the details", 422, day=TYPED, minutes="90")
    assert "Paste the whole link." in page.text


# Cancelling


def test_cancelling_tells_those_who_knew_and_frees_the_topics(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast)
    browser.sign_in(cast.maria).get(f"/meetings/{meeting}/publish").submit("Publish the agenda")
    page = browser.get(f"/meetings/{meeting}/cancel")
    assert "1 topic goes back to waiting for a meeting." in page.text
    page = page.submit("Cancel the meeting", 422, reason="  ")
    assert "Write why the meeting is cancelled." in page.text
    page = page.submit("Cancel the meeting", reason="Lumimyrsky.")
    assert "The meeting is cancelled. 7 letters were put in the outbox." in page.text
    assert [kind for kind, _ in letters()[7:]] == ["meeting_cancelled"] * 7
    topic = db.session.scalars(select(Topic)).one()
    assert topic.state is TopicState.ACCEPTED
    assert topic.steps[-1].words == "Lumimyrsky."
    public = Browser(browser.app).get(f"/meetings/{meeting}")
    assert "The meeting is cancelled" in public.text
    assert "Lumimyrsky." in public.text
    assert "Cancelled" in Browser(browser.app).get("/").text
    browser.get(f"/meetings/{meeting}/cancel", 409)


def test_a_draft_is_cancelled_in_silence(cast: Cast, app) -> None:
    meeting = ready(cast)
    browser = Browser(app).sign_in(cast.maria)
    browser.get(f"/meetings/{meeting}/cancel").submit("Cancel the meeting", reason="Turha.")
    assert letters() == []
    Browser(app).get(f"/meetings/{meeting}", 404)


# The public agenda


def published(cast: Cast, **fields: object) -> int:
    now = utc_now()
    return ready(cast, state=MeetingState.PUBLISHED, published_at=now, changed_at=now, **fields)


def test_everybody_reads_the_agenda(cast: Cast, browser: Browser) -> None:
    meeting = published(cast, remote_url="https://meet.example/a")
    page = browser.get(f"/meetings/{meeting}")
    assert page.h1.startswith("Meeting: ")
    for part in (
        "18:00–19:30 (90 min)",
        "Koivurannan koulu",
        "https://meet.example/a",
        "18:00 5 min",
        "1. Avaus",
        "18:05 20 min",
        "2. Kylätien valaistus on pimeä",
    ):
        assert part in page.text
    assert page.links()["Add to calendar"] == f"/meetings/{meeting}.ics"
    for work in ("Build the agenda", "Take notes", "Cancel the meeting", "Draft"):
        assert work not in page.text
    assert "eeva@example.org" not in page.html


def test_each_role_gets_its_own_work_bar(cast: Cast, app) -> None:
    meeting = published(cast)

    def bar(email: str) -> set[str]:
        page = Browser(app).sign_in(email).get(f"/meetings/{meeting}")
        navs = [one for one in page.all("nav") if one.get("aria-label") == "Work on this meeting"]
        return {words(link) for nav in navs for link in nav.iter("a")}

    assert bar(cast.maria) == {
        "Build the agenda",
        "Change the details",
        "Take notes",
        "Memo",
        "Cancel the meeting",
    }
    assert bar(cast.sari) == {"Take notes", "Memo"}
    assert bar(cast.olli) == bar(cast.aino) == set()


def test_the_memo_is_linked_when_it_is_out(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast, state=MeetingState.MEMO_PUBLISHED, published_at=utc_now())
    assert browser.get(f"/meetings/{meeting}").links()["Read the memo"] == f"/meetings/{meeting}/memo"


def test_swedish_readers_get_swedish_names(cast: Cast, app) -> None:
    meeting = published(cast)
    item = db.session.get_one(Meeting, meeting).items[0]
    item.title_sv = "Öppning"
    db.session.commit()
    page = Browser(app, "sv").get(f"/meetings/{meeting}")
    assert "Norra lokala partnerskapsbordet" in page.text
    assert "1. Öppning" in page.text


@pytest.mark.parametrize(
    "url", ["/meetings/0", "/meetings/999999999", "/meetings/1000000000", "/meetings/abc"]
)
def test_there_is_no_such_meeting(cast: Cast, browser: Browser, url: str) -> None:
    browser.get(url, 404)


@pytest.mark.parametrize("page_number", ["0", "-1", "abc", "99999999999999999999", "2"])
def test_any_page_of_the_list_answers(cast: Cast, browser: Browser, page_number: str) -> None:
    assert browser.get(f"/meetings?page={page_number}").h1 == "All meetings"


def test_earlier_meetings_go_on_over_pages(cast: Cast, browser: Browser) -> None:
    for number in range(31):
        make.meeting(cast.north, today() - timedelta(days=number + 1), state=MeetingState.PUBLISHED)
    page: Page = browser.get("/meetings")
    assert "Page 1 of 2" in page.text
    assert "Page 2 of 2" in page.follow("Next page").text
