"""The coordinator lets the page suggest an agenda, says what must be on it, uses it and takes it back."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from app.domain.agenda import ItemKind
from app.domain.clock import utc_now
from app.domain.follow_ups import FollowUpState
from app.domain.meetings import MeetingState
from app.domain.topics import TopicState
from app.extensions import db
from app.models import FollowUp, Meeting
from tests import make
from tests.cast import Cast
from tests.journeys.conftest import DESKTOP, NARROW, PHONE, Visit
from tests.journeys.pages import follow, inspect, press, reads


@pytest.fixture
def meeting(cast: Cast) -> int:
    """A draft after a meeting that agreed on one thing and left one topic; two more topics wait."""
    last = make.meeting(
        cast.north, date(2026, 10, 8), state=MeetingState.MEMO_PUBLISHED, memo_published_at=utc_now()
    )
    discussed = make.topic(cast.north, "Lamppujen vaihto", state=TopicState.DISCUSSED)
    item = make.item(last, about=discussed)
    left = {"state": TopicState.ACCEPTED, "organisation_id": cast.koivuranta, "wished_minutes": 30}
    make.item(last, about=make.topic(cast.north, "Kylätien valot", **left))
    now = utc_now()
    db.session.add(
        FollowUp(
            meeting_id=last.id,
            agenda_item_id=item.id,
            topic_id=discussed.id,
            text="Lasketaan hinta.",
            owner_organisation_id=cast.technical,
            due_on=now.date() + timedelta(days=9),
            state=FollowUpState.OPEN,
            created_at=now,
            changed_at=now,
        )
    )
    make.topic(cast.north, "Uimaranta", **left | {"created_at": now - timedelta(weeks=9)})
    make.topic(cast.north, "Koulun piha", **left | {"organisation_id": cast.rantala})
    row = make.meeting(cast.north, date.today() + timedelta(days=1))  # noqa: DTZ011 - its own day
    make.item(row, "Avaus", 5)
    make.item(row, "Seuraava tapaaminen", 5, kind=ItemKind.NEXT_MEETING)
    return row.id


def in_english(page: Page, visit: Visit) -> Page:
    page.context.add_cookies([{"name": "language", "value": "en", "url": visit.address}])
    return page


def titles(meeting: int) -> list[str]:
    db.session.rollback()
    return [one.title for one in db.session.get_one(Meeting, meeting, populate_existing=True).items]


@pytest.mark.parametrize(("device", "script"), [(DESKTOP, True), (PHONE, False)])
def test_an_agenda_is_suggested_changed_used_and_taken_back(
    cast: Cast, visit: Visit, meeting: int, device: dict[str, object], script: bool
) -> None:
    maria = in_english(visit(device, who=cast.maria, script=script), visit)
    maria.goto(f"/meetings/{meeting}/edit")
    reads(maria, "From earlier meetings (2)", "It was not reached on 8 October 2026.")
    press(maria, "Add “What happened since last time” first")
    expect(maria.locator("#rows")).to_contain_text("edellisestä")
    follow(maria, "Suggest an agenda")
    reads(maria, "70 minutes are left for topics", "This is the best agenda that these rules give.")
    maria.locator("#wishes > summary").click()
    maria.get_by_label("This time: Koulun piha").select_option("Not this time")
    maria.get_by_label("Minutes: Uimaranta").fill("0:35")
    press(maria, "Suggest again")
    reads(maria, "You left it out this time.", "35 min")
    if script:
        inspect(maria)
    press(maria, "Use this agenda")
    reads(maria, "The suggested agenda is in use.")
    now = titles(meeting)
    assert now[:2] == ["Avaus", "Mitä tapahtui edellisestä"]
    assert "Uimaranta" in now
    assert "Koulun piha" not in now
    maria.locator("#undo").click()
    expect(maria.locator("#rows")).not_to_contain_text("Uimaranta")
    expect(maria.locator("#agenda")).to_contain_text("Undone: the suggested agenda was used.")
    expect(maria.get_by_text("The suggested agenda is in use.")).not_to_be_visible()
    assert titles(meeting) == ["Avaus", "Mitä tapahtui edellisestä", "Seuraava tapaaminen"]


def test_it_fits_the_narrowest_phone(cast: Cast, visit: Visit, meeting: int) -> None:
    maria = in_english(visit(NARROW, who=cast.maria), visit)
    maria.goto(f"/meetings/{meeting}/compose")
    maria.locator("#wishes > summary").click()
    inspect(maria)
    maria.goto(f"/meetings/{meeting}/edit")
    inspect(maria)
