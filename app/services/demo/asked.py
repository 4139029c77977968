"""What departments and other bodies were asked of a topic, what they answered, and the letters about it."""

import secrets
from datetime import datetime, timedelta

from app.domain.clock import local
from app.domain.statements import HANDED_TO, check_answer, check_answered_by, check_question
from app.domain.topics import TopicAct
from app.extensions import db, site
from app.mail import letters
from app.mail.composing import Letter
from app.models import Statement
from app.services.asking import as_asked, language_of
from app.services.demo.sent import sent
from app.services.demo.stage import Stage
from app.services.demo.story import Story, step
from app.services.demo.values import Question
from app.services.outbox import signature
from app.services.statements import REMINDED, first_letter

ASKER = "riikka"


def ask(stage: Stage, story: Story, question: Question) -> None:
    """Store one question, or hand the topic on with it; then what became of it."""
    came = local(story.row.created_at).date()
    at = stage.at_office(came + timedelta(days=question.after), story.last)
    row = _row(stage, story, question, at)
    if question.reason:
        _hand_on(stage, story, row, question, at)
    else:
        letter = letters.statement_asked(as_asked(row), language=row.language, signed=signature(row.language))
        _to_body(stage, row, letter, first_letter(row), at)
        stage.log(at, ASKER, "statement.ask", "statement", row.id, **_about(row), sent=True)
    if question.reminded:
        _remind(stage, row, stage.at_office(local(at).date() + timedelta(days=question.reminded), at))
    if question.answer:
        _answer(
            stage,
            story,
            row,
            question,
            stage.at_office(local(at).date() + timedelta(days=question.answered), at),
        )


def _row(stage: Stage, story: Story, question: Question, at: datetime) -> Statement:
    row = Statement(
        topic=story.row,
        organisation=stage.bodies[question.to],
        token=secrets.token_urlsafe(18),
        handed_on=bool(question.reason),
        question=check_question(question.words),
        language=language_of(story.row),
        due_on=local(at).date() + timedelta(days=question.due),
        asked_by_id=stage.people[ASKER].id,
        asked_at=at,
        revision=1,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _about(row: Statement) -> dict[str, int]:
    return {"topic": row.topic_id, "body": row.organisation_id}


def _hand_on(stage: Stage, story: Story, row: Statement, question: Question, at: datetime) -> None:
    topic, body = story.row, stage.bodies[question.to]
    topic.addressee_id = body.id
    told_to = HANDED_TO[topic.language] % {"body": body.name_in(topic.language)}
    step(stage, story, TopicAct.HAND_ON, at, f"{told_to}\n{question.reason}", ASKER)
    letter = letters.topic_handed_on(as_asked(row), language=row.language, signed=signature(row.language))
    _to_body(stage, row, letter, first_letter(row), at)
    stage.log(
        at,
        ASKER,
        "statement.hand_on",
        "statement",
        row.id,
        **_about(row),
        sent=True,
        contact_given=False,
    )
    if topic.contact_email:
        letter = letters.topic_handed_on_told(
            str(topic.number),
            topic.title,
            body.name_in(topic.language),
            question.reason,
            row.due_on,
            site().topic(topic.token),
            language=topic.language,
            signed=signature(topic.language),
        )
        _post(stage, row, letter, topic.contact_email, f"topic_handed_on_told:{row.id}:{topic.id}", at)


def _remind(stage: Stage, row: Statement, at: datetime) -> None:
    letter = letters.statement_reminder(
        as_asked(row), for_proposer=row.handed_on, language=row.language, signed=signature(row.language)
    )
    _to_body(stage, row, letter, f"statement_reminder:{row.id}:{local(at).date()}", at)
    stage.log(at, ASKER, REMINDED, "statement", row.id, topic=row.topic_id)


def _answer(stage: Stage, story: Story, row: Statement, question: Question, at: datetime) -> None:
    row.answer, row.answered_by = check_answer(question.answer), check_answered_by(question.by)
    row.answered_at, row.revision = at, 2
    topic, body = story.row, row.organisation
    stage.log(
        at,
        None,
        "statement.answer",
        "statement",
        row.id,
        topic=topic.id,
        revision=row.revision,
        proposer=row.handed_on,
    )
    if row.handed_on:
        words = f"{body.name_in(topic.language)}, {row.answered_by}:\n{row.answer}"
        step(stage, story, TopicAct.ANSWER, at, words, None)
    if row.handed_on and topic.contact_email:
        letter = letters.topic_body_answered(
            str(topic.number),
            topic.title,
            body.name_in(topic.language),
            row.answered_by,
            row.answer,
            site().topic(topic.token),
            language=topic.language,
            signed=signature(topic.language),
        )
        _post(stage, row, letter, topic.contact_email, f"statement_answered:{row.id}:2:topic:{topic.id}", at)
    asker = stage.people[ASKER]
    letter = letters.statement_answered(
        str(topic.number),
        topic.title,
        body.name_in(asker.language),
        row.answered_by,
        row.answer,
        f"{site().url}/inbox/{topic.id}",
        proposer_told=row.handed_on,
        language=asker.language,
        signed=signature(asker.language),
    )
    once = f"statement_answered:{row.id}:2:person:{asker.id}"
    _post(stage, row, letter, asker.email or "", once, at)


def _to_body(stage: Stage, row: Statement, letter: Letter, once: str, at: datetime) -> None:
    _post(stage, row, letter, row.organisation.email or "", once, at)


def _post(stage: Stage, row: Statement, letter: Letter, to: str, once: str, at: datetime) -> None:
    mail = sent(letter, to, once, at)
    mail.topic_id = row.topic_id
    stage.letters.append(mail)
