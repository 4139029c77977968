"""A partnership table: how long it meets, how often a year, and in which languages."""

from enum import StrEnum

from app.domain.words import N_

DEFAULT_MINUTES = 90
DEFAULT_ZONE = "Europe/Helsinki"


class TableKind(StrEnum):
    """A local table gathers villages; the services table gathers services and the third sector."""

    LOCAL = "local"
    SERVICES = "services"


KIND_WORDS = {
    TableKind.LOCAL: N_("Local partnership table"),
    TableKind.SERVICES: N_("Services and third-sector table"),
}

# Two a year for local tables and four for the services table: the rhythm of the first tables that met.
MEETINGS_A_YEAR = {TableKind.LOCAL: 2, TableKind.SERVICES: 4}
