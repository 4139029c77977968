"""Pressed by ten at one moment, the clock of an evening does each thing once."""

import pytest
from flask import Flask

from tests.cast import Cast
from tests.evening_stage import Stage, clock, item, logged, meeting, staged, states
from tests.house.test_twice import TIMES, at_once, cookie


@pytest.fixture(autouse=True)
def _without_tokens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


def pressed(app: Flask, cast: Cast, address: str, data: dict[str, object]) -> None:
    """Send one form ten times at one moment, by two people in turn."""
    people = [cookie(cast.sari), cookie(cast.maria)] * (TIMES // 2)
    answers = at_once(app, address, [dict(data)] * TIMES, people)
    assert {one.status_code for one in answers} == {303}


def test_each_press_is_one(app: Flask, cast: Cast) -> None:
    night: Stage = staged(cast)
    live = f"/meetings/{night.meeting}/live"
    with clock("18.00"):
        pressed(app, cast, f"{live}/{night.opening}/press", {"press": "begin", "seen": 0})
    with clock("18.05"):
        pressed(app, cast, f"{live}/{night.lights}/press", {"press": "begin", "seen": night.opening})
        pressed(app, cast, f"{live}/{night.lights}/press", {"press": "more", "seen": 20})
    assert (item(night.lights).minutes, item(night.opening).spent_seconds) == (25, 300)
    with clock("18.31"):
        pressed(app, cast, f"{live}/press", {"press": "way", "seen": f"leave-{night.school}"})
        pressed(app, cast, f"{live}/press", {"press": "screen", "seen": ""})
    key = meeting(night).screen_token
    with clock("18.40"):
        pressed(app, cast, f"{live}/press", {"press": "screen", "seen": key})
        pressed(app, cast, f"{live}/press", {"press": "end"})
    assert meeting(night).screen_token != key
    assert states(night) == {"Avaus": "done", "Kylätien valaistus": "done", "Koulumatkat": "put_off"}
    assert logged() == [
        *("begin", "begin", "minutes", "end_on_time"),
        *("open_screen", "open_screen", "end_meeting"),
    ]
