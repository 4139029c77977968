"""One topic on its way, step by step, checked against the life of a topic."""

from dataclasses import dataclass, field
from datetime import datetime

from app.domain.topics import TopicAct, check_happens
from app.models import Topic, TopicStep
from app.services.demo.stage import Stage
from app.services.demo.values import Told


@dataclass
class Story:
    """One topic: its row, the steps that wait to be stored in order of time, and the topics joined to it."""

    told: Told
    row: Topic
    last: datetime
    steps: list[TopicStep] = field(default_factory=list)
    followed_by: list["Story"] = field(default_factory=list)


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
