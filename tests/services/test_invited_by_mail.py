"""From the press that publishes to the mail that a calendar program reads: the whole way of an invitation."""

from datetime import time, timedelta
from email.message import EmailMessage

from icalendar import Calendar
from sqlalchemy import select

from app.domain.clock import utc_now
from app.domain.outbox import MailState
from app.extensions import db
from app.models import Invitation, OutgoingMail
from app.services import drafts, posting
from tests import make
from tests.cast import Cast
from tests.release_stage import MATTI, change, evening, publish


class Postbox:
    """A way out that keeps what it is given."""

    def __init__(self) -> None:
        self.mails: dict[str, EmailMessage] = {}

    def deliver(self, message: EmailMessage, envelope_from: str) -> None:
        self.mails[str(message["To"])] = message


def press(cast: Cast) -> int:
    """Send all drafts as the coordinator does; return how many."""
    rows = db.session.scalars(select(OutgoingMail).where(OutgoingMail.state == MailState.DRAFT))
    chosen = {one.id: one.revision for one in rows}
    return drafts.send(make.visitor(cast.maria), chosen, len(chosen))


def leaves(minutes: int = 0) -> dict[str, EmailMessage]:
    """What leaves when the worker comes by so many minutes from now."""
    out = Postbox()
    posting.send_due(out, lambda: utc_now() + timedelta(minutes=minutes))
    return out.mails


def calendar_of(mail: EmailMessage) -> tuple[str, str, int]:
    [part] = [one for one in mail.walk() if one.get_content_type() == "text/calendar"]
    calendar = Calendar.from_ical(part.get_payload(decode=True))
    [event] = calendar.walk("VEVENT")
    assert part.get_param("method") == str(calendar["METHOD"])
    return str(calendar["METHOD"]), str(event["UID"]), int(event["SEQUENCE"])


def test_nothing_leaves_before_the_press_and_each_mail_invites_its_reader(cast: Cast) -> None:
    meeting = evening(cast)
    count = len(publish(cast, meeting))
    assert leaves() == {}
    assert press(cast) == count
    mails = leaves()
    assert len(mails) == count
    assert {calendar_of(one)[0::2] for one in mails.values()} == {("REQUEST", 0)}
    assert all(one.told_at for one in db.session.scalars(select(Invitation)) if one.uid)


def test_changes_within_the_window_leave_as_one_mail(cast: Cast) -> None:
    meeting = evening(cast)
    publish(cast, meeting)
    press(cast)
    first = leaves()
    change(cast, meeting, starts=time(17))
    publish(cast, meeting)
    press(cast)
    assert leaves(minutes=2) == {}  # it waits for what may come
    change(cast, meeting, starts=time(17), place="Kirjasto")
    publish(cast, meeting)
    press(cast)
    mails = leaves(minutes=10)
    assert set(mails) == set(first)
    body = mails[MATTI].get_body(("plain",))
    assert body is not None
    assert "Aika oli ennen" in body.get_content()
    assert "Paikka oli ennen" in body.get_content()
    for to, one in mails.items():
        assert calendar_of(one)[1:] == (calendar_of(first[to])[1], 1)
        assert one["In-Reply-To"] == first[to]["Message-ID"]
    assert leaves(minutes=30) == {}
