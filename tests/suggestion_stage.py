"""A meeting with its frame, and topics that wait for it: what an agenda is suggested of."""

from app.domain.agenda import ItemKind
from app.domain.topics import TopicState
from tests import make
from tests.cast import Cast


def framed(cast: Cast, **fields: object) -> int:
    """Store a draft whose frame takes 25 minutes."""
    meeting = make.meeting(cast.north, **fields)
    make.item(meeting, "Avaus", 5)
    make.item(meeting, "Mitä tapahtui edellisestä", 10, kind=ItemKind.SINCE_LAST_TIME)
    make.item(meeting, "Seuraava tapaaminen", 10, kind=ItemKind.NEXT_MEETING)
    return meeting.id


def waiting(cast: Cast, title: str, minutes: int = 20, weeks: int = 0, **fields: object) -> int:
    """Store a topic that waits for the northern table since some weeks."""
    return make.topic(
        cast.north,
        title,
        **{
            "state": TopicState.ACCEPTED,
            "wished_minutes": minutes,
            "organisation_id": cast.koivuranta,
            "created_at": make.days_ago(7 * weeks),
        }
        | fields,
    ).id
