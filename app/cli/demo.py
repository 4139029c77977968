"""`flask demo` fills an empty database with an invented municipality, to have something to look at."""

import click
from flask.cli import with_appcontext

from app.cli.answers import HouseCommand
from app.domain.clock import today
from app.services import demo


@click.command("demo", cls=HouseCommand)
@with_appcontext
def command() -> None:
    """Load the demo municipality into an empty database."""
    loaded = demo.load(today())
    if loaded is None:
        click.echo("There is data in the database already, so the demo municipality was left out.")
        return
    click.echo(
        f"The demo municipality {loaded.name} is loaded: {loaded.tables} tables, {loaded.meetings} meetings, "
        f"{loaded.topics} topics and {loaded.measures} measures."
    )
