"""An agenda that is suggested: what it is made of, and putting it into use, whole or not at all."""

from datetime import date, time

import pytest
from sqlalchemy import select

from app.domain.agenda import ItemKind
from app.domain.clock import utc_now
from app.domain.composing import WhyCode
from app.domain.errors import Invalid, NotFound, Refused, Stale
from app.domain.permissions import Visitor
from app.domain.topics import TopicState
from app.extensions import db
from app.models import AgendaItem, AttendanceWindow, Meeting, Person, Topic
from app.services import agenda, desk, proposing_agenda, undoing, using_agenda
from app.services.agenda_changes import latest
from app.services.proposing_agenda import MOST_TOPICS, How, Suggestion, Take, Wish
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.suggestion_stage import framed, waiting


@pytest.fixture
def maria(cast: Cast) -> Visitor:
    return make.visitor(cast.maria)


def suggest(maria: Visitor, meeting: int, **wishes: Wish) -> Suggestion:
    by_id = {int(name.removeprefix("t")): wish for name, wish in wishes.items()}
    return proposing_agenda.suggest(desk.open_meeting(maria, meeting), by_id)


def titles(found: Suggestion) -> list[str]:
    return [line.title for line in found.lines]


def stored(meeting: int) -> list[tuple[str, int]]:
    db.session.rollback()
    items = db.session.get_one(Meeting, meeting, populate_existing=True).items
    return [(one.title, one.minutes) for one in items]


def state(topic: int) -> TopicState:
    db.session.rollback()
    return db.session.get_one(Topic, topic, populate_existing=True).state


def revision(meeting: int) -> int:
    return db.session.get_one(Meeting, meeting).revision


def test_topics_stand_between_what_is_kept(cast: Cast, maria: Visitor) -> None:
    row = make.meeting(cast.north)
    make.item(row, "Avaus", 5)
    make.item(row, "Mitä tapahtui edellisestä", 10, kind=ItemKind.SINCE_LAST_TIME)
    make.item(row, "Muut asiat", 5, kind=ItemKind.OTHER)
    make.item(row, "Seuraava tapaaminen", 5, kind=ItemKind.NEXT_MEETING)
    meeting = row.id
    for number in range(4):
        waiting(cast, f"Aihe {number}", weeks=number)
    found = suggest(maria, meeting)
    assert found.room == 65
    assert found.proposal is not None
    assert found.proposal.proven
    assert titles(found)[:2] == ["Avaus", "Mitä tapahtui edellisestä"]
    assert titles(found)[-2:] == ["Muut asiat", "Seuraava tapaaminen"]
    assert sorted(titles(found)[2:-2]) == ["Aihe 1", "Aihe 2", "Aihe 3"]
    assert found.lines[2].starts.time() == time(18, 15)
    [(left, why)] = found.left_out
    assert (left.topic.title, why and why.code) == ("Aihe 0", WhyCode.ORGANISATION_HEARD)
    assert stored(meeting)[0] == ("Avaus", 5)
    assert len(stored(meeting)) == 4, "something was stored"


def test_another_village_is_heard_before_points_count(cast: Cast, maria: Visitor) -> None:
    meeting = framed(cast)
    waiting(cast, "Vanha", 40, weeks=20)
    waiting(cast, "Toinen vanha", 25, weeks=19)
    waiting(cast, "Rantalan uusi", 25, organisation_id=cast.rantala)
    found = suggest(maria, meeting)
    assert sorted(one.topic_id for one in found.takes) == sorted(
        one.topic.id for one in found.choices if one.topic.title in ("Vanha", "Rantalan uusi")
    )
    assert found.heard("fi") == ["Koivuranta", "Rantala"]


def test_minutes_are_the_granted_else_the_wished(cast: Cast, maria: Visitor) -> None:
    meeting = framed(cast)
    granted = waiting(cast, "Myönnetty", 20, granted_minutes=15)
    wished = waiting(cast, "Toivottu", 20)
    usual = waiting(cast, "Ei toivottu", 20, wished_minutes=None)
    found = suggest(maria, meeting)
    assert [found.choice(one).minutes for one in (granted, wished, usual)] == [15, 20, 10]
    assert suggest(maria, meeting, **{f"t{wished}": Wish(None, 35)}).choice(wished).minutes == 35


def test_what_is_on_the_agenda_stays_unless_told_otherwise(cast: Cast, maria: Visitor) -> None:
    meeting = framed(cast)
    weak = waiting(cast, "Listalla", 40)
    agenda.put_on_agenda(maria, meeting, weak)
    waiting(cast, "Kauan odottanut", 40, weeks=10)
    found = suggest(maria, meeting)
    assert [one.topic_id for one in found.takes] == [weak]
    found = suggest(maria, meeting, **{f"t{weak}": Wish(How.MAY)})
    assert titles(found)[2] == "Kauan odottanut"
    found = suggest(maria, meeting, **{f"t{weak}": Wish(How.OUT)})
    [(left, why)] = found.left_out
    assert (left.topic.id, why) == (weak, None)


def test_one_that_came_late_is_left_out_unless_wanted(cast: Cast, maria: Visitor) -> None:
    meeting = framed(cast)
    late = waiting(cast, "Myöhässä", late_for_id=meeting)
    assert suggest(maria, meeting).takes == []
    assert len(suggest(maria, meeting, **{f"t{late}": Wish(How.MAY)}).takes) == 1


def test_musts_that_do_not_fit_are_named(cast: Cast, maria: Visitor) -> None:
    meeting = framed(cast)
    first, second, third = (waiting(cast, f"Aihe {one}", one) for one in (40, 30, 10))
    musts = {f"t{one}": Wish(How.MUST) for one in (first, second, third)}
    found = suggest(maria, meeting, **musts)
    assert found.clash is not None
    assert set(found.clash.conflict) == {first, second}
    assert (found.lines, found.proposal) == ([], None)


def test_an_official_who_leaves_early_is_heard_first(cast: Cast, maria: Visitor) -> None:
    meeting = framed(cast)
    waiting(cast, "Pitkä", 40, weeks=9)
    hers = waiting(cast, "Tie", 20)
    placed = agenda.put_on_agenda(maria, meeting, hers)
    pekka = db.session.scalars(select(Person).where(Person.email == cast.pekka)).one()
    item = db.session.get_one(AgendaItem, placed.item_id)
    item.officials.append(pekka)
    db.session.add(AttendanceWindow(meeting_id=meeting, person_id=pekka.id, leaves=time(18, 40)))
    db.session.commit()
    assert titles(suggest(maria, meeting))[2:4] == ["Tie", "Pitkä"]


def test_a_topic_with_a_start_of_its_own_stays_there(cast: Cast, maria: Visitor) -> None:
    meeting = framed(cast)
    fixed = agenda.put_on_agenda(maria, meeting, waiting(cast, "Kello 18.35", 20)).item_id
    db.session.get_one(AgendaItem, fixed).fixed_start = time(18, 35)
    db.session.commit()
    waiting(cast, "Ensin", 20, weeks=3)
    waiting(cast, "Sitten", 25, weeks=2)
    found = suggest(maria, meeting)
    assert {one.title: one.starts.time() for one in found.lines}["Kello 18.35"] == time(18, 35)
    assert all(one.topic.title != "Kello 18.35" for one in found.choices)


def test_no_room_is_told_and_nothing_is_looked_for(cast: Cast, maria: Visitor) -> None:
    meeting = framed(cast, minutes=20)
    waiting(cast, "Aihe")
    found = suggest(maria, meeting)
    assert (found.room, found.proposal, found.clash) == (0, None, None)


def test_the_best_of_many_are_compared_in_as_many_questions(cast: Cast, maria: Visitor) -> None:
    meeting = framed(cast)
    waiting(cast, "Aihe")

    def ask() -> Suggestion:
        return proposing_agenda.suggest(desk.open_meeting(maria, meeting), {}, seconds=0.05)

    few = queries_of(ask)
    now = utc_now()
    db.session.add_all(
        Topic(
            table_id=cast.north,
            text=f"Aihe {number}",
            title=f"Aihe {number}",
            year=2025,
            running=number + 1,
            token=f"token-{number:04d}",
            state=TopicState.ACCEPTED,
            created_at=make.days_ago(number),
            changed_at=now,
        )
        for number in range(499)
    )
    db.session.commit()
    assert queries_of(ask) == few <= 22
    found = ask()
    assert len(found.choices) == MOST_TOPICS
    assert found.more == 500 - MOST_TOPICS
    assert min(one.worth.points for one in found.choices) == 20


def test_a_suggestion_is_put_into_use_and_undone_at_once(cast: Cast, maria: Visitor) -> None:
    meeting = framed(cast)
    on_it, waits, out = waiting(cast, "Listalla"), waiting(cast, "Odottaa"), waiting(cast, "Pois")
    agenda.put_on_agenda(maria, meeting, on_it)
    agenda.put_on_agenda(maria, meeting, out)
    before = stored(meeting)
    takes = [Take(waits, 25), Take(on_it, 30)]
    using_agenda.use(maria, meeting, takes, revision=revision(meeting))
    assert stored(meeting) == [
        ("Avaus", 5),
        ("Mitä tapahtui edellisestä", 10),
        ("Odottaa", 25),
        ("Listalla", 30),
        ("Seuraava tapaaminen", 10),
    ]
    assert [state(one) for one in (on_it, waits, out)] == [
        TopicState.ON_AGENDA,
        TopicState.ON_AGENDA,
        TopicState.ACCEPTED,
    ]
    change = latest(maria, db.session.get_one(Meeting, meeting))
    assert change is not None
    assert change.act == "compose"
    assert undoing.undo(maria, meeting, change.id).refusal is None
    assert stored(meeting) == before
    assert [state(one) for one in (on_it, waits, out)] == [
        TopicState.ON_AGENDA,
        TopicState.ACCEPTED,
        TopicState.ON_AGENDA,
    ]


def test_the_same_press_twice_is_one(cast: Cast, maria: Visitor) -> None:
    meeting = framed(cast)
    topic = waiting(cast, "Aihe")
    seen = revision(meeting)
    for _ in range(2):
        using_agenda.use(maria, meeting, [Take(topic, 20)], revision=seen)
    assert [title for title, _ in stored(meeting)].count("Aihe") == 1
    change = latest(maria, db.session.get_one(Meeting, meeting))
    assert change is not None
    undoing.undo(maria, meeting, change.id)
    with pytest.raises(Stale):  # the page from before says what was; it is not done silently again
        using_agenda.use(maria, meeting, [Take(topic, 20)], revision=seen)


def test_used_is_what_was_shown_with_a_break_between(cast: Cast, maria: Visitor) -> None:
    meeting = framed(cast)
    first = waiting(cast, "Eka", 20)
    agenda.put_on_agenda(maria, meeting, first)
    agenda.add_item(maria, meeting, kind=ItemKind.BREAK, title="Kahvi", minutes=10)
    agenda.put_on_agenda(maria, meeting, waiting(cast, "Toka", 20))
    found = suggest(maria, meeting, **{f"t{first}": Wish(How.OUT)})
    using_agenda.use(maria, meeting, found.takes, revision=revision(meeting))
    assert [title for title, _ in stored(meeting)] == titles(found)
    assert "Kahvi" in titles(found)


def test_a_topic_that_moved_on_meanwhile_changes_nothing(cast: Cast, maria: Visitor) -> None:
    meeting = framed(cast)
    good, gone = waiting(cast, "Hyvä"), waiting(cast, "Siirtyi muualle")
    before, seen = stored(meeting), revision(meeting)
    db.session.get_one(Topic, gone).state = TopicState.DECLINED
    db.session.commit()
    with pytest.raises(Refused, match="Siirtyi muualle"):
        using_agenda.use(maria, meeting, [Take(good, 20), Take(gone, 20)], revision=seen)
    assert stored(meeting) == before
    assert state(good) is TopicState.ACCEPTED


def test_an_agenda_that_was_changed_meanwhile_stays(cast: Cast, maria: Visitor) -> None:
    meeting = framed(cast)
    topic = waiting(cast, "Aihe")
    seen = revision(meeting)
    agenda.add_item(maria, meeting, kind=ItemKind.BREAK, title="Kahvi", minutes=10)
    with pytest.raises(Stale):
        using_agenda.use(maria, meeting, [Take(topic, 20)], revision=seen)
    assert state(topic) is TopicState.ACCEPTED


@pytest.mark.parametrize("minutes", [0, 481])
def test_forged_minutes_are_refused(cast: Cast, maria: Visitor, minutes: int) -> None:
    meeting = framed(cast)
    topic = waiting(cast, "Aihe")
    with pytest.raises(Invalid):
        using_agenda.use(maria, meeting, [Take(topic, minutes)], revision=revision(meeting))


def test_another_tables_topics_and_meetings_are_not_reached(cast: Cast, maria: Visitor) -> None:
    meeting = framed(cast)
    other = make.topic(cast.south, "Salaisuus", state=TopicState.ACCEPTED).id
    with pytest.raises(Refused) as told:
        using_agenda.use(maria, meeting, [Take(other, 10)], revision=revision(meeting))
    assert "Salaisuus" not in str(told.value)
    with pytest.raises(Refused):
        using_agenda.use(maria, meeting, [Take(99_999, 10)], revision=revision(meeting))
    with pytest.raises(NotFound):
        using_agenda.use(make.visitor(cast.olli), meeting, [], revision=revision(meeting))


def test_points_of_the_waiting(cast: Cast, maria: Visitor) -> None:
    meeting = framed(cast, day=date(2030, 2, 12))
    plain = waiting(cast, "Uusi")
    old = waiting(cast, "Vanha", weeks=6, recurring=True)
    found = suggest(maria, meeting)
    assert [found.choice(one).worth.points for one in (plain, old)] == [1, 9]
