"""Nothing that anybody sends makes a fault of ours: every address and form is fed with what breaks others."""

from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.domain.clock import utc_now
from app.domain.meetings import MeetingState
from app.domain.topics import TopicAct, TopicState
from app.extensions import db
from app.models import FollowUp, Measure, Note, NoteRevision, OutgoingMail, Plan, Statement
from app.services import topic_life
from tests import make
from tests.cast import Cast
from tests.page import INPUTS, Browser, fields_of

SCRIPT = "<script>alert(1)</script>"
HOSTILE = {
    "empty": "",
    "over-long": "ä" * 10_001,
    "NUL": "a\x00b",
    "control characters": "a\x07\x1bb",
    "script": SCRIPT,
    "template": "{{ 7*7 }} %(x)s %s ${x}",
    "minus": "-5",
    "zero": "0",
    "letters": "abc",
    "huge number": "9" * 25,
    "wrong day": "31.2.2027",
    "newlines": "a@b.example\r\nBcc: c@d.example",
    "right to left and emoji": "\u202eabc\u202c 👩‍👩‍👧",
}
LEAVES = ("sign_in.sign_out", "sign_in.")  # these would end the visit itself


@pytest.fixture
def furnished(app: Flask, cast: Cast) -> dict[str, object]:
    """One of everything, and the values that addresses are filled with."""
    plan = make.plan()
    waiting = make.topic(cast.north, state=TopicState.ACCEPTED)
    asked = make.topic(cast.north, state=TopicState.RECEIVED)
    topic_life.move(make.visitor(cast.maria), asked, TopicAct.ASK, "Missä kohdassa?")
    draft = make.meeting(cast.north)
    make.item(draft)
    published = make.meeting(cast.north, state=MeetingState.PUBLISHED)
    item = make.item(published, about=make.topic(cast.north, state=TopicState.ON_AGENDA))
    now = utc_now()
    note = Note(
        agenda_item_id=item.id,
        operation="o" * 22,
        text="Kerrottiin valoista.",
        html="<p>Kerrottiin valoista.</p>",
        created_at=now,
        changed_at=now,
        revisions=[NoteRevision(number=1, text="Kerrottiin valoista.", at=now)],
    )
    follow_up = FollowUp(
        meeting_id=published.id,
        agenda_item_id=item.id,
        topic_id=item.topic_id,
        text="Lasketaan hinta.",
        owner_organisation_id=cast.technical,
        due_on=date(2027, 4, 30),
        created_at=now,
        changed_at=now,
    )
    statement = Statement(
        topic_id=asked.id,
        organisation_id=cast.technical,
        token="s" * 24,
        question="Miten on?",
        asked_at=now,
    )
    db.session.add_all([note, follow_up, statement])
    db.session.commit()
    return {
        "meeting_id": (draft.id, published.id),
        "item_id": (item.id,),
        "topic_id": (waiting.id, asked.id),
        "other_id": (asked.id, waiting.id),
        "plan_id": (db.session.scalars(select(Plan.id)).first() or plan.id,),
        "measure_id": (db.session.scalars(select(Measure.id)).first(),),
        "token": (asked.token, "x" * 22, statement.token),
        "statement_id": (statement.id,),
        "slug": ("pohjoinen", "nobody"),
        "table_id": (cast.north,),
        "organisation_id": (cast.koivuranta,),
        "person_id": (1,),
        "mail_id": (db.session.scalars(select(OutgoingMail.id)).first() or 1,),
        "letter_id": (1,),
        "note_id": (note.id,),
        "follow_up_id": (follow_up.id,),
        "session_id": (1,),
        "role_id": (1,),
        "act": ("ask", "decline", "postpone"),
    }


def addresses(app: Flask, furnished: dict[str, object]) -> Iterator[str]:
    """Every address that can be visited, filled with things that exist."""
    with app.test_request_context("/", base_url="http://127.0.0.1:5000"):
        for rule in app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint == "assets.file":
                continue
            choices = [furnished.get(name, (1,)) for name in rule.arguments]
            longest = max((len(values) for values in choices), default=1)
            for turn in range(longest):
                values = {
                    name: values[turn % len(values)]
                    for name, values in zip(rule.arguments, choices, strict=True)
                }
                yield app.url_for(rule.endpoint, **values)


def sent(browser: Browser, address: str, data: dict[str, object]) -> TestResponse:
    return browser.client.post(
        address,
        data=data,
        base_url="http://127.0.0.1:5000",
        headers={"Referer": "http://127.0.0.1:5000/"},
    )


def forms(html: str) -> list[Element]:
    root = html5lib.parse(html, namespaceHTMLElements=False)
    return [form for form in root.iter("form") if (form.get("method") or "").lower() == "post"]


def typed_fields(form: Element) -> list[str]:
    return [
        str(one.get("name"))
        for one in form.iter()
        if one.tag in INPUTS
        and one.get("name")
        and one.get("type") not in ("hidden", "submit", "file", "checkbox")
    ]


@pytest.mark.parametrize("kind", HOSTILE)
def test_every_form_answers_in_words(app: Flask, cast: Cast, furnished: dict[str, object], kind: str) -> None:
    app.testing = False  # faults are answered as to a stranger, and seen here by their status
    browser = Browser(app).sign_in(cast.maria)
    tried = 0
    for address in list(addresses(app, furnished)):
        page = browser.raw(address)
        assert page.status_code < 500, f"GET {address} answered {page.status_code}"
        if page.mimetype != "text/html":
            continue
        for form in forms(page.text):
            target = form.get("action") or address
            if "sign" in target:
                continue
            data = fields_of(form)
            data.update(dict.fromkeys(typed_fields(form), HOSTILE[kind]))
            pressed = next((one for one in form.iter("button") if one.get("name")), None)
            if pressed is not None:
                data[str(pressed.get("name"))] = pressed.get("value", "")
            answer = sent(browser, target, data)
            tried += 1
            assert answer.status_code < 500, f"{kind}: POST {target} answered {answer.status_code}"
            assert SCRIPT not in answer.text, f"{kind}: POST {target} gives the script back"
    app.testing = True
    assert tried > 20


@pytest.mark.parametrize(
    "address",
    [
        "/meetings/9223372036854775808",
        "/meetings/999999999",
        "/meetings/0",
        "/meetings/-1",
        "/meetings/abc",
        "/measures/99999999999999999999",
        "/plans/١",
        "/topics/%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00",
        "/tables/%ED%A0%80",
        "/tables/..%2f..%2fetc",
        "/?lang=%00",
        "/?lang=%ED%A0%80",
        "/topics/propose?table=%00",
        "/topics/propose?table=" + "x" * 5000,
        "/inbox?page=9223372036854775808",
        "/inbox?page=-1&state=%00",
        "/inbox?table=abc&state=nonsense",
        "/outbox?page=abc&state=x",
        "/follow-ups?page=0&table=99999999999999999999",
        "/assets/x/../config.py",
        "/assets/x/%2e%2e/config.py",
    ],
)
def test_strange_addresses_answer_in_words(app: Flask, cast: Cast, address: str) -> None:
    app.testing = False
    for browser in (Browser(app), Browser(app).sign_in(cast.maria)):
        answer = browser.raw(address)
        assert answer.status_code < 500, f"{address} answered {answer.status_code}"
    app.testing = True
