"""Answers to invitations, counted in words."""

from flask_babel import ngettext

from app.domain.answers import Tally


def counted(tally: Tally, earlier: int = 0) -> str:
    """Return “12 come, 3 do not come, 5 have not answered.”; what nobody has answered is left out.

    `earlier` is how many of the answers were given before the time or the place changed.
    """
    parts = (
        (tally.comes, ngettext("%(num)d comes", "%(num)d come", tally.comes)),
        (tally.sends, ngettext("%(num)d sends somebody else", "%(num)d send somebody else", tally.sends)),
        (tally.does_not, ngettext("%(num)d does not come", "%(num)d do not come", tally.does_not)),
        (tally.perhaps, ngettext("%(num)d perhaps comes", "%(num)d perhaps come", tally.perhaps)),
        (tally.waiting, ngettext("%(num)d has not answered", "%(num)d have not answered", tally.waiting)),
    )
    said = [str(words) for count, words in parts if count]
    if earlier:
        said.append(
            ngettext(
                "%(num)d of the answers was given before the time or the place changed",
                "%(num)d of the answers were given before the time or the place changed",
                earlier,
            )
        )
    return f"{', '.join(said)}." if said else ""
