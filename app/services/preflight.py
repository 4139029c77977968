"""Gathers what is looked at before an agenda goes out."""

from app.domain.answers import Answer
from app.domain.clock import today
from app.domain.permissions import Visitor
from app.domain.preflight import Checked, Declined, Facts, Finding, Missed, look
from app.domain.timing import fit, timed
from app.domain.windows import clashes
from app.models import AgendaItem, Meeting
from app.services.advice import Advice
from app.services.announcing import Plan
from app.services.rhythm import cautions_of
from app.services.windows import stored_windows


def findings(visitor: Visitor, meeting: Meeting, plan: Plan, language: str) -> list[Finding]:
    """Return what to look at before this agenda is published; a bounded number of queries."""
    slots = [one.slot for one in meeting.items]
    times = timed(meeting.day, meeting.starts, slots, meeting.zone)
    day_words = (one.sentence() for one in cautions_of(visitor, meeting.day, meeting.table_id, language))
    return look(
        Facts(
            day=meeting.day,
            starts=meeting.starts,
            today=today(),
            items=tuple(_checked(one, when.late) for one, when in zip(meeting.items, times, strict=True)),
            over=fit(meeting.day, meeting.starts, slots, meeting.minutes, meeting.zone).over,
            place=meeting.place or "",
            remote_url=meeting.remote_url or "",
            invited=len(plan.invited),
            swedish="sv" in meeting.table.languages.split(),
            zone=meeting.zone,
            day_words=tuple(day_words),
            missed=tuple(_missed(meeting)),
            declined=tuple(_declined(plan)),
        )
    )


def _checked(item: AgendaItem, late: int) -> Checked:
    return Checked(
        id=item.id,
        kind=item.kind,
        title=item.title,
        title_sv=item.title_sv or "",
        presenter=item.presenter or "",
        officials=len(item.officials),
        topic=item.topic.state if item.topic else None,
        language=item.topic.language if item.topic else "",
        late=late,
    )


def _declined(plan: Plan) -> list[Declined]:
    """Return the officials who are needed and have answered that they do not come."""
    return [
        Declined(item.id, one.name)
        for one in plan.invited
        if one.row is not None and one.row.answer is Answer.NOT_COMING and one.row.substitute is None
        for item in one.items
    ]


def _missed(meeting: Meeting) -> list[Missed]:
    """Return the officials who are away during their item; a missed fixed start is told by the clock."""
    advice = Advice(meeting, stored_windows(meeting.id))
    names = {one.id: one.name for item in meeting.items for one in item.officials}
    return [
        Missed(one.item, names[one.official], one.early, one.late)
        for one in clashes(advice.parts, advice.windows)
        if one.official is not None
    ]
