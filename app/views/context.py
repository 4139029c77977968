"""What every page shows around its own content: municipality, menus, languages, messages."""

from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, get_flashed_messages, request, url_for
from flask_babel import gettext

from app.domain.permissions import Act
from app.domain.words import N_
from app.services import heartbeats, letters, municipality
from app.views import addresses
from app.views.access import visitor
from app.views.languages import LANGUAGES, language

# label, endpoint, the words of addresses that belong to it
PUBLIC_MENU = (
    (N_("Meetings"), "pages.home", ("", "tables", "meetings")),
    (N_("Propose a topic"), "topics.propose", ()),
    (N_("What happened to my topic"), "topics.find", ("topics",)),
    (N_("Welfare plan"), "plans.current", ("plans", "measures")),
)
WORK_MENU = (
    (N_("Inbox"), "inbox.index", "inbox", Act.READ_INBOX),
    (N_("Follow-ups"), "follow_ups.index", "follow-ups", Act.READ_FOLLOW_UPS),
    (N_("Outbox"), "outbox.index", "outbox", Act.READ_OUTBOX),
    (N_("Settings"), "settings.index", "settings", Act.CHANGE_SETTINGS),
)


def _first_word() -> str:
    return request.path.strip("/").split("/", 1)[0]


def navigation() -> list[tuple[str, str, bool]]:
    """Return the public menu: (label, address, whether this page belongs to it)."""
    here = request.endpoint
    exact = {endpoint for _, endpoint, _ in PUBLIC_MENU}
    return [
        (
            gettext(label),
            url_for(endpoint),
            here == endpoint or (here not in exact and _first_word() in words),
        )
        for label, endpoint, words in PUBLIC_MENU
    ]


def work_navigation() -> list[tuple[str, str, bool]]:
    """Return the menu of those who run the tables; empty for everybody else."""
    return [
        (_counted(endpoint, gettext(label)), url_for(endpoint), _first_word() == word)
        for label, endpoint, word, act in WORK_MENU
        if visitor().may(act)
    ]


def _counted(endpoint: str, label: str) -> str:
    """Return a label of the menu; that of the outbox says how many drafts wait for the visitor."""
    waiting = letters.drafts_waiting(visitor()) if endpoint == "outbox.index" else 0
    many = f"{waiting - 1}+" if waiting == letters.MOST_COUNTED else str(waiting)
    return f"{label} ({many})" if waiting else label


def language_links() -> list[tuple[str, str, str, bool]]:
    """Return (code, own name, address of this page in it, whether it is spoken now)."""
    # A visitor's own names in the address are only query: url_for has names with powers of their own.
    asked = {name: value for name, value in request.args.items() if name != "lang"}
    here = quote(request.path)
    if request.endpoint and request.method == "GET":
        here = url_for(request.endpoint, **(request.view_args or {}))
    else:
        asked = {}
    return [
        (
            code,
            name,
            f"{here}?{urlencode({**asked, 'lang': code})}",
            code == language(),
        )
        for code, name in LANGUAGES.items()
    ]


def init_app(app: Flask) -> None:
    """Give the surroundings to every template."""
    addresses.init_app(app)

    @app.context_processor
    def surroundings() -> dict[str, Any]:
        whose = municipality.shown(language())
        return {
            "language": language(),
            "municipality": whose,
            "demo": whose.demo,
            "visitor": visitor(),
            "navigation": navigation(),
            "work_navigation": work_navigation(),
            "language_links": language_links(),
            "worker_silence": heartbeats.silent_since,
            "worker_troubles": lambda: [(one, gettext(one.answer)) for one in heartbeats.troubles()],
            "messages": get_flashed_messages(with_categories=True),
        }
