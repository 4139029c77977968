"""What the stories of held answers share: an answer that waits."""

from app.domain.topics import TopicAct
from app.models import Topic
from app.services import triage
from app.services.triage import Details
from tests import make
from tests.cast import Cast

HELD = "Tie on valtion hoidossa."


def held(
    cast: Cast, topic: Topic, act: TopicAct = TopicAct.DECLINE, words: str = HELD, *, later: bool = True
) -> int:
    """Answer a topic later (or now) as Maria does, and return the topic's id."""
    maria, topic_id, title = make.visitor(cast.maria), topic.id, topic.title
    if act is TopicAct.ACCEPT:
        return triage.accept(maria, topic_id, Details(title), words, seen=None, key=None, later=later)
    return triage.answer(maria, topic_id, act, words, seen=None, key=None, later=later)
