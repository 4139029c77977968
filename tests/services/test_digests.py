"""What readers want together comes in one letter in the morning, once, however many workers there are."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.letter_choices import LetterGroup, Rhythm
from app.domain.outbox import MailState
from app.domain.permissions import ANYBODY
from app.extensions import db
from app.mail import letters
from app.models import OutgoingMail
from app.services import digests, drafts, letter_choices, outbox, posting
from app.services.transactions import act
from tests import make
from tests.cast import Cast

EEVA = "eeva@koivuranta.example"
WEDNESDAY = datetime(2027, 2, 10, 6, 0, tzinfo=UTC)  # eight in the morning
MONDAY = datetime(2027, 2, 15, 6, 0, tzinfo=UTC)
EVENING_BEFORE = WEDNESDAY - timedelta(hours=12)


@act
def _token(address: str) -> str:
    return letter_choices.token_for(address)


def chooses(rhythm: Rhythm, *unwanted: LetterGroup, address: str = EEVA) -> None:
    wanted = [group for group in LetterGroup if group not in unwanted]
    letter_choices.save(ANYBODY, _token(address), wanted, rhythm, None)


@act
def gathered(
    kind: str, *, to: str = EEVA, at: datetime = EVENING_BEFORE, language: str = "fi", **of: int
) -> int:
    """Store one letter that somebody has pressed to send and that waits for the digest."""
    write = letters.memo_published if kind == "memo_published" else None
    signed = outbox.signature(language)
    letter = (
        write("Pohjoinen", date(2027, 2, 9), "http://127.0.0.1:5000/x", language=language, signed=signed)
        if write
        else letters.topic_discussed(
            "2027-001", "Valot", "http://127.0.0.1:5000/y", language=language, signed=signed
        )
    )
    row = outbox.queue(letter, to, f"{kind}:{of}:{to}:{at}", **of)  # type: ignore[arg-type]  # the ids of what it tells of
    assert row is not None
    row.state, row.approved_at, row.created_at = MailState.GATHERED, at, at - timedelta(days=30)
    return row.id


def all_digests() -> list[OutgoingMail]:
    db.session.rollback()
    return list(
        db.session.scalars(
            select(OutgoingMail).where(OutgoingMail.kind == "digest").order_by(OutgoingMail.id)
        )
    )


def row(letter_id: int) -> OutgoingMail:
    db.session.rollback()
    return db.session.get_one(OutgoingMail, letter_id)


@pytest.fixture
def memo_and_topic(app: Flask, cast: Cast) -> tuple[int, int]:
    """A meeting with its memo and a topic of Eeva's."""
    topic = make.topic(cast.north, "Kylätien valaistus", contact_email=EEVA)
    return make.meeting(cast.north, date(2027, 2, 9)).id, topic.id


def test_a_digest_holds_what_waited_with_its_links(app: Flask, memo_and_topic: tuple[int, int]) -> None:
    meeting, topic = memo_and_topic
    chooses(Rhythm.DAILY)
    told = [gathered("topic_discussed", topic_id=topic), gathered("memo_published", meeting_id=meeting)]
    assert digests.make_due(WEDNESDAY) == 1
    (digest,) = all_digests()
    assert digest.subject == "Kooste 10.2.2027: 2 uutta asiaa"
    assert digest.state is MailState.QUEUED  # its letters were pressed for, each of them
    assert digest.to_address == EEVA
    assert "Kylätien valaistus\nhttp://127.0.0.1:5000/topics/" in digest.body
    assert "Pohjoinen lähikumppanuuspöytä, 9.2.2027\nhttp://127.0.0.1:5000/meetings/" in digest.body
    assert [(row(one).state, row(one).digest_id, row(one).sent_at) for one in told] == [
        (MailState.GATHERED, digest.id, None)
    ] * 2


def test_it_is_made_once(app: Flask, memo_and_topic: tuple[int, int]) -> None:
    chooses(Rhythm.DAILY)
    gathered("memo_published", meeting_id=memo_and_topic[0])
    assert [digests.make_due(WEDNESDAY), digests.make_due(WEDNESDAY + timedelta(days=1))] == [1, 0]
    assert len(all_digests()) == 1


def test_nothing_gathered_is_no_digest(app: Flask, cast: Cast) -> None:
    chooses(Rhythm.DAILY)
    assert digests.make_due(WEDNESDAY) == 0


@pytest.mark.parametrize(
    ("rhythm", "at", "made"),
    [
        (Rhythm.DAILY, WEDNESDAY - timedelta(minutes=1), 0),
        (Rhythm.DAILY, WEDNESDAY, 1),
        (Rhythm.DAILY, WEDNESDAY + timedelta(hours=5), 1),  # the worker was away at eight
        (Rhythm.WEEKLY, WEDNESDAY, 0),
        (Rhythm.WEEKLY, MONDAY - timedelta(minutes=1), 0),
        (Rhythm.WEEKLY, MONDAY, 1),
        (Rhythm.WEEKLY, MONDAY + timedelta(days=3), 1),
    ],
)
def test_it_is_due_by_the_clock_on_the_wall(
    app: Flask, memo_and_topic: tuple[int, int], rhythm: Rhythm, at: datetime, made: int
) -> None:
    chooses(rhythm)
    gathered("memo_published", meeting_id=memo_and_topic[0])
    assert digests.make_due(at) == made


def test_what_came_after_eight_goes_with_a_digest_that_is_late(
    app: Flask, memo_and_topic: tuple[int, int]
) -> None:
    chooses(Rhythm.DAILY)
    meeting, topic = memo_and_topic
    gathered("memo_published", meeting_id=meeting)
    late = gathered("topic_discussed", topic_id=topic, at=WEDNESDAY + timedelta(hours=1))
    assert digests.make_due(WEDNESDAY + timedelta(hours=2)) == 1
    assert row(late).digest_id == all_digests()[0].id


def test_each_reader_has_one_in_the_language_of_the_newest(
    app: Flask, cast: Cast, memo_and_topic: tuple[int, int]
) -> None:
    meeting, topic = memo_and_topic
    for address in (EEVA, cast.aino):
        chooses(Rhythm.DAILY, address=address)
    gathered("topic_discussed", topic_id=topic)
    gathered("memo_published", meeting_id=meeting, to="Eeva@Koivuranta.example", language="sv")
    gathered("memo_published", meeting_id=meeting, to=cast.aino)
    assert digests.make_due(WEDNESDAY) == 2
    assert {(one.to_address.casefold(), one.language) for one in all_digests()} == {
        (EEVA, "sv"),
        (cast.aino, "fi"),
    }


def test_two_workers_make_one(app: Flask, memo_and_topic: tuple[int, int]) -> None:
    chooses(Rhythm.DAILY)
    for hour in range(6):
        gathered("memo_published", meeting_id=memo_and_topic[0], at=EVENING_BEFORE + timedelta(hours=hour))
    db.session.remove()

    def work(_: int) -> int:
        with app.app_context():
            try:
                return digests.make_due(WEDNESDAY)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(4) as pool:
        made = [one.result() for one in [pool.submit(Context().run, work, n) for n in range(4)]]
    assert sum(made) == 1
    assert len(all_digests()) == 1


def test_who_goes_back_to_at_once_gets_what_waits_as_it_is(
    app: Flask, memo_and_topic: tuple[int, int]
) -> None:
    chooses(Rhythm.WEEKLY)
    waiting = gathered("memo_published", meeting_id=memo_and_topic[0])
    chooses(Rhythm.AT_ONCE)
    assert digests.make_due(WEDNESDAY) == 0
    assert (row(waiting).state, row(waiting).due_at) == (MailState.QUEUED, WEDNESDAY)
    taken = posting.take_next(WEDNESDAY + timedelta(hours=1))
    assert taken is not None
    assert taken.date == max(WEDNESDAY, row(waiting).created_at)  # not of the press long before
    assert all_digests() == []


def test_what_is_not_wanted_any_more_stays_out(app: Flask, memo_and_topic: tuple[int, int]) -> None:
    meeting, topic = memo_and_topic
    chooses(Rhythm.DAILY, LetterGroup.MEMOS)
    memo, discussed = (
        gathered("memo_published", meeting_id=meeting),
        gathered("topic_discussed", topic_id=topic),
    )
    assert digests.make_due(WEDNESDAY) == 1
    assert (row(memo).state, row(memo).digest_id) == (MailState.SKIPPED, None)
    assert row(discussed).digest_id == all_digests()[0].id
    assert "1 uusi asia" in all_digests()[0].subject


def test_a_reader_whom_one_press_silenced_gets_no_digest(app: Flask, memo_and_topic: tuple[int, int]) -> None:
    chooses(Rhythm.DAILY)
    memo = gathered("memo_published", meeting_id=memo_and_topic[0])
    letter_choices.stop(ANYBODY, _token(EEVA), "digest")
    assert digests.make_due(WEDNESDAY) == 0
    assert row(memo).state is MailState.SKIPPED


def test_words_of_others_stay_text(app: Flask, cast: Cast) -> None:
    topic = make.topic(
        cast.north, "[lue](http://paha.example)\n<b>nyt</b>", title="[lue](http://paha.example) <b>"
    )
    chooses(Rhythm.DAILY)
    gathered("topic_discussed", topic_id=topic.id)
    digests.make_due(WEDNESDAY)
    assert f"- {topic.number}: [lue](http://paha.example) <b>\n" in all_digests()[0].body


def test_a_letter_that_was_mended_by_hand_goes_as_it_is(app: Flask, memo_and_topic: tuple[int, int]) -> None:
    meeting, topic = memo_and_topic
    chooses(Rhythm.DAILY)
    mended, plain = (
        gathered("topic_discussed", topic_id=topic),
        gathered("memo_published", meeting_id=meeting),
    )
    row(mended).revision = 2
    db.session.commit()
    assert digests.make_due(WEDNESDAY) == 1
    assert (row(mended).state, row(mended).digest_id) == (MailState.QUEUED, None)
    assert row(plain).digest_id == all_digests()[0].id


def test_letters_count_as_sent_when_their_digest_has_left(
    app: Flask, memo_and_topic: tuple[int, int]
) -> None:
    chooses(Rhythm.DAILY)
    memo = gathered("memo_published", meeting_id=memo_and_topic[0])
    digests.make_due(WEDNESDAY)
    outbox.take_back("memo_published")  # what a digest on its way tells of stays
    digest = all_digests()[0]
    digest.state, digest.sent_at = MailState.SENT, WEDNESDAY + timedelta(minutes=1)
    db.session.commit()
    assert digests.make_due(WEDNESDAY + timedelta(days=1)) == 0
    assert (row(memo).state, row(memo).sent_at) == (MailState.SENT, WEDNESDAY + timedelta(minutes=1))


def test_letters_in_a_digest_that_was_stopped_were_not_sent_and_come_in_no_second_one(
    app: Flask, cast: Cast, memo_and_topic: tuple[int, int]
) -> None:
    chooses(Rhythm.DAILY)
    memo = gathered("memo_published", meeting_id=memo_and_topic[0])
    digests.make_due(WEDNESDAY)
    drafts.stop(make.visitor(cast.maria), all_digests()[0].id)
    assert digests.make_due(WEDNESDAY + timedelta(days=1)) == 0
    assert (row(memo).state, row(memo).sent_at) == (MailState.GATHERED, None)


def test_a_fault_in_one_digest_stops_no_other_and_is_told(
    app: Flask, cast: Cast, memo_and_topic: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for address in (EEVA, cast.aino):
        chooses(Rhythm.DAILY, address=address)
        gathered("memo_published", meeting_id=memo_and_topic[0], to=address)
    real = digests._send_together

    def send_together(rows: list[OutgoingMail], now: datetime) -> None:
        if rows[0].to_address == cast.aino:
            raise RuntimeError
        real(rows, now)

    monkeypatch.setattr(digests, "_send_together", send_together)
    with pytest.raises(RuntimeError):
        digests.make_due(WEDNESDAY)
    assert [one.to_address for one in all_digests()] == [EEVA]
