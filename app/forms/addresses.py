"""The field for one e-mail address."""

from typing import Any

from wtforms.validators import StopValidation

from app.domain.errors import Invalid
from app.domain.writing import folded
from app.forms.fields import LineField, say
from app.mail.messages import LONGEST_ADDRESS, address


class AddressField(LineField):
    """One e-mail address, case folded; empty stays empty, anything else must be an address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, longest=LONGEST_ADDRESS, **kwargs)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if not self.data:
            return
        try:
            self.data = folded(address(self.data))
        except Invalid as error:
            raise StopValidation(say(error)) from error
