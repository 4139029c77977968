"""What is done to topics, in the words of the inbox."""

from app.domain.journey import WORDS
from app.domain.topics import TopicAct
from app.domain.words import N_

ACT_WORDS = {
    TopicAct.ACCEPT: N_("Take to the table"),
    TopicAct.ASK: N_("Ask for more"),
    TopicAct.POSTPONE: N_("Postpone"),
    TopicAct.DECLINE: N_("Do not take to the table"),
}
HAPPENED_WORDS = {
    **WORDS,
    TopicAct.REPLY: N_("The proposer answered"),
    TopicAct.WRITE: N_("The proposer wrote more by e-mail"),
    TopicAct.SPLIT: N_("Split into several topics. The text was:"),
    TopicAct.WITHDRAW: N_("The proposer withdrew the topic"),
    TopicAct.PUT_ON_AGENDA: N_("Put on an agenda"),
    TopicAct.TAKE_OFF_AGENDA: N_("Taken off an agenda"),
    TopicAct.DISCUSS: N_("Discussed"),
    TopicAct.RETURN: N_("Back on the agenda"),
    TopicAct.CARRY_OVER: N_("Taken up again at a later meeting"),
    TopicAct.LET_REST: N_("Left as it was discussed"),
}
