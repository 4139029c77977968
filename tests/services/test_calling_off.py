"""A meeting is called off: to all who were told, out of their calendars, and to nobody else."""

from datetime import time

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.clock import utc_now
from app.domain.outbox import MailState
from app.domain.permissions import Role
from app.domain.topics import TopicState
from app.extensions import db
from app.models import Invitation, Meeting, OutgoingMail, Person, PersonRole, Topic
from app.services import agenda, announcing, convening, inviting
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.letter_stage import let_go, send
from tests.release_stage import (
    EEVA,
    MATTI,
    SOON,
    change,
    drafts,
    entries,
    entry,
    evening,
    invitation,
    item,
    person,
    publish,
)


@pytest.fixture
def meeting(app: Flask, cast: Cast) -> int:
    return evening(cast)


def cancel(cast: Cast, meeting: int) -> dict[str, OutgoingMail]:
    """Call the meeting off and return the drafts that say so."""
    count = convening.cancel(make.visitor(cast.maria), meeting, "Koululla on vesivahinko.")
    found = drafts()
    assert {one.kind for one in found.values()} <= {"meeting_cancelled"}
    assert len(found) == count
    return found


def test_all_who_were_told_are_told_and_their_calendars_too(cast: Cast, meeting: int) -> None:
    before = entries(publish(cast, meeting).values())
    send()
    letters = cancel(cast, meeting)
    after = entries(letters.values())
    assert set(after) == set(before)
    for to, one in after.items():
        assert (one.method, one.uid, one.sequence) == ("CANCEL", before[to].uid, 1)
        assert one.attendees == [f"mailto:{to}"]
        assert one.hours == before[to].hours
        assert "Koululla on vesivahinko." in one.text
        assert "se poistuu sieltä" in letters[to].body
        assert letters[to].in_reply_to == invitation(to).first_message_id is not None
    row = db.session.get_one(Meeting, meeting)
    assert row.sequence == 1


def test_the_number_grows_from_what_was_sent_last(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    send()
    change(cast, meeting, starts=time(17))
    publish(cast, meeting)
    send(cast.timo)
    found = entries(cancel(cast, meeting).values())
    assert (found[cast.timo].sequence, found[cast.sari].sequence) == (2, 1)


def test_only_those_whose_invitation_was_let_go_hear_of_it(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    send(cast.timo, EEVA)
    letters = cancel(cast, meeting)
    assert set(letters) == {cast.timo, EEVA}
    kinds = {one.kind for one in db.session.scalars(select(OutgoingMail)) if one.state is MailState.DRAFT}
    assert kinds == {"meeting_cancelled"}


def test_what_was_let_go_and_has_not_left_is_taken_back_in_silence(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    let_go()
    assert cancel(cast, meeting) == {}
    assert db.session.scalars(select(OutgoingMail)).all() == []


def test_nobody_hears_of_a_release_whose_drafts_nobody_sent(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    assert cancel(cast, meeting) == {}


def test_a_letter_about_a_topic_that_waits_stays(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    topic = db.session.scalars(select(Topic).where(Topic.contact_email == EEVA)).one()
    db.session.add(
        OutgoingMail(
            once="topic_answer:1:1",
            message_id="<a@b>",
            kind="topic_postponed",
            to_address=EEVA,
            topic_id=topic.id,
            meeting_id=meeting,
            language="fi",
            subject="Aihe odottaa",
            body="Hei!\n",
            state=MailState.DRAFT,
            due_at=utc_now(),
            created_at=utc_now(),
        )
    )
    db.session.commit()
    convening.cancel(make.visitor(cast.maria), meeting, "Lumimyrsky")
    assert [one.kind for one in drafts().values()] == ["topic_postponed"]


def test_whoever_was_called_off_before_hears_nothing_more(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    send()
    inviting.take_off(make.visitor(cast.maria), meeting, f"p{person(cast.timo).id}")
    agenda.remove_item(make.visitor(cast.maria), meeting, item("Kylätien valot"))
    publish(cast, meeting)
    send()
    assert not {cast.timo, cast.pekka, EEVA} & set(cancel(cast, meeting))


def test_whoever_was_taken_off_and_has_not_heard_it_is_told(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    send()
    inviting.take_off(make.visitor(cast.maria), meeting, f"p{person(cast.timo).id}")
    agenda.remove_item(make.visitor(cast.maria), meeting, item("Kylätien valot"))
    publish(cast, meeting)  # the letters that say so are drafts
    letters = cancel(cast, meeting)
    assert {cast.timo, cast.pekka, EEVA} <= set(letters)
    assert entry(letters[cast.timo]).sequence == 1


def test_a_cancelling_that_is_sent_leaves_every_calendar(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    send()
    cancel(cast, meeting)
    assert invitation(MATTI).in_calendar
    send()
    rows = db.session.scalars(select(Invitation).execution_options(populate_existing=True))
    assert not any(one.in_calendar for one in rows)


def test_a_meeting_told_of_before_there_were_invitations_is_called_off_by_letter(
    cast: Cast, meeting: int
) -> None:
    publish(cast, meeting)
    send()
    for row in db.session.scalars(select(Invitation)).all():
        if row.topic_id:
            db.session.delete(row)
        row.calendar_mark = row.uid = None
    for letter in db.session.scalars(select(OutgoingMail)):
        letter.approved_at = letter.since_release = letter.invitation_id = letter.calendar_sequence = None
    db.session.commit()
    letters = cancel(cast, meeting)
    assert {cast.timo, cast.pekka, EEVA, MATTI} <= set(letters)
    assert all(one.calendar is None for one in letters.values())


# However many there are


def crowd(cast: Cast, meeting: int, items: int, people: int) -> None:
    row = db.session.get_one(Meeting, meeting)
    for number in range(people):
        one = Person(name=f"Kylä {number}", email=f"k{number}@x.example", language="fi")
        one.roles.append(PersonRole(role=Role.REPRESENTATIVE, table_id=cast.north))
        db.session.add(one)
    db.session.commit()
    for number in range(items):
        about = make.topic(
            cast.north, f"Aihe {number}", state=TopicState.ON_AGENDA, contact_email=f"a{number}@x.example"
        )
        make.item(row, about=about, officials=[person(cast.leena)], released=False)


def test_the_look_before_the_press_asks_no_more_of_a_crowd(cast: Cast, meeting: int) -> None:
    def look() -> announcing.Plan:
        return announcing.plan(db.session.get_one(Meeting, meeting))

    publish(cast, meeting)
    send()
    change(cast, meeting, starts=time(17))
    publish(cast, meeting)
    few = queries_of(look)
    crowd(cast, meeting, 40, 60)
    assert len(look().letters) > 100
    assert queries_of(look) <= few


def test_a_press_asks_for_each_letter_the_same(cast: Cast, meeting: int) -> None:
    crowd(cast, meeting, 5, 10)
    few = queries_of(lambda: publish(cast, meeting)) / len(drafts(meeting))
    large = make.meeting(cast.north, SOON).id
    crowd(cast, large, 40, 0)
    many = queries_of(lambda: publish(cast, large)) / len(drafts(large))
    assert many <= few + 1
