"""A reader's own choices: which letters come and how often, and the one press that stops them."""

from collections.abc import Callable, Collection

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.domain.letter_choices import GROUP_WORDS, LetterGroup, Rhythm
from app.domain.permissions import Act
from app.domain.words import N_
from app.extensions import csrf
from app.forms.letter_choices import LetterChoicesForm
from app.services import letter_choices
from app.services.letter_choices import Choices
from app.views.access import entry, visitor
from app.views.answers import done, show

bp = Blueprint("letter_choices", __name__)

# What a mail program sends with its one press (RFC 8058, 3.1); our own button sends the same.
ONE_CLICK = ("List-Unsubscribe", "One-Click")

SAVED = N_("Your choices are saved.")

Save = Callable[[Collection[LetterGroup], Rhythm, str | None], None]


@bp.route("/letters/<token:token>", methods=["GET", "POST"])
@entry(Act.HOLD_PRIVATE_LINK)
def choose(token: str) -> ResponseReturnValue:
    """Choose by the link of a letter."""

    def save(wanted: Collection[LetterGroup], rhythm: Rhythm, key: str | None) -> None:
        letter_choices.save(visitor(), token, wanted, rhythm, key)

    choices = letter_choices.of_token(token)
    return _choose(choices, save) or done("letter_choices.choose", gettext(SAVED), token=token)


@bp.route("/letters", methods=["GET", "POST"])
@entry(Act.BE_SIGNED_IN)
def own() -> ResponseReturnValue:
    """Choose when signed in."""

    def save(wanted: Collection[LetterGroup], rhythm: Rhythm, key: str | None) -> None:
        letter_choices.save_own(visitor(), wanted, rhythm, key)

    choices = letter_choices.of_visitor(visitor())
    if choices is None:
        return show("letter_choices/no_address.html")
    return _choose(choices, save) or done("letter_choices.own", gettext(SAVED))


def _choose(choices: Choices, save: Save) -> ResponseReturnValue | None:
    """Return the page with its form; None once it is saved."""
    form = LetterChoicesForm()
    if form.validate_on_submit():
        save(form.groups(), form.chosen_rhythm(), form.key())
        return None
    if not form.is_submitted():
        form.fill(choices)
    return show("letter_choices/choose.html", form=form, choices=choices)


@bp.route("/letters/<token:token>/stop", methods=["GET", "POST"])
@csrf.exempt
@entry(Act.HOLD_PRIVATE_LINK)
def stop(token: str) -> ResponseReturnValue:
    """Stop one group by one press, from our page or from a mail program, which brings no token of a form.

    Looking (and mail scanners look) changes nothing. The answer is a page and never leads on elsewhere
    (RFC 8058, 3.1): a mail program takes that for a failure.
    """
    word = request.args.get("group", "")
    if not word and request.method == "GET":
        return redirect(url_for("letter_choices.choose", token=token), 303)
    groups = letter_choices.named(word)
    if request.method == "POST" and request.form.get(ONE_CLICK[0]) == ONE_CLICK[1]:
        choices = letter_choices.stop(visitor(), token, word)
    else:
        choices = letter_choices.of_token(token)
    return show(
        "letter_choices/stop.html",
        choices=choices,
        token=token,
        word=word,
        groups=[gettext(GROUP_WORDS[group]) for group in LetterGroup if group in groups],
        stopped=groups <= choices.unwanted,
        one_click=dict([ONE_CLICK]),
    )


@bp.post("/letters/<token:token>/start")
@entry(Act.HOLD_PRIVATE_LINK)
def start(token: str) -> ResponseReturnValue:
    """Take a stop back."""
    letter_choices.start(visitor(), token, request.args.get("group", ""))
    return done("letter_choices.choose", gettext("You get these letters again."), token=token)
