"""What the letters say."""

import inspect
import re
from dataclasses import replace
from datetime import date, time

import pytest
from jinja2 import UndefinedError

from app.mail import letters
from app.mail.composing import LANGUAGES, TEMPLATES, Letter, Signature, compose
from tests.mail.examples import (
    DAY,
    EXAMPLES,
    HOURS,
    MEETING,
    NUMBER,
    OCCASION,
    SIGNED,
    TABLE,
    TITLE,
    TOPIC,
)
from tests.mail.golden import FOLDER, check_golden

ALL = [(kind, language) for kind in EXAMPLES for language in LANGUAGES]


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_the_letter_is_the_one_that_was_read_and_approved(kind: str, language: str) -> None:
    letter = EXAMPLES[kind](language, SIGNED[language])
    assert (letter.kind, letter.language) == (kind, language)
    check_golden(f"{language}/{kind}.txt", f"Subject: {letter.subject}\n\n{letter.body}".encode())


def test_every_letter_has_its_example_and_is_written_in_three_languages() -> None:
    functions = {
        name
        for name, each in inspect.getmembers(letters, inspect.isfunction)
        if inspect.signature(each).return_annotation is Letter and name != "compose"
    }
    assert functions == set(EXAMPLES)
    for language in LANGUAGES:
        written = {path.stem for path in (TEMPLATES / language).glob("*.txt")}
        assert written == functions | {"signature", "choices"}
        assert {path.stem for path in (FOLDER / language).glob("*.txt")} == functions


# The house style


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_sentences_are_short(kind: str, language: str) -> None:
    words = (TEMPLATES / language / f"{kind}.txt").read_text("utf-8")
    prose = re.sub(r"{%.*?%}|{{.*?}}", "", words)
    sentences = [sentence for line in prose.splitlines() for sentence in re.split(r"(?<=[.!?])\s", line)]
    assert not [sentence for sentence in sentences if len(sentence.split()) > 15]


FORBIDDEN = {
    "fi": r"esityslist|pöytäkirj|päätö|päätet|päätt|hyväks|hylät|hylk|§",
    "sv": r"föredragningslist|protokoll|beslut|dagordning|godkän|avslå|avslag",
    "en": r"decision|decid|approve|reject|resolution|minutes of|'",
}


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_nothing_sounds_like_a_body_that_decides(kind: str, language: str) -> None:
    words = (TEMPLATES / language / f"{kind}.txt").read_text("utf-8")
    prose = re.sub(r"{%.*?%}|{{.*?}}", "", words).lower()
    assert not re.findall(FORBIDDEN[language], prose)


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_every_letter_says_who_writes_and_that_one_can_answer(kind: str, language: str) -> None:
    answer = {
        "fi": "Vastauksesi tulee koordinaattorille.",
        "sv": "Svaret går till koordinatorn.",
        "en": "Your reply reaches the coordinator.",
    }[language]
    body = EXAMPLES[kind](language, SIGNED[language]).body
    assert SIGNED[language].municipality in body
    assert answer in body
    assert "040 123 4567" in body
    without = EXAMPLES[kind](language, Signature("Lehmijärven kunta")).body
    assert not re.search("Puhelin|Telefon|Phone", without)


@pytest.mark.parametrize(("kind", "language"), ALL)
def test_no_empty_lines_pile_up_and_every_link_stands_clear(kind: str, language: str) -> None:
    body = EXAMPLES[kind](language, SIGNED[language]).body
    assert "\n\n\n" not in body
    assert body.endswith("\n")
    assert not body.endswith("\n\n")
    assert all(link == link.rstrip(".,!?:") for link in re.findall(r"https://\S+", body))


# What may be left out is left out with its heading


def test_a_follow_up_without_a_date_and_a_measure() -> None:
    letter = letters.follow_up_given(
        "Soitetaan", None, [], TABLE, MEETING, language="fi", signed=SIGNED["fi"]
    )
    assert "Määräaikaa ei sovittu." in letter.body
    assert "hyvinvointisuunnitelma" not in letter.body


def test_a_meeting_without_a_name_a_place_or_a_remote_link() -> None:
    bare = replace(OCCASION, place="", remote_url="", heading="")
    topics = [letters.Mine(TITLE, HOURS, number=NUMBER)]
    on_agenda = letters.topic_on_agenda(bare, topics, language="fi", signed=SIGNED["fi"])
    agenda = letters.agenda_published(
        TABLE, DAY, *HOURS, "", "", [], MEETING, MEETING, language="fi", signed=SIGNED["fi"]
    )
    for body in (on_agenda.body, agenda.body):
        assert not re.search("^(Kokous|Paikka|Etäyhteys):", body, re.MULTILINE)


def test_one_minute_is_not_one_minutes() -> None:
    def link(language: str) -> str:
        return letters.sign_in_link("", TOPIC, 1, language=language, signed=SIGNED[language]).body

    assert "1 minuutissa" in link("fi")
    assert "1 minut." in link("sv")
    assert "1 minute." in link("en")
    assert link("fi").startswith("Hei!\n")


def test_another_language_is_answered_in_finnish() -> None:
    assert letters.topic_received(NUMBER, TOPIC, language="se", signed=SIGNED["fi"]).language == "fi"
    cancelled = letters.memo_published(TABLE, DAY, MEETING, language="", signed=SIGNED["fi"])
    assert "torstaina 11.2.2027" in cancelled.body


def test_a_template_does_not_go_out_with_a_hole_in_it() -> None:
    with pytest.raises(UndefinedError):
        compose("topic_received", "fi", SIGNED["fi"], number=NUMBER)


# What people typed stays where it was put


def test_a_confirmation_to_an_unverified_address_has_no_room_for_anybody_s_words() -> None:
    taken = set(inspect.signature(letters.topic_received).parameters)
    assert taken == {"number", "url", "language", "signed"}


LINE_ENDS = ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"]


@pytest.mark.parametrize("end", LINE_ENDS)
def test_a_title_stays_one_line_in_subject_and_body(end: str) -> None:
    title = f"Valot{end}Bcc: joku@example.org{end}{end}Terveisin{end}Kunnanjohtaja"
    letter = letters.topic_accepted(NUMBER, title, TOPIC, language="fi", signed=SIGNED["fi"])
    flat = "Valot Bcc: joku@example.org Terveisin Kunnanjohtaja"
    assert letter.subject == f"Aiheesi {NUMBER} tulee kumppanuuspöytään: {flat}"
    assert f"\nAihe {NUMBER}: {flat}\n" in letter.body
    assert len(letter.body.splitlines()) == letter.body.count("\n")


@pytest.mark.parametrize("end", LINE_ENDS)
def test_a_reason_of_many_lines_stays_indented(end: str) -> None:
    reason = f"Ensin.{end}{end}{end}{end}Terveisin{end}   Kunnanjohtaja"
    letter = letters.topic_declined(NUMBER, TITLE, reason, TOPIC, language="fi", signed=SIGNED["fi"])
    assert "\n\n  Ensin.\n\n  Terveisin\n  Kunnanjohtaja\n\n" in letter.body
    assert letter.body.splitlines().count("Terveisin") == 1


@pytest.mark.parametrize("field", ["table", "place", "remote_url", "url", "calendar_url", "title"])
def test_every_other_value_is_one_line_too(field: str) -> None:
    values = dict.fromkeys(["table", "place", "remote_url", "url", "calendar_url", "title"], "arvo")
    values[field] = "arvo\n\nTerveisin\nHuijari"
    title = values.pop("title")
    letter = letters.agenda_published(
        day=DAY,
        starts=time(18),
        ends=time(19),
        items=[(time(18), title, 5)],
        **values,
        language="fi",
        signed=SIGNED["fi"],
    )
    assert letter.body.splitlines().count("Terveisin") == 1
    assert "arvo Terveisin Huijari" in letter.body


def test_marks_of_other_languages_are_only_text() -> None:
    title = "[lue](http://paha.example) <b>&amp;</b> {{ url }} {% if %} 100 % %(x)s"
    letter = letters.topic_accepted(NUMBER, title, TOPIC, language="fi", signed=SIGNED["fi"])
    assert f"Aihe {NUMBER}: {title}\n" in letter.body


def test_a_title_cannot_read_as_another_and_emoji_stay_whole() -> None:
    title = "Valot\u202e gnp.exe \u00adja\x00 \ud83d 👨‍👩‍👧"
    letter = letters.topic_accepted(NUMBER, title, TOPIC, language="fi", signed=SIGNED["fi"])
    assert letter.subject.endswith(": Valot gnp.exe ja 👨‍👩‍👧")


def test_a_long_title_is_cut_in_the_subject_but_not_in_the_body() -> None:
    title = "Valaistus " * 100
    letter = letters.topic_accepted(NUMBER, title, TOPIC, language="fi", signed=SIGNED["fi"])
    assert len(letter.subject) <= 150
    assert letter.subject.endswith("…")
    assert title.strip() in letter.body


# Days


@pytest.mark.parametrize(
    ("language", "day", "says"),
    [
        ("fi", date(2027, 2, 11), "torstaina 11.2.2027 kello 18.00–19.30"),
        ("fi", date(2027, 2, 14), "sunnuntaina 14.2.2027 kello 18.00–19.30"),
        ("sv", date(2027, 2, 11), "torsdagen den 11.2.2027 kl. 18.00–19.30"),
        ("sv", date(2027, 2, 13), "lördagen den 13.2.2027 kl. 18.00–19.30"),
        ("en", date(2027, 2, 11), "Thursday 11 February 2027, 18:00–19:30"),
        ("en", date(2027, 12, 6), "Monday 6 December 2027, 18:00–19:30"),
    ],
)
def test_days_and_hours_are_said_as_in_the_language(language: str, day: date, says: str) -> None:
    letter = letters.meeting_cancelled(
        TABLE, day, *HOURS, "", MEETING, language=language, signed=SIGNED[language]
    )
    assert f": {says}\n" in letter.body


@pytest.mark.parametrize(("language", "clock"), [("fi", "9.05"), ("sv", "9.05"), ("en", "9:05")])
def test_minutes_of_the_clock_have_two_digits(language: str, clock: str) -> None:
    items = [(time(9, 5), "Kahvi", 10)]
    letter = letters.agenda_published(
        TABLE, DAY, *HOURS, "", "", items, MEETING, MEETING, language=language, signed=SIGNED[language]
    )
    assert f"\n{clock} Kahvi (10 min)\n" in letter.body
