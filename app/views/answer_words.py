"""Answers to invitations, counted in words."""

from flask_babel import ngettext

from app.domain.answers import Tally


def counted(tally: Tally, earlier: int = 0) -> str:
    """Return “12 come, 3 do not come, 5 have not answered.”; what nobody has answered is left out.

    `earlier` is how many of those who have not answered did so before the time or the place changed.
    """
    parts = (
        (tally.comes, ngettext("%(num)d comes", "%(num)d come", tally.comes)),
        (tally.sends, ngettext("%(num)d sends somebody else", "%(num)d send somebody else", tally.sends)),
        (tally.does_not, ngettext("%(num)d does not come", "%(num)d do not come", tally.does_not)),
        (tally.perhaps, ngettext("%(num)d perhaps comes", "%(num)d perhaps come", tally.perhaps)),
        (tally.waiting, _waiting(tally.waiting, earlier)),
    )
    said = [str(words) for count, words in parts if count]
    return f"{', '.join(said)}." if said else ""


def _waiting(count: int, earlier: int) -> str:
    if not earlier:
        return ngettext("%(num)d has not answered", "%(num)d have not answered", count)
    waiting = ngettext(
        "%(num)d has not answered since the change", "%(num)d have not answered since the change", count
    )
    before = ngettext("%(num)d answered before it", "%(num)d answered before it", earlier)
    return f"{waiting} ({before})"
