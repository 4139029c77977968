"""Marks the sentences of the rules, so that the pages can say them in the reader's language."""


def N_(message: str) -> str:  # noqa: N802 - the name that every gettext tool knows
    """Return `message` as it is; the mark alone is what the catalogue collects."""
    return message
