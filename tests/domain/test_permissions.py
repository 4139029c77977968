"""Who may do what, as a table: a change of one square fails here, and is then a change of mind."""

import pytest

from app.domain.errors import Forbidden
from app.domain.permissions import ANYBODY, MAY, Act, Role, Seat, Visitor, check_may, may

HERE, THERE = 1, 2

# x: at the person's own tables.  E: only with the role at every table.  .: no.
TABLE = """
                    coordinator chair secretary village_liaison representative official reader
be_signed_in        x           x     x         x               x              x        x
read_inbox          x           x     x         x               .              .        .
enter_topic         x           x     x         x               .              .        .
triage              x           .     .         .               .              .        .
build_agenda        x           .     .         .               .              .        .
run_evening         x           x     x         .               .              .        .
take_notes          x           .     x         .               .              .        .
add_follow_up       x           .     x         .               .              .        .
read_follow_ups     x           x     x         .               .              x        .
read_inside_memo    x           x     x         .               .              .        .
publish_memo        x           .     .         .               .              .        .
link_measure        x           .     x         .               .              .        .
import_plan         E           .     .         .               .              .        .
read_outbox         x           .     .         .               .              .        .
change_settings     E           .     .         .               .              .        .
"""


def squares() -> list[tuple[Act, Role, str]]:
    head, *lines = (line.split() for line in TABLE.strip().splitlines())
    return [
        (Act(act), Role(role), mark) for act, *marks in lines for role, mark in zip(head, marks, strict=True)
    ]


def seated(role: Role, table_id: int | None) -> Visitor:
    return Visitor(person_id=7, seats=frozenset({Seat(role, table_id)}))


@pytest.mark.parametrize(("act", "role", "mark"), squares())
def test_each_square(act: Act, role: Role, mark: str) -> None:
    somewhere, everywhere = mark == "x", mark in ("x", "E")
    assert may(seated(role, HERE), act) is somewhere
    assert may(seated(role, HERE), act, HERE) is somewhere
    assert may(seated(role, HERE), act, THERE) is (somewhere and act is Act.BE_SIGNED_IN)
    assert may(seated(role, None), act) is everywhere
    assert may(seated(role, None), act, THERE) is everywhere


def test_the_table_is_whole() -> None:
    open_to_all = {Act.SEE_PUBLIC, Act.HOLD_PRIVATE_LINK}
    assert {act for act, _, _ in squares()} == set(Act) - open_to_all == set(MAY)
    assert {role for _, role, _ in squares()} == set(Role)


@pytest.mark.parametrize("act", Act)
def test_anybody_sees_what_is_public_and_nothing_more(act: Act) -> None:
    assert may(ANYBODY, act) is (act in (Act.SEE_PUBLIC, Act.HOLD_PRIVATE_LINK))
    assert may(ANYBODY, act, HERE) is (act in (Act.SEE_PUBLIC, Act.HOLD_PRIVATE_LINK))


@pytest.mark.parametrize("act", [act for act in MAY if act is not Act.BE_SIGNED_IN])
def test_a_person_without_any_role_is_let_in_nowhere(act: Act) -> None:
    nobody = Visitor(person_id=7)
    assert may(nobody, Act.BE_SIGNED_IN)
    assert not may(nobody, act)


def test_a_refusal_is_a_sentence() -> None:
    with pytest.raises(Forbidden, match="Your role does not allow this"):
        check_may(seated(Role.READER, None), Act.TRIAGE, HERE)
    check_may(seated(Role.COORDINATOR, HERE), Act.TRIAGE, HERE)


def test_two_roles_at_two_tables_do_not_mix() -> None:
    both = Visitor(person_id=7, seats=frozenset({Seat(Role.COORDINATOR, HERE), Seat(Role.SECRETARY, THERE)}))
    assert may(both, Act.TRIAGE, HERE)
    assert not may(both, Act.TRIAGE, THERE)
    assert may(both, Act.TAKE_NOTES, THERE)
    assert both.tables(Act.TAKE_NOTES) == {HERE, THERE}
    assert both.tables(Act.TRIAGE) == {HERE}
    assert seated(Role.COORDINATOR, None).tables(Act.TRIAGE) is None
    assert seated(Role.READER, HERE).tables(Act.TRIAGE) == set()
