"""What a message that came by mail turned into, and what of it becomes a topic."""

import re
from datetime import timedelta
from enum import StrEnum

from app.domain.topics import SHORTEST_TEXT, TITLE, title_of
from app.domain.words import N_
from app.domain.writing import PROSE, shortened

LARGEST = 25 * 1024 * 1024  # bytes of one message; of a larger one the head alone is read
RAW_KEPT = timedelta(days=30)
ONE_SENDER = 20  # messages of one sender within an hour
ALL_SENDERS = 200  # messages of everybody within an hour
COUNTED_OVER = timedelta(hours=1)
ONE_RECEIPT = timedelta(hours=24)  # a sender gets one acknowledgement by itself within this time
MOST_TRIES = 3  # at a message that cannot be received


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


class Why(StrEnum):
    """Why a message became what it became, where its outcome alone does not say it."""

    VERIFIED = "verified"  # it came to the address of a letter, from whom the letter went to
    UNVERIFIED = "unverified"
    DELAYED = "delayed"  # the server goes on trying
    UNKNOWN_LETTER = "unknown_letter"
    OWN_ADDRESS = "own_address"
    UNREADABLE_ANSWER = "unreadable_answer"
    REPLY_TO_LETTER = "reply_to_letter"
    IDENTITY_CODE = "identity_code"
    EMPTY = "empty"
    TOO_MANY = "too_many"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    NO_TABLE = "no_table"
    BY_HAND = "by_hand"  # somebody looked and decided


WHY_WORDS: dict[str, str] = {
    Why.VERIFIED: N_("It came to the address of our letter, from the one who got the letter."),
    Why.UNVERIFIED: N_("It is not certain who wrote this."),
    Why.DELAYED: N_("The letter is late. The server goes on trying."),
    Why.UNKNOWN_LETTER: N_("A server sent a letter back, but we do not know which one."),
    Why.OWN_ADDRESS: N_("It came from our own address."),
    Why.UNREADABLE_ANSWER: N_("A calendar answered an invitation, but the answer could not be read."),
    Why.REPLY_TO_LETTER: N_("It answers a letter that is not about one topic."),
    Why.IDENTITY_CODE: N_("It had a personal identity code. We took the code away."),
    Why.EMPTY: N_("It has no text of its own."),
    Why.TOO_MANY: N_("Very many messages came within an hour."),
    Why.TOO_LARGE: N_("The message is too large. Only who sent it and its subject were read."),
    Why.UNREADABLE: N_("The message could not be read. Look at it in the mailbox."),
    Why.NO_TABLE: N_("There is no partnership table that it could go to."),
    Why.BY_HAND: N_("Somebody looked at it and decided."),
}

# What is said where words are missing, in the language of the message: it stands in the topic for good.
GOES_ON = {
    "fi": "[Viesti oli pidempi. Koko viesti on tallessa.]",
    "sv": "[Meddelandet var längre. Hela meddelandet finns kvar.]",
    "en": "[The message was longer. All of it is kept.]",
}
NO_WORDS = {
    "fi": "Viestissä ei ollut tekstiä.",
    "sv": "Meddelandet hade ingen text.",
    "en": "The message had no text.",
}

WITHOUT_WORDS = {"fi": "Viesti ilman tekstiä", "sv": "Meddelande utan text", "en": "A message without text"}

_MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f\x41-\x7e]+@[\x21-\x3b\x3d\x3f\x41-\x7e]+>")
LONGEST_ID = 200
_PREFIX = re.compile(r"(?:re|vs|sv|vb|fw|fwd|vl|ang|aw|wg|edelleenlähetys)\s*(?:\[\d+\])?:\s*", re.IGNORECASE)
_SAYS_NOTHING = re.compile(
    r"ei aihetta|aihe|aiheesta|asia|asiaa|kysymys|viesti|hei|moi|terve|tervehdys|palaute|ehdotus|yhteydenotto"
    r"|inget ämne|ämne|ärende|fråga|meddelande|hej|förslag|respons"
    r"|no subject|none|subject|topic|question|message|hello|feedback"
)
_NOBODY_READS = re.compile(
    r"(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|(?:ei|ala|älä)[-_.]?vastaa|svara[-_.]?(?:inte|ej)"
    r"|mailer[-_.]?daemon|postmaster|bounces?|daemon|root|nobody|auto[-_.]?(?:reply|confirm|response))"
    r"(?:[-_.=].*)?",
    re.IGNORECASE,
)


def usable_id(message_id: str) -> bool:
    """Whether a Message-ID names one message (RFC 5322, 3.6.4) and can be named in an answer."""
    return len(message_id) <= LONGEST_ID and _MESSAGE_ID.fullmatch(message_id) is not None


def words_of(text: str, language: str) -> str:
    """Return what of a message goes to its topic: all of it, or as much as fits and that there is more."""
    if len(text) <= PROSE:
        return text
    more = GOES_ON.get(language, GOES_ON["en"])
    head = text[: PROSE - len(more) - 2]
    whole_words = head.rsplit(None, 1)[0] if head[-1:].strip() and " " in head[-200:] else head
    return f"{whole_words.rstrip()}\n\n{more}"


def plain_subject(subject: str) -> str:
    """Return a subject without the Re: and the like before it."""
    line = " ".join(subject.split())
    while (found := _PREFIX.match(line)) is not None:
        line = line[found.end() :]
    return line


def says_something(subject: str) -> bool:
    """Whether a plain subject tells what the message is about."""
    bare = subject.strip("()[]<>.,:;!?-–— \t").casefold()
    return sum(one.isalpha() for one in bare) >= SHORTEST_TEXT and _SAYS_NOTHING.fullmatch(bare) is None


def title_from(subject: str, text: str) -> str:
    """Return the title of a topic that came by mail: its subject where that says something."""
    line = plain_subject(subject)
    if says_something(line):
        return shortened(line, TITLE)
    without = next((one for one, words in NO_WORDS.items() if words == text), None)
    return WITHOUT_WORDS[without] if without else title_of(text)


def may_be_answered(address: str) -> bool:
    """Whether somebody may read an answer to this address (RFC 3834, 2; no-reply and the like do not)."""
    local, at, domain = address.strip().rpartition("@")
    local = local.split("+", 1)[0]
    return bool(local and at and domain) and _NOBODY_READS.fullmatch(local) is None
