"""How every command answers: done is 0, a refusal is one plain sentence and 1, wrong usage is 2."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from flask.cli import AppGroup

from app.domain.errors import DomainError


class Refusal(click.ClickException):
    """One plain sentence on standard error, and exit status 1."""

    def show(self, file: Any = None) -> None:
        """Print the sentence alone, without a word before it."""
        click.echo(self.message, err=True, file=file)


def _not_ready() -> tuple[type[Exception], ...]:
    """Return what a database raises that has not been set up; a command without one never loads it."""
    database = sys.modules.get("sqlalchemy.exc")
    return (database.OperationalError, database.ProgrammingError) if database else ()


@contextmanager
def in_a_sentence() -> Iterator[None]:
    """Turn every refusal of the rules into a sentence."""
    try:
        yield
    except DomainError as error:
        raise Refusal(str(error)) from error
    except _not_ready() as error:
        raise Refusal("The database is not ready. Run `flask db upgrade` first.") from error


class HouseCommand(click.Command):
    """A command in which every refusal of the rules becomes a sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with in_a_sentence():
            return super().invoke(ctx)


class HouseGroup(AppGroup):
    """A group of commands in which every refusal of the rules becomes a sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command of the group."""
        with in_a_sentence():
            return super().invoke(ctx)


def print_json(value: object) -> None:
    """Print JSON alone on standard output, in UTF-8 whatever the terminal speaks."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    out = sys.stdout.buffer
    out.write(text.encode())
    out.flush()


def note(sentence: str) -> None:
    """Print a sentence for the person on standard error, so that standard output stays data."""
    click.echo(sentence, err=True)
