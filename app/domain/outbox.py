"""A letter's way out: drafted with the act it tells of, sent by a press, kept when it fails."""

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

STOPPED = N_("The coordinator stopped this letter.")  # kept where else the server's answer stands

LEASE_MINUTES = 20  # longer than the slowest server may take with one letter

# What goes at once, without a press: answers to what somebody has just done, and notices to those who run
# the tables. Every other letter is a draft first.
AT_ONCE = frozenset({"sign_in_link", "topic_received", "statement_answered", "answer_needs_click"})


def first_state(kind: str) -> MailState:
    """Return where a new letter of a kind begins."""
    return MailState.QUEUED if kind in AT_ONCE else MailState.DRAFT


# What tells of a change: these wait a little after the press, so that the next change joins them.
FOLDED = frozenset({"agenda_changed"})


def waits(kind: str) -> bool:
    """Whether letters of a kind wait after the press for further changes to be folded into one."""
    return kind in FOLDED
