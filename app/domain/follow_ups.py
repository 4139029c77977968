"""What was promised at the table: who does it, by when, and how it went."""

from datetime import date
from enum import StrEnum

from app.domain.errors import Invalid
from app.domain.words import N_
from app.domain.writing import check_prose

TEXT = 1000


class FollowUpState(StrEnum):
    """Where a follow-up is; `not_progressed` is an honest end, with its reason."""

    OPEN = "open"
    IN_WORK = "in_work"
    DONE = "done"
    NOT_PROGRESSED = "not_progressed"


STATE_WORDS = {
    FollowUpState.OPEN: N_("Not started"),
    FollowUpState.IN_WORK: N_("In work"),
    FollowUpState.DONE: N_("Done"),
    FollowUpState.NOT_PROGRESSED: N_("Did not progress"),
}

ENDED = frozenset({FollowUpState.DONE, FollowUpState.NOT_PROGRESSED})


def is_late(state: FollowUpState, due_on: date, today: date) -> bool:
    """Whether the due date has gone and the follow-up has not ended."""
    return state not in ENDED and due_on < today


def check_text(text: str) -> str:
    """Return what will be done, in one or two sentences."""
    text = check_prose("text", text, TEXT)
    if len(text) < 3:
        raise Invalid("text", N_("Write what will be done."))
    return text


def check_due(due_on: date, today: date) -> date:
    """Refuse a due date more than ten years away on either side: a slip of the finger."""
    if abs(due_on.year - today.year) > 10:
        raise Invalid("due_on", N_("Check the year of the date."))
    return due_on


def check_outcome(state: FollowUpState, outcome: str) -> str:
    """Return the outcome in words; a follow-up that ends needs one."""
    outcome = check_prose("outcome", outcome, TEXT)
    if state in ENDED and not outcome:
        raise Invalid("outcome", N_("Write in a sentence how it went."))
    return outcome


def days_late(state: FollowUpState, due_on: date, today: date) -> int:
    """Return how many days ago the due date went, 0 when it has not or the follow-up has ended."""
    return (today - due_on).days if is_late(state, due_on, today) else 0
