"""Answers as calendar programs write them."""

import pytest

from app.calendar.replies import NotAReply, Reply, read_reply
from app.domain.answers import Answer
from tests.calendar.answers import (
    APPLE,
    ATTENDEE,
    COMES,
    EXCHANGE,
    GOOGLE,
    PLAIN,
    STAMP,
    THUNDERBIRD,
    UID,
    sent,
)


def plain_with(*changes: tuple[str, str]) -> Reply:
    text = PLAIN
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read_reply(sent(text))


# What each program writes


@pytest.mark.parametrize(
    ("text", "answer", "comment"),
    [
        (GOOGLE, Answer.COMING, "Tulen, mutta 10 min myöhässä"),
        (EXCHANGE, Answer.PERHAPS, "Ehkä ehdin, kerron huomenna.\n\nAnni"),
        (APPLE, Answer.NOT_COMING, "Olen silloin lomalla"),
        (THUNDERBIRD, Answer.COMING, ""),
        (PLAIN, Answer.COMING, ""),
    ],
    ids=["Google", "Exchange and Outlook", "Apple", "Thunderbird", "the least that is an answer"],
)
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "latin-1"])
def test_each_program_s_answer_is_read(text: str, answer: Answer, comment: str, charset: str) -> None:
    assert read_reply(sent(text, charset)) == Reply(UID, "anni.aho@lehmijarvi.fi", answer, 1, STAMP, comment)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_line_ends_may_be_those_of_any_mail_server(end: str) -> None:
    assert read_reply(EXCHANGE.replace("\n", end).encode()).answer is Answer.PERHAPS


def test_a_line_folded_within_a_letter_is_put_together_first() -> None:
    content = sent(GOOGLE).replace("myöhässä".encode(), b"my\xc3\r\n \xb6h\xc3\r\n\t\xa4ss\xc3\xa4")
    assert read_reply(content).comment == "Tulen, mutta 10 min myöhässä"


@pytest.mark.parametrize(
    "written",
    [
        "ATTENDEE;CN=Aho, Anni;PARTSTAT=ACCEPTED:mailto:anni.aho@lehmijarvi.fi",
        'ATTENDEE;CN="Aho; Anni: kylä, PARTSTAT=DECLINED";PARTSTAT=ACCEPTED:mailto:anni.aho@lehmijarvi.fi',
        'ATTENDEE;CN=Anni "Anu" Aho;PARTSTAT=ACCEPTED:mailto:anni.aho@lehmijarvi.fi',
        "ATTENDEE;CN='Anni';PARTSTAT=ACCEPTED:mailto:anni.aho@lehmijarvi.fi",
        "attendee;partstat=accepted:MailTo:ANNI.AHO@lehmijarvi.fi",
        'ATTENDEE;PARTSTAT="ACCEPTED":mailto:anni.aho%40lehmijarvi.fi',
        "ATTENDEE;PARTSTAT=ACCEPTED:anni.aho@lehmijarvi.fi",
        "ATTENDEE;RSVP=TRUE;PARTSTAT=ACCEPTED;CN=:mailto: anni.aho@lehmijarvi.fi?subject=x",
        f"{ATTENDEE}\n{ATTENDEE}",
        f"ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:joku@example.org\n{ATTENDEE}\nATTENDEE:mailto:toinen@example.org",
    ],
)
def test_who_answers_is_found_however_it_is_written(written: str) -> None:
    assert plain_with((ATTENDEE, written)) == COMES


def test_answers_of_more_than_one_are_refused() -> None:
    for second in ("ACCEPTED:mailto:joku@example.org", "DECLINED:mailto:anni.aho@lehmijarvi.fi"):
        with pytest.raises(NotAReply, match="exactly one attendee"):
            plain_with((ATTENDEE, f"{ATTENDEE}\nATTENDEE;PARTSTAT={second}"))


# Somebody comes instead


def test_whoever_sends_somebody_else_does_not_come() -> None:
    sends = (
        'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="MAILTO:Veikko@lehmijarvi.fi":mailto:anni.aho@lehmijarvi.fi'
    )
    reply = plain_with((ATTENDEE, sends))
    assert (reply.attendee, reply.answer) == ("anni.aho@lehmijarvi.fi", Answer.NOT_COMING)
    assert reply.delegated_to == "veikko@lehmijarvi.fi"


def test_whoever_is_sent_answers_for_themselves() -> None:
    both = (
        'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:veikko@lehmijarvi.fi":mailto:anni.aho@lehmijarvi.fi\n'
        'ATTENDEE;PARTSTAT=ACCEPTED;DELEGATED-FROM="mailto:anni.aho@lehmijarvi.fi":mailto:veikko@lehmijarvi.fi'
    )
    reply = plain_with((ATTENDEE, both))
    assert (reply.attendee, reply.answer) == ("veikko@lehmijarvi.fi", Answer.COMING)
    assert reply.delegated_to == ""


@pytest.mark.parametrize("nobody", ["", ";DELEGATED-TO=", ';DELEGATED-TO="mailto:Veikko"'])
def test_a_substitute_without_an_address_is_nobody(nobody: str) -> None:
    reply = plain_with((ATTENDEE, f"ATTENDEE;PARTSTAT=DELEGATED{nobody}:mailto:anni.aho@lehmijarvi.fi"))
    assert (reply.answer, reply.delegated_to) == (Answer.NOT_COMING, "")


# What may be missing


def test_without_a_sequence_the_first_invitation_is_meant() -> None:
    assert plain_with(("SEQUENCE:1\n", "")).sequence == 0


@pytest.mark.parametrize("stamp", ["", "DTSTAMP:\n", "DTSTAMP:20270803T061500\n"])
def test_without_a_moment_in_utc_there_is_no_stamp(stamp: str) -> None:
    assert plain_with(("DTSTAMP:20270803T061500Z\n", stamp)).stamp is None


def test_words_are_plain_text_of_a_bounded_length_said_once() -> None:
    words = "COMMENT:Tulen\\; kai\\, \\\\o/\x07\\n\\n\\n\\nAnni\nCOMMENT:Tulen\\; kai\\, \\\\o/\\n\\nAnni\n"
    assert plain_with((ATTENDEE, words + ATTENDEE)).comment == "Tulen; kai, \\o/\n\nAnni"
    assert len(plain_with((ATTENDEE, f"COMMENT:{'ä ' * 3000}\n{ATTENDEE}")).comment) <= 1000
