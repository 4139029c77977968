"""What proposers are told when their topic waits on, without anybody having answered it anew."""

from collections.abc import Mapping

from app.domain.writing import LINE
from app.extensions import site
from app.mail import letters
from app.models import Topic
from app.services.outbox import queue, signature


def followers(topic: Topic) -> list[Topic]:
    """Return the topic and those joined to it: each has its own proposer and page."""
    return [topic, *topic.merged]


def presenter_of(topic: Topic) -> str | None:
    """Return the villages and others that brought a topic, as the agenda names them; None where none did.

    They are organisations, never people. What no longer fits on the line is left out.
    """
    names = dict.fromkeys(one.organisation.name for one in followers(topic) if one.organisation)
    said = ""
    for name in names:
        longer = f"{said}, {name}" if said else name
        if len(longer) <= LINE:
            said = longer
    return said or None


def tell_waiting(topic: Topic, why: Mapping[str, str], occasion: str, meeting_id: int) -> None:
    """Queue letters that the topic waits for a later meeting, inside an act; one letter an occasion.

    They go to everybody who follows the topic, each in her own language: `why` holds Finnish at least.
    """
    for one in followers(topic):
        if not one.contact_email:
            continue
        letter = letters.topic_postponed(
            str(one.number),
            one.title,
            why.get(one.language, why["fi"]),
            site().topic(one.token),
            language=one.language,
            signed=signature(one.language),
        )
        once = f"{occasion}:{one.id}:{meeting_id}"
        queue(letter, one.contact_email, once, topic_id=one.id, meeting_id=meeting_id)
