"""The lines of a calendar file that a stranger sent, read without working anything out (RFC 5545, 3.1).

The library that writes our files is not asked here: while it reads, it makes time zones and recurrences of
what stands there, and a stranger's rule can keep it busy for long.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_FOLD = re.compile(rb"(?:\r\n|\n|\r)[ \t]")
_END = re.compile(r"\r\n|\n|\r")
_NAME = re.compile(r"[A-Za-z0-9-]+")
# A value in quotes may hold anything but a quote; one without may not hold what ends it. A quote within a
# value is wrong and found, so it is let through.
_VALUE = r'(?:"[^"]*"|[^";:,][^;:,]*|)'
_PARAMETER = re.compile(rf";([A-Za-z0-9-]+)=({_VALUE}(?:,{_VALUE})*)(?=[;:])")
_ONE_VALUE = re.compile(r'"([^"]*)"|([^",][^,]*)')
_ESCAPED = re.compile(r"\\([nN\\;,])")
_CARET = re.compile(r"\^([n'^])")


@dataclass(frozen=True)
class Line:
    """One property: names in upper case, the value as it stands, each parameter's values unquoted."""

    name: str
    value: str
    parameters: dict[str, list[str]] = field(default_factory=dict)

    def parameter(self, name: str) -> str:
        """Return the first value of a parameter, "" where there is none."""
        return next(iter(self.parameters.get(name, [])), "")

    @property
    def text(self) -> str:
        """The value as a text with its line breaks (RFC 5545, 3.3.11)."""
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)


def content_lines(content: bytes) -> Iterator[Line]:
    """Yield the lines, unfolded; a line that is none is left out.

    Text that is not UTF-8 is read as Windows-1252 or Latin-1, as older mail servers send it.
    """
    # Folding counts octets, so it may part a letter: unfold first.
    for line in _END.split(_decoded(_FOLD.sub(b"", content.lstrip()))):
        if read := _line(line):
            yield read


def _decoded(content: bytes) -> str:
    for charset in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(charset)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _line(line: str) -> Line | None:
    name = _NAME.match(line)
    if name is None:
        return None
    parameters: dict[str, list[str]] = {}
    at = name.end()
    while found := _PARAMETER.match(line, at):
        parameters.setdefault(found[1].upper(), []).extend(_values(found[2]))
        at = found.end()
    if line[at : at + 1] != ":":
        return None
    return Line(name[0].upper(), line[at + 1 :], parameters)


def _values(written: str) -> list[str]:
    """Return the values of a parameter, its carets decoded (RFC 6868)."""
    plain = [quoted or bare for quoted, bare in _ONE_VALUE.findall(written)]
    return [_CARET.sub(lambda one: {"n": "\n", "'": '"', "^": "^"}[one[1]], text) for text in plain]
