"""What a message that came by mail turned into."""

from enum import StrEnum

from app.domain.words import N_


class Outcome(StrEnum):
    """What became of a message."""

    TOPIC = "topic"  # a new topic
    REPLY = "reply"  # joined to the topic that it answers
    ANSWER = "answer"  # an answer to an invitation
    BOUNCE = "bounce"  # a server sent a letter of ours back
    SET_ASIDE = "set_aside"  # written by a machine, or by us: nothing is made and nothing answered
    HELD = "held"  # a person should look: too large, unreadable, too many from one sender


OUTCOME_WORDS = {
    Outcome.TOPIC: N_("Became a topic"),
    Outcome.REPLY: N_("Joined to its topic"),
    Outcome.ANSWER: N_("An answer to an invitation"),
    Outcome.BOUNCE: N_("A letter that came back"),
    Outcome.SET_ASIDE: N_("Set aside"),
    Outcome.HELD: N_("Waits for you to look"),
}
