"""Only machines' own signs make a message a machine's: a person is never taken for one."""

import pytest

from app.mail.incoming import Nature, read
from tests.mail.incoming.corpus import BOX, OWN_DOMAIN, OWN_ID, raw_message

SUPPRESS = "X-Auto-Response-Suppress: All"
OWN_REPLY = f"In-Reply-To: {OWN_ID}"

SIGNS = {
    ("Auto-Submitted: auto-replied",): (Nature.AUTO_REPLY, "auto_submitted"),
    ("Auto-Submitted: Auto-Generated (vacation)",): (Nature.AUTO_REPLY, "auto_submitted"),
    ("Auto-Submitted: no",): (Nature.PERSON, ""),
    ("Auto-Submitted:",): (Nature.PERSON, ""),
    (SUPPRESS,): (Nature.PERSON, ""),
    ("Subject: Automaattinen vastaus: Kokous",): (Nature.PERSON, ""),
    ("Subject: Automaattinen vastaus: Kokous", SUPPRESS): (Nature.AUTO_REPLY, "vacation"),
    ("Subject: Autosvar: Frånvarande", SUPPRESS): (Nature.AUTO_REPLY, "vacation"),
    ("Subject: Automatic reply: Meeting", "Return-Path: <>"): (Nature.AUTO_REPLY, "vacation"),
    ("Subject: Poissa", "Return-Path: <>"): (Nature.AUTO_REPLY, "vacation"),
    ("Subject: Poissa kokouksesta", SUPPRESS): (Nature.PERSON, ""),
    ("Subject: VS: Automaattinen vastaus: Kokous", SUPPRESS): (Nature.PERSON, ""),
    ("Precedence: bulk",): (Nature.AUTO_REPLY, "precedence"),
    ("Precedence: JUNK",): (Nature.AUTO_REPLY, "precedence"),
    ("Precedence: auto_reply",): (Nature.AUTO_REPLY, "precedence"),
    ("Precedence: first-class",): (Nature.PERSON, ""),
    ("X-Autoreply: yes",): (Nature.AUTO_REPLY, "autoreply"),
    ("X-Autorespond: Kokous",): (Nature.AUTO_REPLY, "autoreply"),
    ("X-Autoreply: no",): (Nature.PERSON, ""),
    ("List-Id: Kylät <kylat.lista.example>",): (Nature.LIST, "list_id"),
    ("List-Unsubscribe: <https://lista.example>", "Precedence: bulk"): (Nature.LIST, "list_id"),
    ("Precedence: list",): (Nature.LIST, "list_id"),
    ("Return-Path: <>",): (Nature.BOUNCE, "return_path"),
    ("Return-Path: < >",): (Nature.BOUNCE, "return_path"),
    ("Return-Path: <aino@kyla.example>",): (Nature.PERSON, ""),
    ("X-Failed-Recipients: eeva@kyla.example",): (Nature.BOUNCE, "report"),
    ("From: Mail Delivery System <MAILER-DAEMON@mx.example>",): (Nature.BOUNCE, "mailer_daemon"),
    ("From: postmaster@kunta.example", "Subject: Undeliverable: Kutsu"): (Nature.BOUNCE, "mailer_daemon"),
    ("From: postmaster@kyla.example",): (Nature.PERSON, ""),
    (f"Message-ID: {OWN_ID}",): (Nature.LOOP, "own_message_id"),
    ("Message-ID: <8B2C1A00-11AA-4F00-9C00-0123456789AB@kunta.example>",): (Nature.PERSON, ""),
    (OWN_REPLY,): (Nature.PERSON, ""),
    (OWN_REPLY, f"References: {OWN_ID}", SUPPRESS): (Nature.PERSON, ""),
    (f"From: Pöytä <{BOX}>",): (Nature.LOOP, "own_address"),
}


def _message(*fields: str, body: bytes = b"Hei") -> bytes:
    given = tuple(field.partition(":")[0] + ":" for field in fields)
    usual = raw_message(1, b"", subject="Kokous").decode().splitlines()
    head = (
        [*fields, *(line for line in usual if line and not line.startswith(given))] if given else usual[:-1]
    )
    return "\r\n".join([*head, "", ""]).encode() + body


@pytest.mark.parametrize(("fields", "found"), SIGNS.items(), ids=lambda one: str(one)[:70])
def test_signs_tell_who_wrote(fields: tuple[str, ...], found: tuple[Nature, str]) -> None:
    message = read(_message(*fields), own_domain=OWN_DOMAIN, recipient=BOX)
    assert (message.nature, message.why) == found


def test_a_marked_recipient_is_our_own_address_too() -> None:
    marked = BOX.replace("@", "+r-abc@")
    assert read(_message(f"From: {BOX}"), recipient=marked).nature is Nature.LOOP
    assert read(_message(f"From: {BOX}"), own_addresses=(BOX,)).nature is Nature.LOOP


def _report(status: str, action: str = "failed", more: str = "", returned: str = "message/rfc822") -> bytes:
    body = (
        "--b\r\nContent-Type: text/plain\r\n\r\nViestiä ei voitu toimittaa.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; Eeva@kyla.example\r\n{more}Action: {action}\r\nStatus: {status}\r\n"
        f"--b\r\nContent-Type: {returned}\r\n\r\n"
        f"Message-ID: {OWN_ID}\r\nSubject: Kutsu\r\n\r\nHei\r\n--b--\r\n"
    )
    return _message(
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b", body=body.encode()
    )


REPORTS = {
    "5.1.1": (_report("5.1.1"), "eeva@kyla.example", "5.1.1", "", True),
    "full": (
        _report("4.2.2", more="Diagnostic-Code: smtp; 452 full\r\n"),
        "eeva@kyla.example",
        "4.2.2",
        "452 full",
        False,
    ),
    "late": (_report("4.4.1", "delayed"), "eeva@kyla.example", "4.4.1", "", False),
    "long answer": (
        _report("5.7.1", more="Diagnostic-Code: smtp; 550 5.7.1\r\n refused\r\n"),
        "eeva@kyla.example",
        "5.7.1",
        "550 5.7.1 refused",
        True,
    ),
    "headers alone": (
        _report("5.0.0", returned="text/rfc822-headers"),
        "eeva@kyla.example",
        "5.0.0",
        "",
        True,
    ),
    "another first": (
        _report("5.1.1", more="Original-Recipient: rfc822;eeva.k@kyla.example\r\n"),
        "eeva.k@kyla.example",
        "5.1.1",
        "",
        True,
    ),
    "words of qmail": (
        _message(
            "Return-Path: <>",
            body=f"Hi.\r\n\r\n<eeva@kyla.example>:\r\n550 5.1.1 no user\r\n\r\nMessage-ID: {OWN_ID}".encode(),
        ),
        "eeva@kyla.example",
        "5.1.1",
        "550 5.1.1 no user",
        True,
    ),
}


@pytest.mark.parametrize("case", REPORTS.values(), ids=REPORTS)
def test_a_bounce_tells_whose_letter_came_back_and_why(case: tuple[bytes, str, str, str, bool]) -> None:
    raw, recipient, status, answer, permanent = case
    message = read(raw, own_domain=OWN_DOMAIN)
    assert message.nature is Nature.BOUNCE
    assert message.bounced is not None
    found = message.bounced
    assert (found.recipient, found.status, found.answer, found.permanent) == (
        recipient,
        status,
        answer,
        permanent,
    )
    assert found.message_id == OWN_ID
    assert message.files == ()


@pytest.mark.parametrize("action", ["delivered", "relayed"])
def test_a_receipt_of_delivery_is_a_machine_s_word(action: str) -> None:
    message = read(_report("2.0.0", action))
    assert (message.nature, message.why) == (Nature.AUTO_REPLY, "report")


CALENDAR = b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


@pytest.mark.parametrize("fields", [(), ("Auto-Submitted: auto-generated",), ("Precedence: bulk",)])
def test_an_answer_of_a_calendar_is_given_whatever_the_nature(fields: tuple[str, ...]) -> None:
    raw = _message("Content-Type: text/calendar; method=REPLY", *fields, body=CALENDAR)
    message = read(raw)
    assert message.calendar == CALENDAR
    assert message.files == ()


def test_an_invitation_of_somebody_else_is_no_answer() -> None:
    message = read(
        _message("Content-Type: text/calendar; method=REQUEST", body=CALENDAR.replace(b"REPLY", b"REQUEST"))
    )
    assert message.calendar is None
