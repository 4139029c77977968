"""The letters that tell a proposer what was answered: to everybody who follows the topic."""

from collections.abc import Callable

from app.domain.topics import TopicAct
from app.extensions import site
from app.mail import letters
from app.mail.composing import Letter
from app.models import Topic
from app.services.outbox import queue, signature
from app.services.proposers import followers


def tell_answer(topic: Topic, act: TopicAct, words: str, step_id: int) -> None:
    """Queue the letter of an answer to each follower, inside the act; each has an own page and language.

    A question goes to the topic's own proposer alone: only that page can answer it.
    """
    for one in [topic] if act is TopicAct.ASK else followers(topic):
        if one.contact_email:
            queue(
                ANSWERS[act](one, words),
                one.contact_email,
                f"topic_answer:{step_id}:{one.id}",
                topic_id=one.id,
            )


def _accepted(topic: Topic, words: str) -> Letter:
    return letters.topic_accepted(
        str(topic.number),
        topic.title,
        site().topic(topic.token),
        reason=words,
        language=topic.language,
        signed=signature(topic.language),
    )


def _told(write: Callable[..., Letter]) -> Callable[[Topic, str], Letter]:
    def letter(topic: Topic, words: str) -> Letter:
        return write(
            str(topic.number),
            topic.title,
            words,
            site().topic(topic.token),
            language=topic.language,
            signed=signature(topic.language),
        )

    return letter


ANSWERS: dict[TopicAct, Callable[[Topic, str], Letter]] = {
    TopicAct.ACCEPT: _accepted,
    TopicAct.ASK: _told(letters.topic_asked),
    TopicAct.POSTPONE: _told(letters.topic_postponed),
    TopicAct.DECLINE: _told(letters.topic_declined),
}
