"""`flask agenda compose`: JSON in, JSON alone out, one plain sentence for what cannot be read."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

HOUSE = Path(__file__).parents[2]
CANDIDATE = {"id": "tie", "minutes": 20, "points": 5, "organisation": "Kylä", "officials": ["Tekninen"]}
EVENING: dict[str, Any] = {
    "minutes": 90,
    "opening": 5,
    "closing": 10,
    "candidates": [
        CANDIDATE,
        {"id": "valo", "minutes": 30, "points": 9, "organisation": "Seura", "officials": [], "must": True},
        {"id": 3, "minutes": 30, "points": 1.5, "organisation": "Seura", "officials": ["Tekninen"]},
    ],
    "windows": {"Tekninen": [30, 60]},
}


def run(app: Flask, text: str | bytes, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["agenda", "compose", *words], input=text)


def with_candidate(**facts: object) -> str:
    return json.dumps({"candidates": [CANDIDATE | facts]})


def test_an_agenda_is_proposed_as_the_contract_says(app: Flask) -> None:
    done = run(app, json.dumps(EVENING))
    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "items": [{"id": "valo", "start": 5, "end": 35}, {"id": "tie", "start": 35, "end": 55}],
        "left_out": [
            {
                "id": 3,
                "why": "The time with Tekninen is only from minute 30 to 60, "
                "and topics that were taken need it.",
            }
        ],
        "organisations": 2,
        "points": 14,
        "waiting": 0,
        "proven": True,
    }


def test_what_is_not_said_is_as_usual(app: Flask) -> None:
    done = run(
        app, '{"candidates": [{"id": "a", "minutes": 75}, {"id": "b", "minutes": 1}], "colour": "red"}'
    )
    said = json.loads(done.stdout)
    assert said["items"] == [{"id": "a", "start": 5, "end": 80}]
    assert (said["organisations"], said["points"]) == (0, 0)


def test_nulls_are_as_if_nothing_was_said(app: Flask) -> None:
    text = with_candidate(organisation=None, officials=None)
    assert json.loads(run(app, text).stdout)["organisations"] == 0
    assert run(app, '{"candidates": [], "windows": null}').exit_code == 0
    assert run(app, '{"candidates": [], "windows": {"A": null}}').exit_code == 0


def test_musts_that_clash_are_json_and_1(app: Flask) -> None:
    musts = [{"id": name, "minutes": 40, "must": True} for name in ("a", "b")]
    done = run(app, json.dumps({"candidates": [*musts, {"id": "c", "minutes": 5, "must": True}]}))
    assert done.exit_code == 1
    assert json.loads(done.stdout) == {
        "infeasible": "These topics take 80 min together, and there are 75 min for topics.",
        "conflict": ["a", "b"],
    }


REFUSED = [
    ("", "What came on standard input is not JSON."),
    ("{", "What came on standard input is not JSON."),
    (b"\xff\xfe\x00", "What came on standard input is not JSON."),
    ("[" * 100_000, "What came on standard input is not JSON."),
    ("[1]", "The text must be a JSON object."),
    ("null", "The text must be a JSON object."),
    ("{}", "The text must have a list of candidates."),
    ('{"candidates": {}}', "The text must have a list of candidates."),
    ('{"candidates": [7]}', "Candidate 1 must be a JSON object."),
    ('{"candidates": [{"minutes": 5}]}', "Candidate 1 has no id."),
    ('{"candidates": [{"id": "a"}]}', "Candidate 1 has no minutes."),
    ('{"candidates": [], "candidates": []}', "The name candidates stands twice in one object."),
    (with_candidate(id=True), "The id of candidate 1 must be a text or a whole number."),
    (with_candidate(id=1.5), "The id of candidate 1 must be a text or a whole number."),
    (with_candidate(id="\ud800"), "The id of candidate 1 has a half of a character."),
    (with_candidate(minutes=True), "The value of minutes of candidate 1 must be a whole number."),
    (with_candidate(minutes="20"), "The value of minutes of candidate 1 must be a whole number."),
    (with_candidate(minutes=20.5), "The value of minutes of candidate 1 must be a whole number."),
    (with_candidate(minutes=-20), "Topic tie must take from 1 to 1440 minutes."),
    (with_candidate(minutes=0), "Topic tie must take from 1 to 1440 minutes."),
    (with_candidate(minutes=10**30), "The value of minutes of candidate 1 is too large."),
    (with_candidate(points="many"), "The points of candidate 1 must be a number."),
    (with_candidate(points=False), "The points of candidate 1 must be a number."),
    (with_candidate(points=10**400), "The points of topic tie are too large."),
    (with_candidate(points=float("nan")), "The points of topic tie are too large."),
    (with_candidate(organisation=["A"]), "The organisation of candidate 1 must be a text or a whole number."),
    (with_candidate(officials="Tekninen"), "The officials of candidate 1 must be a list of names."),
    (with_candidate(officials=[None]), "Each official of candidate 1 must be a text or a whole number."),
    (with_candidate(must=1), "The value of must of candidate 1 must be true or false."),
    (json.dumps({"candidates": [CANDIDATE, CANDIDATE]}), "Two topics have the id tie."),
    ('{"candidates": [], "minutes": -90}', "minutes must be from 0 to 1440 minutes."),
    ('{"candidates": [], "minutes": null}', "The value of minutes must be a whole number."),
    ('{"candidates": [], "opening": 60, "closing": 60}', "Opening and closing are longer than the meeting."),
    ('{"candidates": [], "windows": []}', "The value of windows must be a JSON object."),
    ('{"candidates": [], "windows": {"A": [60, 30]}}', "A would leave before coming."),
    ('{"candidates": [], "windows": {"A": [60]}}', "The window of A must be two minutes: from and to."),
    (
        '{"candidates": [], "windows": {"A": [0, true]}}',
        "The value of to of the window of A must be a whole number.",
    ),
    ('{"candidates": "' + "a" * 1024 * 1024 + '"}', "The text is too long."),
]


@pytest.mark.parametrize(("text", "sentence"), REFUSED, ids=[str(number) for number in range(len(REFUSED))])
def test_bad_input_is_one_sentence_and_1(app: Flask, text: str | bytes, sentence: str) -> None:
    done = run(app, text)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", sentence + "\n")


@pytest.mark.parametrize("words", [("file.json",), ("--seconds", "0"), ("--colour",)])
def test_wrong_usage_is_2(app: Flask, words: tuple[str, ...]) -> None:
    done = run(app, "{}", *words)
    assert done.exit_code == 2
    assert "Usage:" in done.stderr


def test_the_real_command_needs_no_database_and_writes_utf_8(tmp_path: Path) -> None:
    flask = Path(sys.executable).with_name("flask")
    done = subprocess.run(
        [flask, "agenda", "compose"],
        input=json.dumps({"candidates": [{"id": "kyläkoulu", "minutes": 5}]}).encode(),
        capture_output=True,
        cwd=HOUSE,
        env={
            **os.environ,
            "INSTANCE_DIR": str(tmp_path / "new"),
            "SECRET_KEY": "k" * 40,
            "PUBLIC_URL": "http://127.0.0.1:5000",
            "DATABASE_URL": "",
            "PYTHONIOENCODING": "ascii",
        },
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["items"] == [{"id": "kyläkoulu", "start": 5, "end": 10}]


def test_it_answers_at_once_and_without_settings(tmp_path: Path) -> None:
    bare = {name: value for name, value in os.environ.items() if name not in ("SECRET_KEY", "DATABASE_URL")}
    probe = (
        "import sys; sys.argv = ['flask', 'agenda', 'compose']; import wsgi;"
        " print(sorted(wsgi.app.cli.commands), 'sqlalchemy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=HOUSE, env=bare, capture_output=True, text=True, check=True
    )
    assert done.stdout.split("\n")[0] == "['agenda'] False"
