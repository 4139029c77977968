"""To whom a letter about a whole meeting goes: one letter to one address, whoever reads there."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.models import Invitation, Topic
from app.services.invited import language_of


@dataclass(frozen=True)
class Addressee:
    """One address; `who` names its first reader among all letters of one occasion (`person:3`)."""

    who: str
    address: str
    language: str
    person_id: int | None = None
    topic_id: int | None = None


def addressees(rows: Iterable[Invitation], topics: Iterable[Topic] = ()) -> list[Addressee]:
    """Return people, then organisations, then proposers with an address; each address once."""
    stored = list(rows)
    found = [
        Addressee(f"person:{one.id}", one.email, one.language, person_id=one.id)
        for row in stored
        if (one := row.person) is not None and one.email
    ]
    found += [
        Addressee(f"organisation:{body.id}", body.email, language_of(row.meeting.table))
        for row in stored
        if (body := row.organisation) is not None and body.email
    ]
    found += [
        Addressee(f"topic:{one.id}", one.contact_email, one.language, topic_id=one.id)
        for one in topics
        if one.contact_email
    ]
    first: dict[str, Addressee] = {}
    for each in found:
        first.setdefault(each.address.casefold(), each)
    return list(first.values())
