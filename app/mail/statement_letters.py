"""Letters to a body that is asked or handed a topic, to the coordinator, and to the proposer who waits."""

from dataclasses import dataclass
from datetime import date

from app.mail.composing import Letter, Signature, compose, known
from app.mail.dates import short_day


@dataclass(frozen=True)
class Asked:
    """A topic as it goes to a body: its text without who proposed it, the question, the day and the link."""

    number: str
    title: str
    text: str
    question: str
    due: date | None
    url: str


def _asked(kind: str, asked: Asked, language: str, signed: Signature, **more: object) -> Letter:
    return compose(
        kind,
        language,
        signed,
        number=asked.number,
        title=asked.title,
        text=asked.text,
        question=asked.question,
        due=short_day(asked.due, known(language)) if asked.due else "",
        url=asked.url,
        **more,
    )


def statement_asked(asked: Asked, *, language: str, signed: Signature) -> Letter:
    """Ask a body for what the table needs to know of a topic."""
    return _asked("statement_asked", asked, language, signed)


def statement_reminder(
    asked: Asked, *, for_proposer: bool = False, language: str, signed: Signature
) -> Letter:
    """Ask the same once more; `for_proposer` tells that a resident waits for it."""
    return _asked("statement_reminder", asked, language, signed, for_proposer=for_proposer)


def topic_handed_on(
    asked: Asked,
    *,
    contact: tuple[str, str, str] = ("", "", ""),
    language: str,
    signed: Signature,
) -> Letter:
    """Hand a topic on to the body that can see to it.

    `contact` is the proposer's (name, phone, e-mail): only where she has agreed.
    """
    name, phone, email = contact
    return _asked("topic_handed_on", asked, language, signed, name=name, phone=phone, email=email)


def statement_answered(
    number: str,
    title: str,
    body: str,
    answered_by: str,
    answer: str,
    url: str,
    *,
    proposer_told: bool = False,
    language: str,
    signed: Signature,
) -> Letter:
    """Tell a coordinator what a body answered; `proposer_told` where the proposer reads it too."""
    return compose(
        "statement_answered",
        language,
        signed,
        number=number,
        title=title,
        body=body,
        answered_by=answered_by,
        answer=answer,
        url=url,
        proposer_told=proposer_told,
    )


def topic_handed_on_told(
    number: str,
    title: str,
    body: str,
    reason: str,
    due: date | None,
    url: str,
    *,
    contact: bool = False,
    language: str,
    signed: Signature,
) -> Letter:
    """Tell the proposer who has the topic now, why, and (`contact`) that her contact details went along."""
    return compose(
        "topic_handed_on_told",
        language,
        signed,
        number=number,
        title=title,
        body=body,
        reason=reason,
        due=short_day(due, known(language)) if due else "",
        url=url,
        contact=contact,
    )


def topic_body_answered(
    number: str,
    title: str,
    body: str,
    answered_by: str,
    answer: str,
    url: str,
    *,
    language: str,
    signed: Signature,
) -> Letter:
    """Tell the proposer what the body that has the topic answered."""
    return compose(
        "topic_body_answered",
        language,
        signed,
        number=number,
        title=title,
        body=body,
        answered_by=answered_by,
        answer=answer,
        url=url,
    )
