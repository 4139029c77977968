"""Sent twice is done once: a form ten times at one moment, a button pressed by two, two loads at once."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import date, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.domain.clock import today, utc_now
from app.domain.meetings import MeetingState
from app.domain.topics import TopicAct, TopicState
from app.extensions import db
from app.models import (
    AgendaItem,
    Base,
    Event,
    FollowUp,
    Invitation,
    Meeting,
    Note,
    Organisation,
    OutgoingMail,
    PartnershipTable,
    Person,
    Plan,
    Statement,
    Topic,
    TopicStep,
)
from app.services import demo, sessions
from tests import make
from tests.cast import Cast
from tests.page import Browser, Page, fields_of
from tests.two_tables import HOME

TIMES = 10
KEY = "a-key-of-this-page-1"


def count(model: type[Base]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def cookie(email: str) -> str:
    """Sign a person in and return the cookie of her browser."""
    person = db.session.scalars(select(Person).where(Person.email == email)).one()
    secret = sessions.open_session(person, "a test")
    db.session.commit()
    return secret


def at_once(app: Flask, url: str, data: list[dict[str, object]], signed_in: list[str]) -> list[TestResponse]:
    """Send one form per entry at the same moment, each from a browser of its own."""
    start = Barrier(len(data))

    def send(fields: dict[str, object], secret: str) -> TestResponse:
        client = app.test_client()
        if secret:
            client.set_cookie("signed-in", secret, domain="127.0.0.1")
        start.wait()
        return client.post(url, data=fields, base_url=HOME)

    db.session.rollback()
    with ThreadPoolExecutor(len(data)) as pool:
        sent = [pool.submit(Context().run, send, one, who) for one, who in zip(data, signed_in, strict=True)]
        return [one.result() for one in sent]


@pytest.fixture(autouse=True)
def _without_tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


def test_a_topic_sent_ten_times_at_once_is_one(app: Flask, cast: Cast) -> None:
    data = {"text": "Valot", "step": "send", "repeat_key": KEY, "email": "eeva@koivuranta.example"}
    answers = at_once(app, "/topics/propose", [dict(data)] * TIMES, [""] * TIMES)
    assert {one.status_code for one in answers} == {303}
    assert len({one.headers["Location"] for one in answers}) == 1
    assert (count(Topic), count(OutgoingMail)) == (1, 1)


def test_ten_people_at_once_get_ten_numbers(app: Flask, cast: Cast) -> None:
    data = [{"text": f"Asia {n}", "step": "send", "repeat_key": f"{KEY}-{n}"} for n in range(TIMES)]
    answers = at_once(app, "/topics/propose", data, [""] * TIMES)
    assert {one.status_code for one in answers} == {303}
    assert sorted(db.session.scalars(select(Topic.running))) == list(range(1, TIMES + 1))


FORMS: dict[str, tuple[str, dict[str, object], type[Base], int]] = {
    "topic of the inbox": (
        "/inbox/new",
        {"text": "Valot", "table": "{north}", "channel": "phone"},
        Topic,
        1,
    ),
    "meeting": (
        "/meetings/new",
        {"table": "{north}", "day": "2.3.2027", "starts": "18", "standing": "y"},
        Meeting,
        1,
    ),
    "item": (
        "/meetings/{draft}/edit",
        {"press": "add", "new_title": "Uusi", "new_kind": "other", "new_minutes": "10"},
        AgendaItem,
        1,
    ),
    "topic on the agenda": ("/meetings/{draft}/edit", {"press": "put-{topic}"}, AgendaItem, 1),
    "item of the evening": ("/meetings/{open}/live", {"title": "Uusi", "minutes": "5"}, AgendaItem, 1),
    "note": ("/meetings/{open}/live/{item}", {"text": "Kerrottiin.", "operation": KEY}, Note, 1),
    "follow-up": (
        "/meetings/{open}/live/{item}/follow-up",
        {"text": "Lasketaan hinta.", "organisation": "{technical}", "due_on": "1.5.2036"},
        FollowUp,
        1,
    ),
    "organisation": (
        "/settings/organisations/add",
        {"kind": "village", "name": "Uusikylä", "parent": ""},
        Organisation,
        1,
    ),
    "person": (
        "/settings/people/add",
        {"name": "Uusi", "email": "uusi@example.org", "language": "fi", "organisation_id": ""},
        Person,
        1,
    ),
    "table": (
        "/settings/tables/add",
        {"name": "Uusi pöytä", "kind": "local", "minutes": "90", "meetings_a_year": "2", "languages": "fi"},
        PartnershipTable,
        1,
    ),
    "question to a body": (
        "/inbox/{told}/statements/ask",
        {"organisation": "{technical}", "words": "Miten on?", "due_on": "{soon}"},
        Statement,
        1,
    ),
    "topic handed on": (
        "/inbox/{told}/hand-on",
        {"organisation": "{technical}", "reason": "Hoituu.", "words": "Hoidatteko?", "due_on": "{soon}"},
        Statement,
        1,
    ),
    "answers told": ("/inbox/untold", {"answers": "{held}", "said": "1"}, OutgoingMail, 1),
    "answer to a topic": ("/inbox/{told}/decline", {"reason": "Ei kuulu pöydälle."}, TopicStep, 1),
}


def held_answer(cast: Cast) -> int:
    """Store an answer that waits to be told, and return its id."""
    topic = make.topic(cast.north, state=TopicState.DECLINED, contact_email="eeva@koivuranta.example")
    step = TopicStep(
        topic_id=topic.id, act=TopicAct.DECLINE, words="Ei.", held_from=TopicState.RECEIVED, at=utc_now()
    )
    db.session.add(step)
    db.session.commit()
    return step.id


@pytest.mark.parametrize("kind", FORMS)
def test_each_form_sent_ten_times_at_once_makes_one(app: Flask, cast: Cast, kind: str) -> None:
    draft = make.meeting(cast.north)
    evening = make.meeting(cast.north, state=MeetingState.PUBLISHED)
    ids: dict[str, object] = {
        "north": cast.north,
        "technical": cast.technical,
        "draft": draft.id,
        "open": evening.id,
        "item": make.item(evening).id,
        "topic": make.topic(cast.north, state=TopicState.ACCEPTED).id,
        "told": make.topic(cast.north).id,
        "held": held_answer(cast),
        "soon": f"{today() + timedelta(days=9)}",
    }
    url, fields, model, more = FORMS[kind]
    data = {name: str(value).format(**ids) for name, value in fields.items()} | {"repeat_key": KEY}
    before = count(model)
    answers = at_once(app, url.format(**ids), [dict(data)] * TIMES, [cookie(cast.maria)] * TIMES)
    assert {one.status_code for one in answers} <= {303, 422, 409}
    # Putting a topic on the agenda says to the later ones that it is there; all others hear it was done.
    done = [one for one in answers if one.status_code == 303]
    assert len(done) == (1 if kind == "topic on the agenda" else TIMES)
    assert count(model) == before + more


def test_a_plan_stored_ten_times_at_once_is_one(app: Flask, cast: Cast) -> None:
    browser = Browser(app).sign_in(cast.maria)
    paste = "Painopiste\tTavoite\tToimenpide\nArki\tTurvallisuus\tKylien valaistus\n"
    answer = browser.client.post(
        "/plans/import", data={"text": paste, "title": "Suunnitelma", "period": "2025–2028"}, base_url=HOME
    )
    form = next(one for one in Page(browser, "", answer.text).all("form") if "sealed" in fields_of(one))
    data = fields_of(form)
    secret = browser.client.get_cookie("signed-in", domain="127.0.0.1")
    assert secret
    answers = at_once(app, "/plans/import/store", [dict(data)] * TIMES, [secret.value] * TIMES)
    assert {one.headers["Location"] for one in answers} == {"/plans/1"}
    assert count(Plan) == 1


def test_an_agenda_published_at_once_by_two_and_ten_times_tells_people_once(app: Flask, cast: Cast) -> None:
    meeting = make.meeting(cast.north, revision=1)
    topic = make.topic(cast.north, state=TopicState.ON_AGENDA, contact_email="eeva@koivuranta.example")
    make.item(meeting, about=topic)
    make.item(meeting)
    one, other = cookie(cast.maria), cookie(cast.maria)
    data: list[dict[str, object]] = [{"seen": "1", "repeat_key": KEY}] * 5
    data += [{"seen": "1", "repeat_key": "another-page-22"}] * 5
    answers = at_once(app, f"/meetings/{meeting.id}/publish", data, [one] * 5 + [other] * 5)
    assert sorted(one.status_code for one in answers) in ([303] * 5 + [code] * 5 for code in (409, 422))
    letters = list(db.session.scalars(select(OutgoingMail.to_address)))
    asked = db.session.scalars(select(OutgoingMail.invitation_id)).all()
    assert len(letters) == len(set(letters)) == len(set(asked)) == 6
    assert None not in asked


def test_somebody_added_by_two_coordinators_at_once_is_invited_once(app: Flask, cast: Cast) -> None:
    meeting = make.meeting(cast.north)
    veikko = db.session.scalars(select(Person.id).where(Person.email == cast.veikko)).one()
    for path, status in (("ask", 303), ("off", 303), ("ask", 303)):
        data: list[dict[str, object]] = [{"who": f"p{veikko}"} for _ in range(TIMES)]
        who = [cookie(cast.maria) for _ in range(TIMES)]
        answers = at_once(app, f"/meetings/{meeting.id}/invited/{path}", data, who)
        assert {one.status_code for one in answers} == {status}
        assert count(Invitation) == 1
    acts = db.session.scalars(select(Event.act).where(Event.noun == "invitation").order_by(Event.id))
    assert list(acts) == ["invitation.add", "invitation.take_off", "invitation.ask_again"]


def test_a_memo_published_and_a_meeting_cancelled_by_two_tell_people_once(app: Flask, cast: Cast) -> None:
    for act, fields in (("cancel", {"reason": "Sairaus"}), ("memo/publish", {})):
        meeting = make.meeting(cast.north, state=MeetingState.PUBLISHED)
        topic = make.topic(cast.north, state=TopicState.ON_AGENDA, contact_email="e@k.example")
        make.item(meeting, about=topic)
        person = db.session.scalars(select(Person).where(Person.email == cast.timo)).one()
        db.session.add_all(
            Invitation(
                meeting_id=meeting.id,
                token=f"{act}{next(iter(whom)):x<22}",
                created_at=make.utc_now(),
                told_at=make.utc_now(),
                **whom,
            )
            for whom in ({"person_id": person.id}, {"topic_id": topic.id})
        )
        db.session.commit()
        before = count(OutgoingMail)
        answers = at_once(
            app, f"/meetings/{meeting.id}/{act}", [dict(fields)] * 4, [cookie(cast.maria) for _ in range(4)]
        )
        assert {one.status_code for one in answers} <= {303, 409}
        assert 303 in {one.status_code for one in answers}
        assert count(OutgoingMail) - before == 2  # to Timo, and to the proposer


@pytest.mark.parametrize("kind", ["topic", "follow-up", "item of the evening", "organisation"])
def test_another_text_under_an_old_key_is_not_swallowed(app: Flask, cast: Cast, kind: str) -> None:
    """Back in the browser brings the old page and its key: what is typed there then is a new thing."""
    evening = make.meeting(cast.north, state=MeetingState.PUBLISHED)
    ids: dict[str, object] = {
        "open": evening.id,
        "item": make.item(evening).id,
        "technical": cast.technical,
        "north": cast.north,
    }
    url, fields, model, _ = FORMS.get(kind) or (
        "/topics/propose",
        {"text": "Valot", "step": "send"},
        Topic,
        1,
    )
    named = "text" if "text" in fields else "name" if "name" in fields else "title"
    before = count(model)
    for words in ("Ensimmäinen kerta", "Toinen kerta", "Toinen kerta"):
        data = {name: str(value).format(**ids) for name, value in fields.items()}
        data |= {named: words, "repeat_key": KEY}
        answer = at_once(app, url.format(**ids), [data], [cookie(cast.maria)])[0]
        assert answer.status_code == 303
    assert count(model) == before + 2


def test_two_who_answer_a_statement_at_the_same_moment_lose_nothing(app: Flask, cast: Cast) -> None:
    topic = make.topic(cast.north)
    token = "s" * 24
    db.session.add(
        Statement(
            topic_id=topic.id,
            organisation_id=cast.technical,
            token=token,
            question="Miten on?",
            asked_at=utc_now(),
        )
    )
    db.session.commit()
    texts = ("Lamput vaihdetaan.", "Linja on vanha.")
    data: list[dict[str, object]] = [
        {"text": text, "name": "Pekka", "revision": "1", "repeat_key": f"{KEY}-{n}"}
        for n, text in enumerate(texts)
    ]
    answers = at_once(app, f"/statements/{token}", data, ["", ""])
    assert sorted(one.status_code for one in answers) == [303, 409]
    behind = next(one for one in answers if one.status_code == 409)
    assert all(text in behind.text for text in texts)  # both, to choose from
    assert count(OutgoingMail) == 1
    db.session.rollback()
    assert db.session.scalars(select(Statement.answer)).one() in texts


def test_two_loads_of_the_demo_at_once_are_one(app: Flask) -> None:
    start = Barrier(2)

    def load() -> bool:
        with app.app_context():
            start.wait()
            try:
                return demo.load(date(2026, 11, 22)) is not None
            finally:
                db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        loaded = [one.result() for one in [pool.submit(Context().run, load) for _ in range(2)]]
    assert sorted(loaded) == [False, True]
    assert count(Plan) == 1
