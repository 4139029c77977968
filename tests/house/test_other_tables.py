"""What belongs to another table cannot be changed: every button, every role, by id; nothing else moves."""

import hashlib

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.domain.permissions import OPEN_TO_ALL, Role
from app.domain.topics import Channel, TopicState
from app.extensions import db
from app.models import Base, Note, PersonRole, Plan, Topic
from tests import make
from tests.cast import Cast
from tests.page import Browser
from tests.two_tables import HOME, Filling, Furnished, addresses, furnish, second_people

# Everything that the forms ask, and what no form asks: role, owner, state, token.
FIELDS: dict[str, object] = {
    "text": "Jotakin aivan muuta.",
    "reason": "Syy on tässä.",
    "words": "Vastaus on tässä.",
    "outcome": "Tehtiin.",
    "title": "Toinen otsikko",
    "name": "Toinen nimi",
    "minutes": "15",
    "new_title": "Uusi kohta",
    "new_kind": "other",
    "new_minutes": "10",
    "day": "12.4.2036",
    "starts": "18.00",
    "due_on": "1.5.2036",
    "place": "Muualla",
    "revision": "2",
    "operation": "an-operation-of-mine-1",
    "anyway": "y",
    "rows-0-count": "9",
    "rows-0-organisation": "",
    "rows-0-names": "Joku",
    "role": "coordinator",
    "state": "done",
    "owner_id": "1",
    "token": "t" * 43,
    "memo_published_at": "2026-01-01",
    "kind": "village",
    "languages": "fi",
    "channel": "phone",
}
REFUSED = (403, 404)
SENDING = ("/outbox", "/outbox/send-all", "/letters")
TRYING_AGAIN = "/outbox/again"


@pytest.fixture
def tables(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> tuple[Furnished, Furnished]:
    """Both tables; the forms' tokens are left out, so that the answer is that of the rules."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    plan = make.plan()
    measure = db.session.get_one(Plan, plan.id).focus_areas[0].objectives[0].measures[0].id
    return (
        furnish("north", cast.north, cast.technical, measure),
        furnish("south", cast.south, cast.culture, measure),
    )


def whole_database() -> dict[str, str]:
    """Return a checksum of each table's rows."""
    db.session.rollback()
    return {
        table.name: hashlib.sha256(
            repr(sorted(map(repr, db.session.execute(select(table)).all()))).encode()
        ).hexdigest()
        for table in Base.metadata.sorted_tables
    }


def press(browser: Browser, url: str, data: dict[str, object]) -> int:
    answer = browser.client.post(url, data=data, base_url=HOME)
    return answer.status_code


def closed(app: Flask, fillings: list[Filling]) -> list[str]:
    """Every address that takes a form and is not open to all."""
    own = {"sign_in.end_one", "sign_in.end_others", "calendars.make_link", "calendars.revoke_link"}
    return [
        url
        for endpoint, url in addresses(app, [*fillings, {"session_id": 1, "token": "x" * 43}], "POST")
        if app.view_functions[endpoint].act not in OPEN_TO_ALL and endpoint not in own
    ]


ROLES = [role for role in Role if role is not Role.COORDINATOR]


@pytest.mark.parametrize("role", ["Olli", *ROLES])
def test_no_button_changes_what_is_another_tables(
    app: Flask, cast: Cast, tables: tuple[Furnished, Furnished], role: str
) -> None:
    north, _ = tables
    email = cast.olli if role == "Olli" else second_people({"south": cast.south})[Role(role), "south"]
    browser = Browser(app).sign_in(email)
    data = {**FIELDS, "table": str(north.table_id), "organisation": str(cast.technical)}
    before = whole_database()
    mismatches = []
    urls = closed(app, north.fillings)
    assert len(urls) > 60
    for url in urls:
        if url == "/inbox/new":
            continue  # names its table in a field: see below
        # So does the form of a new meeting, which offers one's own tables alone; and that of the answers
        # to tell, which names each answer (tests/services/test_untold.py).
        # The outbox holds the letters of one’s own tables (tests/views/test_drafts.py).
        allowed = (*REFUSED, 422) if url in ("/meetings/new", "/inbox/untold", *SENDING) else REFUSED
        allowed = (*allowed, 303) if url == TRYING_AGAIN else allowed
        status = press(browser, url, data)
        if status not in allowed:
            mismatches.append(f"{role}: POST {url} answered {status}")
    assert mismatches == []
    assert whole_database() == before


def test_a_topic_is_written_down_at_ones_own_table_alone(
    app: Flask, cast: Cast, tables: tuple[Furnished, Furnished]
) -> None:
    north, south = tables
    known = {one.id for one in db.session.scalars(select(Topic))}
    people = second_people({"south": cast.south})
    for role in (Role.COORDINATOR, Role.CHAIR, Role.SECRETARY, Role.VILLAGE_LIAISON):
        browser = Browser(app).sign_in(people[role, "south"])
        data = {**FIELDS, "table": str(north.table_id), "text": f"Kylätien valot, {role}."}
        assert press(browser, "/inbox/new", data) in (303, 422)
    db.session.rollback()
    new = db.session.scalars(select(Topic).where(Topic.id.not_in(known))).all()
    assert {one.table_id for one in new} <= {south.table_id}


def test_mixed_addresses_reach_nothing_of_the_other_table(
    app: Flask, cast: Cast, tables: tuple[Furnished, Furnished]
) -> None:
    """One's own meeting in the address, another's item, note, follow-up or topic behind it."""
    north, south = tables
    browser = Browser(app).sign_in(cast.olli)
    ours, theirs = south.meetings["open"], north.meetings["open"]
    waiting = north.topics[TopicState.ACCEPTED]
    live = f"/meetings/{ours['meeting_id']}/live"
    paths = [
        f"{live}/{theirs['item_id']}",
        f"{live}/{theirs['item_id']}/follow-up",
        f"{live}/{theirs['item_id']}/notes/{theirs['note_id']}",
        *(
            f"{live}/{item}/notes/{theirs['note_id']}{act}"
            for item in (ours["item_id"], theirs["item_id"])
            for act in ("", "/settle", "/remove", "/bring-back")
        ),
        f"{live}/{ours['item_id']}/follow-up/{theirs['follow_up_id']}/remove",
    ]
    before = whole_database()
    for url in paths:
        assert press(browser, url, FIELDS) in REFUSED, url
    for name in ("draft", "open"):
        own = south.meetings[name]["meeting_id"]
        their_item = north.meetings[name]["item_id"]
        for verb in ("up", "down", "place", "minutes", "remove", "cure"):
            status = press(browser, f"/meetings/{own}/edit", {"press": f"{verb}-{their_item}-15"})
            assert status in (409, 422), verb
        assert press(browser, f"/meetings/{own}/edit", {"press": f"put-{waiting}"}) in (404, 409, 422)
        edit = {"press": "save", f"item-{their_item}-minutes": "55", f"item-{their_item}-seen_minutes": "10"}
        assert press(browser, f"/meetings/{own}/edit", edit) == 303
    assert whole_database() == before


def test_fields_that_no_form_asks_change_nothing(
    app: Flask, cast: Cast, tables: tuple[Furnished, Furnished]
) -> None:
    browser = Browser(app)
    known = {one.id for one in db.session.scalars(select(Topic))}
    extra = {"state": "discussed", "channel": "phone", "entered_by_id": "1", "running": "999", "year": "1999"}
    data = {"text": "Kylätien valot.", "step": "send", "token": "t" * 43, "title": "Muuta", **extra}
    assert press(browser, "/topics/propose", data) == 303
    db.session.rollback()
    new = db.session.scalars(select(Topic).where(Topic.id.not_in(known))).one()
    assert (new.state, new.channel, new.entered_by_id) == (TopicState.RECEIVED, Channel.WEB, None)
    assert new.token != "t" * 43
    assert new.running != 999
    assert new.title == "Kylätien valot"


def test_a_role_taken_away_is_gone_at_the_next_request(
    app: Flask, cast: Cast, tables: tuple[Furnished, Furnished], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    north, _ = tables
    browser = Browser(app).sign_in(cast.sari)
    here = north.meetings["open"]
    url = f"/meetings/{here['meeting_id']}/live/{here['item_id']}"
    page = browser.get(url)  # the page of notes is open while the role goes
    notes = db.session.query(Note).count()
    db.session.execute(delete(PersonRole).where(PersonRole.role == Role.SECRETARY))
    db.session.commit()
    refused = page.submit("Save the note", 403, text="Tämä teksti ei saa kadota.")
    assert refused.all("textarea", id="kept-text")[0].text == "Tämä teksti ei saa kadota."
    assert db.session.query(Note).count() == notes
    browser.get(url, 403)
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    assert press(browser, f"/meetings/{here['meeting_id']}/attendance", FIELDS) == 403
