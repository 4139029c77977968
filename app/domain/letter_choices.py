"""What each reader wants to get by mail, and how often."""

from enum import StrEnum

from app.domain.words import N_


class LetterGroup(StrEnum):
    """Letters that a reader may do without; all others come always."""

    OWN_TOPIC = "own_topic"
    MEETINGS = "meetings"
    REMINDERS = "reminders"
    MEMOS = "memos"


GROUP_WORDS = {
    LetterGroup.OWN_TOPIC: N_("What happens to my topic"),
    LetterGroup.MEETINGS: N_("Invitations and agendas"),
    LetterGroup.REMINDERS: N_("Reminders before a meeting"),
    LetterGroup.MEMOS: N_("Memos"),
}


class Rhythm(StrEnum):
    """How often letters that can wait are sent."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"


RHYTHM_WORDS = {
    Rhythm.AT_ONCE: N_("At once"),
    Rhythm.DAILY: N_("Once a day, together"),
    Rhythm.WEEKLY: N_("Once a week, together"),
}
