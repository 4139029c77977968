"""Takes the pictures of the README: the demo municipality in a folder of its own, as a browser shows it."""

import os
import secrets
import shutil
import tempfile
import threading
from datetime import date
from pathlib import Path

from flask_migrate import upgrade
from playwright.sync_api import Browser, BrowserContext, ViewportSize, sync_playwright
from sqlalchemy import func, select
from werkzeug.serving import make_server

from app.domain.meetings import MeetingState
from app.domain.permissions import Role
from app.extensions import db
from app.factory import create_app
from app.models import AgendaItem, FollowUp, Measure, Meeting, Note, Person, PersonRole
from app.services import demo, sessions, topics
from config import HOUSE, Config

PICTURES = HOUSE / "docs" / "pictures"
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1100, "height": 800}
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
PROMISES = 3  # so many on a memo that is worth a picture
TYPED = "Kylätien reunassa kävellään pimeässä. Voisiko bussipysäkille saada valon ennen talvea?"


def _coordinator() -> Person:
    """Return who coordinates every table."""
    return db.session.scalars(
        select(Person)
        .join(PersonRole)
        .where(PersonRole.role == Role.COORDINATOR, PersonRole.table_id.is_(None))
    ).one()


def _secret() -> str:
    """Sign the coordinator in, and return the session's secret."""
    secret = sessions.open_session(_coordinator(), "pictures")
    db.session.commit()
    return secret


def _addresses() -> dict[str, str]:
    """Choose what looks alive: (name of the picture, address)."""
    told = db.session.scalars(
        select(Meeting.id)
        .join(FollowUp, FollowUp.meeting_id == Meeting.id)
        .where(Meeting.state == MeetingState.MEMO_PUBLISHED)
        .group_by(Meeting.id)
        .having(func.count() >= PROMISES)
        .order_by(Meeting.day.desc())
        .limit(1)
    ).one()
    chain = db.session.scalars(
        select(FollowUp.topic_id)
        .join(AgendaItem, FollowUp.agenda_item_id == AgendaItem.id)
        .join(Note, Note.agenda_item_id == AgendaItem.id)
        .where(FollowUp.topic_id.is_not(None), FollowUp.measures.any())
        .order_by(FollowUp.due_on.desc())
        .limit(1)
    ).one()
    measure = db.session.scalars(
        select(Measure.id)
        .join(FollowUp.measures)
        .group_by(Measure.id)
        .order_by(func.count().desc(), Measure.id)
    ).first()
    said = db.session.scalars(
        select(AgendaItem)
        .join(Meeting, AgendaItem.meeting_id == Meeting.id)
        .join(Note, Note.agenda_item_id == AgendaItem.id)
        .where(Meeting.state == MeetingState.PUBLISHED, AgendaItem.topic_id.is_not(None))
        .order_by(Meeting.day, AgendaItem.position)
        .limit(1)
    ).one()
    return {
        "home-desktop": "/",
        "propose-phone": "/topics/propose",
        "topic-phone": f"/topics/{topics.token_of(chain or 0)}",
        "builder-desktop": f"/meetings/{said.meeting_id}/edit#agenda",
        "live-desktop": f"/meetings/{said.meeting_id}/live/{said.id}#main",
        "memo-desktop": f"/meetings/{told}/memo",
        "plan-desktop": "/plans",
        "measure-desktop": f"/measures/{measure}",
    }


def _window(browser: Browser, address: str, size: ViewportSize, secret: str | None) -> BrowserContext:
    context = browser.new_context(
        base_url=address, viewport=size, locale="fi-FI", color_scheme="light", reduced_motion="reduce"
    )
    if secret:
        context.add_cookies([{"name": "signed-in", "value": secret, "url": address}])
    return context


def _take(address: str, secret: str, addresses: dict[str, str]) -> None:
    """Visit each page and store its first screen."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name, path in addresses.items():
            size = PHONE if name.endswith("phone") else DESKTOP
            inside = name.startswith(("builder", "live"))
            page = _window(browser, address, size, secret if inside else None).new_page()
            page.goto(path, wait_until="networkidle")
            if name == "propose-phone":
                page.locator("#text").fill(TYPED)
            page.screenshot(path=PICTURES / f"{name}.png")
            print(f"{name}.png: {(PICTURES / f'{name}.png').stat().st_size // 1024} kB  {path}")
        browser.close()


def main() -> None:
    """Load the demo into a folder that is thrown away, serve it on a free port, and take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        config = Config(
            secret_key=secrets.token_urlsafe(32),
            public_url="http://kumppanuus.kuovinsalmi.example",
            database_url=f"sqlite:///{folder}/pictures.db",
            mail_url="memory:",
            instance_dir=Path(folder),
        )
        app = create_app(config)
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with app.app_context():
            upgrade()
            demo.load(date.today())  # noqa: DTZ011 - the demo counts from the reader's own day
            addresses = _addresses()
            secret = _secret()
            db.session.remove()
            _take(f"http://127.0.0.1:{server.server_port}", secret, addresses)
            db.engine.dispose()
        server.shutdown()


if __name__ == "__main__":
    main()
