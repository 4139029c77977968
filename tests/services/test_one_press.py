"""From the coordinator's press to the reader's: the stop that letters carry works where it is sent to."""

from datetime import UTC, date, datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.letter_choices import LetterGroup, Rhythm
from app.domain.outbox import MailState
from app.domain.permissions import ANYBODY
from app.extensions import db
from app.mail.folder import MemoryTransport
from app.models import OutgoingMail
from app.services import digests, drafts, letter_choices, outbox
from app.services.posting import send_due
from app.services.transactions import act
from tests import make
from tests.cast import Cast
from tests.mail.examples import EXAMPLES, SIGNED

EEVA = "eeva@koivuranta.example"
TUESDAY_EVENING = datetime(2027, 2, 9, 18, 0, tzinfo=UTC)
WEDNESDAY = datetime(2027, 2, 10, 6, 0, tzinfo=UTC)


def drafted(cast: Cast, kind: str) -> int:
    meeting = make.meeting(cast.north, date(2027, 2, 9))
    letter = EXAMPLES[kind]("fi", SIGNED["fi"])
    row = act(outbox.queue)(letter, EEVA, f"test:{kind}", meeting_id=meeting.id)
    assert row is not None
    return row.id


def pressed(cast: Cast, letter_id: int) -> MailState:
    """The coordinator presses to send a draft."""
    drafts.send(make.visitor(cast.maria), {letter_id: 1}, now=TUESDAY_EVENING)
    return state(letter_id)


def state(letter_id: int) -> MailState:
    db.session.rollback()
    return db.session.get_one(OutgoingMail, letter_id).state


def sent(now: datetime) -> list[EmailMessage]:
    """What goes out now, as its bytes arrive."""
    way_out = MemoryTransport()
    send_due(way_out, lambda: now)
    return [BytesParser(policy=default).parsebytes(one.as_bytes()) for one in way_out.messages]


def chooses(rhythm: Rhythm, *wanted: LetterGroup) -> str:
    token = act(letter_choices.token_for)(EEVA)
    letter_choices.save(ANYBODY, token, wanted, rhythm, None)
    return token


def press_in_the_program(app: Flask, mail: EmailMessage) -> int:
    """Send what a mail program sends: to the address in the header, with no cookie (RFC 8058, 3.2)."""
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = urlsplit(str(mail["List-Unsubscribe"]).strip("<>"))
    answer = app.test_client().post(
        f"{address.path}?{address.query}",
        data={"List-Unsubscribe": "One-Click"},
        base_url="http://127.0.0.1:5000",
    )
    return answer.status_code


def test_a_press_in_the_mail_program_ends_that_group_of_letters(app: Flask, cast: Cast) -> None:
    assert pressed(cast, drafted(cast, "agenda_published")) is MailState.QUEUED
    (mail,) = sent(TUESDAY_EVENING)
    assert press_in_the_program(app, mail) == 200
    assert pressed(cast, drafted(cast, "official_invited")) is MailState.SKIPPED
    assert pressed(cast, drafted(cast, "memo_published")) is MailState.QUEUED
    assert pressed(cast, drafted(cast, "meeting_cancelled")) is MailState.QUEUED


def test_the_header_is_one_plain_line_however_long(app: Flask, cast: Cast) -> None:
    pressed(cast, drafted(cast, "memo_published"))
    way_out = MemoryTransport()
    send_due(way_out, lambda: TUESDAY_EVENING)
    raw = way_out.messages[0].as_bytes()
    (line,) = [one for one in raw.split(b"\r\n") if one.startswith(b"List-Unsubscribe:")]
    assert line.startswith(b"List-Unsubscribe: <http://127.0.0.1:5000/letters/")
    assert line.endswith(b"/stop?group=memos>")


@pytest.mark.parametrize("kind", ["sign_in_link", "topic_received", "meeting_cancelled", "statement_asked"])
def test_what_comes_always_carries_no_stop(app: Flask, cast: Cast, kind: str) -> None:
    letter = drafted(cast, kind)
    if state(letter) is MailState.DRAFT:
        pressed(cast, letter)
    db.session.get_one(OutgoingMail, letter).due_at = TUESDAY_EVENING
    db.session.commit()
    (mail,) = sent(TUESDAY_EVENING)
    assert (mail["List-Unsubscribe"], mail["List-Unsubscribe-Post"]) == (None, None)


def test_from_the_press_to_the_digest_and_its_own_stop(app: Flask, cast: Cast) -> None:
    token = chooses(Rhythm.DAILY, *LetterGroup)
    memo = drafted(cast, "memo_published")
    assert pressed(cast, memo) is MailState.GATHERED
    assert sent(TUESDAY_EVENING) == []
    assert digests.make_due(WEDNESDAY) == 1
    db.session.execute(db.update(OutgoingMail).where(OutgoingMail.kind == "digest").values(due_at=WEDNESDAY))
    db.session.commit()
    (mail,) = sent(WEDNESDAY)
    assert mail["Subject"] == "Kooste 10.2.2027: 1 uusi asia"
    assert state(memo) is MailState.GATHERED  # until the digest has left
    assert press_in_the_program(app, mail) == 200
    assert letter_choices.of_token(token).unwanted == {LetterGroup.OWN_TOPIC, LetterGroup.MEMOS}


def test_a_digest_goes_without_a_press_of_its_own(app: Flask, cast: Cast) -> None:
    chooses(Rhythm.DAILY, *LetterGroup)
    pressed(cast, drafted(cast, "memo_published"))
    digests.make_due(WEDNESDAY)
    digest = db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "digest")).one()
    assert digest.state is MailState.QUEUED
    assert digest.table_id == cast.north
