"""Publishing an agenda: the next release, and the drafts of letters to those whom it concerns."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select

from app.domain.clock import utc_now
from app.domain.errors import Invalid, Refused, Stale
from app.domain.meetings import LONGEST_COMMENT, MeetingAct, check_happens, check_no_memo_yet
from app.domain.permissions import Visitor
from app.domain.timing import fit
from app.domain.topics import TopicState
from app.domain.words import N_
from app.domain.writing import check_no_identity_code, check_prose
from app.extensions import db
from app.models import Invitation, Meeting, OutgoingMail, Release
from app.services import announcing, invited, releases, reminders, untold
from app.services.agenda_letters import write
from app.services.announcing import Plan
from app.services.calendar_invites import carrier
from app.services.inviting import TOPIC, new_invitation
from app.services.log import record
from app.services.meetings import get_to_build
from app.services.outbox import queue
from app.services.repeats import once
from app.services.told import take_back
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
    """Publish the agenda as its next release; its letters are drafted in the same transaction.

    Letters of earlier releases that have not left are taken back: the new ones tell everything since what
    their readers really know, and nobody reads two that contradict each other. In calendars a release alone
    moves nothing: `sequence` stays (RFC 5546, 2.1.4).
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
        plan = announcing.plan(meeting, lock=True)
        if told not in (None, plan.mark()):
            raise Stale(N_("Those who are told have changed meanwhile. Check them below and publish then."))
        meeting.state = check_happens(MeetingAct.PUBLISH_AGENDA, meeting.state)
        meeting.revision += 1
        meeting.published_at = meeting.changed_at = now = utc_now()
        release = releases.store(meeting, at=now, person_id=visitor.person_id, comment=comment)
        if release.number == 1:
            reminders.begin(meeting)
        take_back(visitor, plan.replaced)
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
    batch = batch_of(meeting_id, number)
    return db.session.scalar(select(func.count(OutgoingMail.id)).where(OutgoingMail.batch == batch)) or 0


def batch_of(meeting_id: int, number: int) -> str:
    """Return the name under which the letters of a release are sent together."""
    return f"release:{meeting_id}:{number}"


def _tell(visitor: Visitor, meeting: Meeting, plan: Plan, release: Release, now: datetime) -> None:
    """Draft the letters of a release, and remember which items officials are told of."""
    rows = _store_rows(meeting, plan)
    for one in plan.invited:
        for item in one.items:
            row = rows[one.key]
            record(visitor, invited.PART, "invitation", row.id, release=release.number, key=item.key)
    for reader in plan.letters:
        mailbox = plan.mailbox(reader.address)
        asking = carrier(mailbox) if mailbox.is_asked else None
        written = write(reader, meeting, plan, asking, now, release.comment or "")
        attached = written.attached
        letter = queue(
            written.letter,
            reader.address or "",
            f"{batch_of(meeting.id, release.number)}:{reader.once}",
            person_id=reader.person_id,
            topic_id=reader.topic.id if reader.topic else None,
            meeting_id=meeting.id,
            table_id=meeting.table_id,
            invitation_id=written.invitation.id if written.invitation else None,
            batch=batch_of(meeting.id, release.number),
            calendar=attached.part if attached else None,
            in_reply_to=written.invitation.first_message_id if written.invitation else None,
        )
        if letter is not None:
            letter.since_release = reader.before.number
            letter.calendar_sequence = attached.sequence if attached else None
            letter.calendar_mark = attached.mark if attached else None
    db.session.flush()


def _store_rows(meeting: Meeting, plan: Plan) -> dict[str, Invitation]:
    """Return the invitations of all who are asked by their keys, new ones stored; of proposers too.

    A proposer has one where nobody else reads at the address: the first topic stands for all of hers.
    """
    rows = {one.key: one.row or new_invitation(meeting.id, one.key) for one in plan.invited}
    for mailbox in plan.mailboxes.values():
        mailbox.asked = [replace(one, row=rows[one.key]) for one in mailbox.asked]
    for reader in plan.letters:
        mailbox = plan.mailbox(reader.address)
        if mailbox.topics and carrier(mailbox) is None:
            mailbox.rows.append(new_invitation(meeting.id, f"{TOPIC}{mailbox.topics[0].id}"))
    db.session.flush()
    return rows
