"""The commands of an installation; each ends with 0 when done, 1 with one sentence when not."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Put the commands into the app."""
