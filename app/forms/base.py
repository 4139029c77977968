"""What every form shares: a repeat key, and refusals of the rules shown at their field."""

import hashlib
import secrets

from flask import request
from flask_wtf import FlaskForm
from wtforms import HiddenField

from app.domain.errors import DomainError, Invalid
from app.forms.fields import say


class HouseForm(FlaskForm):
    """A form of this house; `repeat_key` makes a double click one act."""

    repeat_key = HiddenField(default=lambda: secrets.token_urlsafe(16))

    def take(self, error: DomainError) -> None:
        """Show a refusal at the field that it names, or on top of the form."""
        field = self._fields.get(error.field) if isinstance(error, Invalid) else None
        if field is None:
            self.form_errors.append(say(error))
        else:
            field.errors = [*field.errors, say(error)]

    def key(self) -> str | None:
        """Return the repeat key with a mark of what was typed, None where it is missing or not ours.

        Back in the browser brings a page with its old key: another text sent from there is another act,
        not the first one again.
        """
        key = self.repeat_key.data or ""
        if not (8 <= len(key) <= 64 and key.isascii() and key.isprintable()):
            return None
        typed = [
            (name, values)
            for name, values in sorted(request.form.lists())
            if not name.endswith(("csrf_token", "repeat_key"))
        ]
        return f"{hashlib.sha256(repr(typed).encode()).hexdigest()[:16]}:{key}"


class PressForm(FlaskForm):
    """A form of one button: only the token that says it was pressed on our page."""
