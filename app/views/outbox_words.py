"""The words of the outbox: kinds of letters, where they are, and what they tell of together."""

from flask_babel import gettext

from app.domain.outbox import OCCASION_WORDS, SHELF_WORDS, STATE_WORDS, MailState, Occasion, Shelf
from app.domain.words import N_
from app.services import letters
from app.services.drafts import Bundle
from app.views.filters import day
from app.views.languages import language

KIND_WORDS = {
    "sign_in_link": N_("Sign-in link"),
    "topic_received": N_("Topic received"),
    "topic_accepted": N_("Topic accepted"),
    "topic_asked": N_("Question about a topic"),
    "topic_postponed": N_("Topic postponed"),
    "topic_declined": N_("Topic declined"),
    "topics_answered": N_("Answers to topics"),
    "topic_joined": N_("Topic joined to another"),
    "topic_separated": N_("Topic separated again"),
    "topic_split": N_("Topic split into several"),
    "topic_on_agenda": N_("Topic on the agenda"),
    "topic_discussed": N_("Topic discussed"),
    "agenda_published": N_("Agenda"),
    "official_invited": N_("Invitation to own items"),
    "agenda_changed": N_("Agenda changed"),
    "meeting_cancelled": N_("Meeting cancelled"),
    "meeting_reminder": N_("Reminder of a meeting"),
    "memo_published": N_("Memo"),
    "follow_up_given": N_("Follow-up"),
    "statement_asked": N_("Statement asked"),
    "statement_reminder": N_("Reminder of a statement"),
    "statement_answered": N_("Statement answered"),
    "topic_handed_on": N_("Topic handed on"),
    "topic_handed_on_told": N_("Topic handed on, to the proposer"),
    "topic_body_answered": N_("Answer to the proposer"),
    "answer_needs_click": N_("Answer by the link, please"),
    "digest": N_("Several letters together"),
}
TONES = {
    MailState.DRAFT: "plain",
    MailState.QUEUED: "going",
    MailState.SENDING: "going",
    MailState.SENT: "done",
    MailState.PARKED: "stopped",
    MailState.GATHERED: "plain",
    MailState.SKIPPED: "plain",
}


def in_words(row: letters.LetterRow) -> dict[str, str]:
    """Return kind, state, tone and the server's answer of a letter as people read them."""
    state, tone = STATE_WORDS[row.state], TONES[row.state]
    if row.bounced_at:
        state, tone = SHELF_WORDS[Shelf.CAME_BACK], "stopped"
    elif row.stopped:
        state, tone = SHELF_WORDS[Shelf.STOPPED], "plain"
    return {
        "kind": kind_in_words(row.kind),
        "state": gettext(state),
        "tone": tone,
        "answer": gettext(row.answer) if row.answer else "",  # a sentence of ours, or the server's own words
    }


def kind_in_words(kind: str) -> str:
    """Return what a kind of letter is called."""
    return str(gettext(KIND_WORDS.get(kind, N_("Letter"))))


def occasion_in_words(bundle: Bundle) -> str:
    """Return what the letters of a bundle tell of: "Agenda 12.2.2027, Northern table"."""
    words = gettext(OCCASION_WORDS[bundle.occasion])
    if bundle.meeting is None or bundle.occasion is Occasion.ANSWERS:
        return str(words)
    table = bundle.meeting.table.name_in(language())
    return str(gettext("%(what)s %(day)s, %(table)s", what=words, day=day(bundle.meeting.day), table=table))
