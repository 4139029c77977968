"""People at the same moment: one address is one person, and somebody always coordinates."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.domain.browsers import browser_name
from app.domain.errors import DomainError, Forbidden, Invalid, Refused
from app.domain.permissions import Role, Visitor
from app.extensions import db
from app.models import Person, PersonRole
from app.services import people
from app.services.people import PersonFacts
from app.services.settings import slug_of
from tests import make
from tests.cast import Cast


def at_once(app: Flask, acts: list[Callable[[], object]]) -> list[DomainError | None]:
    """Do the acts in threads of their own; return the refusal of each."""

    def do(act: Callable[[], object]) -> DomainError | None:
        with app.app_context():
            try:
                act()
            except DomainError as refusal:
                return refusal
            finally:
                db.session.remove()
        return None

    db.session.remove()
    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def test_one_address_is_one_person(app: Flask, cast: Cast) -> None:
    maria = make.visitor(cast.maria)
    facts = PersonFacts("Eeva Ranta", email="eeva@koivuranta.example")
    refusals = at_once(app, [lambda: people.add_person(maria, facts)] * 10)
    assert refusals.count(None) == 1
    assert {refusal.field for refusal in refusals if isinstance(refusal, Invalid)} == {"email"}
    assert db.session.scalar(select(func.count()).where(Person.email == facts.email)) == 1


@pytest.mark.parametrize("leave", ["take", "deactivate"])
def test_two_coordinators_who_leave_at_once_do_not_both_go(app: Flask, cast: Cast, leave: str) -> None:
    maria = make.visitor(cast.maria)
    olli = make.visitor(cast.olli)
    assert maria.person_id
    assert olli.person_id
    people.give_role(maria, olli.person_id, Role.COORDINATOR, None)
    olli = make.visitor(cast.olli)

    def role_of(visitor: Visitor) -> int:
        mine = PersonRole.person_id == visitor.person_id
        return db.session.scalars(select(PersonRole.id).where(mine, PersonRole.table_id.is_(None))).one()

    roles = {maria: role_of(maria), olli: role_of(olli)}

    def go(who: Visitor, other: Visitor) -> Callable[[], object]:
        number = other.person_id or 0
        if leave == "take":
            return lambda: people.take_role(who, number, roles[other])
        return lambda: people.deactivate(who, number)

    refusals = at_once(app, [go(maria, olli), go(olli, maria)])
    assert [type(refusal) for refusal in refusals if refusal] == [Refused]


def test_a_coordinator_of_one_table_changes_nobody(app: Flask, cast: Cast) -> None:
    olli = make.visitor(cast.olli)
    for act in (
        lambda: people.add_person(olli, PersonFacts("Eeva")),
        lambda: people.change_person(olli, 1, PersonFacts("Eeva")),
        lambda: people.give_role(olli, 1, Role.COORDINATOR, None),
        lambda: people.take_role(olli, 1, 1),
        lambda: people.deactivate(olli, 1),
        lambda: people.let_in_again(olli, 1),
    ):
        with pytest.raises(Forbidden):
            act()


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Pohjoinen lähikumppanuuspöytä", "pohjoinen-lahikumppanuuspoyta"),
        ("Södra bordet, Åbo!", "sodra-bordet-abo"),
        ("  –  ", ""),
        ("a" * 70, "a" * 60),
    ],
)
def test_a_short_name_is_made_from_a_name(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox, Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1) AppleWebKit Version/18.1 Mobile Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit Chrome/142.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/142.0 Safari/537.36 Edg/142.0", "Edge, Windows"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_browsers_have_the_names_that_people_know(said: str, name: str) -> None:
    assert browser_name(said) == name
