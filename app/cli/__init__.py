"""The commands of an installation; each ends with 0 when done, 1 with one sentence when not."""

from flask import Flask

from app.cli import plan

GROUPS = (plan.commands,)


def init_app(app: Flask) -> None:
    """Put the commands into the app."""
    for group in GROUPS:
        app.cli.add_command(group)
