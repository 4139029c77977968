"""Roles as people read them: what somebody is, and at which table."""

from flask_babel import gettext

from app.domain.permissions import ROLE_WORDS
from app.models import PersonRole


def role_in_words(role: PersonRole, language: str) -> str:
    """Return `Chair: Pohjoinen lähikumppanuuspöytä`, or `Coordinator: every table`."""
    table = role.table.name_in(language) if role.table else gettext("every table")
    return str(gettext("%(role)s: %(table)s", role=gettext(ROLE_WORDS[role.role]), table=table))
