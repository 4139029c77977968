"""What every letter looks like, before anybody gets one: examples, signed by this municipality."""

from dataclasses import dataclass, replace

from app.domain.errors import NotFound
from app.domain.letter_choices import LetterGroup, can_wait, group_of, stop_word
from app.domain.outbox import MailState, first_state
from app.domain.permissions import Act, Visitor, check_may
from app.extensions import site
from app.mail.composing import Letter, Signature, with_choices
from app.mail.examples import EXAMPLES, SITE
from app.mail.html import Paragraph, paragraphs
from app.services.outbox import signature

_TOKEN = "r5n8d2"  # noqa: S105 - opens nothing; as short as those of the examples


@dataclass(frozen=True)
class Preview:
    """One kind of letter in one language, and its rules: `group` None where it comes always."""

    kind: str
    letter: Letter
    paragraphs: list[Paragraph]
    at_once: bool
    group: LetterGroup | None
    can_wait: bool


def by_case(visitor: Visitor, language: str) -> list[tuple[LetterGroup | None, list[Preview]]]:
    """Return every kind of letter, group by group; those that come always stand last."""
    check_may(visitor, Act.READ_OUTBOX)
    signed = signature(language)
    every = [_preview(kind, language, signed) for kind in EXAMPLES]
    return [(group, [one for one in every if one.group is group]) for group in (*LetterGroup, None)]


def preview(visitor: Visitor, kind: str, language: str) -> Preview:
    """Return one kind of letter in a language (fi, sv or en); raise NotFound for a kind that there is not."""
    check_may(visitor, Act.READ_OUTBOX)
    if kind not in EXAMPLES:
        raise NotFound
    return _preview(kind, language, signature(language))


def _preview(kind: str, language: str, signed: Signature) -> Preview:
    letter = EXAMPLES[kind](language, signed)
    letter = replace(letter, body=letter.body.replace(SITE, site().url))
    if stop_word(kind):
        letter = with_choices(letter, site().letter_choices(_TOKEN))
    return Preview(
        kind=kind,
        letter=letter,
        paragraphs=paragraphs(letter.body, site().url),
        at_once=first_state(kind) is MailState.QUEUED,
        group=group_of(kind),
        can_wait=can_wait(kind),
    )
