"""The page behind an invitation's link: whether one comes, answered without an account."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.answers import Answer
from app.domain.errors import Invalid, TooMany
from app.domain.permissions import Act
from app.forms.invitation_answers import AnswerForm, choice_of
from app.services import invitation_answers, invitation_page
from app.services.invitation_page import AnswerPage
from app.views.access import entry, visitor
from app.views.answers import done, show
from app.views.languages import language, speak

bp = Blueprint("invitations", __name__)


@bp.route("/invitations/<token:token>", methods=["GET", "POST"])
@entry(Act.HOLD_PRIVATE_LINK)
def answer(token: str) -> ResponseReturnValue:
    """Show the invited their meeting, and take an answer; only the press of the button answers.

    Programs that look through mail open every link: `?answer=coming` in it chooses, and answers nothing.
    """
    page = invitation_page.by_token(token)
    speak(page.language)
    form = _form(page)
    status = None
    if form.validate_on_submit():
        try:
            said, words, substitute = form.given()
            invitation_answers.answer_by_link(token, said, words, substitute, form.key(), visitor=visitor())
            return done("invitations.answer", _thanks(said), token=token)
        except Invalid as error:
            form.take(error)
        except TooMany as error:
            form.take(error)
            status = 429
    return show(
        "invitations/answer.html",
        form=form,
        status=status,
        page=page,
        lines=invitation_page.agenda_of(page, language()),
        token=token,
        chosen=choice_of(page.given),
    )


def _form(page: AnswerPage) -> AnswerForm:
    said = page.given
    form = AnswerForm(
        substitute=said.substitute if said else None,
        words=said.words if said else None,
    )
    form.offer(several=page.for_several)
    if not form.is_submitted():
        form.preselect(request.args.get("answer") or (None if page.earlier else choice_of(said)))
    return form


def _thanks(said: Answer) -> str:
    if said is Answer.COMING:
        return gettext("Thank you! You are welcome to the meeting.")
    return gettext("Thank you for telling us.")
