"""Topics that come again: which of them, and their whole life over several meetings."""

from datetime import date

import pytest
from sqlalchemy import func, select

from app.domain.carrying import NOT_AGAIN, Why
from app.domain.clock import utc_now
from app.domain.follow_ups import FollowUpState
from app.domain.journey import NOT_REACHED
from app.domain.meetings import MeetingState
from app.domain.permissions import Visitor
from app.domain.topics import STATE_WORDS, TopicAct, TopicState
from app.extensions import db
from app.models import AgendaItem, FollowUp, Meeting, OutgoingMail, Topic, TopicStep
from app.services import agenda, carry_over, convening, invitations, journey, memo_publishing, notes
from tests import make
from tests.cast import Cast
from tests.counting import queries_of

LAST, EARLIER, NEXT = date(2026, 10, 8), date(2026, 4, 9), date(2027, 2, 12)
ON, SAID = STATE_WORDS[TopicState.ON_AGENDA], STATE_WORDS[TopicState.DISCUSSED]


@pytest.fixture
def maria(cast: Cast) -> Visitor:
    return make.visitor(cast.maria)


def held(table: int, day: date, *topics: Topic) -> int:
    meeting = make.meeting(table, day, state=MeetingState.MEMO_PUBLISHED, memo_published_at=utc_now())
    for topic in topics:
        make.item(meeting, about=topic)
    return meeting.id


def agreed(meeting_id: int, topic: Topic, state: FollowUpState = FollowUpState.OPEN) -> None:
    now = utc_now()
    item = db.session.scalars(select(AgendaItem).where(AgendaItem.topic_id == topic.id)).first()
    db.session.add(
        FollowUp(
            meeting_id=meeting_id,
            agenda_item_id=item.id if item else None,
            topic_id=topic.id,
            text="Lasketaan hinta.",
            owner_organisation_id=db.session.scalar(select(func.max(Topic.organisation_id))),
            due_on=NEXT,
            state=state,
            created_at=now,
            changed_at=now,
        )
    )
    db.session.commit()


def proposed(meeting_id: int) -> dict[str, Why]:
    found = carry_over.carried_over(db.session.get_one(Meeting, meeting_id))
    return {one.topic.title: one.why for one in found}


def test_exactly_these_are_proposed(cast: Cast) -> None:
    said = {"state": TopicState.DISCUSSED, "organisation_id": cast.koivuranta}
    waits = {"state": TopicState.ACCEPTED, "organisation_id": cast.koivuranta}
    left = make.topic(cast.north, "Ei ehditty", **waits)
    put_off = make.topic(cast.north, "Siirrettiin", state=TopicState.POSTPONED)
    again = make.topic(cast.north, "Toistuu", recurring=True, **said)
    old = make.topic(cast.north, "Toistui kauan sitten", recurring=True, **said)
    followed = make.topic(cast.north, "Jatkotoimi auki", **said)
    done = make.topic(cast.north, "Jatkotoimi tehty", **said)
    ended = make.topic(cast.north, "Käsitelty", **said)
    make.topic(cast.north, "Uusi", **waits)
    stands = make.topic(cast.north, "Jo listalla", state=TopicState.ON_AGENDA, recurring=True)
    elsewhere = make.topic(cast.south, "Toisen pöydän", **waits)
    first = held(cast.north, EARLIER, old, followed, left)
    last = held(cast.north, LAST, again, done, ended, put_off, stands)
    held(cast.south, LAST, elsewhere)
    agreed(first, followed)
    agreed(last, done, FollowUpState.DONE)
    coming = make.meeting(cast.north, NEXT)
    make.item(coming, about=stands)
    meeting = make.meeting(cast.north, date(2027, 3, 12)).id
    assert proposed(meeting) == {
        "Ei ehditty": Why.NOT_DISCUSSED,
        "Siirrettiin": Why.NOT_DISCUSSED,
        "Jatkotoimi auki": Why.FOLLOWED,
        "Toistuu": Why.RECURRING,
    }


def test_the_day_is_when_a_followed_topic_was_really_discussed(cast: Cast) -> None:
    said = {"state": TopicState.DISCUSSED, "organisation_id": cast.koivuranta}
    topic = make.topic(cast.north, "Pyörätie", **said)
    agreed(held(cast.north, EARLIER, topic), topic)
    last = held(cast.north, LAST, topic)
    item = db.session.scalars(select(AgendaItem).where(AgendaItem.meeting_id == last)).one()
    item.put_off_at = utc_now()  # that evening left it to the next
    db.session.commit()
    meeting = make.meeting(cast.north, NEXT)
    assert [(one.why, one.day) for one in carry_over.carried_over(meeting)] == [(Why.FOLLOWED, EARLIER)]
    item.put_off_at, item.spent_seconds = None, 600  # it was on for ten minutes, and nobody wrote
    db.session.commit()
    assert [one.day for one in carry_over.carried_over(meeting)] == [LAST]


def test_what_the_chair_left_to_the_next_meeting_comes_though_it_was_discussed_before(cast: Cast) -> None:
    topic = make.topic(cast.north, "Pyörätie", state=TopicState.DISCUSSED, organisation_id=cast.koivuranta)
    first, last = held(cast.north, EARLIER, topic), held(cast.north, LAST, topic)
    meeting = make.meeting(cast.north, NEXT)

    def left(on: int | None) -> list[tuple[Why, date, bool]]:
        for item in db.session.scalars(select(AgendaItem).where(AgendaItem.topic_id == topic.id)):
            item.put_off_at = utc_now() if item.meeting_id == on else None
            item.spent_seconds = 600 if item.meeting_id in {first, last} - {on} else 0
        db.session.commit()
        return [(one.why, one.day, one.cancelled) for one in carry_over.carried_over(meeting)]

    assert left(None) == []
    assert left(last) == [(Why.NOT_DISCUSSED, LAST, False)]
    assert left(first) == []  # they came to it since
    left(last)
    # A meeting that was cancelled since has not come to it either.
    cancelled = make.meeting(
        cast.north, date(2026, 11, 12), state=MeetingState.CANCELLED, published_at=utc_now()
    )
    db.session.add(
        AgendaItem(meeting_id=cancelled.id, topic_id=topic.id, kind="topic", title="x", minutes=5, position=0)
    )
    assert left(last) == [(Why.NOT_DISCUSSED, LAST, False)]
    topic.recurring = True
    assert left(first) == [(Why.RECURRING, LAST, False)]
    make.item(make.meeting(cast.north, date(2027, 1, 12)), about=topic)
    assert left(last) == []  # it stands on an agenda to come


def test_what_was_to_be_taken_up_again_rests_where_the_meeting_is_cancelled(
    cast: Cast, maria: Visitor
) -> None:
    topic = make.topic(cast.north, "Pyörätie", state=TopicState.DISCUSSED, organisation_id=cast.koivuranta)
    agreed(held(cast.north, LAST, topic), topic)
    meeting, later = make.meeting(cast.north, NEXT).id, make.meeting(cast.north, date(2027, 4, 8)).id
    agenda.put_on_agenda(maria, meeting, topic.id)
    convening.cancel(maria, meeting, "Emme ehdi.")
    assert db.session.get_one(Topic, topic.id).state is TopicState.DISCUSSED
    assert proposed(later) == {"Pyörätie": Why.FOLLOWED}
    (again,) = carry_over.carried_over(db.session.get_one(Meeting, later))
    assert (again.day, again.cancelled) == (LAST, False)


def test_what_stood_on_a_cancelled_agenda_comes_again(cast: Cast) -> None:
    topic = make.topic(cast.north, "Kokous peruttiin", state=TopicState.ACCEPTED)
    silent = make.topic(cast.north, "Vain luonnoksessa", state=TopicState.ACCEPTED)
    told = make.meeting(cast.north, LAST, state=MeetingState.CANCELLED, published_at=utc_now())
    db.session.add(
        AgendaItem(meeting_id=told.id, topic_id=topic.id, kind="topic", title="x", minutes=5, position=0)
    )
    draft = make.meeting(cast.north, LAST, state=MeetingState.CANCELLED)
    db.session.add(
        AgendaItem(meeting_id=draft.id, topic_id=silent.id, kind="topic", title="x", minutes=5, position=0)
    )
    db.session.commit()
    meeting = make.meeting(cast.north, NEXT)
    assert [(one.topic.title, one.cancelled) for one in carry_over.carried_over(meeting)] == [
        ("Kokous peruttiin", True)
    ]


def test_the_same_questions_for_many_topics(cast: Cast) -> None:
    meeting = make.meeting(cast.north, NEXT).id

    def ask() -> object:
        return proposed(meeting)

    held(cast.north, LAST, make.topic(cast.north, "Yksi", state=TopicState.ACCEPTED))
    few = queries_of(ask)
    held(
        cast.north,
        EARLIER,
        *(make.topic(cast.north, f"Aihe {one}", state=TopicState.ACCEPTED) for one in range(30)),
    )
    assert queries_of(ask) == few <= 6
    assert len(proposed(meeting)) == 31


class Life:
    """One topic over the meetings of a table, as its coordinator walks it."""

    def __init__(self, cast: Cast, maria: Visitor) -> None:
        self.maria = maria
        self.cast = cast
        topic = make.topic(
            cast.north,
            "Kylätien valot",
            state=TopicState.ACCEPTED,
            organisation_id=cast.koivuranta,
            recurring=True,
            contact_email="eeva@koivuranta.example",
        )
        self.topic, self.token = topic.id, topic.token

    def meets(self, day: date) -> int:
        meeting = make.meeting(self.cast.north, day)
        make.item(meeting)
        agenda.put_on_agenda(self.maria, meeting.id, self.topic)
        return meeting.id

    def publishes(self, meeting_id: int) -> None:
        meeting = db.session.get_one(Meeting, meeting_id)
        meeting.state, meeting.published_at = MeetingState.PUBLISHED, utc_now()
        db.session.commit()
        make.release_again(meeting)

    def is_held(self, meeting_id: int, *, reached: bool) -> None:
        item = db.session.scalars(
            select(AgendaItem).where(AgendaItem.meeting_id == meeting_id, AgendaItem.topic_id == self.topic)
        ).one()
        if reached:
            notes.add(self.maria, meeting_id, item.id, "Puhuttiin valoista.", f"operation-{item.id:012d}")
        memo_publishing.publish(self.maria, meeting_id)

    @property
    def state(self) -> TopicState:
        db.session.rollback()
        return db.session.get_one(Topic, self.topic, populate_existing=True).state

    def acts(self) -> list[TopicAct]:
        return list(
            db.session.scalars(
                select(TopicStep.act).where(TopicStep.topic_id == self.topic).order_by(TopicStep.id)
            )
        )

    def told(self) -> list[str]:
        found = journey.of_token(self.token, "en")
        return [one.word for one in found.steps if one.done]

    def shown(self) -> TopicState:
        return journey.of_token(self.token, "en").state


@pytest.fixture
def life(cast: Cast, maria: Visitor) -> Life:
    return Life(cast, maria)


def test_discussed_then_not_reached_then_discussed_again(life: Life) -> None:
    first = life.meets(EARLIER)
    life.publishes(first)
    life.is_held(first, reached=True)
    assert (life.state, life.shown()) == (TopicState.DISCUSSED, TopicState.DISCUSSED)

    second = life.meets(LAST)
    assert (life.state, life.shown()) == (TopicState.ON_AGENDA, TopicState.DISCUSSED)
    life.publishes(second)
    assert life.shown() == TopicState.ON_AGENDA
    life.is_held(second, reached=False)
    assert (life.state, life.shown()) == (TopicState.DISCUSSED, TopicState.DISCUSSED)
    assert life.told() == ["Received", ON, SAID, ON, NOT_REACHED]
    [letter] = db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "topic_postponed"))
    assert NOT_AGAIN["fi"] in " ".join(letter.body.split())

    assert list(proposed(make.meeting(life.cast.north, NEXT).id).values()) == [Why.RECURRING]
    third = life.meets(date(2027, 2, 19))
    life.publishes(third)
    life.is_held(third, reached=True)
    assert life.state == TopicState.DISCUSSED
    assert life.told() == ["Received", ON, SAID, ON, NOT_REACHED, ON, SAID]
    assert life.acts() == [
        TopicAct.PUT_ON_AGENDA,
        TopicAct.DISCUSS,
        TopicAct.CARRY_OVER,
        TopicAct.LET_REST,
        TopicAct.CARRY_OVER,
        TopicAct.DISCUSS,
    ]


def test_a_corrected_memo_moves_only_its_own_meetings_topic(life: Life) -> None:
    first = life.meets(EARLIER)
    life.publishes(first)
    life.is_held(first, reached=True)
    second = life.meets(LAST)
    life.publishes(second)
    life.is_held(second, reached=False)
    for meeting in (second, first, second):
        before = life.acts()
        db.session.get_one(Meeting, meeting).state = MeetingState.PUBLISHED
        db.session.commit()
        memo_publishing.publish(life.maria, meeting)
        assert (life.acts(), life.state) == (before, TopicState.DISCUSSED)


def test_a_corrected_memo_may_say_that_it_was_discussed_after_all(life: Life) -> None:
    first = life.meets(EARLIER)
    life.publishes(first)
    life.is_held(first, reached=True)
    second = life.meets(LAST)
    life.publishes(second)
    life.is_held(second, reached=False)
    db.session.get_one(Meeting, second).state = MeetingState.PUBLISHED
    db.session.commit()
    life.is_held(second, reached=True)
    assert life.acts()[-2:] == [TopicAct.LET_REST, TopicAct.DISCUSS]
    assert life.told() == ["Received", ON, SAID, ON, SAID]


def test_one_taken_off_before_the_meeting_rests_as_it_was(life: Life) -> None:
    first = life.meets(EARLIER)
    life.publishes(first)
    life.is_held(first, reached=True)
    second = life.meets(LAST)
    item = db.session.scalars(
        select(AgendaItem.id).where(AgendaItem.meeting_id == second, AgendaItem.topic_id == life.topic)
    ).one()
    agenda.remove_item(life.maria, second, item)
    assert (life.state, life.shown()) == (TopicState.DISCUSSED, TopicState.DISCUSSED)


def test_its_proposer_hears_at_the_release(life: Life) -> None:
    first = life.meets(EARLIER)
    life.publishes(first)
    life.is_held(first, reached=True)
    second = life.meets(NEXT)
    assert _letters() == []
    seen = db.session.get_one(Meeting, second).revision
    invitations.publish_agenda(life.maria, second, seen=seen, anyway=True)
    assert _letters() == ["eeva@koivuranta.example"]
    assert life.told() == ["Received", ON, SAID, ON]


def _letters() -> list[str]:
    query = select(OutgoingMail.to_address).where(OutgoingMail.kind == "topic_on_agenda")
    return list(db.session.scalars(query))
