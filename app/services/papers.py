"""What is read on paper: the agenda, letters to those without e-mail, the notice board, the blank form.

Public papers hold what the public pages show, and nobody's name beyond them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.agenda import ItemKind
from app.domain.clock import today
from app.domain.errors import NotFound, Refused
from app.domain.meetings import MeetingState
from app.domain.permissions import ANYBODY, Visitor
from app.domain.words import N_
from app.extensions import site
from app.mail.dates import clock, day_and_hours, short_day
from app.models import Meeting, PartnershipTable
from app.services import invited, meetings, municipality, releases
from app.services.invited import Asked
from app.services.municipality import ShownMunicipality

MOST_LETTERS = 60
MOST_IN_LETTER = 10  # items: a letter is one page, and the whole agenda waits at the meeting
MOST_ON_NOTICE = 5
LANGUAGES = ("fi", "sv", "en")


@dataclass(frozen=True)
class Sheet:
    """What every paper has: whose it is, in which language, its page, and where a topic is proposed.

    `table` is "" where the paper is of no table.
    """

    language: str
    municipality: ShownMunicipality
    table: str
    url: str
    propose_url: str
    home: str


@dataclass(frozen=True)
class PaperItem:
    """One item of an agenda as it is printed; `clock` is when it starts, `number` None for a break."""

    number: int | None
    clock: str
    minutes: int
    title: str
    presenter: str | None
    topic: bool


@dataclass(frozen=True)
class AgendaPaper:
    """One meeting on paper; `when` is its day and hours in words."""

    sheet: Sheet
    heading: str | None
    when: str
    place: str | None
    remote_url: str | None
    items: tuple[PaperItem, ...]
    state: MeetingState
    cancel_reason: str | None

    @property
    def draft(self) -> bool:
        """True where only its builder may see it."""
        return self.state is MeetingState.DRAFT

    @property
    def cancelled(self) -> bool:
        """True where nobody should travel there."""
        return self.state is MeetingState.CANCELLED


@dataclass(frozen=True)
class Letter:
    """An invitation; without a name it is the one that is copied and handed out. `written` is its day."""

    agenda: AgendaPaper
    name: str | None
    written: str

    @property
    def shown(self) -> tuple[PaperItem, ...]:
        """The items that it tells."""
        return self.agenda.items[:MOST_IN_LETTER]

    @property
    def more(self) -> int:
        """How many items it leaves to the meeting."""
        return len(self.agenda.items) - len(self.shown)


@dataclass(frozen=True)
class Notice:
    """A sheet for the notice board: the next meeting (None where none is announced), some of its topics.

    `more` is how many of them the sheet does not show; `scanned_url` is what the QR code says.
    """

    sheet: Sheet
    meeting: AgendaPaper | None
    shown: tuple[PaperItem, ...]
    more: int
    scanned_url: str


def agenda_paper(visitor: Visitor, meeting_id: int, language: str) -> AgendaPaper:
    """Return the agenda to be printed; raise NotFound for a draft of somebody else's."""
    return _agenda(meetings.get_meeting(visitor, meeting_id), language)


def letters(visitor: Visitor, meeting_id: int) -> list[Letter]:
    """Return a letter to each who is invited and has no e-mail, in their own language.

    Raises NotFound to those who do not build this agenda, and Refused for a cancelled meeting, where nobody
    needs a letter, and above MOST_LETTERS.
    """
    meeting = _to_invite(visitor, meeting_id)
    people = people_without_email(meeting)
    if not people:
        raise Refused(N_("Everybody who is invited has an e-mail address. Print the letter without a name."))
    if len(people) > MOST_LETTERS:
        raise Refused(
            N_("There are over %(most)d people to write to. Print the letter without a name and copy it."),
            most=MOST_LETTERS,
        )
    spoken = {one.key: one.language if one.language in LANGUAGES else "fi" for one in people}
    written = {each: _agenda(meeting, each) for each in set(spoken.values())}
    return [Letter(written[spoken[one.key]], one.name, short_day(today(), spoken[one.key])) for one in people]


def letter_without_name(visitor: Visitor, meeting_id: int, language: str) -> Letter:
    """Return the invitation to be copied; raise what `letters` raises of the meeting."""
    meeting = _to_invite(visitor, meeting_id)
    return Letter(_agenda(meeting, language), None, short_day(today(), language))


def people_without_email(meeting: Meeting) -> list[Asked]:
    """Return the people and organisations that are invited and can be written to on paper only."""
    return invited.without_email(meeting)


def table_notice(slug: str, language: str) -> Notice:
    """Return the notice of a table and its next meeting; raise NotFound where no such table meets."""
    table = meetings.get_table(slug)
    if table.archived_at is not None:
        raise NotFound
    coming = next((one for one in meetings.coming(language, table.id) if not one.cancelled), None)
    agenda = agenda_paper(ANYBODY, coming.id, language) if coming else None
    return _notice(table, agenda, site().table(slug), language)


def meeting_notice(meeting_id: int, language: str) -> Notice:
    """Return the notice of one public meeting; raise NotFound for a draft, to its builder too."""
    meeting = meetings.get_meeting(ANYBODY, meeting_id)
    return _notice(meeting.table, _agenda(meeting, language), site().meeting(meeting_id), language)


def blank_form(slug: str | None, language: str) -> Sheet:
    """Return the sheet of the form for one table; for any table where no such one meets."""
    try:
        table = meetings.get_table(slug) if slug else None
    except NotFound:
        table = None
    if table is None or table.archived_at is not None:
        return _sheet(language, "", f"{site().url}/topics/propose", f"{site().url}/topics/propose")
    return _of_table(table, site().propose(table.slug), language)


def _to_invite(visitor: Visitor, meeting_id: int) -> Meeting:
    meeting = meetings.get_to_read(visitor, meeting_id)
    if meeting.state is MeetingState.CANCELLED:
        raise Refused(N_("The meeting is cancelled, so nobody is invited to it."))
    return meeting


def _agenda(meeting: Meeting, language: str) -> AgendaPaper:
    return AgendaPaper(
        sheet=_of_table(meeting.table, site().meeting(meeting.id), language),
        heading=meeting.heading,
        when=day_and_hours(meeting.day, meeting.starts, meetings.ends(meeting).time(), language),
        place=meeting.place,
        remote_url=meeting.remote_url,
        items=_items(meeting, language),
        state=meeting.state,
        cancel_reason=meeting.cancel_reason,
    )


def _items(meeting: Meeting, language: str) -> tuple[PaperItem, ...]:
    """Return the items as every paper shows them; where they come from is decided here alone."""
    return tuple(
        PaperItem(
            number=line.number,
            clock=clock(line.starts, language),
            minutes=line.minutes,
            title=line.title,
            presenter=line.presenter,
            topic=line.kind is ItemKind.TOPIC,
        )
        for line in releases.public_lines(meeting, language)
    )


def _notice(table: PartnershipTable, agenda: AgendaPaper | None, url: str, language: str) -> Notice:
    worth = _worth_coming_for(agenda.items) if agenda and not agenda.cancelled else ()
    scanned = site().propose(table.slug)
    return Notice(
        sheet=_of_table(table, url, language),
        meeting=agenda,
        shown=worth[:MOST_ON_NOTICE],
        more=len(worth[MOST_ON_NOTICE:]),
        scanned_url=scanned if language == "fi" else f"{scanned}&lang={language}",
    )


def _worth_coming_for(items: Sequence[PaperItem]) -> tuple[PaperItem, ...]:
    """Return the topics; where there are none, every item but breaks."""
    return tuple(one for one in items if one.topic) or tuple(one for one in items if one.number)


def _of_table(table: PartnershipTable, url: str, language: str) -> Sheet:
    return _sheet(language, table.name_in(language), url, site().propose(table.slug))


def _sheet(language: str, table: str, url: str, propose_url: str) -> Sheet:
    return Sheet(language, municipality.shown(language), table, url, propose_url, site().home())
