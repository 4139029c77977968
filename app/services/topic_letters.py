"""The letters that tell a proposer what was answered: to everybody who follows the topic."""

from collections.abc import Callable, Iterable

from app.domain.topics import TopicAct
from app.extensions import site
from app.mail import letters
from app.mail.composing import Letter
from app.models import Topic, TopicStep
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


def tell_together(answers: Iterable[tuple[Topic, TopicStep]]) -> int:
    """Queue the letters of several answers inside an act, one to each address; return how many.

    Somebody with several topics reads all of them in one letter, in the language of the first.
    """
    by_address: dict[str, list[tuple[Topic, TopicStep]]] = {}
    for topic, step in answers:
        for one in followers(topic):
            if one.contact_email:
                by_address.setdefault(one.contact_email.casefold(), []).append((one, step))
    for told in by_address.values():
        first, step = told[0]
        if len(told) == 1:
            letter, occasion = ANSWERS[step.act](first, step.words), "topic_answer"
        else:
            letter, occasion = _several(told, first.language), "topics_answered"
        queue(letter, first.contact_email or "", f"{occasion}:{step.id}:{first.id}", topic_id=first.id)
    return len(by_address)


def _several(told: Iterable[tuple[Topic, TopicStep]], language: str) -> Letter:
    return letters.topics_answered(
        [
            letters.Answered(str(one.number), one.title, step.act, step.words, site().topic(one.token))
            for one, step in told
        ],
        language=language,
        signed=signature(language),
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
