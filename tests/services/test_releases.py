"""Everybody reads the latest release; what is built after it is seen by its builders alone."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.agenda import ItemKind
from app.domain.clock import today
from app.domain.permissions import ANYBODY
from app.domain.topics import TopicState
from app.extensions import db
from app.models import Event, Measure, Meeting, Release, Topic, topic_measures
from app.services import (
    agenda,
    agenda_items,
    calendars,
    convening,
    invitations,
    measures,
    meetings,
    papers,
    releases,
    undoing,
)
from app.services import journey as journeys
from app.services.agenda_changes import latest
from app.services.agenda_items import Edit
from app.services.convening import Details
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.page import Browser

SOON = today() + timedelta(days=30)
CANARY = "Kanarialintu"


def out(cast: Cast) -> tuple[int, int]:
    """A published agenda: opening, Eeva's topic, closing; its id and the topic's."""
    meeting = make.meeting(cast.north, SOON)
    make.item(meeting, "Avaus")
    topic = make.topic(cast.north, state=TopicState.ON_AGENDA, contact_email="eeva@example.org")
    make.item(meeting, about=topic, minutes=20)
    make.item(meeting, "Päätös", kind=ItemKind.CLOSING)
    publish(cast, meeting.id)
    return meeting.id, topic.id


def publish(cast: Cast, meeting_id: int, comment: str = "") -> None:
    seen = db.session.get_one(Meeting, meeting_id).revision
    invitations.publish_agenda(make.visitor(cast.maria), meeting_id, seen=seen, anyway=True, comment=comment)


def change_everything(cast: Cast, meeting_id: int) -> None:
    """Build on: a new topic, a free item, other minutes, order and words; publish nothing."""
    maria = make.visitor(cast.maria)
    first, second, _ = [one.id for one in db.session.get_one(Meeting, meeting_id).items]
    fresh = make.topic(cast.north, f"{CANARY} uusi aihe", state=TopicState.ACCEPTED)
    agenda.put_on_agenda(maria, meeting_id, fresh.id)
    agenda.add_item(maria, meeting_id, kind=ItemKind.NEWS, title=f"{CANARY} uutinen", minutes=7)
    agenda.move_item(maria, meeting_id, second, -1)
    agenda_items.save_items(
        maria,
        meeting_id,
        [
            Edit(first, {"title": f"{CANARY} avaus"}, {"title": "Avaus"}),
            Edit(second, {"presenter": f"{CANARY} esittäjä"}, {"presenter": ""}),
            Edit(second, {"minutes": 33}, {"minutes": "20"}),
        ],
    )


PUBLIC: dict[str, Callable[[int], str]] = {
    "meeting": lambda one: f"/meetings/{one}",
    "calendar file": lambda one: f"/meetings/{one}.ics",
    "list": lambda one: "/meetings",
    "front page": lambda one: "/",
    "table": lambda one: "/tables/pohjoinen",
    "feed": lambda one: "/tables/pohjoinen/calendar.ics",
}


@pytest.mark.parametrize("where", PUBLIC)
def test_what_is_built_after_a_release_is_seen_by_nobody(app: Flask, cast: Cast, where: str) -> None:
    meeting_id, _ = out(cast)
    url = PUBLIC[where](meeting_id)
    before = Browser(app).raw(url).text
    change_everything(cast, meeting_id)
    after = Browser(app).raw(url).text
    assert CANARY not in after
    assert without_tokens(after) == without_tokens(before)
    publish(cast, meeting_id)
    shown = Browser(app).raw(url).text
    assert without_tokens(shown) != without_tokens(before)
    if where in ("meeting", "calendar file", "feed"):
        assert CANARY in shown


def without_tokens(text: str) -> str:
    """Leave out what differs on every visit."""
    return "\n".join(line for line in text.splitlines() if "csrf" not in line and "nonce" not in line)


def test_those_who_build_read_on_the_page_what_everybody_reads(app: Flask, cast: Cast) -> None:
    meeting_id, _ = out(cast)
    change_everything(cast, meeting_id)
    for who in (cast.maria, cast.timo, cast.aino):
        assert CANARY not in Browser(app).sign_in(who).get(f"/meetings/{meeting_id}").text
    assert CANARY in Browser(app).sign_in(cast.maria).get(f"/meetings/{meeting_id}/edit").html


def test_the_printed_agenda_is_the_released_one(app: Flask, cast: Cast) -> None:
    meeting_id, _ = out(cast)
    before = papers.agenda_paper(make.visitor(cast.maria), meeting_id, "fi").items
    change_everything(cast, meeting_id)
    assert papers.agenda_paper(make.visitor(cast.maria), meeting_id, "fi").items == before
    assert papers.meeting_notice(meeting_id, "fi").meeting.items == before  # type: ignore[union-attr]  # it has a meeting


def test_a_draft_is_read_by_its_builder_as_it_is_built(app: Flask, cast: Cast) -> None:
    meeting = make.meeting(cast.north, SOON)
    make.item(meeting, CANARY)
    url = f"/meetings/{meeting.id}"
    assert CANARY in Browser(app).sign_in(cast.maria).get(url).text
    Browser(app).get(url, 404)


def test_a_topic_comes_to_its_proposer_with_the_release(app: Flask, cast: Cast) -> None:
    meeting_id, _ = out(cast)
    fresh = make.topic(cast.north, "Uusi aihe", state=TopicState.ACCEPTED)
    agenda.put_on_agenda(make.visitor(cast.maria), meeting_id, fresh.id)
    assert journeys.of_token(fresh.token, "fi").hearings == []
    assert journeys.of_token(fresh.token, "fi").state is TopicState.ACCEPTED
    publish(cast, meeting_id)
    fresh = db.session.get_one(Topic, fresh.id)
    [hearing] = journeys.of_token(fresh.token, "fi").hearings
    assert (hearing.meeting_id, hearing.clock) == (meeting_id, time(18, 25))
    assert journeys.of_token(fresh.token, "fi").state is TopicState.ON_AGENDA
    told = db.session.scalars(select(Release.at).where(Release.number == 2)).one()
    assert hearing.published_at == told  # the first release was without it


def test_a_topic_that_was_taken_off_stays_public_until_the_next_release(app: Flask, cast: Cast) -> None:
    meeting_id, topic_id = out(cast)
    token = db.session.get_one(Topic, topic_id).token
    items = {one.topic_id: one.id for one in db.session.get_one(Meeting, meeting_id).items}
    agenda.remove_item(make.visitor(cast.maria), meeting_id, items[topic_id])
    shown = journeys.of_token(token, "fi")
    assert (shown.state, [one.meeting_id for one in shown.hearings]) == (
        TopicState.ON_AGENDA,
        [meeting_id],
    )
    assert "Kylätien valaistus" in Browser(app).get(f"/meetings/{meeting_id}").text
    publish(cast, meeting_id)
    shown = journeys.of_token(token, "fi")
    assert (shown.state, shown.hearings) == (TopicState.ACCEPTED, [])


def test_a_measure_counts_topics_of_releases_only(app: Flask, cast: Cast) -> None:
    meeting_id, topic_id = out(cast)
    plan_id = make.plan().id
    measure = db.session.scalars(select(Measure)).first()
    assert measure is not None
    fresh = make.topic(cast.north, "Uusi aihe", state=TopicState.ACCEPTED)
    for one in (topic_id, fresh.id):
        db.session.execute(topic_measures.insert().values(topic_id=one, measure_id=measure.id))
    db.session.commit()
    agenda.put_on_agenda(make.visitor(cast.maria), meeting_id, fresh.id)
    assert [one.title for one in measures.topics_of(ANYBODY, measure.id, "fi")] == [
        "Kylätien valaistus on pimeä"
    ]
    assert measures.tallies(ANYBODY, plan_id)[measure.id].topics == 1
    publish(cast, meeting_id)
    assert len(measures.topics_of(ANYBODY, measure.id, "fi")) == 2


def test_a_release_has_a_number_a_moment_a_comment_and_times(app: Flask, cast: Cast) -> None:
    meeting_id, _ = out(cast)
    change_everything(cast, meeting_id)
    publish(cast, meeting_id, "Uusi aihe mukaan.")
    first, second = releases.all_of(meeting_id)
    assert [(one.number, one.comment) for one in (first, second)] == [(1, None), (2, "Uusi aihe mukaan.")]
    assert first.at < second.at
    assert [(one.starts_after, one.minutes, one.title) for one in first.items] == [
        (0, 5, "Avaus"),
        (5, 20, "Kylätien valaistus on pimeä"),
        (25, 5, "Päätös"),
    ]
    assert [one.starts_after for one in second.items] == [0, 33, 38, 48, 55]
    acts = db.session.scalars(select(Event).where(Event.act == "meeting.publish_agenda"))
    assert [one.detail["release"] for one in acts] == [1, 2]


def test_the_place_and_the_clock_are_true_for_everybody_at_once(app: Flask, cast: Cast) -> None:
    meeting_id, _ = out(cast)
    row = db.session.get_one(Meeting, meeting_id)
    seen = convening.details_of(row).mark()
    details = Details(SOON, time(17, 30), 90, "Rantalan seurantalo")
    convening.change_details(make.visitor(cast.maria), meeting_id, details, seen=seen)
    page = Browser(app).get(f"/meetings/{meeting_id}")
    assert "Rantalan seurantalo" in page.text
    assert "17:35" in page.text


def test_lists_count_the_items_of_the_release(app: Flask, cast: Cast) -> None:
    meeting_id, _ = out(cast)
    change_everything(cast, meeting_id)
    [line] = meetings.coming("fi")
    assert line.items == 3
    publish(cast, meeting_id)
    [line] = meetings.coming("fi")
    assert line.items == 5


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_many_agendas_are_read_in_as_many_queries_as_one(app: Flask, cast: Cast, language: str) -> None:
    def one_more() -> None:
        meeting = db.session.get_one(Meeting, out(cast)[0])
        make.item(meeting, "Kuulumiset", kind=ItemKind.NEWS, presenter="Koivuranta")

    one_more()
    one = queries_of(lambda: calendars.whole_calendar(language))
    for _ in range(4):
        one_more()
    assert queries_of(lambda: calendars.whole_calendar(language)) == one


def test_what_was_released_is_not_undone_from_an_old_page(cast: Cast) -> None:
    meeting_id, _ = out(cast)
    maria = make.visitor(cast.maria)
    item_id = db.session.get_one(Meeting, meeting_id).items[0].id
    agenda.set_minutes(maria, meeting_id, item_id, 25)
    change = latest(maria, db.session.get_one(Meeting, meeting_id))
    assert change is not None
    change_id = change.id
    publish(cast, meeting_id)
    done = undoing.undo(maria, meeting_id, change_id)
    assert "was published meanwhile" in str(done.refusal)
    assert db.session.get_one(Meeting, meeting_id).items[0].minutes == 25
