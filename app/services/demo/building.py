"""The agenda of a meeting as it is built: items come, change, go, and need officials."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.domain.agenda import ItemKind
from app.domain.topics import TopicAct, TopicState
from app.extensions import db
from app.models import AgendaItem, AttendanceWindow, Meeting
from app.services.demo.stage import Stage
from app.services.demo.story import Story, step
from app.services.demo.values import Item, Told, Window

BEFORE = timedelta(minutes=10)  # a late topic is let in, then put on the agenda


@dataclass
class Agenda:
    """The agenda of one meeting; `items` are those that stand on it, by what stays the same of them."""

    row: Meeting
    stories: dict[Told, Story]
    items: dict[Told | str, AgendaItem] = field(default_factory=dict)


def build(stage: Stage, agenda: Agenda, items: Iterable[Item], at: datetime) -> None:
    """Make these the items of an agenda at a moment, with every step and line of the log."""
    row, wanted = agenda.row, list(items)
    keys = {item.key for item in wanted}
    for key in [key for key in agenda.items if key not in keys]:
        _take_off(stage, agenda, key, at)
    changed = 0
    for place, item in enumerate(wanted):
        there = agenda.items.get(item.key)
        if there is None:
            there = agenda.items[item.key] = _new(agenda, item)
            row.items.append(there)
        else:
            changed += (there.minutes, there.buffer_minutes) != (item.minutes, item.buffer)
        there.minutes, there.buffer_minutes, there.fixed_start = item.minutes, item.buffer, item.fixed
        there.position = place
        there.officials = [stage.people[key] for key in item.officials]
    row.items.sort(key=lambda one: one.position)
    known = {one.id for one in row.items}
    db.session.flush()
    for item in wanted:
        if agenda.items[item.key].id not in known:
            _came(stage, agenda, item, at)
    if changed:
        stage.log(at, "riikka", "agenda.save", "meeting", row.id, fields=changed)


def come_and_go(stage: Stage, row: Meeting, windows: Iterable[Window]) -> None:
    """Store when officials can be at a meeting."""
    db.session.add_all(
        AttendanceWindow(
            meeting_id=row.id, person_id=stage.people[one.who].id, arrives=one.arrives, leaves=one.leaves
        )
        for one in windows
    )


def _new(agenda: Agenda, item: Item) -> AgendaItem:
    story = agenda.stories[item.told] if item.told else None
    return AgendaItem(
        kind=ItemKind.TOPIC if story else item.kind,
        topic_id=story.row.id if story else None,
        title=story.row.title if story else item.title,
        title_sv=item.title_sv,
        presenter=item.presenter or (_presenter(story) if story else None),
        standing=item.standing,
    )


def _presenter(story: Story) -> str | None:
    rows = [story.row, *(one.row for one in story.followed_by)]
    return ", ".join(dict.fromkeys(one.organisation.name for one in rows if one.organisation)) or None


def _came(stage: Stage, agenda: Agenda, item: Item, at: datetime) -> None:
    row, new = agenda.row, agenda.items[item.key]
    stage.log(at, "riikka", "agenda.add", "meeting", row.id, item=new.id, topic=new.topic_id)
    if not item.told:
        return
    story = agenda.stories[item.told]
    if item.told.admitted:
        stage.log(at - BEFORE, "riikka", "topic.admit", "topic", story.row.id, meeting=row.id)
    again = story.row.state is TopicState.DISCUSSED
    step(stage, story, TopicAct.CARRY_OVER if again else TopicAct.PUT_ON_AGENDA, at, meeting_id=row.id)


def _take_off(stage: Stage, agenda: Agenda, key: Told | str, at: datetime) -> None:
    gone = agenda.items.pop(key)
    if isinstance(key, Told):
        step(stage, agenda.stories[key], TopicAct.TAKE_OFF_AGENDA, at, meeting_id=agenda.row.id)
    stage.log(at, "riikka", "agenda.remove", "meeting", agenda.row.id, item=gone.id)
    agenda.row.items.remove(gone)
