"""The forms of signing in: an address to send the link to, and the button behind the link."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.forms.addresses import AddressField
from app.forms.base import HouseForm
from app.forms.fields import LineField, Required


class AskForm(HouseForm):
    """Ask for a sign-in link; `next` is the page that the person wanted."""

    email = AddressField(_l("E-mail address"), validators=[Required(_l("Write your e-mail address."))])
    next = HiddenField()


class UseLinkForm(HouseForm):
    """Sign in with a link; the address is asked only in another browser than the one that asked for it."""

    address = LineField(_l("Your e-mail address"), longest=254)
