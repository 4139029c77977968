"""How a page is answered: with a form that was refused the status says so, and acts lead on by 303."""

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_wtf import FlaskForm

from app.forms.fields import say
from app.services import outbox
from app.views.access import visitor

__all__ = ["done", "note", "say", "show"]


def show(
    template: str, *, form: FlaskForm | None = None, status: int | None = None, **context: Any
) -> ResponseReturnValue:
    """Render a page; a form with errors answers 422 and keeps what was typed."""
    refused = form is not None and bool(form.errors or form.form_errors)
    page = render_template(template, form=form, **context)
    return make_response(page, status or (422 if refused else 200))


def note(sentence: str, tone: str = "success") -> None:
    """Put a sentence on top of the next page; tone is success, notice or error."""
    flash(sentence, tone)


def done(
    endpoint: str, sentence: str | None = None, *, anchor: str | None = None, **values: Any
) -> ResponseReturnValue:
    """Lead on to a page after an act (303), with a sentence that says what was done."""
    if sentence:
        note(sentence)
    waiting = outbox.drafted(visitor())
    if waiting:
        words = ngettext(
            "%(num)d letter waits for you in the outbox.",
            "%(num)d letters wait for you in the outbox.",
            waiting,
        )
        note(words, "notice")
    return redirect(url_for(endpoint, _anchor=anchor, **values), 303)
