"""Who comes to a table: villages, associations, departments, and bodies outside the municipality."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Protocol

from app.domain.words import N_


class OrganisationKind(StrEnum):
    """What an organisation is; departments and outside bodies can be asked to answer a topic."""

    VILLAGE = "village"
    VILLAGE_ASSOCIATION = "village_association"
    DEPARTMENT = "department"
    ASSOCIATION = "association"
    UMBRELLA = "umbrella"
    OUTSIDE_BODY = "outside_body"


KIND_WORDS = {
    OrganisationKind.VILLAGE: N_("Village"),
    OrganisationKind.VILLAGE_ASSOCIATION: N_("Village association"),
    OrganisationKind.DEPARTMENT: N_("Department"),
    OrganisationKind.ASSOCIATION: N_("Association"),
    OrganisationKind.UMBRELLA: N_("Umbrella organisation"),
    OrganisationKind.OUTSIDE_BODY: N_("Body outside the municipality"),
}

ANSWERING_KINDS = frozenset({OrganisationKind.DEPARTMENT, OrganisationKind.OUTSIDE_BODY})
PROPOSING_KINDS = tuple(OrganisationKind)


class Body(Protocol):
    """Anything that is an organisation."""

    id: int
    kind: OrganisationKind
    email: str | None
    parent_id: int | None


def asked_bodies(members: Iterable[Body]) -> frozenset[int]:
    """Return the ids of the members of a table that are asked to its meetings.

    A village whose association sits at the table is not asked beside it, unless it has an address of its own:
    nobody opens a letter to a place.
    """
    members = list(members)
    spoken_for = {one.parent_id for one in members if one.kind is OrganisationKind.VILLAGE_ASSOCIATION}
    return frozenset(one.id for one in members if one.email or one.id not in spoken_for)
