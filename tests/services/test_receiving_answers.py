"""A calendar answers an invitation by mail: taken where it is the invited's own, and never a topic."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from app.domain.addresses import MarkKind, Site
from app.domain.answers import Answer
from app.domain.clock import utc_now
from app.domain.incoming import Outcome, Why
from app.domain.topics import Channel
from app.models import Invitation, Topic
from app.services.receiving import Received, receive
from app.services.receiving_answers import CLICKS
from tests.cast import Cast
from tests.invitation_stage import invite, meeting_of, stored
from tests.receiving_stage import INTAKE, arrived, letters, taking_mail, topics


@pytest.fixture(autouse=True)
def own(app: Flask, cast: Cast) -> Iterator[Site]:
    with taking_mail(app) as site:
        yield site


@pytest.fixture
def row(cast: Cast) -> Invitation:
    return invite(meeting_of(cast), cast.pekka)


def answered(
    row: Invitation,
    to: str,
    attendee: str,
    partstat: str = "ACCEPTED",
    *,
    sender: str | None = None,
    sequence: int | None = None,
    uid: str | None = None,
    more: str = "",
    body: str | None = None,
) -> Received:
    """Hand in the answer that a calendar program sends."""
    stamp = (utc_now() - timedelta(minutes=1)).strftime("%Y%m%dT%H%M%SZ")
    calendar = body or (
        "BEGIN:VCALENDAR\r\nPRODID:-//Microsoft Corporation//Outlook 16.0 MIMEDIR//EN\r\nVERSION:2.0\r\n"
        f"METHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:{uid or row.uid}\r\nDTSTAMP:{stamp}\r\n"
        f"SEQUENCE:{row.sequence if sequence is None else sequence}\r\n"
        f"ATTENDEE;PARTSTAT={partstat}:mailto:{attendee}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    raw = (
        f"From: {sender or attendee}\r\nTo: {to}\r\nSubject: Accepted: Kokous\r\n{more}"
        f"Message-ID: <{len(arrived())}@outlook.example>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/alternative; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nTulen.\r\n"
        f"--b\r\nContent-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\n{calendar}\r\n--b--\r\n"
    )
    return receive(raw.encode())


def made() -> list[Topic]:
    return [one for one in topics() if one.channel is Channel.EMAIL]


def own_address(own: Site, row: Invitation) -> str:
    return own.marked(MarkKind.ANSWER, row.reply_token or "")


@pytest.mark.parametrize("more", ["", "Auto-Submitted: auto-generated\r\n"], ids=["by a person", "by itself"])
@pytest.mark.parametrize(
    ("partstat", "answer"),
    [("ACCEPTED", Answer.COMING), ("DECLINED", Answer.NOT_COMING), ("TENTATIVE", Answer.PERHAPS)],
)
def test_an_answer_to_the_personal_address_is_taken(
    cast: Cast, own: Site, row: Invitation, partstat: str, answer: Answer, more: str
) -> None:
    found = answered(row, own_address(own, row), cast.pekka, partstat, more=more)
    assert (found.outcome, found.why, stored(row.id).answer) == (Outcome.ANSWER, "taken", answer)
    (message,) = arrived()
    assert (message.invitation_id, message.table_id) == (row.id, cast.north)
    assert (made(), letters()) == ([], [])


def test_what_changes_nothing(cast: Cast, own: Site, row: Invitation) -> None:
    personal = own_address(own, row)
    found = [
        answered(row, personal, "vieras@muualla.example"),
        answered(row, personal, cast.pekka, uid="toinen@muualla.example"),
        answered(row, own.marked(MarkKind.ANSWER, "a" * 26), cast.pekka),
        answered(row, INTAKE, "vieras@muualla.example"),
        answered(row, INTAKE, cast.pekka, uid="toinen@muualla.example"),
    ]
    assert {one.outcome for one in found} == {Outcome.SET_ASIDE}
    assert [one.why for one in found] == ["stranger", "stranger", "unknown", "unknown", "unknown"]
    assert answered(row, personal, cast.pekka, sequence=-1).outcome is not Outcome.TOPIC
    assert stored(row.id).answer is None
    assert (made(), letters()) == ([], [])


@pytest.mark.parametrize("by_itself", [False, True])
def test_one_that_came_to_no_personal_address_asks_for_a_click(
    cast: Cast, row: Invitation, by_itself: bool
) -> None:
    more = "Auto-Submitted: auto-generated\r\n" if by_itself else ""
    found = [answered(row, INTAKE, cast.pekka, more=more) for _ in range(2)]
    assert {(one.outcome, one.why) for one in found} == {(Outcome.ANSWER, "needs_click")}
    assert stored(row.id).answer is None
    asked = [(one.kind, one.to_address) for one in letters()]
    assert asked == ([] if by_itself else [("answer_needs_click", cast.pekka)])
    assert made() == []


def test_an_answer_that_cannot_be_read_is_looked_at_where_it_came_to_an_invitation(
    cast: Cast, own: Site, row: Invitation
) -> None:
    broken = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    to_it = answered(row, own_address(own, row), cast.pekka, body=broken)
    astray = answered(row, INTAKE, cast.pekka, body=broken)
    assert (to_it.outcome, to_it.why) == (Outcome.HELD, Why.UNREADABLE_ANSWER)
    assert astray.outcome is Outcome.SET_ASIDE
    assert made() == []


def test_a_stranger_makes_us_write_to_nobody(cast: Cast, row: Invitation) -> None:
    """The UID stands in the public calendar, and addresses can be guessed."""
    found = answered(row, INTAKE, cast.pekka, sender="vieras@muualla.example")
    assert (found.outcome, found.why, stored(row.id).answer) == (Outcome.ANSWER, "needs_click", None)
    assert letters() == []


def test_one_reader_is_asked_for_a_few_clicks_a_day(cast: Cast, row: Invitation) -> None:
    rows = [row, *(invite(meeting_of(cast), cast.pekka) for _ in range(CLICKS))]
    for one in rows:
        answered(one, INTAKE, cast.pekka)
    assert len(letters()) == CLICKS
