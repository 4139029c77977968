"""Where servers and the `flask` command find the application; settings may also stand in `.env`."""

import os
import sys
from importlib import import_module
from pathlib import Path

from dotenv import load_dotenv
from flask import Flask

# Commands that only reckon: they need no settings, no database and none of the pages, and answer at once.
RECKONING = {"agenda": "app.cli.agenda"}

# `flask agenda …` or `python -m flask agenda …`; a server is called otherwise.
asked = sys.argv[1] if Path(sys.argv[0]).name in ("flask", "__main__.py") and len(sys.argv) > 1 else ""


def reckoning(module: str) -> Flask:
    """Return an app of one group of commands alone."""
    alone = Flask("wsgi", static_folder=None)
    alone.cli.add_command(import_module(module).commands)
    return alone


def whole() -> Flask:
    """Return the application; stop in words where it cannot start."""
    from sqlalchemy.exc import ArgumentError, OperationalError  # noqa: PLC0415 - heavy, as the next ones

    from app.factory import create_app  # noqa: PLC0415 - loads every page
    from app.models.connection import UnsafeDatabase  # noqa: PLC0415 - loads SQLAlchemy
    from config import Config, WrongSetting  # noqa: PLC0415 - only the whole application has settings

    load_dotenv(Path(__file__).with_name(".env"))
    try:
        app = create_app(Config.from_environment())
        if os.environ.get("SERVER_SOFTWARE", "").startswith("gunicorn"):  # commands stay quiet
            for warning in app.extensions["warnings"]:
                app.logger.warning(warning)
    except (WrongSetting, UnsafeDatabase) as wrong:
        sys.exit(f"kumppanuuspoyta cannot start: {wrong}")
    except (ValueError, ArgumentError) as unreadable:
        sys.exit(f"kumppanuuspoyta cannot start: a setting cannot be read. {unreadable}")
    except OperationalError as absent:
        sys.stderr.write(f"kumppanuuspoyta cannot start: the database does not answer. {absent.orig}\n")
        # A mail server that hands a message in keeps it and tries again (EX_TEMPFAIL of sysexits.h).
        sys.exit(75 if asked == "mail" else 1)
    return app


app = reckoning(RECKONING[asked]) if asked in RECKONING else whole()
