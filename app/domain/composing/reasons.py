"""Says why a topic was left out: only what holds for the agenda that was proposed."""

from app.domain.composing.model import Candidate, Instance, Placed, Why, WhyCode


def why_left_out(instance: Instance, candidate: Candidate, items: tuple[Placed, ...]) -> Why:
    """Return the reason why the candidate is not among the items."""
    needed = candidate.minutes
    if needed > instance.room:
        return Why(WhyCode.TOO_LONG, {"needed": needed, "room": instance.room})
    names, start, end = presence(instance, candidate)
    if names and end <= start:
        code = WhyCode.NEVER_THERE if len(names) == 1 else WhyCode.NEVER_TOGETHER
        return Why(code, {"names": _list(names)})
    there = {"names": _list(names), "start": start, "end": end}
    if end - start < needed:
        return Why(WhyCode.WINDOW_TOO_SHORT, {"needed": needed, **there})
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
    if not names:
        return Why(WhyCode.ADDS_NOTHING)
    if stop < start:
        return Why(WhyCode.GAP, {"stop": stop, **there})
    return Why(WhyCode.NO_PLACE, there)


def heard(candidate: Candidate) -> str | None:
    """Return whose voice is heard with the candidate; None where it counts for no organisation."""
    if candidate.organisation is None or candidate.organisation == "":
        return None
    return str(candidate.organisation)


def presence(instance: Instance, candidate: Candidate) -> tuple[list[str], int, int]:
    """Return the candidate's officials who come or go during the topics, and when all of them are there."""
    start, end = instance.opening, instance.ends
    names = []
    for name in candidate.officials:
        window = instance.windows.get(name)
        if window is not None and (window[0] > instance.opening or window[1] < instance.ends):
            names.append(name)
            start, end = max(start, window[0]), min(end, window[1])
    return names, start, end


def _inside(found: tuple[list[str], int, int], start: int, end: int) -> bool:
    names, opens, shuts = found
    return bool(names) and start <= opens and shuts <= end


def _list(names: list[str]) -> str:
    return ", ".join(dict.fromkeys(names))
