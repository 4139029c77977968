"""What a suggested agenda says: why a topic has its points, why it was left out, and why topics clash."""

from flask_babel import gettext, ngettext

from app.domain.composing import Why, WhyCode
from app.domain.words import N_
from app.domain.worth import Ground, Worth
from app.services.proposing_agenda import Choice, Suggestion
from app.views.filters import clock, minutes

MOST_NAMED = 3
TIMES = ("start", "end", "stop")  # values of reasons that are minutes of the meeting

# The same sentences as the reasons have, with clock times in the place of minutes.
CLOCK_WORDS = {
    WhyCode.WINDOW_TOO_SHORT: N_(
        "It takes %(needed)d min, but the time with %(names)s is only from %(start)s to %(end)s."
    ),
    WhyCode.WINDOW_FULL: N_(
        "The time with %(names)s is only from %(start)s to %(end)s, and topics that were taken need it."
    ),
    WhyCode.GAP: N_(
        "The other topics end at %(stop)s, and the time with %(names)s begins only at %(start)s."
    ),
    WhyCode.NO_PLACE: N_(
        "The time with %(names)s is only from %(start)s to %(end)s, "
        "and the topics that were taken leave no room in it."
    ),
    WhyCode.CLASH_ALONE: N_(
        "The time with %(names)s is from %(start)s to %(end)s, and no topics fill the time before it."
    ),
}


def what_is_kept(found: Suggestion, language: str) -> str:
    """Return one sentence: which items stay, and how many minutes are left for topics."""
    if not found.kept:
        return str(ngettext("%(num)d minute is for topics.", "%(num)d minutes are for topics.", found.room))
    named = [f"{one.title_in(language)} {minutes(one.minutes)}" for one in found.kept[:MOST_NAMED]]
    others = len(found.kept) - MOST_NAMED
    if others > 0:
        named.append(ngettext("%(num)d more item", "%(num)d more items", others))
    return str(
        ngettext(
            "These stay: %(items)s. %(num)d minute is left for topics.",
            "These stay: %(items)s. %(num)d minutes are left for topics.",
            found.room,
            items=", ".join(named),
        )
    )


def points_words(worth: Worth) -> str:
    """Return points with their grounds: “11 points: has waited 6 weeks, was passed over once”."""
    said = ", ".join(_ground(ground, times) for ground, times in worth.grounds) or gettext("is new")
    return str(ngettext("%(num)d point: %(why)s", "%(num)d points: %(why)s", worth.points, why=said))


def _ground(ground: Ground, times: int) -> str:
    if ground is Ground.WAITED:
        return str(ngettext("has waited %(num)d week", "has waited %(num)d weeks", times))
    if ground is Ground.PASSED_OVER:
        return str(ngettext("was passed over once", "was passed over %(num)d times", times))
    return str(
        {
            Ground.PLANNED: gettext("belongs to the welfare plan"),
            Ground.FOLLOWED: gettext("something that was agreed is still open"),
            Ground.RECURRING: gettext("comes up again and again"),
        }[ground]
    )


def reason_words(found: Suggestion, choice: Choice, why: Why | None) -> str:
    """Return why a topic was left out."""
    if why is not None:
        return _why(found, why)
    if choice.late:
        return str(gettext("It came after the last day for topics of this meeting."))
    return str(gettext("You left it out this time."))


def clash_words(found: Suggestion) -> str:
    """Return why the topics that must be on the agenda do not fit together."""
    return _why(found, found.clash.why) if found.clash else ""


def _why(found: Suggestion, why: Why) -> str:
    """Return a reason; where it tells minutes of the meeting, people read clock times."""
    values = dict(why.values)
    for name in TIMES:
        if name in values:
            values[name] = clock(found.clock(int(str(values[name]))))
    return str(gettext(CLOCK_WORDS.get(why.code, why.message), **values))
