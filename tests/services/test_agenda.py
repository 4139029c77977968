"""Several coordinators build the same agenda at the same moment, and nothing that any of them did is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.domain.agenda import ItemKind
from app.domain.errors import Forbidden, NotFound, Refused
from app.domain.permissions import ANYBODY, Visitor
from app.domain.topics import TopicState
from app.extensions import db
from app.models import AgendaItem, Event, Meeting, Topic, TopicStep
from app.services import agenda, agenda_items, pool, since_last
from app.services.agenda_items import Edit
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.page import Browser

TIMES = 10


def at_once(app: Flask, *acts: object) -> list[object]:
    """Do each act in a thread of its own; return what each gave or the refusal it met."""

    def do(one: object) -> object:
        with app.app_context():
            try:
                return one()
            except Refused as refusal:
                return refusal
            finally:
                db.session.remove()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(do, acts))


@pytest.fixture
def maria(cast: Cast) -> Visitor:
    return make.visitor(cast.maria)


@pytest.fixture
def meeting(cast: Cast) -> int:
    row = make.meeting(cast.north)
    for title in "ABCDE":
        make.item(row, title, 10)
    return row.id


def items(meeting: int) -> list[AgendaItem]:
    db.session.rollback()
    return list(
        db.session.scalars(
            select(AgendaItem)
            .where(AgendaItem.meeting_id == meeting)
            .order_by(AgendaItem.position, AgendaItem.id)
        )
    )


def test_moves_minutes_and_additions_at_once_lose_nothing(app: Flask, maria: Visitor, meeting: int) -> None:
    a, b, c, d, e = (one.id for one in items(meeting))
    db.session.remove()

    def move() -> None:
        for _ in range(TIMES):
            agenda.move_item(maria, meeting, a, 1)
            agenda.move_item(maria, meeting, a, -1)

    def minutes() -> None:
        for number in range(TIMES):
            agenda.set_minutes(maria, meeting, b, 10 + 5 * (number + 1), seen=str(10 + 5 * number))

    def more() -> None:
        for number in range(TIMES):
            agenda.add_item(maria, meeting, kind=ItemKind.OTHER, title=f"Uusi {number}", minutes=1)

    def words() -> None:
        for number in range(TIMES):
            seen = "D" if number == 0 else f"D{number - 1}"
            agenda_items.save_items(maria, meeting, [Edit(d, {"title": f"D{number}"}, {"title": seen})])

    before = revision(meeting)
    assert at_once(app, move, minutes, more, words) == [None] * 4
    after = items(meeting)
    assert [one.position for one in after] == list(range(5 + TIMES))
    by_id = {one.id: one for one in after}
    assert by_id[b].minutes == 10 + 5 * TIMES
    assert by_id[d].title == f"D{TIMES - 1}"
    assert {one.title for one in after} >= {f"Uusi {number}" for number in range(TIMES)}
    assert [one.id for one in after[:5]] == [a, b, c, d, e]
    assert revision(meeting) == before + 5 * TIMES


def revision(meeting: int) -> int:
    db.session.rollback()
    return db.session.get_one(Meeting, meeting).revision


def test_one_topic_goes_to_one_of_two_meetings(app: Flask, cast: Cast, maria: Visitor, meeting: int) -> None:
    other = make.meeting(cast.north).id
    topic = make.topic(cast.north, state=TopicState.ACCEPTED).id
    db.session.remove()
    given = at_once(
        app,
        lambda: agenda.put_on_agenda(maria, meeting, topic),
        lambda: agenda.put_on_agenda(maria, other, topic),
        lambda: agenda.put_on_agenda(maria, meeting, topic),
        lambda: agenda.put_on_agenda(maria, other, topic),
    )
    assert sum(isinstance(one, Refused) for one in given) == 3
    count = select(func.count(AgendaItem.id)).where(AgendaItem.topic_id == topic)
    assert db.session.scalar(count) == 1
    assert db.session.scalar(select(func.count(TopicStep.id)).where(TopicStep.topic_id == topic)) == 1


def test_strangers_and_other_tables_change_nothing(cast: Cast, meeting: int) -> None:
    item = items(meeting)[0].id
    olli = make.visitor(cast.olli)
    for visitor in (ANYBODY, olli, make.visitor(cast.sari)):
        for act in (
            lambda who: agenda.move_item(who, meeting, item, 1),
            lambda who: agenda.move_item_to(who, meeting, item, 3),
            lambda who: agenda.set_minutes(who, meeting, item, 15),
            lambda who: agenda.remove_item(who, meeting, item),
            lambda who: agenda.add_item(who, meeting, kind=ItemKind.OTHER, title="x", minutes=1),
            lambda who: agenda_items.save_items(
                who, meeting, [Edit(item, {"minutes": 9}, {"minutes": "10"})]
            ),
        ):
            with pytest.raises((NotFound, Forbidden)):
                act(visitor)
    assert revision(meeting) == 1


def test_saving_and_then_is_all_or_nothing(maria: Visitor, meeting: int) -> None:
    first = items(meeting)[0].id
    edit = Edit(first, {"minutes": 33}, {"minutes": "10"})
    with pytest.raises(Refused):
        agenda_items.save_items(maria, meeting, [edit], lambda: agenda.move_item(maria, meeting, 999, 1))
    assert items(meeting)[0].minutes == 10
    placed = agenda_items.save_items(
        maria, meeting, [edit], lambda: agenda.move_item(maria, meeting, first, 1)
    )
    assert placed is not None
    assert (items(meeting)[1].minutes, placed.place) == (33, 2)


def test_a_new_title_drops_the_swedish_one_that_said_the_old(maria: Visitor, meeting: int) -> None:
    row = items(meeting)[0]
    row.title_sv = "Gamla"
    db.session.commit()
    agenda_items.save_items(maria, meeting, [Edit(row.id, {"title": "Uusi"}, {"title": "A"})])
    assert (items(meeting)[0].title, items(meeting)[0].title_sv) == ("Uusi", None)
    both = {"title": "Toinen", "title_sv": "Andra"}
    agenda_items.save_items(maria, meeting, [Edit(items(meeting)[0].id, both, {"title": "Uusi"})])
    assert (items(meeting)[0].title, items(meeting)[0].title_sv) == ("Toinen", "Andra")


def test_an_agenda_holds_at_most_sixty_items(maria: Visitor, cast: Cast) -> None:
    row = make.meeting(cast.north)
    db.session.add_all(
        AgendaItem(meeting_id=row.id, kind=ItemKind.OTHER, title="x", minutes=1, position=number)
        for number in range(60)
    )
    db.session.commit()
    with pytest.raises(Refused, match="at most 60 items"):
        agenda.add_item(maria, row.id, kind=ItemKind.OTHER, title="y", minutes=1)
    with pytest.raises(Refused, match="at most 60 items"):
        since_last.add_first(maria, row.id)


def test_the_log_tells_what_was_done_without_words_of_people(maria: Visitor, meeting: int) -> None:
    first = items(meeting)[0].id
    agenda.move_item(maria, meeting, first, 1)
    agenda.remove_item(maria, meeting, first)
    events = db.session.scalars(
        select(Event).where(Event.noun == "meeting", Event.noun_id == meeting).order_by(Event.id)
    )
    assert [(one.act, one.person_id == maria.person_id) for one in events] == [
        ("agenda.move", True),
        ("agenda.remove", True),
    ]


def test_the_pool_holds_only_what_waits_at_this_table(cast: Cast) -> None:
    for state in TopicState:
        make.topic(cast.north, f"Aihe {state}", state=state)
    make.topic(cast.south, "Muualla", state=TopicState.ACCEPTED)
    found = pool.pool(cast.north)
    assert [one.state for one in found.topics] == [TopicState.ACCEPTED, TopicState.POSTPONED]
    assert found.found == 2
    assert [one.title for one in pool.pool(cast.north, "AIHE POST").topics] == ["Aihe postponed"]
    waits = select(Topic).where(Topic.state == TopicState.ACCEPTED, Topic.table_id == cast.north)
    number = str(db.session.scalars(waits).one().number)
    assert pool.pool(cast.north, number).found == 1


def test_the_builder_asks_as_little_for_five_hundred_topics_as_for_three(
    app: Flask, cast: Cast, meeting: int
) -> None:
    builder = Browser(app).sign_in(cast.maria)
    urls = (f"/meetings/{meeting}/edit", f"/meetings/{meeting}/edit?q=aihe", f"/meetings/{meeting}/publish")

    def count() -> list[int]:
        return [queries_of(lambda url=url: builder.raw(url)) for url in urls]

    def topics(rows: int) -> None:
        last = db.session.scalar(select(func.max(Topic.running))) or 0
        now = make.utc_now()
        db.session.add_all(
            Topic(
                year=2027,
                running=last + number + 1,
                token=f"{last + number:032d}",
                table_id=cast.north,
                state=TopicState.ACCEPTED,
                title=f"Aihe {number}",
                text="Aihe " * 200,
                organisation_id=cast.koivuranta,
                created_at=now,
                changed_at=now,
            )
            for number in range(rows)
        )
        db.session.commit()

    topics(3)
    few = count()
    topics(500)
    for number in range(20):
        make.item(db.session.get_one(Meeting, meeting), f"Lisää {number}")
    assert count() == few
    assert max(few[:2]) <= 20
    assert few[2] <= 24  # who is told and why, what came back, who answered, and what to look at first
