"""Where a person goes after signing in: back to the page that asked for it, or to where the work is."""

import re

from flask import url_for

from app.domain.permissions import Act, Visitor

LONGEST = 300

# An allow-list: a word of ours after one slash, so that no spelling leads to another site.
_OURS = re.compile(r"/(?:[A-Za-z0-9][A-Za-z0-9._~/-]*)?(?:\?[\w.~=&%+,:-]*)?")
_NOT_BACK_TO = ("/sign-in", "/sign-out")


def safe_next(text: str | None) -> str | None:
    """Return an address of this site, None for anything that could lead elsewhere or round in a circle."""
    if not text or len(text) > LONGEST or not _OURS.fullmatch(text) or text.startswith(_NOT_BACK_TO):
        return None
    return None if "//" in text.partition("?")[0] else text


def start_page(who: Visitor) -> str:
    """Return the page where the person's work is, the first page for everybody else."""
    return url_for("inbox.index" if who.may(Act.READ_INBOX) else "pages.home")
