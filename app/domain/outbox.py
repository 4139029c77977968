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

LEASE_MINUTES = 15

# What goes at once, without a press: answers to what somebody has just done, and notices to those who run
# the tables. Every other letter is a draft first.
AT_ONCE = frozenset({"sign_in_link", "topic_received", "statement_answered"})


def first_state(kind: str) -> MailState:
    """Return where a new letter of a kind begins."""
    return MailState.QUEUED if kind in AT_ONCE else MailState.DRAFT
