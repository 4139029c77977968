"""A letter's way out: drafted with the act it tells of, sent by a press, kept when it fails."""

from datetime import datetime, timedelta
from enum import StrEnum

from app.domain.words import N_


class MailState(StrEnum):
    """Where a letter is."""

    DRAFT = "draft"  # waits for a coordinator's press; may be read and mended
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    PARKED = "parked"
    GATHERED = "gathered"  # waits for the reader's next digest
    SKIPPED = "skipped"  # the reader has chosen not to get such letters


STATE_WORDS = {
    MailState.DRAFT: N_("Draft"),
    MailState.QUEUED: N_("Waiting to be sent"),
    MailState.SENDING: N_("Being sent"),
    MailState.SENT: N_("Sent"),
    MailState.PARKED: N_("Could not be sent"),
    MailState.GATHERED: N_("Waits for the reader’s digest"),
    MailState.SKIPPED: N_("The reader does not want these"),
}

# Letters that have not left: the act that they tell of may still take them back.
UNSENT = frozenset({MailState.DRAFT, MailState.QUEUED, MailState.GATHERED})

# Why a letter was left unsent; kept where else the server's answer stands.
STOPPED = N_("The coordinator stopped this letter.")
OVERTAKEN = N_("What this letter says has changed. It was not sent.")
READER_GONE = N_("The reader is not here any more. The letter was not sent.")
LEFT_UNSENT = frozenset({STOPPED, OVERTAKEN, READER_GONE})

LEASE_MINUTES = 20  # longer than the slowest server may take with one letter

# What goes at once, without a press: answers to what somebody has just done, notices to those who run the
# tables, and what was pressed for already: a reminder was approved, a digest is made of letters that were.
AT_ONCE = frozenset(
    {
        "sign_in_link",
        "topic_received",
        "answer_needs_click",
        "statement_answered",
        "meeting_reminder",
        "digest",
    }
)


def first_state(kind: str) -> MailState:
    """Return where a new letter of a kind begins."""
    return MailState.QUEUED if kind in AT_ONCE else MailState.DRAFT


# What tells of a change: these wait a little after the press, so that the next change joins them.
FOLDED = frozenset({"agenda_changed"})


def waits(kind: str) -> bool:
    """Whether letters of a kind wait after the press for further changes to be folded into one."""
    return kind in FOLDED


class Occasion(StrEnum):
    """What letters tell of together: those of one occasion are looked at and sent together."""

    AGENDA = "agenda"
    CANCELLED = "cancelled"
    MEMO = "memo"
    FOLLOW_UPS = "follow_ups"
    REMINDER = "reminder"
    STATEMENTS = "statements"
    ANSWERS = "answers"


OCCASION_WORDS = {
    Occasion.AGENDA: N_("Agenda"),
    Occasion.CANCELLED: N_("Cancelled meeting"),
    Occasion.MEMO: N_("Memo"),
    Occasion.FOLLOW_UPS: N_("Follow-ups"),
    Occasion.REMINDER: N_("Reminder"),
    Occasion.STATEMENTS: N_("Statements"),
    Occasion.ANSWERS: N_("Answers to topics"),
}

OCCASION_OF = {
    "agenda_published": Occasion.AGENDA,
    "agenda_changed": Occasion.AGENDA,
    "official_invited": Occasion.AGENDA,
    "topic_on_agenda": Occasion.AGENDA,
    "meeting_cancelled": Occasion.CANCELLED,
    "memo_published": Occasion.MEMO,
    "topic_discussed": Occasion.MEMO,
    "follow_up_given": Occasion.FOLLOW_UPS,
    "meeting_reminder": Occasion.REMINDER,
    "statement_asked": Occasion.STATEMENTS,
    "statement_reminder": Occasion.STATEMENTS,
    "topic_handed_on": Occasion.STATEMENTS,
}


def occasion_of(kind: str) -> Occasion:
    """Return what a letter of a kind tells of; answers to proposers have no occasion but themselves."""
    return OCCASION_OF.get(kind, Occasion.ANSWERS)


def sent_at(kind: str, pressed: datetime, fold_minutes: int) -> datetime:
    """Return when a letter that somebody pressed to send is due: a change waits for the next change."""
    return pressed + timedelta(minutes=fold_minutes) if waits(kind) else pressed


class Shelf(StrEnum):
    """Where letters stand in the outbox, by what there is to do about them."""

    DRAFTS = "drafts"
    WAITING = "waiting"
    FAILED = "failed"
    CAME_BACK = "came_back"
    SENT = "sent"
    STOPPED = "stopped"
    GATHERED = "gathered"
    SKIPPED = "skipped"
    ALL = "all"


SHELF_WORDS = {
    Shelf.DRAFTS: N_("Drafts"),
    Shelf.WAITING: N_("On their way"),
    Shelf.FAILED: N_("Could not be sent"),
    Shelf.CAME_BACK: N_("Came back"),
    Shelf.SENT: N_("Sent"),
    Shelf.STOPPED: N_("Not sent"),
    Shelf.GATHERED: N_("Wait for a digest"),
    Shelf.SKIPPED: N_("The reader does not want these"),
    Shelf.ALL: N_("All letters"),
}

LONGEST_SUBJECT = 150
LONGEST_BODY = 10_000
