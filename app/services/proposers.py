"""What proposers are told when their topic waits on, without anybody having answered it anew."""

from app.extensions import site
from app.mail import letters
from app.models import Topic
from app.services.outbox import queue, signature


def followers(topic: Topic) -> list[Topic]:
    """Return the topic and those joined to it: each has its own proposer and page."""
    return [topic, *topic.merged]


def tell_waiting(topic: Topic, why: str, occasion: str, meeting_id: int) -> None:
    """Queue a letter that the topic waits for a later meeting, inside an act; one letter an occasion."""
    if not topic.contact_email:
        return
    letter = letters.topic_postponed(
        str(topic.number),
        topic.title,
        why,
        site().topic(topic.token),
        language=topic.language,
        signed=signature(topic.language),
    )
    once = f"{occasion}:{topic.id}:{meeting_id}"
    queue(letter, topic.contact_email, once, topic_id=topic.id, meeting_id=meeting_id)
