"""Run as a program: workers of the outbox that are killed at random moments, and whoever counts them.

    python -m tests.services.killed_workers DATABASE_URL FOLDER SMTP_PORT KILLS LEASE_SECONDS

The app is built once; each worker is a fork of it with a connection of its own, so that a hundred workers
start quickly. Two work at the same time. Prints the number of kills when nothing is left to send.
"""

import os
import random
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

from flask import Flask
from sqlalchemy import func, select

from app.domain.outbox import MailState
from app.extensions import db
from app.factory import create_app
from app.mail.smtp import SmtpTransport
from app.models import OutgoingMail
from app.services.posting import send_due
from config import Config

AT_ONCE = 2
LIVES = (0.02, 0.25)  # seconds that a worker has
LONGEST = 240.0


def work(app: Flask, port: int, lease: timedelta) -> NoReturn:
    """Be a worker that does one round after another until it is killed."""
    with app.app_context():
        while True:
            send_due(SmtpTransport("127.0.0.1", port, timeout=30), lease=lease)
            db.session.remove()
            time.sleep(0.01)


def waiting(app: Flask) -> int:
    """Return how many letters have not come to an end."""
    with app.app_context():
        ended = (MailState.SENT, MailState.PARKED)
        query = select(func.count()).select_from(OutgoingMail).where(OutgoingMail.state.not_in(ended))
        count = db.session.scalar(query) or 0
        db.session.remove()
        db.engine.dispose()  # a fork takes no connection of ours along
        return count


def start(app: Flask, port: int, lease: timedelta) -> int:
    """Start a worker and return its process id."""
    child = os.fork()
    if child == 0:
        try:
            work(app, port, lease)
        finally:
            os._exit(1)
    return child


def main() -> None:
    """Start workers, kill each after a moment, and let the last two end the work."""
    url, folder, port, kills, lease = sys.argv[1:]
    app = create_app(
        Config(
            secret_key="k" * 40,
            public_url="http://127.0.0.1:5000",
            database_url=url,
            mail_url="memory:",
            instance_dir=Path(folder),
        )
    )
    with app.app_context():
        db.engine.dispose()
    span, killed, died = timedelta(seconds=float(lease)), 0, 0
    chance = random.Random(7)
    began = time.monotonic()
    while killed < int(kills) and waiting(app):
        workers = [start(app, int(port), span) for _ in range(AT_ONCE)]
        for one in workers:
            time.sleep(chance.uniform(*LIVES))
            os.kill(one, signal.SIGKILL)
        for one in workers:
            _, status = os.waitpid(one, 0)
            killed += os.WIFSIGNALED(status)
            died += not os.WIFSIGNALED(status)
    workers = [start(app, int(port), span) for _ in range(AT_ONCE)]
    while waiting(app) and time.monotonic() - began < LONGEST:
        time.sleep(0.1)
    for one in workers:
        os.kill(one, signal.SIGKILL)
        os.waitpid(one, 0)
    print(killed, died)


if __name__ == "__main__":
    main()
