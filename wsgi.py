"""Where servers and the `flask` command find the application; settings may also stand in `.env`."""

import os
import sys
from pathlib import Path

from dotenv import load_dotenv
from sqlalchemy.exc import ArgumentError, OperationalError

from app import create_app
from app.models.connection import UnsafeDatabase
from config import Config, WrongSetting

load_dotenv(Path(__file__).with_name(".env"))
try:
    app = create_app(Config.from_environment())
    if os.environ.get("SERVER_SOFTWARE", "").startswith("gunicorn"):  # a server starts; commands stay quiet
        for warning in app.extensions["warnings"]:
            app.logger.warning(warning)
except (WrongSetting, UnsafeDatabase) as wrong:
    sys.exit(f"kumppanuuspoyta cannot start: {wrong}")
except (ValueError, ArgumentError) as unreadable:
    sys.exit(f"kumppanuuspoyta cannot start: a setting cannot be read. {unreadable}")
except OperationalError as absent:
    sys.exit(f"kumppanuuspoyta cannot start: the database does not answer. {absent.orig}")
