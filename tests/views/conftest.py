"""What several stories of pages begin with."""

import pytest

from app.domain.agenda import ItemKind
from app.domain.meetings import MeetingState
from app.domain.topics import TopicState
from tests import make
from tests.cast import Cast


@pytest.fixture
def evening(cast: Cast) -> tuple[int, int, int]:
    """A published evening in the north: its id, the item of a topic, and the closing item."""
    topic = make.topic(cast.north, state=TopicState.ON_AGENDA, organisation_id=cast.koivuranta)
    meeting = make.meeting(cast.north, state=MeetingState.PUBLISHED)
    make.item(meeting, "Avaus", 5)
    item = make.item(meeting, minutes=10, about=topic)
    closing = make.item(meeting, "Lopetus", 5, kind=ItemKind.CLOSING)
    return meeting.id, item.id, closing.id
