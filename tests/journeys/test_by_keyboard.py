"""Without a mouse: a topic is proposed, an agenda built, an evening written down and its memo published."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from app.domain.agenda import ItemKind
from app.domain.meetings import MeetingState
from app.extensions import db
from app.models import AgendaItem, FollowUp, Meeting, Topic
from tests import make
from tests.cast import Cast
from tests.journeys.conftest import DESKTOP, PHONE, Visit
from tests.journeys.keyboard import Keyboard
from tests.journeys.pages import inspect, reads

THREE = ("Tervetuloa", "Rannan tila", "Kylätien valot")
LOW = {"viewport": {"width": 1280, "height": 640}}


@pytest.fixture
def meeting(cast: Cast) -> str:
    """An empty draft of the northern table."""
    row = make.meeting(cast.north, date.today() + timedelta(days=1))  # noqa: DTZ011 - its own day
    return f"/meetings/{row.id}"


def test_a_topic_by_keyboard(cast: Cast, visit: Visit) -> None:
    eeva = visit(PHONE)
    keys = Keyboard(eeva)
    keys.open("/")
    keys.to("Siirry sisältöön")
    keys.press("Ehdota aihetta")
    keys.press("Jatka")
    # A refused form is read from its list of mistakes; Enter on a line leads into the field.
    expect(eeva.locator(".error-summary")).to_be_focused()
    inspect(eeva)
    keys.to("Kirjoita, mistä haluat puhua.")
    eeva.keyboard.press("Enter")
    expect(eeva.locator("#text")).to_be_focused()
    eeva.keyboard.type("Koululla tarvitaan penkki")
    keys.to("En tiedä", "input:radio")
    eeva.keyboard.press("ArrowDown")
    keys.press("Jatka")
    reads(eeva, "Tarkista ennen lähettämistä", "Koululla tarvitaan penkki", "5 minuuttia")
    keys.press("Lähetä aihe", "Space")
    reads(eeva, "Kiitos! Aiheesi on perillä.")
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Topic)) == 1


def test_an_agenda_by_keyboard(cast: Cast, visit: Visit, meeting: str) -> None:
    maria = visit(LOW, who=cast.maria)
    keys = Keyboard(maria)
    keys.open(f"{meeting}/edit")
    for title in THREE:
        keys.to("Lisää oma kohta")
        maria.keyboard.press("Enter")
        keys.write("Otsikko", title)
        keys.press_here("Lisää kohta", "Space")
    # The focus is at the item that was added: its own buttons are the next stops.
    keys.press_here("Siirrä ylös: Kylätien valot")
    reads(maria, "”Kylätien valot” on nyt kohta 2.")
    keys.to("Minuutit: Kylätien valot")
    maria.keyboard.type("25")
    keys.answered("Enter")
    expect(maria.get_by_label("Minuutit: Kylätien valot")).to_have_value("25")
    keys.press("Julkaise asialista")
    keys.press("Julkaise asialista", "Space")
    titles = select(AgendaItem.title).order_by(AgendaItem.position)
    db.session.rollback()
    assert list(db.session.scalars(titles)) == ["Tervetuloa", "Kylätien valot", "Rannan tila"]
    assert db.session.scalars(select(Meeting.state)).one() is MeetingState.PUBLISHED


def test_an_evening_by_keyboard(cast: Cast, visit: Visit, meeting: str) -> None:
    row = db.session.scalars(select(Meeting)).one()
    row.state = MeetingState.PUBLISHED
    for title in THREE:
        make.item(row, title, 10, kind=ItemKind.DISCUSSION)
    maria = visit(DESKTOP, who=cast.maria)
    keys = Keyboard(maria)
    keys.open(f"{meeting}/live")
    keys.press("2. Rannan tila")
    keys.write("Uusi muistiinpano", "Ranta on kunnossa, laituri ei.")
    keys.press("Tallenna muistiinpano")
    reads(maria, "Ranta on kunnossa, laituri ei.")
    keys.press("Lisää jatkotoimi")
    keys.write("Mitä tehdään?", "Korjataan laituri.")
    keys.choose("Kuka tekee?", "Tekninen")
    keys.write("Mihin mennessä?", f"30.6.{date.today().year + 1}")  # noqa: DTZ011 - the municipality's own day
    keys.press("Tallenna jatkotoimi", "Space")
    reads(maria, "Korjataan laituri.", "Tekninen toimi")
    keys.press("Kaikki kohdat")
    keys.press("Tarkista ja julkaise muistio")
    keys.press("Julkaise muistio", "Space")
    reads(maria, "Muistio on julkaistu.")
    db.session.rollback()
    assert db.session.scalars(select(FollowUp.text)).all() == ["Korjataan laituri."]
    assert db.session.scalars(select(Meeting.state)).one() is MeetingState.MEMO_PUBLISHED
