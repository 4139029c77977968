"""The people and places of every test: the invented municipality of Lehmijärvi.

- Maria Sund coordinates every table.
- Timo Harju is chair and Sari Laine secretary of the northern table.
- Olli Kivi coordinates the southern table only.
- Kaisa Niemi is village ombudsman everywhere, Pekka Niemi a technical official of the northern table,
  Leena Aalto an official of the southern one.
- Aino Mäkelä represents Koivuranta at the northern table, Veikko Salo reads along.
- Eeva has no account: she writes from Koivuranta.
"""

from dataclasses import dataclass

from app.domain.organisations import OrganisationKind
from app.domain.permissions import Role
from app.domain.tables import TableKind
from app.extensions import db
from app.models import Municipality, Organisation, PartnershipTable, Person, PersonRole


@dataclass(frozen=True)
class Cast:
    """Ids by name; rows are read anew in each test."""

    north: int
    south: int
    koivuranta: int
    koivuranta_association: int
    rantala: int
    technical: int
    culture: int
    county: int
    maria: str = "maria.sund@lehmijarvi.example"
    olli: str = "olli.kivi@lehmijarvi.example"
    timo: str = "timo.harju@lehmijarvi.example"
    sari: str = "sari.laine@lehmijarvi.example"
    kaisa: str = "kaisa.niemi@lehmijarvi.example"
    pekka: str = "pekka.niemi@lehmijarvi.example"
    leena: str = "leena.aalto@lehmijarvi.example"
    aino: str = "aino.makela@koivuranta.example"
    veikko: str = "veikko.salo@lehmijarvi.example"


PEOPLE = (
    ("Maria Sund", "maria.sund@lehmijarvi.example", Role.COORDINATOR, None),
    ("Olli Kivi", "olli.kivi@lehmijarvi.example", Role.COORDINATOR, "etela"),
    ("Timo Harju", "timo.harju@lehmijarvi.example", Role.CHAIR, "pohjoinen"),
    ("Sari Laine", "sari.laine@lehmijarvi.example", Role.SECRETARY, "pohjoinen"),
    ("Kaisa Niemi", "kaisa.niemi@lehmijarvi.example", Role.VILLAGE_LIAISON, None),
    ("Pekka Niemi", "pekka.niemi@lehmijarvi.example", Role.OFFICIAL, "pohjoinen"),
    ("Leena Aalto", "leena.aalto@lehmijarvi.example", Role.OFFICIAL, "etela"),
    ("Aino Mäkelä", "aino.makela@koivuranta.example", Role.REPRESENTATIVE, "pohjoinen"),
    ("Veikko Salo", "veikko.salo@lehmijarvi.example", Role.READER, "pohjoinen"),
)


def gather() -> Cast:
    """Store the cast and return its ids."""
    kinds = OrganisationKind
    village = Organisation(kind=kinds.VILLAGE, name="Koivuranta", name_sv="Björkstrand")
    rantala = Organisation(kind=kinds.VILLAGE, name="Rantala")
    association = Organisation(
        kind=kinds.VILLAGE_ASSOCIATION, name="Koivurannan kyläyhdistys", parent=village
    )
    technical = Organisation(kind=kinds.DEPARTMENT, name="Tekninen toimi", name_sv="Tekniska sektorn")
    culture = Organisation(kind=kinds.DEPARTMENT, name="Kulttuuri- ja vapaa-aikatoimi")
    county = Organisation(kind=kinds.OUTSIDE_BODY, name="Järvi-Suomen hyvinvointialue")
    north = PartnershipTable(
        slug="pohjoinen",
        name="Pohjoinen lähikumppanuuspöytä",
        name_sv="Norra lokala partnerskapsbordet",
        kind=TableKind.LOCAL,
        place="Koivurannan koulu",
        languages="fi",
        organisations=[village, association],
    )
    south = PartnershipTable(
        slug="etela", name="Eteläinen lähikumppanuuspöytä", kind=TableKind.LOCAL, organisations=[rantala]
    )
    db.session.add_all([village, rantala, association, technical, culture, county, north, south])
    db.session.add(
        Municipality(
            id=1,
            name="Lehmijärven kunta",
            name_sv="Lehmijärvi kommun",
            languages="fi sv",
            phone="040 123 4567",
            email="kumppanuus@lehmijarvi.example",
        )
    )
    db.session.flush()
    tables = {None: None, "pohjoinen": north.id, "etela": south.id}
    for name, email, role, table in PEOPLE:
        person = Person(name=name, email=email, language="fi")
        person.roles.append(PersonRole(role=role, table_id=tables[table]))
        db.session.add(person)
    db.session.commit()
    return Cast(
        north=north.id,
        south=south.id,
        koivuranta=village.id,
        koivuranta_association=association.id,
        rantala=rantala.id,
        technical=technical.id,
        culture=culture.id,
        county=county.id,
    )
