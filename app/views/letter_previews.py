"""Previews: every letter that this service sends, in its three languages, with invented examples."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.letter_choices import GROUP_WORDS, LetterGroup
from app.domain.permissions import Act
from app.domain.words import N_
from app.services import letter_previews
from app.views.access import entry, visitor
from app.views.answers import show
from app.views.languages import LANGUAGES, language
from app.views.outbox_words import kind_in_words

bp = Blueprint("letter_previews", __name__)

# Where more is to be said than that a letter goes at once, or that it comes always.
WHEN = {
    "meeting_reminder": N_("At its time before the meeting, once you have approved the reminders"),
    "digest": N_("Once a day or once a week, as the reader has chosen"),
}
STOPPED = {"digest": N_("Yes: the reader chooses “At once”, or stops the letters in it")}
ALWAYS = N_("Letters that come always")


def _asked_language() -> str:
    """The language of the letter; the page around it speaks the reader's."""
    asked = request.args.get("letter", "")
    return asked if asked in LANGUAGES else language()


def _group(group: LetterGroup | None) -> str:
    return gettext(GROUP_WORDS[group] if group else ALWAYS)


@bp.get("/outbox/previews")
@entry(Act.READ_OUTBOX)
def index() -> ResponseReturnValue:
    """List every kind of letter by what it is about."""
    spoken = _asked_language()
    return show(
        "letter_previews/index.html",
        spoken=spoken,
        spoken_languages=LANGUAGES,
        groups=[
            (_group(group), [(one, kind_in_words(one.kind)) for one in previews])
            for group, previews in letter_previews.by_case(visitor(), spoken)
        ],
    )


@bp.get("/outbox/previews/<kind>")
@entry(Act.READ_OUTBOX)
def show_preview(kind: str) -> ResponseReturnValue:
    """Show one kind of letter and its rules."""
    spoken = _asked_language()
    shown = letter_previews.preview(visitor(), kind, spoken)
    return show(
        "letter_previews/preview.html",
        shown=shown,
        name=kind_in_words(kind),
        group=_group(shown.group),
        when=gettext(WHEN[kind]) if kind in WHEN else "",
        stopped=gettext(STOPPED[kind]) if kind in STOPPED else "",
        spoken=spoken,
        spoken_languages=LANGUAGES,
    )
