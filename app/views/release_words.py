"""What changed of an agenda, in words: a list of sentences, and marks beside the items."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from flask_babel import gettext, ngettext

from app.domain.releases import Agenda, Changed, Changes, Detail, Line, What
from app.services.meetings import AgendaLine
from app.views.filters import clock, weekday_day
from app.views.languages import language

MOST_TIMES = 3  # items told one by one that only have another time


def in_words(changes: Changes, old: Agenda | None, new: Agenda) -> list[str]:
    """Return what changed, a sentence each: when and where, the items in their order, those gone."""
    if old is None:
        return []
    others = [one for one in changes.lines if one.what == {What.RETIMED}]
    if len(others) <= MOST_TIMES:
        return [*_details(changes, old, new), *(_item(one) for one in changes.lines)]
    # One longer item moves all after it: that is said once here, and beside each item.
    later = ngettext(
        "%(num)d other item has another time. It is marked on the agenda.",
        "%(num)d other items have another time. They are marked on the agenda.",
        len(others),
    )
    told = [_item(one) for one in changes.lines if one not in others]
    return [*_details(changes, old, new), *told, str(later)]


def with_notes(lines: Iterable[AgendaLine], changes: Changes) -> list[dict[str, Any]]:
    """Return the lines of an agenda, those that changed with a mark in words."""
    notes = {one.line.key: _note(one) for one in changes.lines}
    return [{**asdict(one), "note": notes.get(one.key)} for one in lines]


def _details(changes: Changes, old: Agenda, new: Agenda) -> list[str]:
    told = {
        Detail.DAY: lambda: gettext(
            "The day: %(new)s, earlier %(old)s.", new=weekday_day(new.day), old=weekday_day(old.day)
        ),
        Detail.CLOCK: lambda: gettext(
            "The time: %(new)s, earlier %(old)s.",
            new=f"{clock(new.starts)}–{clock(new.ends)}",
            old=f"{clock(old.starts)}–{clock(old.ends)}",
        ),
        Detail.PLACE: lambda: gettext(
            "The place: %(new)s, earlier %(old)s.", new=_place(new.place), old=_place(old.place)
        ),
        Detail.REMOTE: lambda: gettext("The link for remote participants has changed."),
    }
    return [str(say()) for detail, say in told.items() if detail in changes.details]


def _place(place: str) -> str:
    return place or str(gettext("not told yet"))


def _item(one: Changed) -> str:
    title = one.line.title_in(language())
    if one.old is None:
        return str(gettext("New: %(clock)s %(title)s.", clock=clock(one.line.clock), title=title))
    if one.new is None:
        return str(
            gettext("Taken off: %(title)s. It was at %(clock)s.", clock=clock(one.old.clock), title=title)
        )
    said = []
    if What.MOVED in one.what:
        said.append(gettext("moved"))
    if What.RETIMED in one.what:
        said.append(_times(one.old, one.new))
    if What.RENAMED in one.what:
        said.append(gettext("earlier called “%(title)s”", title=one.old.title_in(language())))
    if What.PRESENTED in one.what:
        said.append(gettext("another presenter"))
    return f"{title}: {', '.join(str(each) for each in said)}."


def _note(one: Changed) -> str:
    if one.old is None or one.new is None:
        return str(gettext("New"))
    said = [gettext("Moved")] if What.MOVED in one.what else []
    if What.RETIMED in one.what:
        said.append(gettext("Another time: %(times)s", times=_times(one.old, one.new)))
    if What.RENAMED in one.what:
        said.append(gettext("Another title"))
    if What.PRESENTED in one.what:
        said.append(gettext("Another presenter"))
    return " · ".join(str(each) for each in said)


def _times(old: Line, new: Line) -> str:
    said = []
    if old.clock != new.clock:
        said.append(gettext("from %(old)s to %(new)s", old=clock(old.clock), new=clock(new.clock)))
    if old.minutes != new.minutes:
        said.append(gettext("%(new)d min, earlier %(old)d min", new=new.minutes, old=old.minutes))
    return ", ".join(str(each) for each in said)
