"""What the invited answer: coming, not coming, perhaps; by a link, by their calendar, or as they told."""

from enum import StrEnum

from app.domain.words import N_


class Answer(StrEnum):
    """An answer to an invitation (RFC 5545, 3.2.12: ACCEPTED, DECLINED, TENTATIVE)."""

    COMING = "coming"
    NOT_COMING = "not_coming"
    PERHAPS = "perhaps"


ANSWER_WORDS = {
    Answer.COMING: N_("Comes"),
    Answer.NOT_COMING: N_("Does not come"),
    Answer.PERHAPS: N_("Perhaps comes"),
}


class AnswerChannel(StrEnum):
    """How an answer came."""

    LINK = "link"
    MAIL = "mail"
    TOLD = "told"  # by phone or in person; the coordinator wrote it down
