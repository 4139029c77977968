"""Bytes of other people's mail become text, whatever their label says."""

import binascii
import codecs
import re
from itertools import groupby
from typing import NamedTuple

LONGEST_HEADER = 20_000  # characters of one field that are looked at

# Bytes of these can pass for UTF-8 though they are something else, so their label is believed first.
_SEVEN_BIT_OR_WIDE = re.compile(r"iso2022_\w+|hz|utf-(?:16|32)(?:-[lb]e)?")
# Only alphabets of people: Python has codecs that are slow or that do other work ("punycode", "zip").
_KNOWN = re.compile(
    r"iso8859-\d+|cp\d+|koi8-[ru]|mac-\w+|utf-8|shift_jis\w*|euc_\w+|big5\w*|gb\w+|tis-620|johab|kz1048|ptcp154"
)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bq])\?([^?]*)\?=", re.IGNORECASE)
_CONTROLS = re.compile("[\x80-\x9f]")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")


def decoded(content: bytes, declared: str = "") -> str:
    """Return the text of some bytes; never raises.

    Strict UTF-8 is asked first, for nothing else reads as that by chance; then the declared charset, where
    Latin-1 and ASCII mean Windows-1252 (as the WHATWG Encoding Standard has it); then Windows-1252.
    """
    for mark, charset in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(charset, "replace")
    label = _label(declared)
    if label and _SEVEN_BIT_OR_WIDE.fullmatch(label):
        found = _strictly(content, label)
        if found is not None:
            return found
    found = _strictly(content, "utf-8")
    if found is not None:
        return found
    if label == "utf-8":
        cut = content.decode("utf-8", "replace")
        broken = cut.count("\ufffd")
        if sum(character > "\x7f" for character in cut) > 2 * broken:
            return cut  # UTF-8 with a character cut in two somewhere
    elif label and _KNOWN.fullmatch(label):
        found = _strictly(content, label)
        # Controls where Windows-1252 has dashes and quotes: the label is one of a relative of Latin-1.
        if found is not None and not _CONTROLS.search(found):
            return found
    return content.decode("cp1252", "replace")


def _label(declared: str) -> str:
    plain = declared.strip().strip("'\"").partition("*")[0]  # "utf-8*fi": RFC 2231, 5
    try:
        name = codecs.lookup(plain).name
    except (LookupError, ValueError):
        return ""
    return "cp1252" if name in ("iso8859-1", "ascii", "latin-1") else name


def _strictly(content: bytes, charset: str) -> str | None:
    try:
        return content.decode(charset)
    except (UnicodeError, LookupError):
        return None


def unbase64(content: bytes) -> bytes:
    """Return what base64 says, as much of it as can be read (RFC 2045, 6.8)."""
    try:
        return binascii.a2b_base64(content)
    except binascii.Error:
        plain = _NOT_BASE64.sub(b"", content)
        if len(plain) % 4 == 1:
            plain = plain[:-1]
        return binascii.a2b_base64(plain + b"=" * (-len(plain) % 4))


class _Piece(NamedTuple):
    """A run of a header: bytes of one charset."""

    charset: str
    content: bytes


def header_words(value: str) -> str:
    """Return the text of a header field: encoded words (RFC 2047), also glued or wrong ones, and raw bytes.

    A character may be cut in two by neighbouring words of one charset, so their bytes are joined first.
    """
    value = value[:LONGEST_HEADER]
    pieces: list[_Piece] = []
    after = 0
    for word in _ENCODED_WORD.finditer(value):
        between = value[after : word.start()]
        if between.strip() or not pieces:  # white space between two encoded words is no text (6.2)
            pieces.append(_Piece("", as_bytes(between)))
        pieces.append(_Piece(word[1].casefold(), _word_bytes(word[2], word[3])))
        after = word.end()
    pieces.append(_Piece("", as_bytes(value[after:])))
    return "".join(
        decoded(b"".join(piece.content for piece in run), charset)
        for charset, run in groupby(pieces, key=lambda piece: piece.charset)
    )


def _word_bytes(encoding: str, text: str) -> bytes:
    content = as_bytes(text)
    return unbase64(content) if encoding in "bB" else binascii.a2b_qp(content, header=True)


def as_bytes(text: str) -> bytes:
    """Return the bytes behind the parser's text, which stands for the raw ones by lone surrogates."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # surrogates that stand for no byte
        return text.encode("utf-8", "replace")
