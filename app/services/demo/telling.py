"""Topics as they came and what happened to each, step by step, checked against the life of a topic."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app.domain.clock import local
from app.domain.topics import Channel, TopicAct, TopicState, check_happens, check_text, title_of
from app.extensions import db
from app.models import Topic, TopicStep, topic_measures
from app.services.demo.stage import Stage
from app.services.demo.values import Told


@dataclass
class Story:
    """One topic on its way: its row, and the steps that wait to be stored in order of time."""

    told: Told
    row: Topic
    last: datetime
    steps: list[TopicStep] = field(default_factory=list)


def tell(stage: Stage, told_at: Iterable[tuple[Told, str, date]]) -> dict[Told, Story]:
    """Store topics; each comes with the key of its table and the day that `came` counts back from."""
    stories = {}
    for told, table, anchor in told_at:
        day = anchor - timedelta(days=told.came)
        at = stage.at_home(day) if told.channel is Channel.WEB else stage.at_office(day)
        stories[told] = Story(told, _row(stage, told, table, at), at)
    running: dict[int, int] = {}
    in_order = sorted(stories.values(), key=lambda story: story.row.created_at)
    for story in in_order:
        story.row.year = local(story.row.created_at).year
        story.row.running = running[story.row.year] = running.get(story.row.year, 0) + 1
        db.session.add(story.row)
        db.session.flush()
        stage.log(
            story.row.created_at,
            story.told.entered,
            "topic.propose",
            "topic",
            story.row.id,
            channel=story.row.channel,
            table=story.row.table_id,
        )
        for did in story.told.did:
            day = local(story.row.created_at).date() + timedelta(days=did.after)
            at = stage.at_office(day, story.last) if did.by else max(stage.at_home(day), story.last)
            step(stage, story, did.act, at, did.words, did.by)
        _link(stage, story)
    return stories


def _row(stage: Stage, told: Told, table: str, at: datetime) -> Topic:
    return Topic(
        token=secrets.token_urlsafe(18),
        table_id=stage.tables[table].id,
        state=TopicState.RECEIVED,
        title=told.title or title_of(told.text),
        text=check_text(told.text),
        language=told.language,
        organisation_id=stage.body_id(told.village),
        addressee_id=stage.body_id(told.to),
        wished_minutes=told.wished,
        channel=told.channel,
        entered_by_id=stage.people[told.entered].id if told.entered else None,
        contact_name=told.name,
        contact_email=told.email,
        contact_phone=told.phone,
        created_at=at,
        changed_at=at,
    )


def step(
    stage: Stage,
    story: Story,
    act: TopicAct,
    at: datetime,
    words: str = "",
    by: str | None = "riikka",
    meeting_id: int | None = None,
) -> None:
    """Do one act to a topic; raise Refused where its state does not allow it, as the services would."""
    row, before = story.row, story.row.state
    row.state = check_happens(act, before)
    row.changed_at = story.last = max(at, story.last)
    story.steps.append(
        TopicStep(
            topic_id=row.id,
            act=act,
            words=words,
            person_id=stage.people[by].id if by else None,
            meeting_id=meeting_id,
            at=story.last,
        )
    )
    stage.log(
        story.last, by, f"topic.{act}", "topic", row.id, before=before, after=row.state, meeting=meeting_id
    )


def _link(stage: Stage, story: Story) -> None:
    measures = story.told.measures
    if not measures:
        return
    db.session.execute(
        topic_measures.insert(),
        [{"topic_id": story.row.id, "measure_id": stage.measures[key].id} for key in measures],
    )
    stage.log(story.last, "riikka", "topic.link", "topic", story.row.id, added=len(measures), removed=0)


def store_steps(stories: Iterable[Story]) -> None:
    """Store the steps of all topics in order of time."""
    steps = sorted((one for story in stories for one in story.steps), key=lambda one: one.at)
    for one in steps:
        db.session.add(one)
        db.session.flush()
