"""Answers that are decided and not told: the coordinator looks at them once more and tells them at once."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from app.domain.errors import Stale
from app.domain.journey import WORDS
from app.domain.permissions import Act
from app.forms.untold import UntoldForm
from app.services import untold
from app.views.access import entry, visitor
from app.views.answers import done, show

bp = Blueprint("untold", __name__)


@bp.route("/inbox/untold", methods=["GET", "POST"])
@entry(Act.TRIAGE)
def index() -> ResponseReturnValue:
    """List what waits to be told, all ticked; the button says how many proposers are told.

    Where other answers are ticked than the button counted, it counts anew and asks to be pressed again.
    """
    form = UntoldForm()
    status = None
    if form.validate_on_submit():
        try:
            ids, said = form.answers.data or [], form.number_said()
            people = untold.tell(visitor(), ids, said=said, key=form.key())
            sentence = ngettext("%(num)d proposer is told.", "%(num)d proposers are told.", people)
            return done("untold.index", sentence)
        except Stale as error:
            form.take(error)
            status = 409
    waiting = untold.answers(visitor())
    ticked = set(form.answers.data or []) if status else {one.step.id for one in waiting}
    chosen = [one for one in waiting if one.step.id in ticked] or waiting
    form.said.data = str(untold.proposers(chosen))
    return show(
        "inbox/untold.html",
        form=form,
        status=status,
        waiting=waiting,
        ticked={one.step.id for one in chosen},
        people=untold.proposers(chosen),
        words=WORDS,
    )
