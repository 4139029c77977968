"""A small reader of calendar files of our own, so that a fault of the writing library cannot hide itself."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def lines(content: bytes) -> list[str]:
    """Return the unfolded content lines (RFC 5545, 3.1)."""
    assert content.endswith(b"\r\n")
    unfolded = content.replace(b"\r\n ", b"").replace(b"\r\n\t", b"")
    return unfolded.decode("utf-8").removesuffix("\r\n").split("\r\n")


def names(content: bytes) -> list[str]:
    """Return the names of the properties with their parameters, in order; the values are left out."""
    return [line.partition(":")[0] for line in lines(content)]


def value(content: bytes, name: str) -> str:
    """Return the value of the one property of this name (parameters aside) outside the time zone."""
    found = values(content, name)
    assert len(found) == 1, f"{name}: {found}"
    return found[0]


def values(content: bytes, name: str) -> list[str]:
    """Return the values of the properties of this name, as `value` does for the only one."""
    found, within_zone = [], False
    for line in lines(content):
        within_zone = (within_zone or line == "BEGIN:VTIMEZONE") and line != "END:VTIMEZONE"
        head, _, rest = line.partition(":")
        if head.partition(";")[0] == name and not within_zone:
            found.append(rest)
    return found


def moment(text: str) -> datetime:
    """Return the moment of a DTSTART or DTEND value: in UTC, or the first showing of a Helsinki clock."""
    if text.endswith("Z"):
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    wall = datetime.strptime(text, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - the zone comes on the next line
    return wall.replace(tzinfo=ZoneInfo("Europe/Helsinki")).astimezone(UTC)
