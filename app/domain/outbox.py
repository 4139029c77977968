"""A letter's way out: queued with the act it tells of, sent later, kept when it fails."""

from enum import StrEnum

from app.domain.words import N_


class MailState(StrEnum):
    """Where a letter is."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    PARKED = "parked"


STATE_WORDS = {
    MailState.QUEUED: N_("Waiting to be sent"),
    MailState.SENDING: N_("Being sent"),
    MailState.SENT: N_("Sent"),
    MailState.PARKED: N_("Could not be sent"),
}

LEASE_MINUTES = 15
