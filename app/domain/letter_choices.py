"""What each reader wants to get by mail, and how often."""

from collections.abc import Collection
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


class Wish(StrEnum):
    """What becomes of one letter to one reader."""

    AT_ONCE = "at_once"
    GATHER = "gather"
    SKIP = "skip"


# Every kind of letter has its place here; None comes always, whatever the reader has chosen.
_GROUPS: dict[str, LetterGroup | None] = {
    "topic_accepted": LetterGroup.OWN_TOPIC,
    "topic_postponed": LetterGroup.OWN_TOPIC,
    "topic_declined": LetterGroup.OWN_TOPIC,
    "topics_answered": LetterGroup.OWN_TOPIC,
    "topic_joined": LetterGroup.OWN_TOPIC,
    "topic_separated": LetterGroup.OWN_TOPIC,
    "topic_discussed": LetterGroup.OWN_TOPIC,
    "topic_body_answered": LetterGroup.OWN_TOPIC,
    "topic_on_agenda": LetterGroup.MEETINGS,
    "agenda_published": LetterGroup.MEETINGS,
    "official_invited": LetterGroup.MEETINGS,
    "meeting_reminder": LetterGroup.REMINDERS,
    "memo_published": LetterGroup.MEMOS,
    # Asked for a moment ago, or the only key to a page.
    "sign_in_link": None,
    "topic_received": None,
    "topic_split": None,
    # Somebody waits for the reader's answer or work.
    "topic_asked": None,
    "statement_asked": None,
    "statement_reminder": None,
    "statement_answered": None,
    "topic_handed_on": None,
    "follow_up_given": None,
    "answer_needs_click": None,
    # Who has got the reader's topic, and perhaps her contact details.
    "topic_handed_on_told": None,
    # Nobody should drive to a meeting that is not held, or come at an hour that is no longer true.
    "meeting_cancelled": None,
    "agenda_changed": None,
    # Made of letters that the reader has chosen to get this way.
    "digest": None,
}

# One sentence and one link say these whole, and none asks for anything: a week later they are as good. An
# answer that says no, or several answers together, are letters of their own; a calendar's part never waits.
_CAN_WAIT = frozenset(
    {
        "topic_accepted",
        "topic_postponed",
        "topic_joined",
        "topic_separated",
        "topic_discussed",
        "memo_published",
    }
)

DIGEST = "digest"


def group_of(kind: str) -> LetterGroup | None:
    """Return the group that a kind of letter belongs to, None where it comes always."""
    return _GROUPS.get(kind)


def kinds_of(groups: Collection[LetterGroup]) -> list[str]:
    """Return the kinds of letters that belong to some groups."""
    return [kind for kind, group in _GROUPS.items() if group in groups]


def has_place(kind: str) -> bool:
    """Whether somebody has thought about where a kind of letter belongs."""
    return kind in _GROUPS


def can_wait(kind: str) -> bool:
    """Whether a letter of the kind may wait for the reader's digest."""
    return kind in _CAN_WAIT


def wish_of(kind: str, unwanted: Collection[LetterGroup], rhythm: Rhythm) -> Wish:
    """Return what a reader with these choices wants to be done with a letter of the kind."""
    group = group_of(kind)
    if group is not None and group in unwanted:
        return Wish.SKIP
    return Wish.GATHER if rhythm is not Rhythm.AT_ONCE and can_wait(kind) else Wish.AT_ONCE


def stopped_with(word: str) -> frozenset[LetterGroup]:
    """Return the groups that one press in a mail program stops; empty for a word that names none.

    The press is in a letter of the group itself (`memos`), or in a digest: then all that comes in digests.
    """
    if word == DIGEST:
        return frozenset(group for kind in _CAN_WAIT if (group := group_of(kind)))
    return frozenset(group for group in LetterGroup if group == word)


def stop_word(kind: str) -> str | None:
    """Return the word for `stopped_with` that letters of a kind carry, None where they cannot be stopped."""
    return DIGEST if kind == DIGEST else group_of(kind)


def read_groups(words: str) -> frozenset[LetterGroup]:
    """Return the groups that are written with a space between them; unknown words are left out."""
    return frozenset(group for group in LetterGroup if group in words.split())


def write_groups(groups: Collection[LetterGroup]) -> str:
    """Return groups as `read_groups` reads them, always in one order."""
    return " ".join(group for group in LetterGroup if group in groups)


def masked(address: str) -> str:
    """Return an address so that its reader knows it and nobody else can use it: m…@kunta.fi."""
    local, _, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"
