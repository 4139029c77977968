"""What mail programs and people put under their words: found, so that a topic is the words alone."""

import re

# Marks that the reader of HTML sets around a signature; private characters, so nobody writes them.
SIGNATURE, SIGNATURE_END = "\ue001", "\ue002"

LONGEST_SIGNATURE = 15  # lines; below more than these, two dashes were a line between two matters
LINES_BY_DEVICE = 8  # at the end, where a device writes its own; above them a person speaks of a phone

_DASHES = re.compile(r"--\s*")
_DEVICE = (
    r"(?:iphone|ipad|android|samsung|galaxy|huawei|honor|xiaomi|oneplus|nokia|motorola|sony|outlook|windows"
    r"|yahoo|gmail|proton|puhelime|älypuhel|kännykä|tableti|mobiil|sähköposti|e-post|telefon|surfplatta"
    r"|mobile|phone|mail)"
)
_BY_DEVICE = re.compile(
    rf"(?:(?:lähetetty|skickat från|skickat med|skickat via|skickades från|sent from|sent with|sent via"
    rf"|lähetin tämän) [^:]*{_DEVICE}[^:]*"
    rf"|(?:hanki|lataa|hämta|skaffa|get|download) outlook (?:for|för|sovellus)[^:]*"
    rf"|(?:hanki|hämta|get) [^:]*outlook (?:for|för) (?:ios|android|mac)[^:]*)(?:https?://\S*)?\s*",
    re.IGNORECASE,
)
_LONGEST_BY_DEVICE = 140
_MOST_WORDS = 12
_RULE = re.compile(r"[_\-=*\s]{3,}")


def without_signature(lines: list[str]) -> list[str]:
    """Return the lines without what stands under "-- ", in a program's signature or "Sent from my …"."""
    kept = _without_marked(lines)
    first = next((place for place, line in enumerate(kept) if line.strip()), len(kept))
    # The dashes themselves are one of the lines.
    for place in range(max(first + 1, _from_last(kept, LONGEST_SIGNATURE + 1)), len(kept)):
        if _DASHES.fullmatch(kept[place]) and kept[place].strip() == "--":
            kept = kept[:place]
            break
    last = _from_last(kept, LINES_BY_DEVICE)
    kept = [line for place, line in enumerate(kept) if place < last or not by_device(line)]
    while kept and (not kept[-1].strip() or _RULE.fullmatch(kept[-1])):
        kept.pop()
    return kept


def by_device(line: str) -> bool:
    """Whether a phone or a program wrote the line ("Lähetetty iPhonesta", "Sent from my iPad")."""
    plain = line.strip().strip("*_<>").strip()
    if len(plain) > _LONGEST_BY_DEVICE or len(plain.split()) > _MOST_WORDS:
        return False
    return bool(_BY_DEVICE.fullmatch(plain))


def _from_last(lines: list[str], many: int) -> int:
    """Return the place where the last lines begin, empty ones not counted."""
    written = [place for place, line in enumerate(lines) if line.strip()]
    return written[-many] if len(written) >= many else 0


def _without_marked(lines: list[str]) -> list[str]:
    kept: list[str] = []
    depth = 0
    for line in lines:
        depth += line.count(SIGNATURE)
        if depth == 0:
            kept.append(line)
        depth = max(depth - line.count(SIGNATURE_END), 0)
    return kept
