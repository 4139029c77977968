"""What an invitation says in the reader's own calendar: the agenda, what changed, and where to answer."""

from collections.abc import Sequence
from datetime import time

from app.mail.agenda_letters import Mine, Occasion, earlier_words, of_reader, said
from app.mail.composing import known, text
from app.mail.dates import clock


def invitation_text(
    meeting: Occasion,
    agenda: Sequence[tuple[time, str, int]],
    *,
    yours: Sequence[Mine] = (),
    part: bool = False,
    earlier: Occasion | None = None,
    changed: Sequence[Mine] = (),
    language: str,
) -> str:
    """Return the text of an invitation; `agenda` are (clock, title, minutes), `yours` the reader's own items.

    `part` says that the reader is asked to those alone. `earlier` is when and where it was to be, None where
    that is as it was, `changed` the items that are new, gone or at another time.
    """
    language = known(language)
    return text(
        "calendar/invitation",
        language,
        **said(meeting, language),
        part=part,
        yours=of_reader(yours, language),
        items=[(clock(begins, language), title, minutes) for begins, title, minutes in agenda],
        was=earlier_words(meeting, earlier, language),
        changed=of_reader(changed, language),
    )


def called_off_text(url: str, *, held: bool, topic: bool = False, reason: str = "", language: str) -> str:
    """Return the text of a cancelling: the meeting is not held, or is `held` without the reader.

    `topic` says that the reader was asked by a topic that is no longer on the agenda.
    """
    return text("calendar/called_off", known(language), url=url, held=held, topic=topic, reason=reason)
