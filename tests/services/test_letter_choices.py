"""What a reader chose is kept for the address, whoever writes it how, and letters follow it."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.domain.errors import NotFound
from app.domain.letter_choices import LetterGroup, Rhythm, Wish
from app.domain.permissions import ANYBODY
from app.extensions import db
from app.models import Event, MailChoice, OutgoingMail
from app.services import letter_choices, outbox
from app.services.transactions import act
from tests import make
from tests.cast import Cast
from tests.mail.examples import EXAMPLES, SIGNED

EEVA = "eeva@koivuranta.example"
UNKNOWN = "x" * 43


def token(address: str = EEVA) -> str:
    return act(letter_choices.token_for)(address)


def rows() -> int:
    return db.session.scalar(select(func.count()).select_from(MailChoice)) or 0


def queued(kind: str, language: str = "fi") -> OutgoingMail:
    once = f"test:{kind}:{language}"
    act(outbox.queue)(EXAMPLES[kind](language, SIGNED[language]), EEVA, once)
    return db.session.scalars(select(OutgoingMail).where(OutgoingMail.once == once)).one()


def test_who_has_chosen_nothing_gets_everything_at_once(app: Flask, cast: Cast) -> None:
    assert letter_choices.wants(EEVA, "memo_published") is Wish.AT_ONCE
    assert rows() == 0


def test_an_address_has_one_key_however_it_is_written(app: Flask, cast: Cast) -> None:
    assert token("Eeva@Koivuranta.example ") == token(EEVA)
    assert rows() == 1


def test_letters_follow_what_was_chosen(app: Flask, cast: Cast) -> None:
    letter_choices.save(
        ANYBODY, token(), [LetterGroup.OWN_TOPIC, LetterGroup.MEETINGS], Rhythm.WEEKLY, "key-1-2-3"
    )
    wishes = {
        kind: letter_choices.wants(EEVA.upper(), kind)
        for kind in (
            "topic_discussed",
            "topic_declined",
            "agenda_published",
            "memo_published",
            "sign_in_link",
        )
    }
    assert wishes == {
        "topic_discussed": Wish.GATHER,
        "topic_declined": Wish.AT_ONCE,
        "agenda_published": Wish.AT_ONCE,
        "memo_published": Wish.SKIP,
        "sign_in_link": Wish.AT_ONCE,
    }
    assert letter_choices.wants("another@koivuranta.example", "memo_published") is Wish.AT_ONCE


def test_the_log_tells_what_was_chosen_and_never_by_whom(app: Flask, cast: Cast) -> None:
    letter_choices.stop(ANYBODY, token(), "memos")
    (event,) = db.session.scalars(select(Event).where(Event.act == "letters.choose"))
    assert event.detail == {"unwanted": "memos", "rhythm": "at_once"}
    assert event.person_id is None


def test_one_press_stops_its_group_alone_and_again_changes_nothing(app: Flask, cast: Cast) -> None:
    key = token()
    for _ in range(2):
        choices = letter_choices.stop(ANYBODY, key, "reminders")
        assert choices.unwanted == {LetterGroup.REMINDERS}
    assert db.session.scalar(select(func.count()).select_from(Event)) == 1
    letter_choices.start(ANYBODY, key, "reminders")
    assert letter_choices.of_token(key).unwanted == frozenset()


def test_one_press_in_a_digest_stops_what_digests_hold(app: Flask, cast: Cast) -> None:
    choices = letter_choices.stop(ANYBODY, token(), "digest")
    assert choices.unwanted == {LetterGroup.OWN_TOPIC, LetterGroup.MEMOS}


@pytest.mark.parametrize("word", ["", "everything", "always", "meeting_cancelled"])
def test_what_comes_always_cannot_be_stopped(app: Flask, cast: Cast, word: str) -> None:
    with pytest.raises(NotFound):
        letter_choices.stop(ANYBODY, token(), word)


def test_an_unknown_key_opens_nothing(app: Flask, cast: Cast) -> None:
    for attempt in (
        lambda: letter_choices.of_token(UNKNOWN),
        lambda: letter_choices.stop(ANYBODY, UNKNOWN, "memos"),
        lambda: letter_choices.start(ANYBODY, UNKNOWN, "memos"),
        lambda: letter_choices.save(ANYBODY, UNKNOWN, [], Rhythm.DAILY, None),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_signed_in_person_chooses_for_the_own_address(app: Flask, cast: Cast) -> None:
    aino = make.visitor(cast.aino)
    choices = letter_choices.of_visitor(aino)
    assert choices
    assert choices.masked == "a…@koivuranta.example"
    assert rows() == 0  # looking stores nothing
    letter_choices.save_own(aino, list(LetterGroup), Rhythm.DAILY, None)
    assert letter_choices.wants(cast.aino, "memo_published") is Wish.GATHER
    assert letter_choices.of_visitor(ANYBODY) is None


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fi", "Valitse, mitä viestejä saat: http://127.0.0.1:5000/letters/{key}"),
        ("sv", "Välj vilka meddelanden du får: http://127.0.0.1:5000/letters/{key}?lang=sv"),
        ("en", "Choose which letters you get: http://127.0.0.1:5000/letters/{key}?lang=en"),
    ],
)
def test_a_letter_that_can_be_stopped_ends_with_where(
    app: Flask, cast: Cast, language: str, line: str
) -> None:
    letter = queued("memo_published", language)
    assert letter.body.endswith(f"\n\n{line.format(key=token())}\n")
    assert letter_choices.stop_url(letter.to_address, letter.kind) == (
        f"http://127.0.0.1:5000/letters/{token()}/stop?group=memos"
    )


@pytest.mark.parametrize("kind", ["sign_in_link", "topic_received", "meeting_cancelled", "statement_asked"])
def test_a_letter_that_comes_always_offers_no_stop(app: Flask, cast: Cast, kind: str) -> None:
    letter = queued(kind)
    assert "/letters/" not in letter.body
    assert letter_choices.stop_url(letter.to_address, letter.kind) is None
    assert rows() == 0


def test_a_digest_can_be_stopped_too(app: Flask, cast: Cast) -> None:
    letter = queued("digest")
    assert f"/letters/{token()}" in letter.body
    stop = letter_choices.stop_url(letter.to_address, letter.kind)
    assert stop == f"http://127.0.0.1:5000/letters/{token()}/stop?group=digest"
