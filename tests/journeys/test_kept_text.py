"""Nothing typed is lost: a reload, a sign-in that ended, a server that stopped, a second press."""

import re
import threading
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import func, select, update
from werkzeug.serving import make_server

from app.domain.clock import utc_now
from app.domain.meetings import MeetingState
from app.extensions import db
from app.models import Note, SignInSession, Topic
from tests import make
from tests.cast import Cast
from tests.journeys.conftest import PHONE, Quiet, Visit
from tests.journeys.pages import press, reads, sign_in_by_letter

NOTE = "Tuotiin esiin, että äyräs sortuu.\nKunta käy katsomassa – *ennen lunta*."


@pytest.fixture
def item_page(cast: Cast) -> str:
    """The page of one item of an evening at the northern table."""
    tomorrow = date.today() + timedelta(days=1)  # noqa: DTZ011 - the municipality's own day
    meeting = make.meeting(cast.north, tomorrow, state=MeetingState.PUBLISHED)
    item = make.item(meeting, "Rannan tila")
    return f"/meetings/{meeting.id}/live/{item.id}"


def write(page: Page, address: str) -> None:
    """Type a note key by key and wait until the page says that it is kept."""
    page.goto(address)
    page.get_by_label("Uusi muistiinpano").press_sequentially(NOTE)
    kept = "Tekstisi pysyy tallessa tässä selaimessa, kunnes lähetät sen."
    expect(page.get_by_role("status").filter(has_text=kept)).to_be_visible(timeout=2000)


def leave_freely(page: Page) -> None:
    """Answer yes when the browser asks whether to leave unsent text."""
    page.on("dialog", lambda dialog: dialog.accept())


def kept_notes() -> list[str]:
    """Return every stored note."""
    db.session.rollback()
    return list(db.session.scalars(select(Note.text)))


def test_a_reload_brings_the_note_back(cast: Cast, visit: Visit, item_page: str) -> None:
    maria = visit(who=cast.maria)
    leave_freely(maria)
    write(maria, item_page)
    maria.reload()
    expect(maria.get_by_label("Uusi muistiinpano")).to_have_value(NOTE)
    reads(maria, "Palautimme tekstin, jota et ollut lähettänyt.")
    press(maria, "Tallenna muistiinpano")
    reads(maria, "Kunta käy katsomassa")
    expect(maria.get_by_label("Uusi muistiinpano")).to_have_value("")
    maria.reload()
    expect(maria.get_by_label("Uusi muistiinpano")).to_have_value("")
    assert kept_notes() == [NOTE]


def test_a_sign_in_that_ended_keeps_the_note(cast: Cast, visit: Visit, item_page: str) -> None:
    maria = visit(who=cast.maria)
    write(maria, item_page)
    db.session.execute(update(SignInSession).values(ended_at=utc_now()))
    db.session.commit()
    press(maria, "Tallenna muistiinpano")
    reads(maria, "Et ole enää kirjautunut")
    expect(maria.get_by_label("Mitä kirjoitit")).to_have_value(NOTE)
    assert kept_notes() == []
    sign_in_by_letter(maria, cast.maria)
    maria.goto(item_page)
    expect(maria.get_by_label("Uusi muistiinpano")).to_have_value(NOTE)
    press(maria, "Tallenna muistiinpano")
    reads(maria, "Kunta käy katsomassa")
    assert kept_notes() == [NOTE]


class Server:
    """The app on one port, which can be stopped and started again."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.port = 0

    def start(self) -> None:
        """Serve, on the same port as before."""
        self.server = make_server("127.0.0.1", self.port, self.app, threaded=True, request_handler=Quiet)
        self.port = self.server.server_port
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        """Answer nobody any more."""
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def server(app: Flask) -> Iterator[Server]:
    """A server of this test's own."""
    one = Server(app)
    one.start()
    yield one
    one.stop()


def test_a_server_that_stopped_keeps_the_note(
    cast: Cast, visit: Visit, server: Server, item_page: str
) -> None:
    visit.address = f"http://127.0.0.1:{server.port}"
    maria = visit(who=cast.maria)
    leave_freely(maria)
    write(maria, item_page)
    server.stop()
    press(maria, "Tallenna muistiinpano")
    maria.wait_for_url("chrome-error://chromewebdata/")
    server.start()
    maria.goto(item_page)
    expect(maria.get_by_label("Uusi muistiinpano")).to_have_value(NOTE)
    press(maria, "Tallenna muistiinpano")
    reads(maria, "Kunta käy katsomassa")
    assert kept_notes() == [NOTE]


def test_pressing_send_twice_makes_one_topic(cast: Cast, visit: Visit) -> None:
    eeva = visit(PHONE)
    eeva.goto("/topics/propose?table=pohjoinen")
    eeva.get_by_label("Mistä haluat puhua?").fill("Rannan penkki on rikki")
    press(eeva, "Jatka")
    eeva.get_by_role("button", name="Lähetä aihe").dblclick()
    eeva.wait_for_url(re.compile(r"new=1"))
    reads(eeva, "Kiitos! Aiheesi on perillä.")
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Topic)) == 1
