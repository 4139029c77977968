"""What a builder did is taken back, act by act, where it still stands as she left it."""

from datetime import time

import pytest
from sqlalchemy import func, select

from app.domain.agenda import ItemKind
from app.domain.clock import utc_now
from app.domain.errors import NotFound
from app.domain.permissions import Visitor
from app.domain.topics import TopicAct, TopicState
from app.extensions import db
from app.models import AgendaChange, AgendaItem, AttendanceWindow, Meeting, Person, Topic, TopicStep
from app.services import agenda, agenda_items, undoing, windows
from app.services.agenda_changes import latest
from app.services.agenda_items import Edit
from app.services.undoing import Undone
from app.services.windows import WindowEdit
from tests import make
from tests.cast import Cast


@pytest.fixture
def maria(cast: Cast) -> Visitor:
    return make.visitor(cast.maria)


@pytest.fixture
def other(cast: Cast) -> Visitor:
    """A second coordinator of every table."""
    from app.domain.permissions import Role
    from app.models import PersonRole

    person = Person(name="Eeva Toinen", email="eeva.toinen@lehmijarvi.example")
    person.roles.append(PersonRole(role=Role.COORDINATOR, table_id=None))
    db.session.add(person)
    db.session.commit()
    return make.visitor("eeva.toinen@lehmijarvi.example")


@pytest.fixture
def meeting(cast: Cast) -> int:
    row = make.meeting(cast.north)
    for title in "ABCDE":
        make.item(row, title, 10, kind=ItemKind.OTHER)
    return row.id


def stands(meeting: int) -> dict[int, tuple]:
    db.session.rollback()
    rows = db.session.scalars(
        select(AgendaItem).where(AgendaItem.meeting_id == meeting).order_by(AgendaItem.position)
    )
    return {
        one.id: (
            *(one.title, one.title_sv, one.presenter, one.minutes, one.standing, one.kind, one.topic_id),
            *(one.fixed_start, one.buffer_minutes, tuple(person.id for person in one.officials)),
        )
        for one in rows
    }


def ids(meeting: int) -> list[int]:
    return list(stands(meeting))


def undo(who: Visitor, meeting: int) -> Undone:
    change = latest(who, db.session.get_one(Meeting, meeting))
    assert change is not None
    change_id = change.id
    return undoing.undo(who, meeting, change_id)


def official(cast: Cast) -> int:
    return db.session.scalars(select(Person.id).where(Person.email == cast.pekka)).one()


ACTS = {
    "move": lambda w, m, i, p, t: agenda.move_item(w, m, i[0], 2),
    "past": lambda w, m, i, p, t: agenda.move_past(w, m, i[1], -1, i[0]),
    "place": lambda w, m, i, p, t: agenda.move_item_to(w, m, i[4], 1),
    "minutes": lambda w, m, i, p, t: agenda.set_minutes(w, m, i[2], 25),
    "put": lambda w, m, i, p, t: agenda.put_on_agenda(w, m, t),
    "add": lambda w, m, i, p, t: agenda.add_item(w, m, kind=ItemKind.BREAK, title="Kahvi", minutes=15),
    "remove": lambda w, m, i, p, t: agenda.remove_item(w, m, i[1]),
    "save": lambda w, m, i, p, t: agenda_items.save_items(
        w,
        m,
        [
            Edit(i[0], {"minutes": 7, "title": "Uusi"}, {"minutes": "10", "title": "A"}),
            Edit(i[3], {"fixed_start": "18.45", "buffer_minutes": 5}, {}, official=p),
        ],
    ),
}


@pytest.mark.parametrize("kind", ACTS)
def test_each_act_is_taken_back_whole(cast: Cast, maria: Visitor, meeting: int, kind: str) -> None:
    topic = make.topic(cast.north, state=TopicState.ACCEPTED).id
    person = official(cast)
    before = stands(meeting)
    ACTS[kind](maria, meeting, list(before), person, topic)
    assert list(stands(meeting).items()) != list(before.items())
    undone = undo(maria, meeting)
    assert undone.refusal is None
    assert list(stands(meeting).items()) == list(before.items())
    assert db.session.get_one(Topic, topic).state is TopicState.ACCEPTED
    assert latest(maria, db.session.get_one(Meeting, meeting)) is None


def test_twenty_acts_are_taken_back_one_by_one(cast: Cast, maria: Visitor, meeting: int) -> None:
    pictures = []
    for number in range(24):
        pictures.append(list(stands(meeting).items()))
        first = ids(meeting)[0]
        if number % 3 == 0:
            agenda.move_item(maria, meeting, first, 1 + number % 4)
        elif number % 3 == 1:
            agenda.set_minutes(maria, meeting, first, 20 + number)
        else:
            agenda.add_item(maria, meeting, kind=ItemKind.OTHER, title=f"Uusi {number}", minutes=5)
    for picture in reversed(pictures):
        assert undo(maria, meeting).refusal is None
        assert list(stands(meeting).items()) == picture


def test_the_same_press_twice_takes_back_one_change(maria: Visitor, meeting: int) -> None:
    a, b, *_ = ids(meeting)
    agenda.set_minutes(maria, meeting, a, 15)
    agenda.set_minutes(maria, meeting, b, 20)
    change = latest(maria, db.session.get_one(Meeting, meeting))
    assert change is not None
    change_id = change.id
    for _ in range(2):
        undoing.undo(maria, meeting, change_id)
    assert [one[3] for one in stands(meeting).values()][:2] == [15, 10]


def test_a_removed_item_comes_back_with_its_id_topic_and_officials(
    cast: Cast, maria: Visitor, meeting: int
) -> None:
    topic = make.topic(cast.north, state=TopicState.ACCEPTED).id
    item = agenda.put_on_agenda(maria, meeting, topic).item_id
    agenda_items.save_items(maria, meeting, [Edit(item, {}, {}, official=official(cast))])
    before = list(stands(meeting).items())
    agenda.remove_item(maria, meeting, item)
    assert undo(maria, meeting).item_id == item
    assert list(stands(meeting).items()) == before
    assert db.session.get_one(Topic, topic).state is TopicState.ON_AGENDA


def test_a_topic_that_has_gone_on_does_not_come_back(cast: Cast, maria: Visitor, meeting: int) -> None:
    topic = make.topic(cast.north, state=TopicState.ACCEPTED).id
    item = agenda.put_on_agenda(maria, meeting, topic).item_id
    elsewhere = make.meeting(cast.north).id
    agenda.remove_item(maria, meeting, item)
    agenda.put_on_agenda(maria, elsewhere, topic)
    before = list(stands(meeting).items())
    refusal = undo(maria, meeting).refusal
    assert refusal is not None
    assert "has gone on meanwhile" in refusal.message
    assert list(stands(meeting).items()) == before
    # It is passed by: the next press goes further back, and there too the item is gone.
    refusal = undo(maria, meeting).refusal
    assert refusal is not None
    assert "is no longer on the agenda" in refusal.message


@pytest.mark.parametrize(
    ("mine", "theirs", "sentence"),
    [
        (
            lambda w, m, i: agenda.set_minutes(w, m, i[0], 15),
            lambda w, m, i: agenda.set_minutes(w, m, i[0], 20),
            "has been changed again meanwhile",
        ),
        (
            lambda w, m, i: agenda.move_item(w, m, i[0], 1),
            lambda w, m, i: agenda.move_item(w, m, i[0], 2),
            "has been moved again meanwhile",
        ),
        (
            lambda w, m, i: agenda.set_minutes(w, m, i[0], 15),
            lambda w, m, i: agenda.remove_item(w, m, i[0]),
            "is no longer on the agenda",
        ),
        (
            lambda w, m, i: agenda.add_item(w, m, kind=ItemKind.OTHER, title="Uusi", minutes=5),
            lambda w, m, i: agenda.set_minutes(w, m, ids(m)[-1], 20),
            "has been changed again meanwhile",
        ),
    ],
)
def test_what_somebody_else_changed_stays(maria, other, meeting: int, mine, theirs, sentence: str) -> None:
    items = ids(meeting)
    mine(maria, meeting, items)
    theirs(other, meeting, items)
    before = list(stands(meeting).items())
    refusal = undo(maria, meeting).refusal
    assert refusal is not None
    assert sentence in refusal.message
    assert list(stands(meeting).items()) == before


def test_what_others_did_elsewhere_on_the_list_stays(maria, other, meeting: int) -> None:
    a, b, c, d, e = ids(meeting)
    agenda.move_item(maria, meeting, a, 2)
    agenda.set_minutes(other, meeting, a, 30)
    new = agenda.add_item(other, meeting, kind=ItemKind.OTHER, title="Uusi", minutes=5).item_id
    agenda.move_item_to(other, meeting, e, 1)
    assert undo(maria, meeting).refusal is None
    assert ids(meeting) == [a, e, b, c, d, new]
    assert stands(meeting)[a][3] == 30


def test_nobody_takes_back_what_another_did(cast: Cast, maria, other, meeting: int) -> None:
    agenda.set_minutes(maria, meeting, ids(meeting)[0], 15)
    change = latest(maria, db.session.get_one(Meeting, meeting))
    assert change is not None
    change_id = change.id
    elsewhere = make.meeting(cast.north).id
    assert latest(other, db.session.get_one(Meeting, meeting)) is None
    for who, where in ((other, meeting), (maria, elsewhere), (make.visitor(cast.olli), meeting)):
        with pytest.raises(NotFound):
            undoing.undo(who, where, change_id)


def test_times_of_officials_are_taken_back(cast: Cast, maria: Visitor, meeting: int) -> None:
    person = official(cast)
    item = ids(meeting)[0]
    agenda_items.save_items(maria, meeting, [Edit(item, {}, {}, official=person)])
    times = WindowEdit(person, {"arrives": "18.15", "leaves": "19.00"}, {"arrives": "", "leaves": ""})
    agenda_items.save_items(maria, meeting, [], windows=[times])
    window = db.session.scalars(select(AttendanceWindow)).one()
    assert (window.arrives, window.leaves) == (time(18, 15), time(19))
    assert undo(maria, meeting).refusal is None
    assert db.session.scalars(select(AttendanceWindow)).all() == []
    windows.need_no_more(maria, meeting, item, person)
    assert stands(meeting)[item][-1] == ()
    assert undo(maria, meeting).refusal is None
    assert stands(meeting)[item][-1] == (person,)


def test_a_release_ends_what_can_be_taken_back(maria: Visitor, meeting: int) -> None:
    agenda.set_minutes(maria, meeting, ids(meeting)[0], 15)
    row = db.session.get_one(Meeting, meeting)
    row.published_at = utc_now()
    db.session.commit()
    assert latest(maria, row) is None
    agenda.set_minutes(maria, meeting, ids(meeting)[0], 20)
    assert db.session.scalar(select(func.count(AgendaChange.id))) == 1


def test_a_hundred_changes_are_kept(maria: Visitor, meeting: int) -> None:
    first = ids(meeting)[0]
    for number in range(104):
        agenda.set_minutes(maria, meeting, first, 11 + number)
    assert db.session.scalar(select(func.count(AgendaChange.id))) == 100


def test_a_topic_taken_up_again_rests_when_it_is_taken_off(cast: Cast, maria: Visitor, meeting: int) -> None:
    topic = make.topic(cast.north, state=TopicState.DISCUSSED).id
    item = agenda.put_on_agenda(maria, meeting, topic).item_id
    assert db.session.get_one(Topic, topic).state is TopicState.ON_AGENDA
    agenda.remove_item(maria, meeting, item)
    assert db.session.get_one(Topic, topic).state is TopicState.DISCUSSED
    assert undo(maria, meeting).refusal is None
    assert db.session.get_one(Topic, topic).state is TopicState.ON_AGENDA
    undo(maria, meeting)
    assert db.session.get_one(Topic, topic).state is TopicState.DISCUSSED
    steps = db.session.scalars(
        select(TopicStep.act).where(TopicStep.topic_id == topic).order_by(TopicStep.id)
    ).all()
    assert steps == [TopicAct.CARRY_OVER, TopicAct.LET_REST] * 2


def test_an_item_whose_topic_left_the_agenda_can_be_taken_off(
    cast: Cast, maria: Visitor, meeting: int
) -> None:
    topic = make.topic(cast.north, state=TopicState.ACCEPTED)
    item = agenda.put_on_agenda(maria, meeting, topic.id).item_id
    for state in (TopicState.WITHDRAWN, TopicState.MERGED, TopicState.DECLINED):
        db.session.get_one(Topic, topic.id).state = state
        db.session.commit()
        agenda.remove_item(maria, meeting, item)
        assert db.session.get_one(Topic, topic.id).state is state
        assert undo(maria, meeting).refusal is not None
        db.session.get_one(Topic, topic.id).state = TopicState.ACCEPTED
        db.session.commit()
        item = agenda.put_on_agenda(maria, meeting, topic.id).item_id


def test_nothing_done_is_nothing_to_take_back(maria: Visitor, meeting: int) -> None:
    first = ids(meeting)[0]
    agenda.move_item(maria, meeting, first, -1)
    agenda.set_minutes(maria, meeting, first, 10)
    agenda_items.save_items(maria, meeting, [Edit(first, {"minutes": 10}, {"minutes": "10"})])
    assert db.session.scalar(select(func.count(AgendaChange.id))) == 0
