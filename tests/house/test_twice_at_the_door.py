"""Two at the door press at the same moment: one mark for each person, one line for each guest."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.meetings import MeetingState
from app.extensions import db
from app.models import Event, Person, Presence
from tests import make
from tests.cast import Cast
from tests.house.test_twice import KEY, TIMES, at_once, cookie, count


@pytest.fixture(autouse=True)
def _without_tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


@pytest.fixture
def door(cast: Cast) -> str:
    meeting = make.meeting(cast.north, state=MeetingState.PUBLISHED)
    make.item(meeting)
    return f"/meetings/{meeting.id}/attendance"


def test_a_person_marked_ten_times_at_once_is_one(app: Flask, cast: Cast, door: str) -> None:
    aino = db.session.scalars(select(Person.id).where(Person.email == cast.aino)).one()
    data: dict[str, object] = {"part": "people", "press": f"present-p{aino}"}
    who = [cookie(cast.sari), cookie(cast.maria)]
    answers = at_once(app, door, [dict(data)] * TIMES, who * (TIMES // 2))
    assert {one.status_code for one in answers} == {303}
    assert count(Presence) == 1
    db.session.rollback()
    assert len(db.session.scalars(select(Event).where(Event.act == "presence.mark")).all()) == 1


def test_a_guest_sent_ten_times_at_once_is_one(app: Flask, cast: Cast, door: str) -> None:
    data: dict[str, object] = {
        "part": "guest",
        "name": "Eeva Vieras",
        "organisation": cast.county,
        "way": "present",
        "repeat_key": KEY,
    }
    answers = at_once(app, door, [dict(data)] * TIMES, [cookie(cast.sari)] * TIMES)
    assert {one.status_code for one in answers} == {303}
    assert count(Presence) == 1


def test_the_same_guest_written_by_two_is_one(app: Flask, cast: Cast, door: str) -> None:
    data: list[dict[str, object]] = [
        {"part": "guest", "name": "Eeva Vieras", "organisation": "0", "repeat_key": f"{KEY}-{n}"}
        for n in range(2)
    ]
    answers = at_once(app, door, data, [cookie(cast.sari), cookie(cast.maria)])
    assert sorted(one.status_code for one in answers) == [303, 422]
    assert count(Presence) == 1


def test_the_others_marked_by_two_at_once(app: Flask, cast: Cast, door: str) -> None:
    people = db.session.scalars(select(Person.id).where(Person.email.in_((cast.aino, cast.timo)))).all()
    data: dict[str, object] = {
        "part": "people",
        "press": "others",
        "others": " ".join(f"p{one}" for one in people),
    }
    answers = at_once(app, door, [dict(data)] * 4, [cookie(cast.sari), cookie(cast.maria)] * 2)
    assert {one.status_code for one in answers} == {303}
    assert count(Presence) == 2
