"""The settings: what Maria changes is kept, and nobody locks the municipality out."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.domain.organisations import OrganisationKind
from app.domain.permissions import Role
from app.extensions import db
from app.models import (
    Event,
    Municipality,
    Organisation,
    PartnershipTable,
    Person,
    PersonRole,
)
from tests.cast import Cast
from tests.page import Browser


@pytest.fixture
def maria(browser: Browser, cast: Cast) -> Browser:
    return browser.sign_in(cast.maria)


def id_of(email: str) -> int:
    found = db.session.scalars(select(Person.id).where(Person.email == email)).one()
    db.session.rollback()
    return found


def logged(act: str) -> int:
    return db.session.scalar(select(func.count()).where(Event.act == act)) or 0


def token(browser: Browser) -> str:
    return str(browser.get("/settings/people").all("input", name="csrf_token")[0].get("value"))


# Municipality


def test_the_municipality_is_changed(maria: Browser) -> None:
    page = maria.get("/settings").follow("Municipality")
    assert [
        one.get("value") for one in page.all("input", name="languages") if one.get("checked") is not None
    ] == [
        "fi",
        "sv",
    ]
    page = page.submit("Save", name="Lehmijärven kaupunki", languages=["sv", "en"], phone="040 765 4321")
    assert "The municipality is saved." in page.text
    assert "040 765 4321" in page.text
    row = db.session.get_one(Municipality, 1)
    assert (row.name, row.languages) == ("Lehmijärven kaupunki", "sv en")
    assert logged("municipality.change") == 1


def test_a_new_installation_is_named(browser: Browser, app: Flask) -> None:
    person = Person(name="Maria Sund", email="maria@x.example", roles=[PersonRole(role=Role.COORDINATOR)])
    db.session.add(person)
    db.session.commit()
    page = browser.sign_in("maria@x.example").get("/settings/municipality")
    page.submit("Save", name="Lehmijärven kunta")
    assert db.session.get_one(Municipality, 1).name == "Lehmijärven kunta"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Write the name."),
        ({"name": "x" * 10_000}, "The text is too long: 10000 characters. At most 200 fit."),
        ({"name": "a\x00b"}, "The text has characters that cannot be saved."),
        ({"languages": []}, "Choose at least one language."),
        ({"languages": ["de"]}, "Choose from the list."),
        ({"email": "abc"}, "Check the e-mail address."),
        ({"phone": "1" * 61}, "The text is too long: 61 characters. At most 60 fit."),
    ],
)
def test_a_wrong_municipality_is_said_at_its_field(
    maria: Browser, typed: dict[str, object], sentence: str
) -> None:
    page = maria.get("/settings/municipality").submit("Save", 422, **{"phone": "040 999", **typed})
    assert sentence in page.text
    if "phone" not in typed:
        assert page.all("input", name="phone")[0].get("value") == "040 999"
    assert db.session.get_one(Municipality, 1).name == "Lehmijärven kunta"


def test_two_who_change_at_once_do_not_overwrite_in_silence(maria: Browser, cast: Cast) -> None:
    page = maria.get("/settings/municipality")
    maria.get("/settings/municipality").submit("Save", phone="1")
    page = page.submit("Save", 422, name="Lehmijärven kaupunki")
    assert "Somebody else changed this after you opened it." in page.text
    assert db.session.get_one(Municipality, 1).phone == "1"
    page.submit("Save")  # she has read it and saves again
    assert db.session.get_one(Municipality, 1).name == "Lehmijärven kaupunki"


# Tables


def test_a_table_is_added_once_however_often_it_is_sent(maria: Browser, cast: Cast) -> None:
    page = maria.get("/settings/tables").follow("Add a table")
    typed = {
        "name": "Läntinen lähikumppanuuspöytä",
        "minutes": "1,5 h",
        "organisations": [str(cast.rantala), str(cast.koivuranta)],
    }
    for _ in range(2):
        answer = page.submit("Save", **typed)
        assert "The table is added." in answer.text
    row = db.session.scalars(
        select(PartnershipTable).where(PartnershipTable.slug == "lantinen-lahikumppanuuspoyta")
    ).one()
    assert (row.minutes, row.meetings_a_year, row.languages) == (90, 2, "fi")
    assert {one.id for one in row.organisations} == {cast.rantala, cast.koivuranta}
    assert logged("table.add") == 1


def test_a_table_is_changed(maria: Browser, cast: Cast) -> None:
    page = maria.get("/settings/tables").follow("Pohjoinen lähikumppanuuspöytä")
    checked = {
        one.get("value") for one in page.all("input", name="organisations") if one.get("checked") is not None
    }
    assert checked == {str(cast.koivuranta), str(cast.koivuranta_association)}
    page.submit("Save", minutes="120", organisations=[str(cast.koivuranta)], languages=["fi", "sv"])
    row = db.session.get_one(PartnershipTable, cast.north)
    assert (row.minutes, row.languages, [one.id for one in row.organisations]) == (
        120,
        "fi sv",
        [cast.koivuranta],
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"slug": "etela"}, "Another table has this short name already."),
        ({"slug": "kylä talo"}, "Use small letters a–z, numbers and hyphens only."),
        ({"slug": "-a"}, "Use small letters a–z, numbers and hyphens only."),
        ({"slug": "a" * 61}, "The text is too long: 61 characters. At most 60 fit."),
        ({"name": "***", "slug": ""}, "Use small letters a–z, numbers and hyphens only."),
        ({"name": ""}, "Write the name."),
        ({"kind": "kitchen"}, "Choose from the list."),
        ({"minutes": ""}, "Write how long a meeting lasts."),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "-5"}, "minutes"),
        ({"minutes": "abc"}, "minutes"),
        ({"minutes": "5"}, "A meeting lasts from 15 to 480 minutes."),
        ({"minutes": "9" * 30}, "minutes"),
        ({"meetings_a_year": "0"}, "Write a number from 1 to 52."),
        ({"meetings_a_year": "-5"}, "Write a number from 1 to 52."),
        ({"meetings_a_year": "abc"}, "Write a number from 1 to 52."),
        ({"meetings_a_year": "53"}, "Write a number from 1 to 52."),
        ({"meetings_a_year": "9" * 30}, "Write a number from 1 to 52."),
        ({"languages": []}, "Choose at least one language."),
        ({"organisations": ["999999999"]}, "Choose from the list."),
        ({"organisations": ["abc"]}, "Choose from the list."),
        ({"description": "x" * 10_000}, "The text is too long: 10000 characters. At most 2000 fit."),
    ],
)
def test_a_wrong_table_is_said_at_its_field(
    maria: Browser, cast: Cast, typed: dict[str, object], sentence: str
) -> None:
    page = maria.get(f"/settings/tables/{cast.north}").submit("Save", 422, **{"area": "Koivuranta", **typed})
    (field,) = {one.get("aria-describedby") for one in page.root.iter() if one.get("aria-invalid")} or {None}
    assert field or page.all("fieldset", class_="has-error") or page.all("div", class_="has-error")
    assert sentence in page.text
    assert page.all("input", name="area")[0].get("value") == "Koivuranta"
    assert db.session.get_one(PartnershipTable, cast.north).area is None


# Organisations


def test_an_organisation_is_added_changed_and_taken_out_of_the_lists(maria: Browser, cast: Cast) -> None:
    page = maria.get("/settings/organisations").follow("Add an organisation")
    page = page.submit(
        "Save", kind="village_association", name="Rantalan kylätoimikunta", parent=str(cast.rantala)
    )
    assert "The organisation is added." in page.text
    row = db.session.scalars(select(Organisation).where(Organisation.name == "Rantalan kylätoimikunta")).one()
    number = row.id
    assert (row.kind, row.parent_id) == (OrganisationKind.VILLAGE_ASSOCIATION, cast.rantala)
    page.follow("Rantalan kylätoimikunta").submit("Save", name="Rantalan kyläyhdistys", parent="")
    page = maria.get(f"/settings/organisations/{number}").submit("Take out of the lists")
    assert "Not in the lists" in page.text
    assert str(number) not in {
        one.get("value") for one in maria.get("/settings/tables/add").all("input", name="organisations")
    }
    page = maria.get(f"/settings/organisations/{number}").submit("Put back into the lists")
    assert "Not in the lists" not in page.text
    assert [logged(f"organisation.{act}") for act in ("add", "change", "archive", "restore")] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "Rantala"}, "Another organisation has this name already."),
        ({"name": " "}, "Write the name."),
        ({"kind": "planet"}, "Choose from the list."),
        ({"kind": ""}, "Choose the kind."),
        ({"email": "a@b"}, "Check the e-mail address."),
        ({"parent": "999999999"}, "Choose from the list."),
        ({"parent": "abc"}, "Choose from the list."),
    ],
)
def test_a_wrong_organisation_is_said_at_its_field(
    maria: Browser, cast: Cast, typed: dict[str, object], sentence: str
) -> None:
    page = maria.get(f"/settings/organisations/{cast.technical}").submit("Save", 422, **typed)
    assert sentence in page.text
    assert db.session.get_one(Organisation, cast.technical).name == "Tekninen toimi"


# All parts


@pytest.mark.parametrize(
    "address",
    [
        "/settings/tables/0",
        "/settings/tables/-5",
        "/settings/tables/abc",
        "/settings/tables/999999999",
        "/settings/people/999999999",
        "/settings/people/99999999999999999999",
        "/settings/organisations/77777",
        "/settings/people/77777/roles",
    ],
)
def test_what_is_not_there(maria: Browser, address: str) -> None:
    maria.get(address, 404)


def test_buttons_for_what_is_not_there(maria: Browser) -> None:
    for address in ("people/77777/deactivate", "people/77777/let-in", "people/77777/roles/1/take"):
        maria.post(f"/settings/{address}", {"csrf_token": token(maria)}, 404)
    for address in ("organisations/77777/archive", "organisations/77777/restore"):
        maria.post(f"/settings/{address}", {"csrf_token": token(maria)}, 404)


def test_a_role_of_another_person_is_not_taken(maria: Browser, cast: Cast) -> None:
    timos = db.session.scalars(select(PersonRole.id).where(PersonRole.person_id == id_of(cast.timo))).one()
    maria.post(f"/settings/people/{id_of(cast.sari)}/roles/{timos}/take", {"csrf_token": token(maria)})
    assert db.session.get(PersonRole, timos) is not None


def test_only_fields_of_the_form_are_taken(maria: Browser, cast: Cast) -> None:
    number = id_of(cast.sari)
    page = maria.get(f"/settings/people/{number}")
    form, _ = page.form_of("Save")
    data = {one.get("name"): one.get("value", "") for one in form.iter("input")}
    more = {"id": "1", "deactivated_at": "2027-01-01", "roles": "coordinator", "role": "coordinator"}
    maria.post(page.url, {**data, **more, "language": "fi", "organisation_id": ""})
    row = db.session.get_one(Person, number)
    assert (row.deactivated_at, [one.role for one in row.roles]) == (None, [Role.SECRETARY])


@pytest.mark.parametrize("who", ["olli", "timo", "sari", "kaisa", "pekka", "aino", "veikko"])
def test_only_who_coordinates_every_table_changes_settings(browser: Browser, cast: Cast, who: str) -> None:
    browser.sign_in(getattr(cast, who))
    for address in ("", "/municipality", "/tables", f"/tables/{cast.north}", "/organisations", "/people"):
        browser.get(f"/settings{address}", 403)
