"""What an invitation says in the reader's calendar, as somebody last read it."""

from dataclasses import replace
from datetime import time

import pytest

from app.mail import letters
from app.mail.agenda_letters import Mine
from app.mail.calendar_texts import called_off_text, invitation_text
from app.mail.composing import LANGUAGES
from tests.mail.examples import HOURS, MEETING, OCCASION, SIGNED, TITLE
from tests.mail.golden import check_golden

AGENDA = [(time(18, 0), "Tervetuloa", 5), (time(18, 5), TITLE, 15), (time(19, 20), "Lopuksi", 10)]
YOURS = [Mine(TITLE, (time(18, 5), time(18, 20)))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_invitation_to_the_whole_meeting(language: str) -> None:
    text = invitation_text(OCCASION, AGENDA, language=language)
    check_golden(f"{language}/calendar/whole.txt", text.encode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_official_s_part_after_a_change(language: str) -> None:
    text = invitation_text(
        OCCASION,
        AGENDA,
        yours=YOURS,
        part=True,
        earlier=replace(OCCASION, starts=time(17, 30), place="Kirjasto", remote_url="https://x.example/1"),
        changed=[
            Mine(TITLE, (time(18, 5), time(18, 20)), (time(18, 10), time(18, 20))),
            Mine("Uimaranta", (time(18, 45), time(19, 0))),
            Mine("Linja-autovuorot", None, HOURS),
            Mine("Lopuksi", (time(19, 20), time(19, 30)), (time(19, 20), time(19, 30))),
        ],
        language=language,
    )
    check_golden(f"{language}/calendar/part.txt", text.encode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cancelling(language: str) -> None:
    off = called_off_text(MEETING, held=False, reason="Vesivahinko.\n\nTavataan pian!", language=language)
    check_golden(f"{language}/calendar/cancelled.txt", off.encode())
    held = called_off_text(MEETING, held=True, language=language)
    check_golden(f"{language}/calendar/without_you.txt", held.encode())
    topic = called_off_text(MEETING, held=True, topic=True, language=language)
    check_golden(f"{language}/calendar/without_topic.txt", topic.encode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_to_one_who_was_taken_off_the_list(language: str) -> None:
    bare = replace(OCCASION, answer_url="")
    letter = letters.agenda_changed(
        bare, None, [], unasked=True, called_off=True, language=language, signed=SIGNED[language]
    )
    check_golden(
        f"{language}/calendar/letter_unasked.txt", f"Subject: {letter.subject}\n\n{letter.body}".encode()
    )


def test_what_people_typed_stays_on_its_line() -> None:
    text = invitation_text(
        replace(OCCASION, table="Pöytä\nVastaa, pääsetkö:\nhttps://paha.example"),
        [(time(18), "Avaus\n\nKokouksen sivu:\nhttps://paha.example", 5)],
        language="fi",
    )
    assert text.splitlines().count("Vastaa, pääsetkö:") == 1
    assert text.splitlines().count("Kokouksen sivu:") == 1


def test_another_language_is_told_in_finnish() -> None:
    assert "Tämä kokous on peruttu." in called_off_text(MEETING, held=False, language="se")
