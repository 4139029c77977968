"""Two tables with one of everything, each unpublished field holding a word that nobody else may read.

A word is `zq` + table + field, for example `zqnorthdrafttitle`: lower case, found by its beginning.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time

from flask import Flask

from app.domain.agenda import ItemKind
from app.domain.answers import Answer, AnswerChannel
from app.domain.attendance import PresenceState
from app.domain.clock import utc_now
from app.domain.follow_ups import FollowUpState
from app.domain.incoming import Outcome
from app.domain.meetings import MeetingState
from app.domain.permissions import Role
from app.domain.topics import UNTRIAGED, TopicAct, TopicState
from app.extensions import db
from app.models import (
    AgendaItem,
    Attachment,
    Attendance,
    FollowUp,
    IncomingMail,
    Invitation,
    Measure,
    Meeting,
    Note,
    NoteRevision,
    Organisation,
    OutgoingMail,
    PartnershipTable,
    Person,
    PersonRole,
    Presence,
    Reminder,
    Statement,
    Topic,
    TopicStep,
    topic_measures,
)

HOME = "http://127.0.0.1:5000"
Filling = dict[str, int | str]


@dataclass
class Furnished:
    """One table's things: fillings of addresses, and the ids of what can be pressed."""

    table_id: int
    slug: str
    fillings: list[Filling] = field(default_factory=list)
    topics: dict[TopicState, int] = field(default_factory=dict)
    statements: dict[TopicState, int] = field(default_factory=dict)
    meetings: dict[str, Filling] = field(default_factory=dict)


def furnish(side: str, table_id: int, organisation_id: int, measure_id: int) -> Furnished:
    """Fill a table and return where its things are."""
    table = db.session.get_one(PartnershipTable, table_id)
    made = Furnished(table_id, table.slug)
    person = Person(
        name=f"zq{side}personname", email=f"zq{side}personemail@example.org", phone=f"zq{side}personphone"
    )
    person.roles.append(PersonRole(role=Role.OFFICIAL, table_id=table_id))
    body = db.session.get_one(Organisation, organisation_id)
    body.email = f"zq{side}organisationemail@example.org"
    db.session.add(person)
    db.session.flush()
    for state in TopicState:
        made.topics[state] = _topic(side, table_id, state, measure_id)
        made.statements[state] = _statement(side, made.topics[state], organisation_id, state)
    joined = db.session.get_one(Topic, made.topics[TopicState.MERGED])
    joined.merged_into_id = made.topics[TopicState.ON_AGENDA]
    joined.steps.append(TopicStep(act=TopicAct.MERGE, words="", at=utc_now()))
    _meetings(side, made, person, organisation_id, measure_id)
    letter = OutgoingMail(
        once=f"canary:{side}",
        message_id=f"<{side}@canary.example>",
        kind="topic_declined",
        to_address=f"zq{side}letteraddress@example.org",
        table_id=table_id,
        language="fi",
        subject=f"zq{side}lettersubject",
        body=f"zq{side}letterbody",
        last_answer=f"zq{side}letteranswer",
        due_at=utc_now(),
        created_at=utc_now(),
    )
    db.session.add(letter)
    db.session.flush()
    role_id = person.roles[0].id
    other = made.topics[TopicState.ACCEPTED]
    made.fillings += [
        {"slug": table.slug},
        {"table_id": table_id},
        {"organisation_id": organisation_id},
        {"person_id": person.id, "role_id": role_id},
        {"letter_id": letter.id},
        {"kind": "topic_received"},
        _mail(side, table_id, None),
        _mail(side, table_id, made.topics[TopicState.RECEIVED]),
        *(
            {"topic_id": one, "act": "ask", "statement_id": made.statements[state], "other_id": other}
            for state, one in made.topics.items()
        ),
        *made.meetings.values(),
    ]
    db.session.commit()
    return made


def _topic(side: str, table_id: int, state: TopicState, measure_id: int) -> int:
    now = utc_now()
    running = (1 if side == "north" else 2) * 100 + len(state)
    while db.session.query(Topic).filter_by(year=2026, running=running).count():
        running += 1
    row = Topic(
        year=2026,
        running=running,
        token=f"zq{side}token{state.replace('_', '')}{secrets.token_urlsafe(6)}"[:64],
        table_id=table_id,
        state=state,
        title=f"zq{side}topictitle",
        text=f"zq{side}topictext",
        contact_name=f"zq{side}contactname",
        contact_email=f"zq{side}contactemail@example.org",
        contact_phone=f"zq{side}contactphone",
        created_at=now,
        changed_at=now,
    )
    row.steps = [
        TopicStep(act=one, words=f"zq{side}reason{one.replace('_', '')}", at=now)
        for one in (TopicAct.ASK, TopicAct.REPLY, TopicAct.POSTPONE, TopicAct.DECLINE)
    ]
    db.session.add(row)
    db.session.flush()
    db.session.execute(topic_measures.insert().values(topic_id=row.id, measure_id=measure_id))
    return row.id


def _mail(side: str, table_id: int, topic_id: int | None) -> Filling:
    """Keep a message with a file: one that waits, or the one that a topic came with."""
    row = IncomingMail(
        key=f"{side}-{topic_id or 'held'}",
        from_address=f"zq{side}mailaddress@example.org",
        from_name=f"zq{side}mailname",
        subject=f"zq{side}mailsubject",
        text=f"zq{side}mailtext",
        whole=f"zq{side}mailwhole",
        outcome=Outcome.TOPIC if topic_id else Outcome.HELD,
        table_id=table_id,
        topic_id=topic_id,
        size=100,
        received_at=utc_now(),
    )
    file = Attachment(
        topic_id=topic_id,
        name=f"zq{side}attachmentname.txt",
        content_type="text/plain",
        size=30,
        content=f"zq{side}attachmentcontent".encode(),
        created_at=utc_now(),
    )
    row.attachments = [file]
    db.session.add(row)
    db.session.flush()
    return {"mail_id": row.id, "attachment_id": file.id}


def _statement(side: str, topic_id: int, organisation_id: int, state: TopicState) -> int:
    """Ask a body about a topic; it has answered except about those that nobody has triaged."""
    answered = state not in UNTRIAGED
    row = Statement(
        topic_id=topic_id,
        organisation_id=organisation_id,
        token=f"zq{side}statementtoken{state.replace('_', '')}-{secrets.token_urlsafe(6)}"[:64],
        handed_on=state is TopicState.HANDED_ON,
        question=f"zq{side}statementquestion",
        due_on=date(2026, 1, 2),
        asked_at=utc_now(),
        answer=f"zq{side}statementanswer" if answered else None,
        answered_by=f"zq{side}statementname" if answered else None,
        answered_at=utc_now() if answered else None,
        revision=2 if answered else 1,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


# name: (state, whether its agenda was ever out, whether its memo was ever out)
MEETINGS = {
    "draft": (MeetingState.DRAFT, False, False),
    "dropped": (MeetingState.CANCELLED, False, False),
    "open": (MeetingState.PUBLISHED, True, False),
    "reopened": (MeetingState.PUBLISHED, True, True),
    "told": (MeetingState.MEMO_PUBLISHED, True, True),
}


def _meetings(side: str, made: Furnished, person: Person, organisation_id: int, measure_id: int) -> None:
    for place, (name, (state, agenda, memo)) in enumerate(MEETINGS.items()):
        inside = not agenda
        row = Meeting(
            table_id=made.table_id,
            state=state,
            day=date(2027, 3, 2 + place),
            starts=time(18),
            minutes=90,
            place=f"zq{side}{name}place" if inside else "Koulu",
            remote_url=f"https://example.org/zq{side}{name}remote" if inside else None,
            heading=f"zq{side}{name}heading" if inside else None,
            cancel_reason=f"zq{side}{name}cancelreason" if name == "dropped" else None,
            created_at=utc_now(),
            changed_at=utc_now(),
            published_at=utc_now() if agenda else None,
            memo_published_at=utc_now() if memo else None,
        )
        row.attendances = [
            Attendance(organisation_id=organisation_id, count=3, names=f"zq{side}{name}attendancenames")
        ]
        row.presences = [
            Presence(name=f"zq{side}{name}guestname", state=PresenceState.PRESENT, changed_at=utc_now()),
            Presence(
                name=f"zq{side}{name}lateguestname",
                organisation_id=organisation_id,
                state=PresenceState.REMOTE,
                came_at=time(18, 20),
                changed_at=utc_now(),
            ),
            Presence(person_id=person.id, state=PresenceState.EXCUSED, changed_at=utc_now()),
        ]
        item = AgendaItem(
            kind=ItemKind.TOPIC,
            topic_id=made.topics[TopicState.ON_AGENDA if name in ("draft", "open") else TopicState.DISCUSSED],
            title=f"zq{side}{name}itemtitle" if inside else "Valot",
            presenter=f"zq{side}{name}presenter" if inside else None,
            minutes=10,
            position=0,
        )
        row.items = [item]
        db.session.add(row)
        db.session.flush()
        asked = _invitations(side, name, row, person.id, item.topic_id)
        note, gone = (_note(side, name, item.id, one, memo=state) for one in ("note", "removednote"))
        follow_up = _follow_up(side, name, row, item, organisation_id, person.id, state)
        follow_up.measures = [db.session.get_one(Measure, measure_id)]
        reminder = Reminder(meeting_id=row.id, minutes_before=1440, created_at=utc_now())
        db.session.add(reminder)
        db.session.flush()
        made.meetings[name] = {
            "meeting_id": row.id,
            "item_id": item.id,
            "note_id": note.id,
            "follow_up_id": follow_up.id,
            "invitation_id": asked.id,
            "reminder_id": reminder.id,
        }
        made.fillings.append({**made.meetings[name], "note_id": gone.id})


def _invitations(side: str, name: str, meeting: Meeting, person_id: int, topic_id: int | None) -> Invitation:
    """Ask a person and a proposer; both have answered that somebody else comes. Return the person's."""
    rows = [
        Invitation(
            meeting_id=meeting.id,
            **whom,
            token=f"zq{side}{name}invitation{kind}{meeting.id:06d}",
            created_at=utc_now(),
            told_at=utc_now() if meeting.published_at else None,
            answer=Answer.NOT_COMING,
            answered_at=utc_now(),
            answer_channel=AnswerChannel.LINK,
            answer_sequence=0,
            answer_words=f"zq{side}{name}{kind}answerwords",
            substitute=f"zq{side}{name}{kind}substitute",
        )
        for kind, whom in (("", {"person_id": person_id}), ("proposer", {"topic_id": topic_id}))
    ]
    db.session.add_all(rows)
    db.session.flush()
    return rows[0]


def _note(side: str, name: str, item_id: int, kind: str, memo: MeetingState) -> Note:
    public = memo is MeetingState.MEMO_PUBLISHED and kind == "note"
    text = "Kerrottiin valoista." if public else f"zq{side}{name}{kind}"
    now = utc_now()
    row = Note(
        agenda_item_id=item_id,
        operation=f"{side}-{name}-{kind}-operation",
        text=text,
        html=f"<p>{text}</p>",
        revision=2,
        created_at=now,
        changed_at=now,
        removed_at=now if kind == "removednote" else None,
        revisions=[
            NoteRevision(number=1, text=f"zq{side}{name}oldnote", at=now),
            NoteRevision(number=2, text=text, at=now),
        ],
    )
    db.session.add(row)
    db.session.flush()
    return row


def _follow_up(
    side: str,
    name: str,
    meeting: Meeting,
    item: AgendaItem,
    organisation_id: int,
    person_id: int,
    state: MeetingState,
) -> FollowUp:
    public = state is MeetingState.MEMO_PUBLISHED
    row = FollowUp(
        meeting_id=meeting.id,
        agenda_item_id=item.id,
        topic_id=item.topic_id,
        text="Lasketaan hinta." if public else f"zq{side}{name}followup",
        outcome=None if public else f"zq{side}{name}outcome",
        state=FollowUpState.OPEN,
        owner_organisation_id=organisation_id,
        owner_person_id=person_id,
        due_on=date(2036, 4, 30),
        created_at=utc_now(),
        changed_at=utc_now(),
    )
    db.session.add(row)
    return row


def addresses(
    app: Flask, fillings: list[Filling], method: str, *, but: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str]]:
    """Give (endpoint, address) of every rule of a method with everything that it can be filled with."""
    with app.test_request_context("/", base_url=HOME):
        for rule in app.url_map.iter_rules():
            if method not in (rule.methods or ()) or rule.endpoint == "assets.file" or rule.endpoint in but:
                continue
            filled = {
                app.url_for(rule.endpoint, **{name: one[name] for name in rule.arguments})
                for one in fillings
                if rule.arguments <= one.keys()
            }
            assert filled, f"nothing to fill {rule} with: add it to tests/two_tables.py"
            for address in sorted(filled):
                yield rule.endpoint, address


def second_people(cast_tables: dict[str, int]) -> dict[tuple[Role, str], str]:
    """Store one more person of each role at each table; return their addresses."""
    found = {}
    for side, table_id in cast_tables.items():
        for role in Role:
            email = f"{role}.{side}@second.example"
            one = Person(name=f"{role} {side}", email=email, language="fi")
            one.roles.append(PersonRole(role=role, table_id=table_id))
            db.session.add(one)
            found[role, side] = email
    db.session.commit()
    return found
