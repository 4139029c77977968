"""Which members of a table get its invitations, as a table."""

from dataclasses import dataclass

import pytest

from app.domain.organisations import OrganisationKind, asked_bodies

VILLAGE, ASSOCIATION = OrganisationKind.VILLAGE, OrganisationKind.VILLAGE_ASSOCIATION


@dataclass
class Member:
    id: int
    kind: OrganisationKind
    email: str | None = None
    parent_id: int | None = None


@pytest.mark.parametrize(
    ("members", "asked"),
    [
        ([], set()),
        ([Member(1, VILLAGE)], {1}),
        ([Member(1, VILLAGE), Member(2, ASSOCIATION, None, 1)], {2}),
        ([Member(1, VILLAGE, "kyla@example.org"), Member(2, ASSOCIATION, None, 1)], {1, 2}),
        ([Member(1, VILLAGE), Member(2, ASSOCIATION, None, 9)], {1, 2}),
        ([Member(1, VILLAGE), Member(2, OrganisationKind.ASSOCIATION, None, 1)], {1, 2}),
        ([Member(1, VILLAGE), Member(2, ASSOCIATION, "a@example.org", 1), Member(3, VILLAGE)], {2, 3}),
    ],
)
def test_a_village_is_not_asked_beside_its_association(members: list[Member], asked: set[int]) -> None:
    assert asked_bodies(members) == asked
