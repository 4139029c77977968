"""Every command of an installation."""

from flask import Flask

from app.cli import agenda, demo, mail, people, plan, worker

COMMANDS = (
    plan.commands,
    agenda.commands,
    people.sign_in_link,
    people.add_person,
    worker.command,
    mail.commands,
    demo.command,
)


def init_app(app: Flask) -> None:
    """Put the commands into the app."""
    for command in COMMANDS:
        app.cli.add_command(command)
