"""What the stories of releases share: an evening, its drafts, and what a calendar reads in a letter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from icalendar import Calendar
from sqlalchemy import select

from app.domain.agenda import ItemKind
from app.domain.clock import today
from app.domain.outbox import MailState
from app.domain.topics import TopicState
from app.extensions import db
from app.models import AgendaItem, Invitation, Meeting, OutgoingMail, Person, Topic
from app.services import convening, invitations
from app.services.convening import Details
from tests import make
from tests.cast import Cast

SOON = today() + timedelta(days=30)
EEVA, MATTI = "eeva@example.org", "matti@example.org"


def evening(cast: Cast) -> int:
    """A draft at 18.00: opening, Eeva's lamps 18.05 with Pekka, Matti's buses 18.25, closing 18.35."""
    meeting = make.meeting(cast.north, SOON)
    make.item(meeting, "Avaus")
    lamps = make.topic(
        cast.north, "Kylätien valot", state=TopicState.ON_AGENDA, contact_email=EEVA, contact_name="Eeva"
    )
    make.item(meeting, about=lamps, minutes=20, officials=[person(cast.pekka)])
    buses = make.topic(cast.north, "Bussivuorot", state=TopicState.ON_AGENDA, contact_email=MATTI)
    make.item(meeting, about=buses, minutes=10)
    make.item(meeting, "Lopuksi", kind=ItemKind.CLOSING)
    return meeting.id


def publish(cast: Cast, meeting: int, comment: str = "") -> dict[str, OutgoingMail]:
    """Publish the agenda as it stands and return the drafts of the meeting by their addresses."""
    seen = db.session.get_one(Meeting, meeting).revision
    invitations.publish_agenda(make.visitor(cast.maria), meeting, seen=seen, anyway=True, comment=comment)
    return drafts(meeting)


def drafts(meeting: int | None = None) -> dict[str, OutgoingMail]:
    """The letters that nobody has let go, by their addresses; there are never two to one about a meeting."""
    query = select(OutgoingMail).where(OutgoingMail.state == MailState.DRAFT)
    rows = list(db.session.scalars(query.where(OutgoingMail.meeting_id == meeting) if meeting else query))
    assert len({one.to_address.casefold() for one in rows}) == len(rows)
    return {one.to_address: one for one in rows}


def change(
    cast: Cast,
    meeting: int,
    *,
    starts: time = time(18),
    place: str = "Koivurannan koulu",
    remote_url: str = "",
) -> None:
    row = db.session.get_one(Meeting, meeting)
    details = Details(SOON, starts, 90, place, remote_url)
    convening.change_details(
        make.visitor(cast.maria), meeting, details, seen=convening.details_of(row).mark()
    )


def person(email: str) -> Person:
    return db.session.scalars(select(Person).where(Person.email == email)).one()


def item(title: str) -> int:
    return db.session.scalars(select(AgendaItem.id).where(AgendaItem.title == title)).one()


def topic(email: str) -> Topic:
    return db.session.scalars(select(Topic).where(Topic.contact_email == email)).one()


def invitation(email: str) -> Invitation:
    """The only invitation that stands for a person or a proposer with this address."""
    rows = db.session.scalars(select(Invitation).execution_options(populate_existing=True))
    [found] = [one for one in rows if email in (getattr(one.person, "email", ""), _contact(one))]
    return found


def _contact(one: Invitation) -> str:
    return (one.topic.contact_email or "") if one.topic else ""


@dataclass(frozen=True)
class Entry:
    """What a calendar program reads in a letter; times are those of the clock on the wall."""

    method: str
    uid: str
    sequence: int
    starts: datetime
    ends: datetime
    attendees: list[str]
    organizer: str
    location: str
    text: str
    stamp: datetime
    summary: str

    @property
    def hours(self) -> str:
        return f"{self.starts:%H.%M}–{self.ends:%H.%M}"


def entry(letter: OutgoingMail) -> Entry:
    """Read the calendar part of a letter; what the letter says of it is the same."""
    calendar = Calendar.from_ical(letter.calendar or "")
    [event] = calendar.walk("VEVENT")
    asked = event["ATTENDEE"]
    found = Entry(
        method=str(calendar["METHOD"]),
        uid=str(event["UID"]),
        sequence=int(event["SEQUENCE"]),
        starts=event["DTSTART"].dt.replace(tzinfo=None),
        ends=event["DTEND"].dt.replace(tzinfo=None),
        attendees=[str(one) for one in (asked if isinstance(asked, list) else [asked])],
        organizer=str(event["ORGANIZER"]),
        location=str(event.get("LOCATION", "")),
        text=str(event["DESCRIPTION"]),
        stamp=event["DTSTAMP"].dt,
        summary=str(event["SUMMARY"]),
    )
    assert (letter.calendar_method, letter.calendar_sequence) == (found.method, found.sequence)
    return found


def entries(letters: Iterable[OutgoingMail]) -> dict[str, Entry]:
    return {one.to_address: entry(one) for one in letters if one.calendar}
