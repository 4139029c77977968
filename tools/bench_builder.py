"""Times every press of the builder with forty items and five hundred waiting topics, against its goal."""

import statistics
import time
from collections.abc import Callable
from datetime import time as clock
from functools import partial

from flask import Flask
from sqlalchemy import select

from app.domain.agenda import ItemKind
from app.domain.topics import TopicState
from app.extensions import db
from app.models import AgendaChange, AttendanceWindow, Meeting, Person, Topic
from tests import cast, make
from tests.page import Browser, fields_of

GOAL = 0.1  # seconds on the server for a press and the page after it
ITEMS = 40
TOPICS = 500
RUNS = 7
OFFICIALS = 6
HOME = "http://127.0.0.1:5000"


def laid(people: cast.Cast) -> int:
    """Store a meeting of forty items, six officials with windows, and five hundred topics; return its id."""
    meeting = make.meeting(people.north, minutes=480)
    officials = list(db.session.scalars(select(Person).order_by(Person.id).limit(OFFICIALS)))
    for number in range(ITEMS):
        item = make.item(meeting, f"Kohta {number}: kylätien valaistus", 10, kind=ItemKind.DISCUSSION)
        if number % 5 == 0:
            item.officials = [officials[number // 5 % OFFICIALS]]
    for number, person in enumerate(officials):
        db.session.add(
            AttendanceWindow(
                meeting_id=meeting.id,
                person_id=person.id,
                arrives=clock(18, 5 * number),
                leaves=clock(19 + number % 3, 30),
            )
        )
    for number in range(TOPICS):
        make.topic(
            people.north,
            f"Aihe {number}: kylätien valaistus ja kunto on heikko koko matkalla.",
            state=TopicState.ACCEPTED,
            organisation_id=people.koivuranta,
        )
    return meeting.id


class Presses:
    """One coordinator's presses, each made from the page as it is."""

    def __init__(self, browser: Browser, meeting: int) -> None:
        self.browser = browser
        self.url = f"/meetings/{meeting}/edit"
        self.meeting = meeting

    def form(self) -> dict[str, object]:
        """Return what the page would send."""
        return fields_of(self.browser.get(self.url).form_of("Save minutes")[0])

    def cost(self, press: Callable[[], str], *, part: bool, **typed: str) -> tuple[float, float]:
        """Return the seconds of one press, and those of them that this process worked.

        A press is counted with the page after it, or (`part`) as the script gets it.
        """
        data = {**self.form(), "press": press(), **typed}
        began, worked = time.perf_counter(), time.process_time()
        answer = self.browser.client.post(
            self.url, data=data, base_url=HOME, headers={"X-Part": "builder"} if part else {}
        )
        if not part:
            answer = self.browser.client.get(answer.location, base_url=HOME)
        took = time.perf_counter() - began, time.process_time() - worked
        if answer.status_code != 200:
            raise SystemExit(f"{data['press']} answered {answer.status_code}")
        return took

    def items(self) -> list[int]:
        """Return the ids of the items in their order."""
        db.session.rollback()
        return [one.id for one in db.session.get_one(Meeting, self.meeting).items]

    def topic(self) -> int:
        """Return a topic that waits."""
        db.session.rollback()
        query = select(Topic.id).where(Topic.state == TopicState.ACCEPTED).order_by(Topic.id).limit(1)
        return db.session.scalars(query).one()

    def change(self) -> int:
        """Return the change that would be undone."""
        db.session.rollback()
        query = select(AgendaChange.id).where(AgendaChange.undone_at.is_(None))
        return db.session.scalars(query.order_by(AgendaChange.id.desc()).limit(1)).one()


def measured(app: Flask, people: cast.Cast) -> list[dict[str, object]]:
    """Return a row for each press: median and longest seconds, those worked, and the share of the goal.

    On a machine that does other things too, `worked` is what the press itself costs.
    """
    with app.app_context():
        presses = Presses(Browser(app).sign_in(people.maria), laid(people))
        person = db.session.scalars(select(Person.id).order_by(Person.id).limit(1)).one()
        middle = ITEMS // 2
        kinds: dict[str, tuple[Callable[[], str], Callable[[], dict[str, str]]]] = {
            "move": (lambda: f"down-{presses.items()[middle]}-{presses.items()[middle + 1]}", dict),
            "place": (
                lambda: f"place-{presses.items()[middle]}",
                lambda: {f"item-{presses.items()[middle]}-place": "3"},
            ),
            "minutes": (lambda: f"minutes-{presses.items()[middle]}-15", dict),
            "save": (lambda: "save", lambda: {f"item-{one}-presenter": "Maria" for one in presses.items()}),
            "official": (lambda: "save", lambda: {f"item-{presses.items()[middle]}-official": str(person)}),
            "window": (lambda: "save", lambda: {f"window-{person}-leaves": "20.15"}),
            "put": (lambda: f"put-{presses.topic()}", dict),
            "remove": (lambda: f"remove-{presses.items()[-1]}", dict),
            "undo": (lambda: f"undo-{presses.change()}", dict),
            "search": (lambda: "search", lambda: {"q": "aihe 499"}),
        }

        def minutes_of_first(minutes: int) -> str:
            return f"minutes-{presses.items()[0]}-{minutes}"

        rows = []
        for name, (press, typed) in kinds.items():
            for part in (False, True):
                times = []
                for number in range(RUNS):
                    if name == "undo":  # something to undo first
                        presses.cost(partial(minutes_of_first, 20 + number), part=True)
                    times.append(presses.cost(press, part=part, **typed()))
                median = statistics.median(took for took, _ in times)
                rows.append(
                    {
                        "press": name,
                        "part": part,
                        "median": median,
                        "longest": max(took for took, _ in times),
                        "worked": statistics.median(worked for _, worked in times),
                        "share_of_goal": median / GOAL,
                    }
                )
        db.session.remove()
    return rows


def printed(rows: list[dict[str, object]]) -> None:
    """Print a row for each press."""
    print(f"\nbuilder, {ITEMS} items and {TOPICS} topics; the goal is {GOAL * 1000:.0f} ms")
    print(f"{'press':<12}{'answer':<10}{'median ms':>10}{'longest':>10}{'worked ms':>11}{'of goal':>9}")
    for row in rows:
        median, longest, worked = (float(str(row[one])) * 1000 for one in ("median", "longest", "worked"))
        answer = "part" if row["part"] else "page"
        share = median / GOAL / 1000
        print(f"{row['press']:<12}{answer:<10}{median:>10.1f}{longest:>10.1f}{worked:>11.1f}{share:>9.2f}")
