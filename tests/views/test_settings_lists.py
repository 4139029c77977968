"""Long lists of the settings ask the database no more often than short ones."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import event

from app.domain.organisations import OrganisationKind
from app.domain.permissions import Role
from app.extensions import db
from app.models import (
    Organisation,
    PartnershipTable,
    Person,
    PersonRole,
)
from tests.cast import Cast
from tests.page import Browser


@pytest.fixture
def maria(browser: Browser, cast: Cast) -> Browser:
    return browser.sign_in(cast.maria)


@pytest.fixture
def asked(app: Flask) -> Iterator[list[str]]:
    """Every question to the database from now on."""
    statements: list[str] = []

    def note(*args: object) -> None:
        statements.append(str(args[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("part", ["people", "organisations", "tables"])
def test_long_lists_ask_the_database_no_more_often(maria: Browser, asked: list[str], part: str) -> None:
    def grow(by: int, word: str) -> None:
        for number in range(by):
            place = Organisation(kind=OrganisationKind.VILLAGE, name=f"{word} {number}")
            of = Organisation(
                kind=OrganisationKind.VILLAGE_ASSOCIATION, name=f"{word} {number} ry", parent=place
            )
            table = PartnershipTable(
                slug=f"{word}-{number}", name=f"{word} {number}", kind="local", organisations=[place, of]
            )
            role = PersonRole(role=Role.CHAIR, table=table)
            db.session.add_all([table, Person(name=f"{word} {number}", organisation=of, roles=[role])])
        db.session.commit()

    grow(1, "few")
    asked.clear()
    maria.get(f"/settings/{part}")
    few = len(asked)
    grow(30, "many")
    asked.clear()
    maria.get(f"/settings/{part}")
    assert len(asked) == few
