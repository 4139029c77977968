"""The files of a message: which are kept, under what name, and why others are left out."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from app.domain.cleaning import one_line
from app.mail.charsets import decoded

MOST = 10
MOST_LISTED = 40  # names in all, with those whose content was left out
LARGEST = 5 * 1024 * 1024
LARGEST_TOGETHER = 15 * 1024 * 1024
LONGEST_NAME = 120

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."


@dataclass(frozen=True)
class Kind:
    """A kind of file that is kept: the endings of its names, and how its content shows what it is."""

    content_type: str
    endings: tuple[str, ...]
    fits: Callable[[bytes], bool]


def _begins(*starts: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(starts)


def _is_pdf(content: bytes) -> bool:
    return b"%PDF-" in content[:1024]


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _is_heic(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1")


_MARKUP = re.compile(r"\s*(?:<!|<\?|<html|<head|<body|<script|<svg|<iframe|#!)", re.IGNORECASE)


def _is_text(content: bytes) -> bool:
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    start = decoded(content[:4096])
    strange = sum(character < " " and character not in "\t\n\r\f" for character in start)
    return strange == 0 and not _MARKUP.match(start)


def _office(folder: str) -> Callable[[bytes], bool]:
    def fits(content: bytes) -> bool:
        names = _entries(content)
        return (
            "[Content_Types].xml" in names
            and any(name.startswith(folder) for name in names)
            and not any("vbaproject" in name or "macrosheet" in name for name in map(str.casefold, names))
        )

    return fits


def _opendocument(content_type: str) -> Callable[[bytes], bool]:
    def fits(content: bytes) -> bool:
        # The type stands uncompressed in the first entry (OpenDocument 1.3, part 2, 3.3).
        names = _entries(content)
        return content[30:160].startswith(b"mimetype" + content_type.encode() + b"PK") and not any(
            name.startswith(("Basic/", "Scripts/")) for name in names
        )

    return fits


def _entries(content: bytes) -> list[str]:
    if not content.startswith(b"PK\x03\x04") or content.count(b"PK\x01\x02") > 2_000:
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return packed.namelist()
    except Exception:
        return []


# What people send of their village: letters, tables, slides, photographs. No HTML, SVG, archive or program,
# no format that carries macros, and no RTF, which can carry other files inside.
KINDS = (
    Kind("application/pdf", ("pdf",), _is_pdf),
    Kind("image/jpeg", ("jpg", "jpeg", "jpe"), _begins(b"\xff\xd8\xff")),
    Kind("image/png", ("png",), _begins(b"\x89PNG\r\n\x1a\n")),
    Kind("image/gif", ("gif",), _begins(b"GIF87a", b"GIF89a")),
    Kind("image/webp", ("webp",), _is_webp),
    Kind("image/heic", ("heic", "heif"), _is_heic),
    Kind(_OFFICE + "wordprocessingml.document", ("docx",), _office("word/")),
    Kind(_OFFICE + "spreadsheetml.sheet", ("xlsx",), _office("xl/")),
    Kind(_OFFICE + "presentationml.presentation", ("pptx",), _office("ppt/")),
    Kind(_OPEN + "text", ("odt",), _opendocument(_OPEN + "text")),
    Kind(_OPEN + "spreadsheet", ("ods",), _opendocument(_OPEN + "spreadsheet")),
    Kind(_OPEN + "presentation", ("odp",), _opendocument(_OPEN + "presentation")),
    Kind("text/plain", ("txt",), _is_text),
    Kind("text/csv", ("csv",), _is_text),
)
CONTENT_TYPES = frozenset(kind.content_type for kind in KINDS)

_ODD = re.compile(r'[<>:"|?*\x00-\x1f]')
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,10})$")


def clean_name(name: str) -> str:
    """Return a file name without folders, controls and marks that turn the reading direction; may be ""."""
    plain = re.split(r"[/\\]", one_line(name))[-1]
    plain = _ODD.sub("_", plain).strip(" .")
    if len(plain) <= LONGEST_NAME:
        return plain
    ending = _ENDING.search(plain)
    tail = ending[0] if ending else ""
    return plain[: LONGEST_NAME - len(tail)].rstrip(" .") + tail


def kind_of(name: str, content: bytes) -> Kind | None:
    """Return the kind on which the name's ending and the content agree, None where they do not.

    A name without an ending takes the content's word, but for plain text, which anything can be.
    """
    ending = _ENDING.search(name)
    for kind in KINDS:
        wanted = ending is not None and ending[1].casefold() in kind.endings
        if (wanted or (ending is None and kind.fits is not _is_text)) and kind.fits(content):
            return kind
    return None


def named(name: str, kind: Kind | None) -> str:
    """Return the clean name with an ending; one of our own where the sender gave none."""
    plain = clean_name(name) or "file"
    if kind is None or _ENDING.search(plain):
        return plain
    return f"{plain[: LONGEST_NAME - 6]}.{kind.endings[0]}"


class Basket:
    """Counts the files of one message against the limits."""

    def __init__(self) -> None:
        self._kept = 0
        self._together = 0

    def refusal(self, kind: Kind | None, size: int) -> str:
        """Return "" and count the file in, or the word for why its content is left out."""
        if kind is None:
            return "type"
        if self._kept >= MOST:
            return "many"
        if size > LARGEST or self._together + size > LARGEST_TOGETHER:
            return "size"
        self._kept += 1
        self._together += size
        return ""
