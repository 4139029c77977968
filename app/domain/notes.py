"""What is written of the dialogue: entry after entry, and nobody's text is lost when two write at once."""

import hashlib
import re
from enum import StrEnum

from app.domain.errors import Invalid
from app.domain.words import N_
from app.domain.writing import NOTE, check_no_identity_code, check_prose

_OPERATION = re.compile(r"[A-Za-z0-9_-]{8,64}")


class Way(StrEnum):
    """What to do when somebody else changed the same note meanwhile; keeping both loses nothing."""

    BOTH = "both"
    MINE = "mine"
    THEIRS = "theirs"


def check_text(text: str) -> str:
    """Return a note's text, trimmed; refuse empty, over-long and identity codes."""
    text = check_prose("text", text, NOTE)
    if not text:
        raise Invalid("text", N_("Write the note first."))
    check_no_identity_code("text", text)
    return text


def check_operation(operation: str) -> str:
    """Return the key that the writer's page made for one entry; 8 to 64 letters, digits, - and _."""
    if not _OPERATION.fullmatch(operation):
        raise Invalid("text", N_("The page was too old to save from. Copy your text and reload the page."))
    return operation


def second_operation(operation: str, text: str) -> str:
    """Return the key of another text that came with a key already used.

    A page brought back with the browser's back button has the key of the first entry. What is typed there
    is a new note; the same text sent again is not.
    """
    return hashlib.sha256(f"{operation}\n{text}".encode()).hexdigest()


def merged(theirs: str, mine: str) -> str:
    """Return both texts, theirs first; mine is not repeated where theirs has it already."""
    if mine in theirs:
        return theirs
    if theirs in mine:
        return mine
    return f"{theirs}\n\n{mine}"
