"""Which topics of earlier meetings are proposed for the next one."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.topics import READY, TopicState


class Why(StrEnum):
    """Why a topic comes to the table again."""

    NOT_DISCUSSED = "not_discussed"
    FOLLOWED = "followed"
    RECURRING = "recurring"


@dataclass(frozen=True)
class Past:
    """What is known of a topic and the earlier meetings of its table.

    `stood`: it was on the agenda of one of them. `at_last`: it was on that of the last one.
    `open_follow_ups`: how much of what was agreed of it is not ended. `coming`: it stands on an agenda still
    to come. `put_off`: the last meeting that was held with it left it to the next one.
    """

    state: TopicState
    stood: bool = True
    at_last: bool = False
    recurring: bool = False
    open_follow_ups: int = 0
    coming: bool = False
    put_off: bool = False


def why_carried(past: Past) -> Why | None:
    """Return why a topic of an earlier meeting is proposed again; None for all others."""
    if past.coming or not past.stood:
        return None
    if past.state in READY:
        return Why.NOT_DISCUSSED
    if past.state is not TopicState.DISCUSSED:
        return None
    if past.open_follow_ups:
        return Why.FOLLOWED
    if past.recurring and past.at_last:
        return Why.RECURRING
    return Why.NOT_DISCUSSED if past.put_off else None


# Stored with the topic and read by its proposer, so each is in the proposer's own language.
NOT_AGAIN = {
    "fi": "Aihetta ei ehditty ottaa uudelleen puheeksi tällä kertaa. "
    "Se voi tulla esille seuraavassa kokouksessa.",
    "sv": "Ämnet hann inte tas upp på nytt den här gången. Det kan komma upp på nästa möte.",
    "en": "There was no time to take up the topic again this time. It can come up at the next meeting.",
}
