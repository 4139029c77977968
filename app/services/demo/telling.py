"""Topics as they came and what happened to each, step by step, checked against the life of a topic."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from app.domain.clock import local
from app.domain.deadlines import came_late
from app.domain.merging import longest_wish
from app.domain.topics import Channel, TopicAct, TopicState, check_text, title_of
from app.extensions import db, site
from app.mail import letters
from app.models import Meeting, Topic, topic_measures
from app.services.demo.asked import ask
from app.services.demo.sent import sent
from app.services.demo.stage import Stage
from app.services.demo.story import Story, step
from app.services.demo.values import Told
from app.services.outbox import signature


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
        for question in story.told.asked:
            ask(stage, story, question)
        _link(stage, story)
    for story in in_order:
        if story.told.joined:
            _join(stage, story, stories[story.told.joined])
    return stories


def _join(stage: Stage, story: Story, other: Story) -> None:
    """Let a topic follow the other one, unless it was made a topic of its own again."""
    joined = [one for one in story.steps if one.act is TopicAct.MERGE][-1]
    stage.log(
        joined.at,
        "riikka",
        "topic.joined",
        "topic",
        other.row.id,
        joined=story.row.id,
        minutes=longest_wish(other.row.wished_minutes, story.row.wished_minutes),
    )
    if story.row.state is not TopicState.MERGED:
        return
    story.row.merged_into_id = other.row.id
    other.row.wished_minutes = longest_wish(other.row.wished_minutes, story.row.wished_minutes)
    other.followed_by.append(story)
    if story.row.contact_email:
        letter = letters.topic_joined(
            str(story.row.number),
            story.row.title,
            other.row.title,
            site().topic(story.row.token),
            language=story.row.language,
            signed=signature(story.row.language),
        )
        mail = sent(letter, story.row.contact_email, f"topic_joined:{story.row.id}:{other.row.id}", joined.at)
        mail.topic_id = story.row.id
        stage.letters.append(mail)


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
        granted_minutes=told.granted,
        recurring=told.recurring,
        channel=told.channel,
        entered_by_id=stage.people[told.entered].id if told.entered else None,
        contact_name=told.name,
        contact_email=told.email,
        contact_phone=told.phone,
        created_at=at,
        changed_at=at,
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


def find_late(stories: Iterable[Story], meetings: Iterable[Meeting], today: date) -> None:
    """Mark the topics that came too late for the next meeting of their table and were not let in."""
    coming: dict[int, Meeting] = {}
    for meeting in sorted(meetings, key=lambda one: one.day):
        if meeting.day > today:
            coming.setdefault(meeting.table_id, meeting)
    for story in stories:
        row, following = story.row, coming.get(story.row.table_id)
        if following is None or story.told.admitted or row.state is TopicState.ON_AGENDA:
            continue
        if came_late(local(row.created_at).date(), following.topics_until):
            row.late_for_id = following.id


def store_steps(stories: Iterable[Story]) -> None:
    """Store the steps of all topics in order of time."""
    steps = sorted((one for story in stories for one in story.steps), key=lambda one: one.at)
    for one in steps:
        db.session.add(one)
        db.session.flush()
