"""The memo: read by everybody once it is published, checked before, and reopened to be corrected."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.clock import today
from app.domain.errors import NotFound, Refused
from app.domain.memo import Correction, Memo
from app.domain.permissions import Act
from app.forms.follow_ups import PublishMemoForm, ReopenForm
from app.services import evening, memo_publishing, memos
from app.views.access import entry, visitor
from app.views.answers import done, show
from app.views.languages import language

bp = Blueprint("memos", __name__)


@bp.get("/meetings/<id:meeting_id>/memo")
@entry(Act.SEE_PUBLIC)
def memo(meeting_id: int) -> ResponseReturnValue:
    """The memo for everybody; its draft and its names for the inside; `?paper=1` is made to be printed."""
    inside = request.args.get("inside") == "1"
    paper = request.args.get("paper") == "1"
    template = "memos/paper.html" if paper else "memos/memo.html"
    try:
        found = _find(meeting_id, inside=inside)
    except NotFound:
        corrected = memos.being_corrected(meeting_id, language())
        if corrected is None:
            raise
        return show("memos/being_corrected.html", memo=corrected)
    held = evening.held_evening(visitor(), meeting_id, language())
    return show(template, memo=found, today=today(), table_id=memos.table_of(meeting_id), held=held)


def _find(meeting_id: int, *, inside: bool) -> Memo:
    if inside:
        return memos.inside_memo(visitor(), meeting_id, language())
    found = memos.public_memo(meeting_id, language())
    return found or memos.inside_memo(visitor(), meeting_id, language(), names=False)


@bp.route("/meetings/<id:meeting_id>/memo/publish", methods=["GET", "POST"])
@entry(Act.PUBLISH_MEMO)
def publish(meeting_id: int) -> ResponseReturnValue:
    """A last look before the memo goes out."""
    form = PublishMemoForm()
    if form.validate_on_submit():
        try:
            memo_publishing.publish(visitor(), meeting_id, form.seen.data or None)
        except Refused as error:
            form.take(error)
        else:
            return done(".memo", gettext("The memo is published."), meeting_id=meeting_id)
    form.seen.data = memo_publishing.mark_of(meeting_id)
    memo, warnings = memo_publishing.check(visitor(), meeting_id, language())
    return show("memos/publish.html", form=form, memo=memo, warnings=warnings)


@bp.route("/meetings/<id:meeting_id>/memo/reopen", methods=["GET", "POST"])
@entry(Act.PUBLISH_MEMO)
def reopen(meeting_id: int) -> ResponseReturnValue:
    """Open a published memo to correct it."""
    form = ReopenForm()
    if form.validate_on_submit():
        try:
            memo_publishing.reopen(visitor(), meeting_id, Correction(form.reason.data))
        except Refused as error:
            form.take(error)
        else:
            return done(
                "live.index",
                gettext("The memo is open. Correct it and publish it again."),
                meeting_id=meeting_id,
            )
    found = memos.inside_memo(visitor(), meeting_id, language(), names=False)
    return show("memos/reopen.html", form=form, memo=found)
