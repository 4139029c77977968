"""Says why a topic was left out: only what holds for the agenda that was proposed."""

from collections.abc import Sequence

from app.domain.composing.model import Candidate, Instance, Placed, Why, WhyCode


def why_left_out(instance: Instance, candidate: Candidate, items: Sequence[Placed]) -> Why:
    """Return the reason why the candidate is not among the items."""
    alone = why_never(instance, candidate)
    if alone is not None:
        return alone
    needed = candidate.minutes
    names, start, end = presence(instance, candidate)
    there = {"names": ", ".join(names), "start": start, "end": end}
    by_id = {one.id: one for one in instance.candidates}
    taken = [by_id[item.id] for item in items]
    if names:
        within = sum(one.minutes for one in taken if _inside(presence(instance, one), start, end))
        if within + needed > end - start:
            return Why(WhyCode.WINDOW_FULL, there)
    stop = items[-1].end if items else instance.opening
    free = instance.ends - stop
    if free < needed:
        alike = [one for one in taken if heard(one) is not None and heard(one) == heard(candidate)]
        if any(one.points >= candidate.points for one in alike):
            return Why(WhyCode.ORGANISATION_HEARD, {"needed": needed, "free": free})
        return Why(WhyCode.NO_TIME_LEFT, {"needed": needed, "free": free})
    if start <= stop and stop + needed <= end:
        return Why(WhyCode.ADDS_NOTHING)
    if stop < start:
        return Why(WhyCode.GAP, {"stop": stop, **there})
    return Why(WhyCode.NO_PLACE, there)


def why_never(instance: Instance, candidate: Candidate) -> Why | None:
    """Return the reason why no agenda at all has the candidate, None where one may have it."""
    needed = candidate.minutes
    if needed > instance.room:
        return Why(WhyCode.TOO_LONG, {"needed": needed, "room": instance.room})
    names, start, end = presence(instance, candidate)
    if end - start >= needed:
        return None
    there = {"names": ", ".join(names), "start": start, "end": end}
    if end > start:
        return Why(WhyCode.WINDOW_TOO_SHORT, {"needed": needed, **there})
    return Why(WhyCode.NEVER_THERE if len(names) == 1 else WhyCode.NEVER_TOGETHER, {"names": there["names"]})


def heard(candidate: Candidate) -> str | None:
    """Return whose voice is heard with the candidate; None where it counts for no organisation."""
    if candidate.organisation is None or candidate.organisation == "":
        return None
    return str(candidate.organisation)


def presence(instance: Instance, candidate: Candidate) -> tuple[list[str], int, int]:
    """Return the candidate's officials who come or go during the topics, and when all of them are there."""
    start, end = instance.opening, instance.ends
    names = []
    for name in dict.fromkeys(candidate.officials):
        window = instance.windows.get(name)
        if window is not None and (window[0] > instance.opening or window[1] < instance.ends):
            names.append(name)
            start, end = max(start, window[0]), min(end, window[1])
    return names, start, end


def _inside(found: tuple[list[str], int, int], start: int, end: int) -> bool:
    names, opens, shuts = found
    return bool(names) and start <= opens and shuts <= end
