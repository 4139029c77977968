"""`flask demo` says in one sentence what it did, and may be run again and again."""

from flask import Flask
from sqlalchemy import func, select

from app.extensions import db
from app.models import Meeting, Person


def run(app: Flask) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["demo"])
    return result.exit_code, result.output


def test_an_empty_database_gets_the_municipality(app: Flask) -> None:
    status, said = run(app)
    assert status == 0
    assert said.startswith("The demo municipality Kuovinsalmi is loaded: 4 tables,")
    assert said.count("\n") == 1
    assert db.session.scalar(select(func.count()).select_from(Meeting))


def test_run_again_it_says_so_and_changes_nothing(app: Flask) -> None:
    run(app)
    meetings = db.session.scalar(select(func.count()).select_from(Meeting))
    status, said = run(app)
    assert status == 0
    assert said == "There is data in the database already, so the demo municipality was left out.\n"
    assert db.session.scalar(select(func.count()).select_from(Meeting)) == meetings


def test_a_real_installation_is_left_alone(app: Flask) -> None:
    db.session.add(Person(name="Ensimmäinen koordinaattori", email="eka@kunta.example"))
    db.session.commit()
    status, said = run(app)
    assert status == 0
    assert "left out" in said
    assert db.session.scalar(select(func.count()).select_from(Meeting)) == 0
