"""Which answers still hold when a meeting's time or place changes, from the saving until the letters."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from app.domain.answers import Answer
from app.extensions import db
from app.models import Invitation, Meeting
from app.services.calendar_invites import calendar_mark
from app.services.convening import change_details, details_of
from app.services.earlier_answers import is_earlier
from app.services.invitation_answers import answer_by_link, answer_by_mail, answers_of, write_down
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.invitation_stage import invite, meeting_of, needs, reply, stored


def saved(cast: Cast, meeting_id: int, **values: object) -> None:
    """The coordinator saves other details."""
    before = details_of(db.session.get_one(Meeting, meeting_id))
    change_details(make.visitor(cast.maria), meeting_id, replace(before, **values), seen=before.mark())


def let_go(row_id: int) -> None:
    """The letters of a change are sent."""
    row = stored(row_id)
    row.sequence, row.calendar_mark = row.sequence + 1, calendar_mark(row.meeting, None)
    db.session.commit()


def in_calendar(cast: Cast) -> Invitation:
    """Aino's invitation as it was sent to her calendar."""
    meeting = meeting_of(cast)
    return invite(meeting, cast.aino, calendar_mark=calendar_mark(meeting, None))


def old(row_id: int) -> bool:
    return is_earlier(stored(row_id))


@pytest.mark.parametrize(
    "change",
    [
        {"starts": time(19, 0)},
        {"minutes": 30},
        {"place": "Koulu"},
        {"remote_url": "https://meet.example.org/uusi"},
    ],
)
def test_an_answer_is_old_from_the_saving_of_the_change(cast: Cast, change: dict[str, object]) -> None:
    row = in_calendar(cast)
    answer_by_link(row.token, Answer.COMING)
    assert not old(row.id)
    saved(cast, row.meeting_id, **change)
    assert old(row.id)
    let_go(row.id)
    assert old(row.id)


def test_the_last_day_for_topics_makes_no_answer_old(cast: Cast) -> None:
    row = in_calendar(cast)
    answer_by_link(row.token, Answer.COMING)
    day: date = stored(row.id).meeting.day
    saved(cast, row.meeting_id, topics_until=day - timedelta(days=3))
    assert not old(row.id)


def test_an_answer_to_what_the_page_shows_stays_when_the_letters_are_sent(cast: Cast) -> None:
    row = in_calendar(cast)
    saved(cast, row.meeting_id, starts=time(19, 0))
    answer_by_link(row.token, Answer.COMING)
    let_go(row.id)
    assert not old(row.id)
    saved(cast, row.meeting_id, starts=time(20, 0))
    assert old(row.id)


def test_what_was_written_down_after_the_change_stays_too(cast: Cast) -> None:
    row = in_calendar(cast)
    saved(cast, row.meeting_id, starts=time(19, 0))
    write_down(make.visitor(cast.maria), row.id, Answer.COMING)
    let_go(row.id)
    assert not old(row.id)


def test_a_change_that_is_taken_back_makes_old_answers_hold_again(cast: Cast) -> None:
    row = in_calendar(cast)
    starts = stored(row.id).meeting.starts
    answer_by_link(row.token, Answer.COMING)
    saved(cast, row.meeting_id, starts=time(19, 0))
    saved(cast, row.meeting_id, starts=starts)
    assert not old(row.id)


def test_a_calendar_answers_what_was_sent_to_it(cast: Cast) -> None:
    row = in_calendar(cast)
    saved(cast, row.meeting_id, starts=time(19, 0))
    answer_by_mail(reply(row, cast.aino), row.reply_token or "", cast.aino)
    assert old(row.id)
    let_go(row.id)
    assert old(row.id)
    answer_by_mail(reply(stored(row.id), cast.aino), row.reply_token or "", cast.aino)
    assert not old(row.id)


def test_an_official_s_part_that_moved_is_asked_again(cast: Cast) -> None:
    meeting = meeting_of(cast)
    row = invite(meeting, cast.pekka, uid="own-part@kumppanuuspoyta.invalid", calendar_mark="17.05")
    needs(next(one for one in meeting.items if one.topic_id), row)
    answer_by_link(row.token, Answer.COMING)
    assert not old(row.id)
    let_go(row.id)
    assert old(row.id)


def test_a_whole_list_asks_as_few_questions_as_one(cast: Cast) -> None:
    meeting_id = meeting_of(cast).id

    def asked() -> int:
        db.session.rollback()
        db.session.expunge_all()
        return queries_of(lambda: answers_of(db.session.get_one(Meeting, meeting_id)))

    answer_by_link(invite(db.session.get_one(Meeting, meeting_id), cast.aino).token, Answer.COMING)
    few = asked()
    for email in (cast.timo, cast.sari, cast.kaisa):
        answer_by_link(invite(db.session.get_one(Meeting, meeting_id), email).token, Answer.PERHAPS)
    assert asked() == few
