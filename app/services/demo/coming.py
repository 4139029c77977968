"""What the invited to the meetings to come have answered so far: some by link, some by calendar or phone."""

from datetime import timedelta

from sqlalchemy import select

from app.domain.answers import Answer, AnswerChannel, Given
from app.domain.clock import local
from app.extensions import db
from app.models import Invitation, Meeting
from app.services.answer_keeping import ANSWERED
from app.services.demo.stage import Stage, moment

COORDINATOR = "riikka"
LINK, MAIL, TOLD = AnswerChannel.LINK, AnswerChannel.MAIL, AnswerChannel.TOLD

# In the order of the invitations, over and over; None has not answered.
ANSWERS: tuple[tuple[Given, AnswerChannel] | None, ...] = (
    (Given(Answer.COMING), LINK),
    (Given(Answer.COMING), MAIL),
    None,
    (Given(Answer.NOT_COMING, "Samana iltana on toinen kokous."), LINK),
    (Given(Answer.COMING, "Kahvit tulevat mukana."), LINK),
    (Given(Answer.PERHAPS), MAIL),
    None,
    (Given(Answer.NOT_COMING, "", "Veera Hakomäki"), LINK),
    (Given(Answer.COMING), TOLD),
)


def answer(stage: Stage, meeting: Meeting) -> None:
    """Store the answers of the days after the agenda came out; those of today are still to come."""
    if meeting.published_at is None or meeting.day <= stage.today:
        return
    rows = db.session.scalars(
        select(Invitation).where(Invitation.meeting_id == meeting.id).order_by(Invitation.id)
    )
    for place, row in enumerate(rows):
        said = ANSWERS[place % len(ANSWERS)]
        day = local(row.created_at).date() + timedelta(days=1)
        if said is None or day >= stage.today:
            continue
        given, channel = said
        if row.told_at is None:
            channel = TOLD  # there is no address
        at = moment(day, 9 * 60 + place * 37 % (8 * 60))
        row.answer, row.answer_words, row.substitute = given.answer, given.words or None, given.substitute
        row.answered_at, row.answer_channel, row.answer_sequence = at, channel, row.sequence
        row.answer_stamp = at if channel is MAIL else None
        stage.log(
            at,
            COORDINATOR if channel is TOLD else None,
            ANSWERED,
            "invitation",
            row.id,
            answer=given.answer,
            channel=channel,
            sequence=row.sequence,
            instead=given.sends_somebody,
            words=bool(given.words),
        )
