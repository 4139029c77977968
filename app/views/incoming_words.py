"""What messages turned into and why, in words."""

from app.domain.answers import AnswerOutcome
from app.domain.incoming import WHY_WORDS as OF_RECEIVING
from app.domain.words import N_

WHY_WORDS: dict[str, str] = {
    **OF_RECEIVING,
    "own_message_id": N_("Our own letter came back to us."),
    "auto_submitted": N_("A machine wrote it: for example an automatic reply."),
    "autoreply": N_("A machine wrote it: for example an automatic reply."),
    "vacation": N_("It is an automatic reply of somebody who is away."),
    "precedence": N_("It was sent to many at once, or a machine wrote it."),
    "list_id": N_("It came from a mailing list."),
    "report": N_("A mail server tells what became of a letter."),
    "mailer_daemon": N_("A mail server tells what became of a letter."),
    "return_path": N_("It says that nobody should answer it."),
    AnswerOutcome.TAKEN: N_("Recorded."),
    AnswerOutcome.OLD: N_("Not recorded: the meeting has changed or a newer answer has come since."),
    AnswerOutcome.STRANGER: N_("Not recorded: it did not come from the one who was invited."),
    AnswerOutcome.UNKNOWN: N_("Not recorded: we do not know which invitation it answers."),
    AnswerOutcome.NEEDS_CLICK: N_("Not recorded: it is not certain who answered."),
    AnswerOutcome.CLOSED: N_("Not recorded: the invitation no longer took answers."),
}
