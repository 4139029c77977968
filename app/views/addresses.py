"""What may stand in an address: small whole ids, and tokens that were made by us."""

from flask import Flask
from werkzeug.routing import BaseConverter


class IdConverter(BaseConverter):
    """A row's id: 1 to 999,999,999, so that no database is asked for a number it cannot hold."""

    regex = r"[1-9]\d{0,8}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class TokenConverter(BaseConverter):
    """A secret in an address: 20 to 64 letters, digits, - and _."""

    regex = r"[A-Za-z0-9_-]{20,64}"


class SlugConverter(BaseConverter):
    """A table's short name: lower-case letters, digits and hyphens."""

    regex = r"[a-z0-9][a-z0-9-]{0,59}"


def init_app(app: Flask) -> None:
    """Teach the app the three kinds of names."""
    app.url_map.converters.update(id=IdConverter, token=TokenConverter, slug=SlugConverter)
