"""Measures what a page costs when there is ten times as much to show; prints a table and writes JSON."""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import delete, event

from app.domain.meetings import MeetingState
from app.extensions import db
from app.factory import create_app
from app.models import Knock
from app.services import sign_in_links
from config import Config
from tests import cast, make
from tests.page import Browser
from tools import bench_builder, bench_composing

HOUSE = Path(__file__).resolve().parents[1]
RUNS = 9


def built(folder: Path, topics: int, meetings: int) -> tuple[Flask, cast.Cast]:
    """Return an app with so many waiting topics and published meetings."""
    folder.mkdir()
    app = create_app(
        Config(
            secret_key="k" * 40,
            public_url="http://127.0.0.1:5000",
            database_url=f"sqlite:///{folder / 'bench.db'}",
            mail_url="memory:",
            instance_dir=folder,
            testing=True,
        )
    )
    with app.app_context():
        upgrade()
        people = cast.gather()
        for number in range(topics):
            make.topic(people.north, f"Aihe {number}: kylätien valaistus ja kunto.")
        first = date.today() + timedelta(days=7)  # noqa: DTZ011 - any day will do
        for number in range(meetings):
            one = make.meeting(people.north, first + timedelta(days=number), state=MeetingState.PUBLISHED)
            for _ in range(8):
                make.item(one, "Kylätien valaistus", 10)
        make.plan("Hyvinvointisuunnitelma 2025–2028", *(f"Toimenpide {n}" for n in range(topics)))
    return app, people


def cost(browser: Browser, url: str) -> tuple[float, int]:
    """Return the median seconds of a page and the number of queries of its last fetch."""
    times, queries = [], 0

    def count(*_: object) -> None:
        nonlocal queries
        queries += 1

    event.listen(db.engine, "before_cursor_execute", count)
    for _ in range(RUNS):
        queries = 0
        began = time.perf_counter()
        answer = browser.raw(url)
        times.append(time.perf_counter() - began)
        if answer.status_code != 200:
            raise SystemExit(f"{url} answered {answer.status_code}")
    event.remove(db.engine, "before_cursor_execute", count)
    return statistics.median(times), queries


PAGES: tuple[tuple[str, Callable[[cast.Cast], str], bool], ...] = (
    ("first page", lambda _: "/", False),
    ("table", lambda _: "/tables/pohjoinen", False),
    ("calendar feed", lambda _: "/calendar.ics", False),
    ("agenda", lambda _: "/meetings/1", False),
    ("builder", lambda _: "/meetings/1/edit", True),
    ("inbox", lambda _: "/inbox", True),
    ("plan", lambda _: "/plans/1", False),
    ("outbox", lambda _: "/outbox", True),
)


def asking(email: str) -> float:
    """Return the median seconds of asking for a sign-in link."""
    times = []
    for _ in range(RUNS * 4):
        began = time.perf_counter()
        sign_in_links.ask_for_link(email, "a" * 43, None)
        times.append(time.perf_counter() - began)
        db.session.execute(delete(Knock))
        db.session.commit()
    return statistics.median(times)


def main() -> int:
    """Print the table; the exit status is 0, for figures are looked at and not judged here."""
    rows = []
    with tempfile.TemporaryDirectory() as place:
        measured = []
        for name, topics, meetings in (("small", 20, 4), ("large", 200, 40)):
            app, people = built(Path(place) / name, topics, meetings)
            with app.app_context():
                strangers, coordinator = Browser(app), Browser(app).sign_in(people.maria)
                measured.append(
                    {
                        what: cost(coordinator if inside else strangers, url(people))
                        for what, url, inside in PAGES
                    }
                )
                known, unknown = asking(people.maria), asking("stranger@lehmijarvi.example")
                db.session.remove()
                db.engine.dispose()
        app, people = built(Path(place) / "builder", 1, 0)
        presses = bench_builder.measured(app, people)
        with app.app_context():
            db.engine.dispose()
    rows.append({"page": "sign-in, known to unknown address", "ratio": known / unknown})
    print(f"{'page':<16}{'small ms':>10}{'large ms':>10}{'ratio':>8}{'queries':>10}{'queries, large':>16}")
    for what, _, _ in PAGES:
        (small, few), (large, many) = measured[0][what], measured[1][what]
        rows.append({"page": what, "ratio": large / small, "queries": few, "queries_large": many})
        print(f"{what:<16}{small * 1000:>10.1f}{large * 1000:>10.1f}{large / small:>8.2f}{few:>10}{many:>16}")
    difference = (known - unknown) * 1000
    print(f"asking for a sign-in link: a known address takes {difference:.1f} ms more than an unknown one")
    bench_builder.printed(presses)
    rows += presses
    rows += bench_composing.measure()
    target = HOUSE / "build" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    print(f"written to {target.relative_to(HOUSE)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
