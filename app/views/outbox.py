"""The outbox: which letters have gone, which wait, and what the mail server said."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.outbox import STATE_WORDS, MailState
from app.domain.permissions import Act
from app.domain.words import N_
from app.services import letters
from app.views.access import entry, visitor
from app.views.answers import done, show

bp = Blueprint("outbox", __name__)

KIND_WORDS = {
    "sign_in_link": N_("Sign-in link"),
    "topic_received": N_("Topic received"),
    "topic_accepted": N_("Topic accepted"),
    "topic_asked": N_("Question about a topic"),
    "topic_postponed": N_("Topic postponed"),
    "topic_declined": N_("Topic declined"),
    "topic_joined": N_("Topic joined to another"),
    "topic_separated": N_("Topic separated again"),
    "topic_on_agenda": N_("Topic on the agenda"),
    "topic_discussed": N_("Topic discussed"),
    "agenda_published": N_("Agenda"),
    "official_invited": N_("Invitation to own items"),
    "agenda_changed": N_("Agenda changed"),
    "meeting_cancelled": N_("Meeting cancelled"),
    "memo_published": N_("Memo"),
    "follow_up_given": N_("Follow-up"),
    "statement_asked": N_("Statement asked"),
    "statement_reminder": N_("Reminder of a statement"),
    "statement_answered": N_("Statement answered"),
    "topic_handed_on": N_("Topic handed on"),
    "topic_handed_on_told": N_("Topic handed on, to the proposer"),
    "topic_body_answered": N_("Answer to the proposer"),
    "topics_answered": N_("Answers to several topics"),
    "meeting_reminder": N_("Reminder of a meeting"),
    "answer_needs_click": N_("Answer to be confirmed"),
    "digest": N_("Digest"),
}
TONES = {
    MailState.QUEUED: "going",
    MailState.SENDING: "going",
    MailState.SENT: "done",
    MailState.PARKED: "stopped",
}


def in_words(row: letters.LetterRow) -> dict[str, str]:
    """Return kind, state, tone and the server's answer of a letter as people read them."""
    return {
        "kind": gettext(KIND_WORDS.get(row.kind, N_("Letter"))),
        "state": gettext(STATE_WORDS[row.state]),
        "tone": TONES[row.state],
        "answer": gettext(row.answer) if row.answer else "",  # a sentence of ours, or the server's own words
    }


def _asked_state() -> MailState | None:
    asked = request.args.get("state", "")
    return MailState(asked) if asked in set(MailState) else None


def _filters(state: MailState | None, counts: dict[MailState, int]) -> list[tuple[str, str, int, bool]]:
    """Return (value, words, how many, chosen) of what can be shown."""
    every = ("", gettext("All letters"), sum(counts.values()), state is None)
    return [every] + [
        (one.value, gettext(words), counts.get(one, 0), state is one) for one, words in STATE_WORDS.items()
    ]


@bp.get("/outbox")
@entry(Act.READ_OUTBOX)
def index() -> ResponseReturnValue:
    """List the letters, newest first, of all states or one."""
    state = _asked_state()
    asked = request.args.get("page", "1")
    found = letters.letters(visitor(), state, int(asked) if asked.isdecimal() and len(asked) < 7 else 1)
    return show(
        "outbox/index.html",
        found=found,
        rows=[(row, in_words(row)) for row in found.rows],
        filters=_filters(state, found.counts),
        late_since=letters.waiting_since(),
        page_url=url_for("outbox.index", page="__page__", state=state),
    )


@bp.get("/outbox/<id:letter_id>")
@entry(Act.READ_OUTBOX)
def show_letter(letter_id: int) -> ResponseReturnValue:
    """Show one letter whole."""
    letter = letters.letter(visitor(), letter_id)
    return show("outbox/letter.html", letter=letter, row=letter.row, words=in_words(letter.row))


@bp.post("/outbox/<id:letter_id>/again")
@entry(Act.READ_OUTBOX)
def again(letter_id: int) -> ResponseReturnValue:
    """Try a letter again."""
    letters.try_again(visitor(), letter_id)
    return done("outbox.show_letter", gettext("The letter is tried again in a moment."), letter_id=letter_id)


@bp.post("/outbox/<id:letter_id>/stop")
@entry(Act.READ_OUTBOX)
def stop(letter_id: int) -> ResponseReturnValue:
    """Leave a letter unsent."""
    letters.stop(visitor(), letter_id)
    return done("outbox.show_letter", gettext("The letter is not sent."), letter_id=letter_id)
