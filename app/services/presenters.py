"""Who presents, in the reader's language: organisations are stored by their Finnish names."""

from collections.abc import Iterable

from sqlalchemy import select

from app.extensions import db
from app.models import Organisation


def presenters_in(language: str, names: Iterable[str | None]) -> dict[str, str]:
    """Return the names that an organisation has another name for in this language, with that name.

    Several organisations on one line are told apart by their commas. Asks the database in Swedish only.
    """
    wanted = {one for one in names if one}
    if language != "sv" or not wanted:
        return {}
    parts = {part for name in wanted for part in name.split(", ")} | wanted
    query = select(Organisation.name, Organisation.name_sv).where(
        Organisation.name.in_(parts), Organisation.name_sv.is_not(None)
    )
    swedish = {name: name_sv for name, name_sv in db.session.execute(query) if name_sv}
    said = {
        name: swedish.get(name) or ", ".join(swedish.get(part, part) for part in name.split(", "))
        for name in wanted
    }
    return {name: words for name, words in said.items() if words != name}
