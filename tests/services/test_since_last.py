"""What the item about the last meeting gathers, and putting that item on an agenda."""

from datetime import date, timedelta

import pytest

from app.domain.agenda import ItemKind
from app.domain.clock import today, utc_now
from app.domain.follow_ups import FollowUpState
from app.domain.meetings import MeetingState
from app.domain.permissions import Visitor
from app.domain.since_last import How, SinceLast
from app.domain.topics import TopicAct, TopicState
from app.extensions import db
from app.models import FollowUp, Meeting, Person, Topic, TopicStep
from app.services import since_last, undoing
from app.services.agenda_changes import latest
from tests import make
from tests.cast import Cast
from tests.counting import queries_of

EARLIER, LAST, NEXT = date(2026, 4, 9), date(2026, 10, 8), date(2027, 2, 12)
S = FollowUpState


@pytest.fixture
def maria(cast: Cast) -> Visitor:
    return make.visitor(cast.maria)


def held(table: int, day: date, state: MeetingState = MeetingState.MEMO_PUBLISHED) -> int:
    out = utc_now() if state is MeetingState.MEMO_PUBLISHED else None
    return make.meeting(table, day, state=state, memo_published_at=out).id


def agreed(meeting: int, text: str, state: S = S.OPEN, **fields: object) -> int:
    now = utc_now()
    values: dict[str, object] = {
        "meeting_id": meeting,
        "text": text,
        "due_on": today() + timedelta(days=10),
        "state": state,
        "created_at": now,
        "changed_at": now,
    }
    row = FollowUp(**{**values, **fields})
    db.session.add(row)
    db.session.commit()
    return row.id


def told(meeting: int) -> SinceLast | None:
    return since_last.of_meeting(db.session.get_one(Meeting, meeting), "fi")


def stepped(topic: Topic, act: TopicAct, words: str = "") -> None:
    db.session.add(TopicStep(topic_id=topic.id, act=act, words=words, at=utc_now()))
    db.session.commit()


def test_the_first_meeting_of_a_table_has_nothing_to_tell(cast: Cast) -> None:
    meeting = make.meeting(cast.north, NEXT).id
    held(cast.south, LAST)
    held(cast.north, LAST, MeetingState.PUBLISHED)
    held(cast.north, date(2027, 3, 1))
    assert told(meeting) is None


def test_what_was_agreed_and_how_it_went(cast: Cast) -> None:
    old, last, other = held(cast.north, EARLIER), held(cast.north, LAST), held(cast.south, LAST)
    body = {"owner_organisation_id": cast.technical}
    agreed(last, "Auki", **body)
    agreed(last, "Myöhässä", S.IN_WORK, due_on=today() - timedelta(days=3), **body)
    agreed(last, "Tehty", S.DONE, outcome="Valot palavat.", ended_at=utc_now(), **body)
    agreed(last, "Ei edennyt", S.NOT_PROGRESSED, outcome="Ei rahaa.", ended_at=utc_now(), **body)
    agreed(old, "Vanha auki", due_on=today() + timedelta(days=1), **body)
    agreed(old, "Vanha tehty sen jälkeen", S.DONE, ended_at=utc_now(), **body)
    before = utc_now().replace(year=2026, month=5, day=1)
    agreed(old, "Vanha tehty ennen", S.DONE, ended_at=before, **body)
    agreed(other, "Toisen pöydän", **body)
    agreed(held(cast.north, date(2026, 11, 3), MeetingState.PUBLISHED), "Luonnos", **body)
    found = told(make.meeting(cast.north, NEXT).id)
    assert found is not None
    assert (found.last_id, found.last_day) == (last, LAST)
    assert [(one.text, one.how) for one in found.follow_ups] == [
        ("Myöhässä", How.LATE),
        ("Vanha auki", How.OPEN),
        ("Auki", How.OPEN),
        ("Ei edennyt", How.NOT_PROGRESSED),
        ("Tehty", How.DONE),
        ("Vanha tehty sen jälkeen", How.DONE),
    ]
    assert (found.follow_ups[0].days_late, found.follow_ups[3].outcome) == (3, "Ei rahaa.")
    assert {one.who for one in found.follow_ups} == {"Tekninen toimi"}


def test_a_persons_follow_up_is_told_by_her_body_or_title_only(cast: Cast) -> None:
    last = held(cast.north, LAST)
    leena = db.session.query(Person).filter_by(email=cast.leena).one()
    pekka = db.session.query(Person).filter_by(email=cast.pekka).one()
    veikko = db.session.query(Person).filter_by(email=cast.veikko).one()
    leena.organisation_id, pekka.title = cast.culture, "Tiemestari"
    for one in (leena, pekka, veikko):
        agreed(last, f"Tehtävä {one.id}", owner_person_id=one.id)
    found = told(make.meeting(cast.north, NEXT).id)
    assert found is not None
    assert sorted(one.who for one in found.follow_ups) == ["", "Kulttuuri- ja vapaa-aikatoimi", "Tiemestari"]
    assert not any(name in repr(found) for name in ("Aalto", "Niemi", "Salo"))


def test_what_was_answered_is_counted_and_its_words_stay(cast: Cast) -> None:
    held(cast.north, LAST)
    on = {"state": TopicState.HANDED_ON}
    answered, waits = make.topic(cast.north, "Yksi", **on), make.topic(cast.north, "Kaksi", **on)
    declined = make.topic(cast.north, "Kolme", state=TopicState.DECLINED)
    taken_after_all = make.topic(cast.north, "Neljä", state=TopicState.ACCEPTED)
    for topic in (answered, waits):
        stepped(topic, TopicAct.HAND_ON)
    stepped(answered, TopicAct.ANSWER, "Vain hänelle")
    stepped(answered, TopicAct.ANSWER, "Vain hänelle, korjattuna")
    stepped(declined, TopicAct.DECLINE, "Yksityinen syy")
    stepped(taken_after_all, TopicAct.DECLINE)
    found = told(make.meeting(cast.north, NEXT).id)
    assert found is not None
    assert (found.answered, found.handed_on, found.declined) == (1, 1, 1)
    assert "hänelle" not in repr(found)


def test_a_meeting_whose_memo_is_out_tells_by_its_memo(cast: Cast) -> None:
    agreed(held(cast.north, EARLIER), "Auki", owner_organisation_id=cast.technical)
    assert told(held(cast.north, LAST)) is None


def test_as_many_questions_for_many_follow_ups(cast: Cast) -> None:
    last = held(cast.north, LAST)
    meeting = make.meeting(cast.north, NEXT).id
    agreed(last, "Yksi", owner_organisation_id=cast.technical)
    few = queries_of(lambda: told(meeting))
    for number in range(40):
        agreed(last, f"Tehtävä {number}", owner_organisation_id=cast.culture)
    assert queries_of(lambda: told(meeting)) == few <= 6
    found = told(meeting)
    assert found is not None
    assert (len(found.follow_ups), found.more) == (since_last.MOST, 41 - since_last.MOST)


def test_the_item_goes_behind_the_opening_once_and_can_be_undone(cast: Cast, maria: Visitor) -> None:
    meeting = make.meeting(cast.north, NEXT)
    make.item(meeting, "Avaus")
    make.item(meeting, "Seuraava tapaaminen", kind=ItemKind.NEXT_MEETING)
    first = since_last.add_first(maria, meeting.id)
    assert (first.place, first.title, first.minutes) == (2, "Mitä tapahtui edellisestä", 10)
    assert since_last.add_first(maria, meeting.id).item_id == first.item_id
    now = db.session.get_one(Meeting, meeting.id, populate_existing=True)
    assert [one.kind for one in now.items] == [
        ItemKind.OPENING,
        ItemKind.SINCE_LAST_TIME,
        ItemKind.NEXT_MEETING,
    ]
    change = latest(maria, now)
    assert change is not None
    undoing.undo(maria, meeting.id, change.id)
    assert len(db.session.get_one(Meeting, meeting.id, populate_existing=True).items) == 2
