"""Answers decided now and told later: one letter to each address, and nothing is told before."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import date, timedelta
from threading import Barrier

import pytest
from flask import Flask

from app.domain.clock import today, utc_now
from app.domain.errors import Forbidden, NotFound, Refused, Stale
from app.domain.meetings import MeetingState
from app.domain.permissions import ANYBODY
from app.domain.topics import TopicAct, TopicState
from app.extensions import db
from app.models import Event, Meeting, Topic, TopicStep
from app.services import (
    agenda,
    handing_on,
    invitations,
    journey,
    memo_publishing,
    merging,
    topics,
    triage,
    untold,
)
from app.services.handing_on import Handing
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.topic_stage import letters, stored, told
from tests.untold_stage import HELD, held

pytestmark = pytest.mark.usefixtures("app")
EEVA, PENTTI = "eeva@example.fi", "pentti@example.fi"


def read(topic_id: int) -> tuple[TopicState, list[str]]:
    """Return the state that the proposer reads, and the words of her steps."""
    found = journey.of_token(stored(topic_id).token, "fi")
    return found.state, [one.words for one in found.steps if one.words]


def waiting(cast: Cast) -> list[int]:
    return [one.step.id for one in untold.answers(make.visitor(cast.maria))]


def published(cast: Cast, *topic_ids: int) -> int:
    """Put topics on a draft as the builder does, publish it, and return the meeting's id."""
    maria, meeting_id = make.visitor(cast.maria), make.meeting(cast.north).id
    for one in topic_ids:
        agenda.put_on_agenda(maria, meeting_id, one)
    seen = db.session.get_one(Meeting, meeting_id).revision
    return invitations.publish_agenda(maria, meeting_id, seen=seen, anyway=False)


ANSWERS = {
    TopicAct.ACCEPT: TopicState.ACCEPTED,
    TopicAct.POSTPONE: TopicState.POSTPONED,
    TopicAct.DECLINE: TopicState.DECLINED,
}


@pytest.mark.parametrize("act", ANSWERS)
def test_a_held_answer_is_told_when_it_is_told_and_not_before(cast: Cast, act: TopicAct) -> None:
    topic = told(cast.north, contact_email=EEVA)
    held(cast, topic, act)
    assert stored(topic.id).state is ANSWERS[act]
    assert read(topic.id) == (TopicState.RECEIVED, [])
    assert letters() == []
    before = utc_now()
    assert untold.tell(make.visitor(cast.maria), waiting(cast), said=1) == 1
    assert read(topic.id) == (ANSWERS[act], [HELD])
    (letter,) = letters()
    assert (letter.to_address, letter.topic_id) == (EEVA, topic.id)
    assert HELD in letter.body
    assert stored(topic.id).steps[-1].at >= before  # she reads when she was told
    acts = [one.act for one in db.session.query(Event).filter_by(noun="topic").order_by(Event.id)]
    assert acts == [f"topic.{act}", "topic.hold", "topic.tell"]
    assert waiting(cast) == []


def test_a_question_is_never_held(cast: Cast) -> None:
    topic = told(cast.north)
    with pytest.raises(Refused):
        held(cast, topic, TopicAct.ASK)
    assert stored(topic.id).state is TopicState.RECEIVED


def test_one_person_gets_one_letter_and_everybody_else_their_own(cast: Cast) -> None:
    first = told(cast.north, "Kylätie on pimeä.", contact_email=EEVA)
    second = told(cast.north, "Laituri on rikki.", contact_email=EEVA.upper())
    other = told(cast.north, "Bussi ei kulje.", contact_email=PENTTI, language="sv")
    silent = told(cast.north, "Postilaatikot.", contact_phone="050 5551234")
    held(cast, first, TopicAct.ACCEPT, "")
    held(cast, second, TopicAct.POSTPONE, "Ilta on täynnä.")
    held(cast, other)
    held(cast, silent)
    rows = untold.answers(make.visitor(cast.maria))
    assert [len(one.calls) for one in rows] == [0, 0, 0, 1]
    assert untold.proposers(rows) == 3
    assert untold.tell(make.visitor(cast.maria), waiting(cast), said=3) == 3
    both, single = letters()
    assert (both.kind, both.to_address, single.kind, single.language) == (
        "topics_answered",
        EEVA,
        "topic_declined",
        "sv",
    )
    for words in ("Kylätie on pimeä", "Laituri on rikki", "Ilta on täynnä.", first.token, second.token):
        assert words in both.body
    assert HELD not in both.body


def test_only_the_ticked_are_told(cast: Cast) -> None:
    one, other = told(cast.north, contact_email=EEVA), told(cast.north, contact_email=PENTTI)
    held(cast, one)
    held(cast, other)
    first, second = waiting(cast)
    untold.tell(make.visitor(cast.maria), [first], said=1)
    assert [letter.to_address for letter in letters()] == [EEVA]
    assert waiting(cast) == [second]
    assert read(other.id) == (TopicState.RECEIVED, [])


def test_another_number_than_the_button_said_tells_nobody(cast: Cast) -> None:
    held(cast, told(cast.north, contact_email=EEVA))
    with pytest.raises(Stale):
        untold.tell(make.visitor(cast.maria), waiting(cast), said=2)
    assert letters() == []
    assert len(waiting(cast)) == 1


def test_the_same_press_twice_tells_once_and_answers_the_same(cast: Cast) -> None:
    held(cast, told(cast.north, contact_email=EEVA))
    ids = waiting(cast)
    for _ in range(2):
        assert untold.tell(make.visitor(cast.maria), ids, said=1, key="a-press-of-this-page") == 1
    with pytest.raises(Stale):
        untold.tell(make.visitor(cast.maria), ids, said=1, key="a-press-of-another-page")
    assert len(letters()) == 1


def test_two_who_press_at_the_same_moment_tell_once(app: Flask, cast: Cast) -> None:
    for number in range(4):
        held(cast, told(cast.north, contact_email=f"a{number}@example.fi"))
    ids, maria, start = waiting(cast), make.visitor(cast.maria), Barrier(4)
    db.session.remove()

    def press() -> int:
        with app.app_context():
            start.wait()
            try:
                return untold.tell(maria, ids, said=4)
            except Stale:
                return 0
            finally:
                db.session.remove()

    with ThreadPoolExecutor(4) as pool:
        told_by = [one.result() for one in [pool.submit(Context().run, press) for _ in range(4)]]
    assert sorted(told_by) == [0, 0, 0, 4]
    assert len(letters()) == 4


def test_a_second_thought_takes_the_place_of_the_first(cast: Cast) -> None:
    topic = told(cast.north, contact_email=EEVA)
    held(cast, topic, TopicAct.ACCEPT, "Otamme tämän.")
    held(cast, topic)
    assert len(waiting(cast)) == 1
    assert read(topic.id) == (TopicState.RECEIVED, [])
    untold.tell(make.visitor(cast.maria), waiting(cast))
    assert read(topic.id) == (TopicState.DECLINED, [HELD])
    (letter,) = letters()
    assert "Otamme tämän." not in letter.body


def test_what_is_answered_at_once_takes_its_place_too(cast: Cast) -> None:
    topic = told(cast.north, contact_email=EEVA)
    held(cast, topic)
    held(cast, topic, TopicAct.ACCEPT, "Sittenkin.", later=False)
    assert waiting(cast) == []
    assert untold.count(make.visitor(cast.maria)) == 0
    assert read(topic.id) == (TopicState.ACCEPTED, ["Sittenkin."])
    assert [one.kind for one in letters()] == ["topic_accepted"]


def test_handing_on_tells_at_once_and_the_held_answer_is_never_told(cast: Cast) -> None:
    topic = told(cast.north, contact_email=EEVA)
    held(cast, topic, TopicAct.POSTPONE)
    due = today() + timedelta(days=9)
    handing = Handing(cast.technical, "Tämä hoituu ilman kokousta.", "Hoidatteko?", due)
    handing_on.hand_on(make.visitor(cast.maria), topic.id, handing)
    state, words = read(topic.id)
    assert state is TopicState.HANDED_ON
    assert len(words) == 1
    assert HELD not in words[0]
    assert waiting(cast) == []


def test_a_topic_joined_with_an_answer_held_follows_the_other(cast: Cast) -> None:
    topic, other = told(cast.north), told(cast.north, contact_email=EEVA)
    held(cast, topic, TopicAct.POSTPONE)
    merging.join(make.visitor(cast.maria), topic.id, other.id)
    assert waiting(cast) == []
    assert read(topic.id)[1] == []


def test_those_who_follow_a_topic_hear_of_its_answer_with_it(cast: Cast) -> None:
    other, topic = told(cast.north, contact_email=EEVA), told(cast.north, contact_email=PENTTI)
    held(cast, other, TopicAct.ACCEPT)
    merging.join(make.visitor(cast.maria), topic.id, other.id)  # joined after it was decided
    joined = len(letters())
    assert read(topic.id) == (TopicState.RECEIVED, [])
    assert untold.tell(make.visitor(cast.maria), waiting(cast), said=2) == 2
    assert {one.to_address for one in letters()[joined:]} == {EEVA, PENTTI}
    assert read(topic.id) == (TopicState.ACCEPTED, [HELD])
    assert read(other.id) == (TopicState.ACCEPTED, [HELD])


def test_she_does_what_her_state_allows_and_is_refused_in_words(cast: Cast) -> None:
    topic = told(cast.north)
    held(cast, topic)
    assert journey.of_token(topic.token, "fi").may_withdraw
    with pytest.raises(Refused, match="taken up"):
        topics.withdraw(ANYBODY, topic.token)
    assert stored(topic.id).state is TopicState.DECLINED


def test_a_question_stays_hers_while_the_answer_to_it_waits(cast: Cast) -> None:
    topic = told(cast.north)
    held(cast, topic, TopicAct.ASK, "Missä kohdassa?", later=False)
    held(cast, topic, TopicAct.ACCEPT)
    assert journey.of_token(topic.token, "fi").question == "Missä kohdassa?"
    with pytest.raises(Refused):
        topics.reply(ANYBODY, topic.token, "Mutkassa.")


def test_late_stays_late_for_her_until_she_is_told(cast: Cast) -> None:
    meeting = make.meeting(cast.north, day=date(2036, 2, 12))
    topic = told(cast.north, late_for_id=meeting.id)
    before = journey.of_token(topic.token, "fi")
    held(cast, topic)
    assert journey.of_token(topic.token, "fi") == before


class TestAgendas:
    def test_a_released_agenda_tells_the_answer_and_a_draft_does_not(self, cast: Cast) -> None:
        topic, other = told(cast.north, contact_email=EEVA), told(cast.north)
        held(cast, topic, TopicAct.ACCEPT)
        held(cast, other)
        draft = make.meeting(cast.north)
        agenda.put_on_agenda(make.visitor(cast.maria), draft.id, topic.id)
        assert read(topic.id) == (TopicState.RECEIVED, [])
        seen = db.session.get_one(Meeting, draft.id).revision
        invitations.publish_agenda(make.visitor(cast.maria), draft.id, seen=seen, anyway=False)
        assert read(topic.id) == (TopicState.ON_AGENDA, [HELD])
        kinds = [one.kind for one in letters() if one.to_address == EEVA]
        assert kinds == ["topic_on_agenda"]
        assert [one.topic.id for one in untold.answers(make.visitor(cast.maria))] == [other.id]

    def test_one_taken_off_and_declined_in_silence_is_on_the_agenda_until_the_release(
        self, cast: Cast
    ) -> None:
        topic = told(cast.north, state=TopicState.ACCEPTED, contact_email=EEVA)
        meeting_id = published(cast, topic.id)
        maria = make.visitor(cast.maria)
        make.item(db.session.get_one(Meeting, meeting_id), released=False)
        item_id = db.session.get_one(Meeting, meeting_id).items[0].id
        agenda.remove_item(maria, meeting_id, item_id)
        held(cast, topic)
        assert read(topic.id) == (TopicState.ON_AGENDA, [])
        seen = db.session.get_one(Meeting, meeting_id).revision
        invitations.publish_agenda(maria, meeting_id, seen=seen, anyway=False)
        assert read(topic.id) == (TopicState.ACCEPTED, [])
        assert HELD not in "".join(one.body for one in letters())
        assert len(waiting(cast)) == 1

    def test_a_memo_tells_what_it_tells_of_and_its_correction_nothing_else(self, cast: Cast) -> None:
        topic, left = told(cast.north), told(cast.north)
        held(cast, topic, TopicAct.ACCEPT)
        meeting = make.meeting(cast.north, state=MeetingState.PUBLISHED)
        make.item(meeting)
        meeting_id, maria = meeting.id, make.visitor(cast.maria)
        agenda.put_on_agenda(maria, meeting_id, topic.id)  # after the last release
        stored(left.id).state = TopicState.ON_AGENDA
        make.item(db.session.get_one(Meeting, meeting_id), about=stored(left.id))
        memo_publishing.publish(maria, meeting_id)
        assert waiting(cast) == []
        assert HELD in read(topic.id)[1]
        held(cast, stored(left.id))
        memo_publishing.reopen(maria, meeting_id, next(iter(memo_publishing.Correction)))
        memo_publishing.publish(maria, meeting_id)
        assert len(waiting(cast)) == 1


class TestWhose:
    def test_the_answers_of_another_table_are_neither_listed_nor_told(self, cast: Cast) -> None:
        held(cast, told(cast.north, contact_email=EEVA))
        olli, ids = make.visitor(cast.olli), waiting(cast)
        assert untold.answers(olli) == []
        assert untold.count(olli) == 0
        with pytest.raises(NotFound):
            untold.tell(olli, ids)
        assert letters() == []

    def test_only_those_who_answer_topics_tell(self, cast: Cast) -> None:
        held(cast, told(cast.north))
        ids = waiting(cast)
        for email in (cast.timo, cast.sari, cast.kaisa, cast.pekka):
            with pytest.raises(Forbidden):
                untold.tell(make.visitor(email), ids)
            with pytest.raises(Forbidden):
                untold.answers(make.visitor(email))


def test_ten_answers_ask_no_more_of_the_database_than_one(cast: Cast) -> None:
    def ask() -> None:
        for one in untold.answers(maria):
            assert one.topic.table.name
            assert one.topic.organisation is None

    maria = make.visitor(cast.maria)
    held(cast, told(cast.north))
    first = queries_of(ask)
    for _ in range(9):
        held(cast, told(cast.north))
    assert queries_of(ask) == first
    assert db.session.query(TopicStep).count() == db.session.query(Topic).count() == 10
    assert triage.inbox(maria, None, (TopicState.DECLINED,), 1).total == 10
