"""`flask agenda compose` proposes an agenda for the topics that stand in a JSON text."""

import json
import sys
import time
from collections.abc import Mapping
from typing import Any, NoReturn

import click

from app.cli.answers import HouseGroup, print_json
from app.domain.composing import Candidate, Infeasible, Instance, compose
from app.domain.composing.model import DEFAULT_CLOSING, DEFAULT_MINUTES, DEFAULT_OPENING, LONGEST, Id
from app.domain.errors import Invalid

MOST_BYTES = 1024 * 1024
SECONDS = 2.5  # from the start of the command, so that it answers within three
LEAST = 0.5  # of searching, however slow the start was

commands = HouseGroup("agenda", short_help="Agendas: propose one.", help="Agendas.")


@commands.command("compose")
@click.option(
    "--seconds",
    type=click.FloatRange(min=0.01, max=600),
    help="How long to look for a better agenda, instead of answering within three seconds.",
)
def compose_agenda(seconds: float | None) -> None:
    """Propose an agenda for the topics in the JSON text on standard input."""
    instance = _instance(_read())
    answer = compose(instance, seconds=seconds or max(LEAST, SECONDS - time.process_time()))
    if isinstance(answer, Infeasible):
        print_json({"infeasible": answer.why.sentence, "conflict": list(answer.conflict)})
        sys.exit(1)
    print_json(
        {
            "items": [{"id": item.id, "start": item.start, "end": item.end} for item in answer.items],
            "left_out": [{"id": one.id, "why": one.why.sentence} for one in answer.left_out],
            "organisations": answer.organisations,
            "points": answer.points,
            "waiting": answer.waiting,
            "proven": answer.proven,
        }
    )


def _read() -> Mapping[str, Any]:
    data = sys.stdin.buffer.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        _refuse("The text is too long.")
    try:
        found = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise Invalid("json", "What came on standard input is not JSON.") from error
    return _mapping(found, "The text")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, _ in pairs if [key for key, _ in pairs].count(name) > 1)
        _refuse("The name %(name)s stands twice in one object.", name=_short(twice))
    return found


def _instance(said: Mapping[str, Any]) -> Instance:
    candidates = said.get("candidates")
    if not isinstance(candidates, list):
        _refuse("The text must have a list of candidates.")
    windows = said.get("windows")
    windows = {} if windows is None else _mapping(windows, "The value of windows")
    return Instance(
        tuple(_candidate(number, one) for number, one in enumerate(candidates, 1)),
        _whole(said, "minutes", DEFAULT_MINUTES),
        _whole(said, "opening", DEFAULT_OPENING),
        _whole(said, "closing", DEFAULT_CLOSING),
        {name: _window(name, window) for name, window in windows.items() if window is not None},
    )


def _candidate(number: int, said: object) -> Candidate:
    one = _mapping(said, f"Candidate {number}")
    where = f" of candidate {number}"
    if "id" not in one:
        _refuse("Candidate %(number)d has no id.", number=number)
    if "minutes" not in one:
        _refuse("Candidate %(number)d has no minutes.", number=number)
    points = one.get("points", 0)
    if isinstance(points, bool) or not isinstance(points, int | float):
        _refuse("The points%(where)s must be a number.", where=where)
    officials = one.get("officials")
    officials = [] if officials is None else officials
    if not isinstance(officials, list):
        _refuse("The officials%(where)s must be a list of names.", where=where)
    must = one.get("must", False)
    if not isinstance(must, bool):
        _refuse("The value of must%(where)s must be true or false.", where=where)
    organisation = one.get("organisation")
    return Candidate(
        _id(one["id"], f"The id{where}"),
        _whole(one, "minutes", 0, where),
        points,
        None if organisation is None else _id(organisation, f"The organisation{where}"),
        tuple(str(_id(name, f"Each official{where}")) for name in officials),
        must,
    )


def _window(name: str, said: object) -> tuple[int, int]:
    if not isinstance(said, list) or len(said) != 2:
        _refuse("The window of %(name)s must be two minutes: from and to.", name=_short(name))
    ends = {"from": said[0], "to": said[1]}
    where = f" of the window of {_short(name)}"
    return _whole(ends, "from", 0, where), _whole(ends, "to", 0, where)


def _whole(said: Mapping[str, Any], name: str, default: int, where: str = "") -> int:
    value = said.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int):
        _refuse("The value of %(name)s%(where)s must be a whole number.", name=name, where=where)
    if abs(value) > 10 * LONGEST:
        _refuse("The value of %(name)s%(where)s is too large.", name=name, where=where)
    return value


def _id(value: object, what: str) -> Id:
    if isinstance(value, bool) or not isinstance(value, int | str):
        _refuse("%(what)s must be a text or a whole number.", what=what)
    if isinstance(value, str) and any("\ud800" <= one <= "\udfff" for one in value):
        _refuse("%(what)s has a half of a character.", what=what)
    return value


def _mapping(value: object, what: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        _refuse("%(what)s must be a JSON object.", what=what)
    return value


def _short(text: str) -> str:
    return " ".join(text.encode(errors="replace").decode().split())[:60]


def _refuse(sentence: str, **values: object) -> NoReturn:
    raise Invalid("json", sentence, **values)
