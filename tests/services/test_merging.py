"""The same matter twice: joined once, followed by both, and taken apart again."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.domain.errors import DomainError, Forbidden, NotFound, Refused, Stale
from app.domain.meetings import MeetingState
from app.domain.outbox import MailState
from app.domain.permissions import ANYBODY, Visitor
from app.domain.topics import TopicAct, TopicState
from app.extensions import db
from app.models import Event, OutgoingMail, Topic, TopicStep, topic_measures
from app.services import agenda, links, memo_publishing, merging, topics, triage
from app.services.triage import Details
from tests import make
from tests.cast import Cast
from tests.counting import queries_of


@pytest.fixture
def maria(cast: Cast) -> Visitor:
    return make.visitor(cast.maria)


def two(cast: Cast, **other: object) -> tuple[int, int]:
    """Return the ids of Eeva's topic and of Bo's, which is to be joined to it."""
    first = make.topic(
        cast.north,
        "Kylätie on pimeä",
        **{"contact_email": "eeva@example.fi", "organisation_id": cast.koivuranta, "wished_minutes": 10}
        | other,
    )
    second = make.topic(
        cast.north,
        "Byvägen är mörk",
        contact_email="bo@example.fi",
        contact_name="Bo Hemlig",
        language="sv",
        organisation_id=cast.rantala,
        wished_minutes=20,
    )
    return first.id, second.id


def row(topic_id: int) -> Topic:
    return db.session.get_one(Topic, topic_id, populate_existing=True)


def letters() -> list[tuple[str, str, str]]:
    rows = db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))
    return [(one.kind, one.to_address, one.language) for one in rows]


def bodies(address: str) -> list[str]:
    query = select(OutgoingMail.body).where(OutgoingMail.to_address == address)
    return list(db.session.scalars(query.order_by(OutgoingMail.id)))


def test_the_other_goes_on_with_the_longer_wish_and_the_measures_of_both(cast: Cast, maria: Visitor) -> None:
    eeva, bo = two(cast)
    measures = [one.id for one in make.plan().focus_areas[0].objectives[0].measures]
    links.link_topic(maria, eeva, measures[:1])
    links.link_topic(maria, bo, measures)
    assert merging.join(maria, bo, eeva) == eeva
    assert (row(bo).state, row(bo).merged_into_id) == (TopicState.MERGED, eeva)
    assert (row(eeva).state, row(eeva).wished_minutes) == (TopicState.RECEIVED, 20)
    linked = db.session.scalars(
        select(topic_measures.c.measure_id).where(topic_measures.c.topic_id == eeva)
    ).all()
    assert sorted(linked) == sorted(measures)
    assert db.session.scalar(select(Event.act).where(Event.act == "topic.joined")) is not None


def test_the_joined_proposer_is_told_in_her_language_and_nothing_of_the_other(
    cast: Cast, maria: Visitor
) -> None:
    eeva, bo = two(cast)
    merging.join(maria, bo, eeva)
    assert letters() == [("topic_joined", "bo@example.fi", "sv")]
    (body,) = bodies("bo@example.fi")
    assert row(bo).token in body
    for secret in ("Kylätie", "eeva", row(eeva).token, str(row(eeva).number)):
        assert secret not in body


def test_the_title_is_told_where_an_agenda_tells_it_to_everybody(cast: Cast, maria: Visitor) -> None:
    eeva, bo = two(cast, state=TopicState.ON_AGENDA)
    draft = make.meeting(cast.north)
    make.item(draft, about=row(eeva))
    merging.join(maria, bo, eeva)
    assert "Kylätie" not in bodies("bo@example.fi")[0]
    merging.separate(maria, bo)
    draft.state = MeetingState.PUBLISHED
    make.item(draft, "Avaus")
    merging.join(maria, bo, eeva)
    assert "Kylätie on pimeä" in bodies("bo@example.fi")[-1]


def test_every_answer_and_memo_goes_to_all_who_follow(cast: Cast, maria: Visitor) -> None:
    eeva, bo = two(cast)
    merging.join(maria, bo, eeva)
    details = Details("Kylätien valot", granted_minutes=15, organisation_id=cast.koivuranta)
    triage.accept(maria, eeva, details, "Kiitos teille.", seen=None, key=None)
    assert letters()[1:] == [
        ("topic_accepted", "eeva@example.fi", "fi"),
        ("topic_accepted", "bo@example.fi", "sv"),
    ]
    assert row(bo).token in bodies("bo@example.fi")[-1]
    meeting = make.meeting(cast.north, state=MeetingState.PUBLISHED)
    placed = agenda.put_on_agenda(maria, meeting.id, eeva)
    assert placed.minutes == 15
    item = meeting.items[0]
    assert item.presenter == "Koivuranta, Rantala"
    memo_publishing.publish(maria, meeting.id)
    told = [one for one in letters() if one[0] in ("topic_postponed", "topic_discussed")]
    assert {address for _, address, _ in told} == {"eeva@example.fi", "bo@example.fi"}
    assert row(eeva).token not in "".join(bodies("bo@example.fi"))


def test_a_question_goes_to_the_one_whose_page_can_answer_it(cast: Cast, maria: Visitor) -> None:
    eeva, bo = two(cast)
    merging.join(maria, bo, eeva)
    triage.answer(maria, eeva, TopicAct.ASK, "Missä kohtaa?", seen=None, key=None)
    assert [one for one in letters() if one[0] == "topic_asked"] == [("topic_asked", "eeva@example.fi", "fi")]


def test_a_chain_points_to_its_end(cast: Cast, maria: Visitor) -> None:
    eeva, bo = two(cast)
    third = make.topic(cast.north, "Valoja lisää", contact_email="kirsti@example.fi", language="en").id
    merging.join(maria, third, bo)
    merging.join(maria, bo, eeva)
    assert (row(third).merged_into_id, row(bo).merged_into_id) == (eeva, eeva)
    assert [one.id for one in row(eeva).merged] == [bo, third]
    assert [one for one in letters() if one[1] == "kirsti@example.fi"] == [
        ("topic_joined", "kirsti@example.fi", "en")
    ] * 2


def test_pressed_twice_it_is_done_once(cast: Cast, maria: Visitor) -> None:
    eeva, bo = two(cast)
    for key in ("one key", "one key", "another"):
        assert merging.join(maria, bo, eeva, key=key) == eeva
    assert len(letters()) == 1
    assert len(row(bo).steps) == 1
    for _ in range(2):
        merging.separate(maria, bo)
    assert len(row(bo).steps) == 2


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (TopicState.WITHDRAWN, "has withdrawn it"),
        (TopicState.MERGED, "joined to a third one"),
        (TopicState.DISCUSSED, "has been discussed"),
    ],
)
def test_the_other_ended_meanwhile(cast: Cast, maria: Visitor, state: TopicState, sentence: str) -> None:
    eeva, bo = two(cast, state=state)
    with pytest.raises(Refused, match=sentence):
        merging.join(maria, bo, eeva)
    assert row(bo).state is TopicState.RECEIVED


def test_not_to_itself_nor_to_another_tables_topic(cast: Cast, maria: Visitor) -> None:
    eeva, bo = two(cast)
    south = make.topic(cast.south).id
    with pytest.raises(Refused, match="to itself"):
        merging.join(maria, bo, bo)
    with pytest.raises(Refused, match="different tables"):
        merging.join(maria, bo, south)
    with pytest.raises(NotFound):
        merging.join(make.visitor(cast.olli), south, eeva)
    with pytest.raises(NotFound):
        merging.join(maria, bo, 999_999)
    with pytest.raises(Forbidden):
        merging.join(make.visitor(cast.sari), bo, eeva)
    assert letters() == []


def test_what_changed_after_the_look_is_looked_at_again(cast: Cast, maria: Visitor) -> None:
    eeva, bo = two(cast)
    seen = merging.mark_of(*merging.pair(maria, bo, eeva))
    triage.change_details(maria, eeva, Details("Uusi otsikko"), seen=None, key=None)
    with pytest.raises(Stale):
        merging.join(maria, bo, eeva, seen=seen)
    merging.join(maria, bo, eeva, seen=merging.mark_of(*merging.pair(maria, bo, eeva)))


def test_a_joined_topic_goes_nowhere_on_its_own(cast: Cast, maria: Visitor) -> None:
    eeva, bo = two(cast)
    third = make.topic(cast.north).id
    merging.join(maria, bo, eeva)
    meeting = make.meeting(cast.north).id
    for again in (
        lambda: merging.join(maria, bo, third),
        lambda: agenda.put_on_agenda(maria, meeting, bo),
        lambda: triage.answer(maria, bo, TopicAct.DECLINE, "Ei.", seen=None, key=None),
        lambda: triage.change_details(maria, bo, Details("X-asia", table_id=cast.south), seen=None, key=None),
        lambda: topics.withdraw(ANYBODY, row(bo).token),
    ):
        with pytest.raises(Refused):
            again()
    assert row(bo).state is TopicState.MERGED


def test_separated_before_the_letter_left_nobody_hears_of_it(cast: Cast, maria: Visitor) -> None:
    eeva, bo = two(cast)
    merging.join(maria, bo, eeva)
    merging.separate(maria, bo)
    assert (row(bo).state, row(bo).merged_into_id) == (TopicState.RECEIVED, None)
    assert letters() == []


def test_separated_later_the_proposer_is_told(cast: Cast, maria: Visitor) -> None:
    eeva, bo = two(cast)
    merging.join(maria, bo, eeva)
    db.session.scalars(select(OutgoingMail)).one().state = MailState.SENT
    db.session.commit()
    merging.separate(maria, bo)
    assert letters()[1:] == [("topic_separated", "bo@example.fi", "sv")]
    merging.join(maria, bo, eeva)
    assert letters()[2:] == [("topic_joined", "bo@example.fi", "sv")]


def test_one_who_heard_of_the_first_joining_hears_that_it_ended(cast: Cast, maria: Visitor) -> None:
    eeva, bo = two(cast)
    third = make.topic(cast.north, "Valoja lisää", contact_email="kirsti@example.fi").id
    merging.join(maria, third, bo)
    db.session.scalars(select(OutgoingMail)).one().state = MailState.SENT
    db.session.commit()
    merging.join(maria, bo, eeva)  # her second letter still waits
    merging.separate(maria, third)
    kinds = [one[0] for one in letters() if one[1] == "kirsti@example.fi"]
    assert kinds == ["topic_joined", "topic_separated"]
    merging.join(maria, third, eeva)
    merging.separate(maria, third)  # nothing of this time had left
    assert [one[0] for one in letters() if one[1] == "kirsti@example.fi"] == kinds


def test_who_withdraws_takes_nobody_along(cast: Cast, maria: Visitor) -> None:
    eeva, bo = two(cast)
    merging.join(maria, bo, eeva)
    topics.withdraw(ANYBODY, row(eeva).token)
    assert (row(eeva).state, row(bo).state) == (TopicState.WITHDRAWN, TopicState.RECEIVED)
    assert row(bo).merged_into_id is None


def test_those_who_follow_move_to_the_other_table_along(cast: Cast, maria: Visitor) -> None:
    eeva, bo = two(cast)
    merging.join(maria, bo, eeva)
    triage.change_details(maria, eeva, Details("Tie", table_id=cast.south), seen=None, key=None)
    assert (row(eeva).table_id, row(bo).table_id) == (cast.south, cast.south)


def test_two_who_join_crosswise_at_once_make_no_ring(app: Flask, cast: Cast, maria: Visitor) -> None:
    eeva, bo = two(cast)
    together = Barrier(2)

    def join(pair: tuple[int, int]) -> str:
        with app.app_context():
            together.wait(timeout=30)
            try:
                merging.join(maria, *pair)
            except DomainError as refusal:
                return str(refusal)
            return "joined"

    with ThreadPoolExecutor(2) as people:
        said = sorted(people.map(join, [(eeva, bo), (bo, eeva)]))
    db.session.rollback()
    assert said[1] == "joined"
    assert "joined to" in said[0]
    states = sorted((row(eeva).state, row(bo).state))
    assert states == [TopicState.MERGED, TopicState.RECEIVED]
    assert db.session.scalar(select(func.count()).select_from(TopicStep)) == 1


class TestCandidates:
    def test_the_likeliest_come_first_with_the_words_in_common(self, cast: Cast, maria: Visitor) -> None:
        for text in ("Uimaranta on likainen", "Laituri on rikki", "Rannan roskat"):
            make.topic(cast.north, text)
        like = make.topic(cast.north, "Kylätiellä valaistus rikki", state=TopicState.ON_AGENDA).id
        make.topic(cast.south, "Valaistus kylätielle")
        make.topic(cast.north, "Valaistus kylätielle", state=TopicState.WITHDRAWN)
        mine = make.topic(cast.north, "Valaistusta kylätielle!").id
        found = merging.candidates(maria, mine)
        assert found.found == 4
        assert found.shown[0].topic.id == like
        assert set(found.shown[0].words) == {"kylätiellä", "valaistus"}
        assert [one.words for one in found.shown[1:]] == [(), (), ()]

    def test_search_looks_in_number_title_and_text(self, cast: Cast, maria: Visitor) -> None:
        mine = make.topic(cast.north).id
        other = make.topic(cast.north, "Laituri\nRannassa on naula")
        number, other_id = str(other.number), other.id
        for query in (number, "LAITURI", "naula rannassa"):
            assert [one.topic.id for one in merging.candidates(maria, mine, query).shown] == [other_id]
        assert merging.candidates(maria, mine, "postilaatikko").found == 0

    def test_a_topic_on_an_agenda_is_not_joined(self, cast: Cast, maria: Visitor) -> None:
        mine = make.topic(cast.north, state=TopicState.ON_AGENDA).id
        with pytest.raises(Refused, match="on an agenda"):
            merging.candidates(maria, mine)

    def test_five_hundred_are_read_in_as_many_questions_as_two(self, cast: Cast, maria: Visitor) -> None:
        mine = make.topic(cast.north).id
        make.topic(cast.north, organisation_id=cast.rantala)
        few = queries_of(lambda: merging.candidates(maria, mine))
        template = row(mine)
        db.session.add_all(
            Topic(
                year=template.year,
                running=100 + count,
                token=f"t{count}",
                table_id=cast.north,
                title=f"Asia {count}",
                text="Tiestä ja valoista. " * 20,
                organisation_id=cast.koivuranta,
                created_at=template.created_at,
                changed_at=template.changed_at,
            )
            for count in range(500)
        )
        db.session.commit()
        assert queries_of(lambda: merging.candidates(maria, mine)) == few
        found = merging.candidates(maria, mine)
        assert (found.found, len(found.shown)) == (501, merging.SHOWN)
