"""Text that a program broke into short lines becomes paragraphs again (RFC 3676)."""


def unfolded(text: str, *, delsp: bool = False) -> str:
    """Return text of format=flowed with its lines joined; `delsp` takes the joining space away (4.1).

    A line flows on where it ends with a space, within one depth of quoting; "-- " does not (4.3).
    """
    made: list[str] = []
    depth_before: int | None = None  # of a line that flows on into the next
    for line in text.replace("\r\n", "\n").split("\n"):
        rest = line.lstrip(">")
        depth = len(line) - len(rest)
        rest = rest.removeprefix(" ")  # space-stuffing (4.4)
        flows = rest.endswith(" ") and rest != "-- "
        words = rest[:-1] if flows and delsp else rest
        if depth_before == depth and rest != "-- ":
            made[-1] += words
        else:
            made.append(f"{'>' * depth} {words}" if depth else words)
        depth_before = depth if flows else None
    return "\n".join(made)
