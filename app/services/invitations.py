"""Publishing an agenda: the next release, and letters to those whom it concerns; and calling it all off."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app.domain.clock import utc_now
from app.domain.errors import Invalid, Refused, Stale
from app.domain.meetings import LONGEST_COMMENT, MeetingAct, MeetingState, check_happens, check_no_memo_yet
from app.domain.permissions import Visitor
from app.domain.timing import fit
from app.domain.topics import TopicState
from app.domain.words import N_
from app.domain.writing import check_no_identity_code, check_prose
from app.extensions import db, site
from app.mail import letters
from app.mail.composing import Letter
from app.models import Invitation, Meeting, OutgoingMail, Release, Topic
from app.services import announcing, invited, releases, untold
from app.services.addressees import addressees
from app.services.agenda_letters import letter_to
from app.services.announcing import Plan
from app.services.inviting import invitation_of
from app.services.log import record
from app.services.meetings import ends, get_to_build
from app.services.outbox import queue, signature
from app.services.proposers import followers
from app.services.repeats import once
from app.services.transactions import act


@act
def publish_agenda(
    visitor: Visitor,
    meeting_id: int,
    *,
    seen: int,
    anyway: bool,
    told: str | None = None,
    comment: str = "",
    key: str | None = None,
) -> int:
    """Publish the agenda as its next release; letters are queued in the same transaction.

    `seen` is the revision that the coordinator checked, `told` the mark of who would be told (None asks
    nothing), `comment` what everybody reads beside the release; `anyway` is her choice to let it run over.
    Raises Stale, Refused for an empty agenda, and Invalid at `anyway` for one that is too long.
    """
    comment = check_prose("comment", comment, LONGEST_COMMENT)
    check_no_identity_code("comment", comment)

    def publish() -> int:
        meeting = get_to_build(visitor, meeting_id, MeetingAct.PUBLISH_AGENDA)
        check_no_memo_yet(meeting.memo_published_at is not None)
        if not meeting.items:
            raise Refused(N_("The agenda is empty. Add at least one item first."))
        if seen != meeting.revision:
            raise Stale(N_("Somebody else changed the agenda meanwhile. Check it below and publish then."))
        slots = [one.slot for one in meeting.items]
        fits = fit(meeting.day, meeting.starts, slots, meeting.minutes, meeting.zone)
        if fits.over and not anyway:
            raise Invalid("anyway", N_("Shorten the agenda, or tick that you publish it all the same."))
        plan = announcing.plan(meeting)
        if told not in (None, plan.mark()):
            raise Stale(N_("Those who are told have changed meanwhile. Check them below and publish then."))
        meeting.sequence += meeting.state is MeetingState.PUBLISHED
        meeting.state = check_happens(MeetingAct.PUBLISH_AGENDA, meeting.state)
        meeting.revision += 1
        meeting.published_at = meeting.changed_at = now = utc_now()
        release = releases.store(meeting, at=now, person_id=visitor.person_id, comment=comment)
        _tell(visitor, meeting, plan, release, now)
        on_it = [one.topic for one in meeting.items if one.topic]
        untold.told(visitor, [one.id for one in on_it if one.state is TopicState.ON_AGENDA], now)
        count = len(plan.letters)
        record(
            visitor, "meeting.publish_agenda", "meeting", meeting.id, letters=count, release=release.number
        )
        return meeting.id

    return once(key, "meeting.publish", publish)


def letters_of(meeting_id: int) -> int:
    """Return how many letters the latest release of a meeting put in the outbox."""
    last = select(func.max(Release.number)).where(Release.meeting_id == meeting_id)
    number = db.session.scalar(last) or 0
    return (
        db.session.scalar(
            select(func.count(OutgoingMail.id)).where(
                OutgoingMail.once.startswith(_occasion(meeting_id, number), autoescape=True)
            )
        )
        or 0
    )


def tell_cancelled(meeting: Meeting, reason: str) -> int:
    """Queue the letters that a meeting is called off, inside the act; return how many.

    They go to everybody who was told of the meeting, and to nobody else: one letter to one address.
    """
    told = invited.stored(meeting.id, Invitation.told_at.is_not(None))
    to = addressees(told, _told_topics(meeting.id))
    for one in to:
        queue(
            _cancel_letter(meeting, reason, one.language),
            one.address,
            f"meeting_cancelled:{meeting.id}:{one.who}",
            person_id=one.person_id,
            topic_id=one.topic_id,
            meeting_id=meeting.id,
        )
    return len(to)


def _occasion(meeting_id: int, number: int) -> str:
    return f"release:{meeting_id}:{number}:"


def _tell(visitor: Visitor, meeting: Meeting, plan: Plan, release: Release, now: datetime) -> None:
    """Queue the letters of a release, and remember who was invited and which items officials were told of."""
    for reader in plan.letters:
        queue(
            letter_to(reader, meeting, plan, release.comment or ""),
            reader.address or "",
            f"{_occasion(meeting.id, release.number)}{reader.once}",
            person_id=reader.person_id,
            topic_id=reader.topic.id if reader.topic else None,
            meeting_id=meeting.id,
        )
    reached = {(one.address or "").casefold() for one in plan.letters}
    for one in plan.invited:
        row = one.row or invitation_of(meeting.id, one.key)
        if one.fresh and (one.email or "").casefold() in reached:
            row.told_at = now
        db.session.flush()
        for item in one.items:
            record(
                visitor,
                invited.PART,
                "invitation",
                row.id,
                release=release.number,
                key=item.key,
            )


def _told_topics(meeting_id: int) -> list[Topic]:
    """Return the topics of the latest release with all who follow them."""
    release = releases.latest(meeting_id)
    ids = [one.topic_id for one in release.items if one.topic_id] if release else []
    topics = db.session.scalars(
        select(Topic).where(Topic.id.in_(ids)).options(selectinload(Topic.merged)).order_by(Topic.id)
    )
    return [one for topic in topics for one in followers(topic)]


def _cancel_letter(meeting: Meeting, reason: str, language: str) -> Letter:
    return letters.meeting_cancelled(
        table=meeting.table.name_in(language),
        day=meeting.day,
        starts=meeting.starts,
        ends=ends(meeting).time(),
        place=meeting.place or "",
        url=site().meeting(meeting.id),
        reason=reason,
        language=language,
        signed=signature(language),
    )
