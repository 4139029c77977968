"""How a letter comes to be: one plain text template in one language, filled with values."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.mail.wording import indented, one_line, subject_line

LANGUAGES = ("fi", "sv", "en")
TEMPLATES = Path(__file__).parents[2] / "templates" / "mail"


@dataclass(frozen=True)
class Letter:
    """A letter that is ready to be sent; `kind` is the name of its template, `body` plain text."""

    kind: str
    language: str
    subject: str
    body: str


@dataclass(frozen=True)
class Signature:
    """Who writes: the municipality as it is called in the reader's language, and a number to call."""

    municipality: str
    phone: str = ""


class _Block(str):
    """Text of several lines that was already fitted in."""

    __slots__ = ()


def _fitted(value: object) -> object:
    # Every value in every template is one line, unless the template asks for a block by name.
    return one_line(value) if isinstance(value, str) and not isinstance(value, _Block) else value


# Autoescape is for HTML; these letters are plain text, where escaping would show as "&amp;".
_ENVIRONMENT = Environment(  # noqa: S701 - plain text
    loader=FileSystemLoader(TEMPLATES),
    undefined=StrictUndefined,
    finalize=_fitted,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
_ENVIRONMENT.filters["block"] = lambda text: _Block(indented(text))


def known(language: str) -> str:
    """Return the language if letters are written in it, else Finnish."""
    return language if language in LANGUAGES else LANGUAGES[0]


def text(name: str, language: str, **values: object) -> str:
    """Return a text that is no letter of its own, without a signature: `name` is its template."""
    written = _ENVIRONMENT.get_template(f"{known(language)}/{name}.txt").render(values)
    return re.sub("\n{3,}", "\n\n", written.strip())


def compose(kind: str, language: str, signed: Signature, **values: object) -> Letter:
    """Return the letter `kind` in the language; a template without one of its values raises UndefinedError.

    A template is "Subject: …", an empty line, and the body. The signature is the same for all letters.
    """
    language = known(language)
    written = _ENVIRONMENT.get_template(f"{language}/{kind}.txt").render(values)
    head, _, body = written.partition("\n\n")
    signature = _ENVIRONMENT.get_template(f"{language}/signature.txt").render(
        municipality=signed.municipality, phone=signed.phone
    )
    # Where an optional part is left out, its empty lines go too.
    text = re.sub("\n{3,}", "\n\n", f"{body.strip()}\n\n{signature.strip()}\n")
    return Letter(kind, language, subject_line(head.removeprefix("Subject:")), text)


def with_choices(letter: Letter, url: str) -> Letter:
    """Return the letter with one quiet line at its end: where its reader chooses which letters to get."""
    line = _ENVIRONMENT.get_template(f"{letter.language}/choices.txt").render(url=url)
    return replace(letter, body=f"{letter.body.rstrip()}\n\n{line.strip()}\n")
