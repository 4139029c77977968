"""What the builder says after each press, and what an undo takes back."""

from flask_babel import gettext

from app.domain.words import N_
from app.forms.fields import say
from app.models import AgendaChange
from app.services.agenda import Placed
from app.services.undoing import Undone
from app.views.filters import clock

# What was done, as it is said after “Undo:” and “Undone:”.
DONE = {
    "move": N_("“%(title)s” was moved"),
    "minutes": N_("the minutes of “%(title)s” were changed"),
    "save": N_("texts, minutes or times were changed"),
    "put": N_("“%(title)s” was put on the agenda"),
    "add": N_("“%(title)s” was added"),
    "remove": N_("“%(title)s” was taken off"),
    "officials": N_("an official of “%(title)s” was taken off"),
    "cure": N_("the advice about “%(title)s” was followed"),
    "fit": N_("the agenda was made to fit"),
    "compose": N_("the suggested agenda was used"),
}
OTHER = N_("the agenda was changed")


def what_was_done(change: AgendaChange | Undone) -> str:
    """Return what a change did, in a few words without a full stop."""
    what = change.what if isinstance(change, Undone) else change.act
    return str(gettext(DONE.get(what, OTHER), title=change.title))


def sentence(verb: str, outcome: object) -> str:
    """Return what to say after a press."""
    if isinstance(outcome, Undone):
        if outcome.refusal is not None:
            return say(outcome.refusal)
        return str(gettext("Undone: %(what)s.", what=what_was_done(outcome)))
    if isinstance(outcome, Placed):
        return _placed(verb, outcome)
    if verb == "remove":
        return str(gettext("“%(title)s” was taken off the agenda.", title=outcome))
    if verb == "unneed" and outcome is not None:
        return str(gettext("“%(title)s” does without the official now.", title=outcome))
    return str(gettext("The agenda is saved."))


def _placed(verb: str, placed: Placed) -> str:
    values = {"title": placed.title, "clock": clock(placed.starts), "place": placed.place}
    if verb == "minutes":
        return str(
            gettext("“%(title)s” now takes %(minutes)d min.", title=placed.title, minutes=placed.minutes)
        )
    if verb in ("put", "add"):
        return str(gettext("“%(title)s” is on the agenda. It starts at %(clock)s.", **values))
    if verb == "need":
        return str(gettext("The agenda is saved."))
    return str(gettext("“%(title)s” is now in place %(place)d. It starts at %(clock)s.", **values))
