"""Who comes to a table: villages, associations, departments, and bodies outside the municipality."""

from enum import StrEnum

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
