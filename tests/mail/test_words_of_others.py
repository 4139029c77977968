"""What people typed is text in every letter: no link, no mark-up and no second subject comes of it."""

import re
from datetime import date

import pytest

from app.domain.topics import TopicAct
from app.mail import letters
from app.mail.composing import LANGUAGES, Letter, with_choices
from app.mail.examples import ASKED, DAY, NUMBER, SIGNED, SITE, TOPIC
from app.mail.html import html_of

EVIL = [
    "[lue lisää](http://evil.example/kirjaudu)",
    "<a href='http://evil.example'>Kirjaudu</a>",
    "<img src=x onerror=alert(1)><b>Valot</b>",
    "http://evil.example/topics/k7q2m9",
    f"{SITE}.evil.example/sign-in",
    f"{SITE}@evil.example",
    "&lt;script&gt; {{ url }} {% include 'x' %}",
]


def written(words: str, language: str) -> list[Letter]:
    """Letters of every shape with these words where people's words stand."""
    signed = SIGNED[language]
    say = {"language": language, "signed": signed}
    asked = letters.statement_asked
    return [
        letters.topic_accepted(NUMBER, words, TOPIC, reason=words, **say),
        letters.topic_declined(NUMBER, words, words, TOPIC, **say),
        letters.topics_answered([letters.Answered(NUMBER, words, TopicAct.DECLINE, words, TOPIC)], **say),
        letters.topic_joined(NUMBER, words, words, TOPIC, **say),
        letters.topic_handed_on_told(NUMBER, words, words, words, DAY, TOPIC, **say),
        letters.topic_body_answered(NUMBER, words, words, words, words, TOPIC, **say),
        letters.memo_published(words, DAY, f"{SITE}/meetings/1/memo", **say),
        letters.follow_up_given(words, date(2027, 4, 30), [words], words, f"{SITE}/follow-ups", **say),
        asked(type(ASKED)(NUMBER, words, words, words, DAY, f"{SITE}/statements/p8"), **say),
        letters.digest([letters.Told("topic_discussed", words, TOPIC)], DAY, **say),
        letters.sign_in_link(words, f"{SITE}/sign-in/3fQ9", 30, **say),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", EVIL)
def test_it_stays_text_in_both_parts(words: str, language: str) -> None:
    for letter in written(words, language):
        letter = with_choices(letter, f"{SITE}/letters/r5n8d2")
        assert words in letter.body, letter.kind
        page = html_of(letter, SITE)
        links = re.findall(r'href="([^"]*)"', page)
        assert links, letter.kind
        assert all(link.startswith(f"{SITE}/") for link in links), (letter.kind, links)
        assert not re.search(r"<(img|script|b)\b", page), letter.kind


def test_the_acknowledgement_says_nothing_that_its_sender_typed() -> None:
    bodies = {
        letters.topic_received(NUMBER, TOPIC, language=language, signed=SIGNED[language]).body
        for language in LANGUAGES
    }
    assert len(bodies) == len(LANGUAGES)
    assert not any("Kylätien" in body for body in bodies)
