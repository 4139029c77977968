"""What was held stays: no memo is lost by a cancellation, sent unread, or kept from those it concerns."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.domain.clock import utc_now
from app.domain.errors import Refused, Stale
from app.domain.meetings import MeetingState
from app.domain.memo import Correction
from app.domain.topics import TopicState
from app.extensions import db
from app.models import Meeting, OutgoingMail, Topic
from app.services import agenda, convening, invitations, memo_publishing, notes, running
from tests import make
from tests.cast import Cast
from tests.domain.running_stage import DAY
from tests.evening_stage import clock, meeting, staged
from tests.letter_stage import send

EEVA = "eeva@koivuranta.example"


@pytest.fixture
def held(cast: Cast) -> tuple[int, int, int]:
    """A published meeting with two topics of Eeva's: (meeting, first item, second item)."""
    meeting = make.meeting(cast.north)
    items = [
        make.item(meeting, about=make.topic(cast.north, text, state=TopicState.ON_AGENDA, contact_email=EEVA))
        for text in ("Kylätien valot", "Rannan laituri")
    ]
    numbers = meeting.id, items[0].id, items[1].id
    publish(cast, numbers[0])
    return numbers


def publish(cast: Cast, meeting_id: int) -> None:
    revision = db.session.get_one(Meeting, meeting_id).revision
    invitations.publish_agenda(make.visitor(cast.maria), meeting_id, seen=revision, anyway=True)
    send()


def write(cast: Cast, meeting_id: int, item_id: int, operation: str = "o" * 22) -> None:
    notes.add(make.visitor(cast.maria), meeting_id, item_id, "Kerrottiin tilanteesta.", operation)


def told(kind: str) -> list[str]:
    letters = select(OutgoingMail).where(OutgoingMail.kind == kind, OutgoingMail.to_address == EEVA)
    return [f"{one.subject}\n{one.body}" for one in db.session.scalars(letters.order_by(OutgoingMail.id))]


def test_a_meeting_with_notes_is_not_cancelled(cast: Cast, held: tuple[int, int, int]) -> None:
    write(cast, *held[:2])
    with pytest.raises(Refused, match="it was held"):
        convening.cancel(make.visitor(cast.maria), held[0], "Lumimyrsky")


def test_a_meeting_that_the_clock_ended_is_not_cancelled(cast: Cast) -> None:
    night, sari = staged(cast), make.visitor(cast.sari)
    with clock("18.00"):
        running.begin(sari, night.meeting, night.opening)
    with clock("19.00"):
        running.end_meeting(sari, night.meeting)
    with pytest.raises(Refused, match="was begun and ended"):
        convening.cancel(make.visitor(cast.maria), night.meeting, "Lumimyrsky")


def test_a_meeting_whose_clock_was_tried_out_is_cancelled(cast: Cast) -> None:
    night, sari = staged(cast), make.visitor(cast.sari)
    with clock("12.00", DAY - timedelta(days=7)):
        running.begin(sari, night.meeting, night.opening)
        running.end_meeting(sari, night.meeting)
        convening.cancel(make.visitor(cast.maria), night.meeting, "Lumimyrsky")
    assert meeting(night).state is MeetingState.CANCELLED


def test_a_reopened_memo_is_neither_cancelled_nor_announced_again(
    cast: Cast, held: tuple[int, int, int]
) -> None:
    maria = make.visitor(cast.maria)
    write(cast, *held[:2])
    memo_publishing.publish(maria, held[0])
    memo_publishing.reopen(maria, held[0], next(iter(Correction)))
    for again in (lambda: convening.cancel(maria, held[0], "Lumimyrsky"), lambda: publish(cast, held[0])):
        with pytest.raises(Refused, match="has been published"):
            again()
    assert db.session.get_one(Meeting, held[0]).state is MeetingState.PUBLISHED


def test_what_was_written_after_the_check_does_not_go_out_unread(
    cast: Cast, held: tuple[int, int, int]
) -> None:
    maria = make.visitor(cast.maria)
    write(cast, *held[:2])
    looked_at = memo_publishing.mark_of(held[0])
    write(cast, held[0], held[2], "p" * 22)
    with pytest.raises(Stale):
        memo_publishing.publish(maria, held[0], looked_at)
    memo_publishing.publish(maria, held[0], memo_publishing.mark_of(held[0]))
    assert db.session.get_one(Meeting, held[0]).state is MeetingState.MEMO_PUBLISHED


def test_a_proposer_hears_that_there_was_no_time(cast: Cast, held: tuple[int, int, int]) -> None:
    write(cast, *held[:2])
    memo_publishing.publish(make.visitor(cast.maria), held[0])
    assert ["Kylätien valot" in one for one in told("topic_discussed")] == [True]
    assert ["Rannan laituri" in one for one in told("topic_postponed")] == [True]


def test_a_proposer_hears_that_her_topic_was_taken_off(cast: Cast, held: tuple[int, int, int]) -> None:
    agenda.remove_item(make.visitor(cast.maria), held[0], held[2])
    assert told("agenda_changed") == []  # nothing is told before the changes are published
    publish(cast, held[0])
    publish(cast, held[0])
    [letter] = told("agenda_changed")
    assert "Ei ole enää asialistalla: Rannan laituri" in letter
    assert "Aihe odottaa seuraavaa kokousta." in letter
    waiting = db.session.scalars(select(Topic).where(Topic.title == "Rannan laituri")).one()
    assert waiting.state is TopicState.ACCEPTED
    assert waiting.changed_at <= utc_now()


def test_a_topic_that_moved_to_another_agenda_is_not_said_to_wait(
    cast: Cast, held: tuple[int, int, int]
) -> None:
    maria = make.visitor(cast.maria)
    topic = db.session.scalars(select(Topic).where(Topic.title == "Rannan laituri")).one().id
    agenda.remove_item(maria, held[0], held[2])
    agenda.put_on_agenda(maria, make.meeting(cast.north, date(2027, 5, 6)).id, topic)
    publish(cast, held[0])
    [letter] = told("agenda_changed")  # she would come this evening for nothing
    assert "Ei ole enää asialistalla: Rannan laituri" in letter
    assert "odottaa" not in letter
