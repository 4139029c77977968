"""Whose partnership tables these are, as every page shows it."""

from dataclasses import dataclass

from app.extensions import db
from app.models import Municipality


@dataclass(frozen=True)
class ShownMunicipality:
    """The municipality in one language; phone and e-mail may be missing."""

    name: str
    phone: str | None
    email: str | None
    languages: tuple[str, ...]
    demo: bool


def shown(language: str) -> ShownMunicipality:
    """Return the municipality in a language; a nameless one before the settings are filled."""
    row = db.session.get(Municipality, 1)
    if row is None:
        return ShownMunicipality("Kumppanuuspöytä", None, None, ("fi",), False)
    name = row.name_sv if language == "sv" and row.name_sv else row.name
    return ShownMunicipality(name, row.phone, row.email, tuple(row.languages.split()), row.demo)
