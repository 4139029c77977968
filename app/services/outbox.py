"""Letters are queued with the act that they tell of; nothing is sent from a page."""

from sqlalchemy import delete, select

from app.domain.addresses import new_mark
from app.domain.clock import utc_now
from app.domain.letter_choices import Wish
from app.domain.outbox import UNSENT, MailState, first_state
from app.domain.permissions import Act, Visitor
from app.extensions import db, site
from app.mail.composing import Letter, Signature, with_choices
from app.mail.messages import CalendarPart, new_message_id
from app.models import Meeting, Municipality, OutgoingMail, Topic
from app.services import letter_choices

_DRAFTED = "drafted"


def signature(language: str) -> Signature:
    """Return who signs letters in a language."""
    row = db.session.get(Municipality, 1)
    if row is None:
        return Signature("Kumppanuuspöytä")
    name = row.name_sv if language == "sv" and row.name_sv else row.name
    return Signature(name, row.phone or "")


def queue(
    letter: Letter,
    to: str,
    once: str,
    *,
    person_id: int | None = None,
    topic_id: int | None = None,
    meeting_id: int | None = None,
    table_id: int | None = None,
    invitation_id: int | None = None,
    batch: str | None = None,
    calendar: CalendarPart | None = None,
    in_reply_to: str | None = None,
) -> OutgoingMail | None:
    """Put a letter to one address into the outbox, in the transaction of the act around it; return it.

    It is a draft until somebody presses to send it, except the few kinds that go at once.
    `once` names the occasion (for example `memo:12:3:maria@…`); a second letter of the same occasion is
    left out (None), so that pressing a button twice sends one letter. `batch` names the occasion that
    letters are sent with (`release:12:3`); `table_id` is found from the meeting or the topic where it is
    left out.
    """
    if db.session.scalar(select(OutgoingMail.id).where(OutgoingMail.once == once)) is not None:
        return None
    now = utc_now()
    page = letter_choices.page_for(to, letter.kind, letter.language)
    if page:
        letter = with_choices(letter, page)
    row = OutgoingMail(
        once=once,
        message_id=new_message_id(site().mail_domain),
        mark=new_mark(),
        kind=letter.kind,
        to_address=to,
        person_id=person_id,
        topic_id=topic_id,
        meeting_id=meeting_id,
        table_id=table_id or _table_of(meeting_id, topic_id),
        invitation_id=invitation_id,
        batch=batch,
        calendar=calendar.text if calendar else None,
        calendar_method=calendar.method if calendar else None,
        in_reply_to=in_reply_to,
        language=letter.language,
        subject=letter.subject,
        body=letter.body,
        state=_first_state(letter.kind, to),
        due_at=now,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    if row.state is MailState.DRAFT:
        db.session().info.setdefault(_DRAFTED, []).append(row.table_id)
    return row


def drafted(visitor: Visitor) -> int:
    """Return how many drafts this request has made that the visitor may send, and forget them."""
    tables: list[int | None] = db.session().info.pop(_DRAFTED, [])
    reached = visitor.tables(Act.READ_OUTBOX)
    return len(tables) if reached is None else sum(one in reached for one in tables)


def wished_state(address: str, kind: str) -> MailState:
    """Return where a letter goes that may leave: on its way, to the reader's digest, or nowhere."""
    match letter_choices.wants(address, kind):
        case Wish.SKIP:
            return MailState.SKIPPED
        case Wish.GATHER:
            return MailState.GATHERED
        case _:
            return MailState.QUEUED


def take_back(occasion: str) -> None:
    """Take back letters whose `once` begins with `occasion` and that have not left: they no longer hold."""
    db.session.execute(
        delete(OutgoingMail).where(
            OutgoingMail.once.startswith(occasion, autoescape=True),
            OutgoingMail.state.in_(UNSENT),
            OutgoingMail.digest_id.is_(None),  # a digest that is on its way tells of it
        )
    )


def _first_state(kind: str, to: str) -> MailState:
    state = first_state(kind)
    return wished_state(to, kind) if state is MailState.QUEUED else state


def _table_of(meeting_id: int | None, topic_id: int | None) -> int | None:
    meeting = db.session.get(Meeting, meeting_id) if meeting_id else None
    topic = db.session.get(Topic, topic_id) if topic_id and meeting is None else None
    found = meeting or topic
    return found.table_id if found else None
