"""People in the settings: who comes, who leaves, and nobody locks the municipality out."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from app.domain.clock import utc_now
from app.extensions import db
from app.models import (
    Event,
    Person,
    PersonRole,
    SignInSession,
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


def test_a_person_is_added_and_gets_a_role_at_one_table(maria: Browser, cast: Cast) -> None:
    page = maria.get("/settings/people").follow("Add a person")
    page = page.submit("Save", name="Eeva Ranta", email="Eeva@Koivuranta.example", language="sv")
    assert "The person is added. Now choose the role." in page.text
    page = page.submit("Give the role", role="secretary", table=str(cast.south))
    page = page.submit("Give the role", role="secretary", table=str(cast.south))
    assert page.text.count("Secretary: Eteläinen lähikumppanuuspöytä") == 1
    assert logged("person.give_role") == 1
    page = page.submit("Take away: Secretary: Eteläinen lähikumppanuuspöytä")
    assert "This person has no role yet." in page.text
    row = db.session.scalars(select(Person).where(Person.email == "eeva@koivuranta.example")).one()
    assert (row.name, row.language, row.roles) == ("Eeva Ranta", "sv", [])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"email": "TIMO.harju@lehmijarvi.example"}, "Another person has this e-mail address already."),
        ({"email": "abc"}, "Check the e-mail address."),
        ({"name": ""}, "Write the name."),
        ({"name": "x" * 10_000}, "The text is too long: 10000 characters. At most 200 fit."),
        ({"language": "de"}, "Choose from the list."),
        ({"organisation_id": "999999999"}, "Choose from the list."),
        ({"title": "a\x07"}, "The text has characters that cannot be saved."),
    ],
)
def test_a_wrong_person_is_said_at_its_field(
    maria: Browser, cast: Cast, typed: dict[str, object], sentence: str
) -> None:
    page = maria.get(f"/settings/people/{id_of(cast.sari)}").submit(
        "Save", 422, **{"phone": "040 1", **typed}
    )
    assert sentence in page.text
    assert page.all("input", name="phone")[0].get("value") == "040 1"
    assert db.session.get_one(Person, id_of(cast.sari)).phone is None


@pytest.mark.parametrize("typed", [{"role": "king"}, {"role": ""}, {"table": "999999999"}, {"table": "abc"}])
def test_a_wrong_role_is_refused(maria: Browser, cast: Cast, typed: dict[str, object]) -> None:
    maria.get(f"/settings/people/{id_of(cast.sari)}/roles").submit("Give the role", 422, **typed)
    assert logged("person.give_role") == 0


def test_who_leaves_is_signed_out_at_once(maria: Browser, cast: Cast) -> None:
    sari = Browser(maria.app).sign_in(cast.sari)
    assert sari.get("/sign-in/sessions").url == "/sign-in/sessions"
    page = maria.get(f"/settings/people/{id_of(cast.sari)}").submit("End signing in")
    assert "Cannot sign in" in page.text
    assert sari.get("/sign-in/sessions").url == "/sign-in"
    maria.get(f"/settings/people/{id_of(cast.sari)}").submit("Let in again")
    assert sari.get("/sign-in/sessions").url == "/sign-in"  # the old cookie does not come back to life


def test_a_new_address_ends_the_sessions_of_the_old_one(maria: Browser, cast: Cast) -> None:
    sari = Browser(maria.app).sign_in(cast.sari)
    maria.get(f"/settings/people/{id_of(cast.sari)}").submit("Save", email="sari@new.example")
    assert sari.get("/sign-in/sessions").url == "/sign-in"


def test_a_role_that_is_taken_away_is_gone_on_the_next_page(maria: Browser, cast: Cast) -> None:
    number = id_of(cast.olli)
    maria.get(f"/settings/people/{number}/roles").submit("Give the role", role="coordinator", table="every")
    olli = Browser(maria.app).sign_in(cast.olli)
    olli.get("/settings")
    maria.get(f"/settings/people/{number}/roles").submit("Take away: Coordinator: every table")
    olli.get("/settings", 403)


def test_the_last_coordinator_stays(maria: Browser, cast: Cast) -> None:
    number = id_of(cast.maria)
    sentence = "Somebody must coordinate every table. Give the role to another person first."
    page = maria.get(f"/settings/people/{number}/roles").submit("Take away: Coordinator: every table", 409)
    assert sentence in page.text
    assert sentence in maria.get(f"/settings/people/{number}").submit("End signing in", 409).text
    # Somebody who cannot sign in does not count.
    maria.get(f"/settings/people/{id_of(cast.olli)}/roles").submit(
        "Give the role", role="coordinator", table="every"
    )
    maria.get(f"/settings/people/{id_of(cast.olli)}").submit("End signing in")
    maria.get(f"/settings/people/{number}/roles").submit("Take away: Coordinator: every table", 409)
    maria.get(f"/settings/people/{id_of(cast.olli)}").submit("Let in again")
    maria.get(f"/settings/people/{number}/roles").submit("Take away: Coordinator: every table", 403)
    assert db.session.scalar(select(func.count()).where(PersonRole.person_id == number)) == 0


def test_ones_own_address_changes_only_soon_after_signing_in(maria: Browser, cast: Cast) -> None:
    number = id_of(cast.maria)
    db.session.execute(update(SignInSession).values(created_at=utc_now() - timedelta(hours=1)))
    db.session.commit()
    page = maria.get(f"/settings/people/{number}").submit("Save", 409, email="maria@new.example")
    assert "Sign in again before you change your own e-mail address." in page.text
    fresh = Browser(maria.app).sign_in(cast.maria)
    fresh.get(f"/settings/people/{number}").submit("Save", email="maria@new.example")
    assert fresh.get("/settings").h1 == "Settings"
    assert maria.get("/settings").url == "/sign-in"
