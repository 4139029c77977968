"""The demo municipality: everything occurs, all could have happened, nothing reads as a decision."""

import re
from datetime import UTC

from sqlalchemy import func, select

from app.domain.attendance import Mark, Row, attendance_total, counted_twice
from app.domain.clock import local, utc_now
from app.domain.meetings import MeetingState
from app.domain.outbox import MailState
from app.domain.topics import TopicAct, TopicState, check_happens
from app.extensions import db
from app.models import (
    AgendaItem,
    Attendance,
    Event,
    FollowUp,
    Invitation,
    Meeting,
    Municipality,
    Note,
    Organisation,
    OutgoingMail,
    Person,
    Presence,
    Release,
    ReleasedItem,
    Reminder,
    ResponsibleParty,
    Statement,
    Topic,
    TopicStep,
)
from app.services import demo
from tests.services.demo_stage import rows

DECISIONS = re.compile(
    r"\b(päätettiin|päätetään|päätimme|hyväksyttiin|hyväksytään|valittiin|valitaan|myönnettiin|myönnetään|"
    r"hylättiin|äänestettiin|määrättiin|velvoitettiin|vahvistettiin|nimettiin|linjattiin|puollettiin|"
    r"merkittiin tiedoksi|jätettiin pöydälle|beslöts?|beslutades?|godkändes?|valdes?|fastställdes?)\b",
    re.IGNORECASE,
)


def test_it_is_as_large_as_life(loaded: demo.Loaded) -> None:
    count = rows()
    assert (loaded.tables, count["partnership_tables"]) == (4, 4)
    assert loaded.meetings == count["meetings"] >= 25
    assert loaded.topics == count["topics"] >= 45
    assert loaded.measures == count["measures"] >= 25
    assert count["people"] >= 16
    assert count["focus_areas"] == 4
    assert db.session.get_one(Municipality, 1).demo


def test_nothing_happened_in_the_future(loaded: demo.Loaded) -> None:
    now = utc_now()
    for column in (
        Topic.created_at,
        TopicStep.at,
        Note.changed_at,
        FollowUp.changed_at,
        Meeting.created_at,
        Meeting.published_at,
        Meeting.memo_published_at,
        Meeting.cancelled_at,
        Event.at,
        OutgoingMail.created_at,
        Meeting.changed_at,
        Meeting.ended_at,
        AgendaItem.ended_at,
        Presence.changed_at,
        Invitation.told_at,
        Release.at,
        Statement.asked_at,
        Statement.answered_at,
    ):
        latest = db.session.scalar(select(func.max(column)))
        assert latest is not None
        assert (latest if latest.tzinfo else latest.replace(tzinfo=UTC)) <= now, column


def test_every_topic_lived_a_life_that_the_rules_allow(loaded: demo.Loaded) -> None:
    meetings = {one.id: one for one in db.session.scalars(select(Meeting))}
    for topic in db.session.scalars(select(Topic)):
        state, last = TopicState.RECEIVED, topic.created_at
        for step in topic.steps:
            assert step.at >= last, f"{topic.number} {topic.title}: {step.act}"
            state, last = check_happens(step.act, state), step.at
            meeting = meetings.get(step.meeting_id or 0)
            if step.act is TopicAct.DISCUSS:
                assert meeting is not None
                assert meeting.state is MeetingState.MEMO_PUBLISHED
                assert local(step.at).date() > meeting.day
            if step.act in (TopicAct.PUT_ON_AGENDA, TopicAct.CARRY_OVER):
                assert meeting is not None
                assert local(step.at).date() < meeting.day
        assert topic.state is state
        assert topic.changed_at == last


def test_topics_are_numbered_in_the_order_they_came(loaded: demo.Loaded) -> None:
    # What was split from a message came with it, and has the number of the day when it was split.
    in_order = select(Topic).order_by(Topic.split_from_id.is_not(None), Topic.created_at)
    topics = db.session.scalars(in_order).all()
    numbers = [(one.year, one.running) for one in topics]
    assert numbers == sorted(numbers)
    for year in {one.year for one in topics}:
        assert [running for of, running in numbers if of == year] == list(
            range(1, sum(of == year for of, _ in numbers) + 1)
        )
    assert all(one.year == local(one.created_at).year for one in topics)


def test_agendas_fit_but_for_one_draft(loaded: demo.Loaded) -> None:
    over = []
    for meeting in db.session.scalars(select(Meeting)):
        used = sum(item.minutes for item in meeting.items)
        if used > meeting.minutes:
            over.append(meeting.state)
        elif meeting.state is not MeetingState.DRAFT:
            assert used >= 60, f"{meeting.day}: {used} minutes"
        assert [item.position for item in meeting.items] == list(range(len(meeting.items)))
    assert over == [MeetingState.DRAFT]


def test_memos_speak_of_a_dialogue(loaded: demo.Loaded) -> None:
    notes = db.session.scalars(select(Note)).all()
    assert len(notes) > 100
    for note in notes:
        assert not DECISIONS.search(note.text), note.text
        assert note.html.startswith("<p>")
        assert note.revisions[-1].text == note.text
        assert note.revision == len(note.revisions)
    for follow_up in db.session.scalars(select(FollowUp)):
        assert not DECISIONS.search(follow_up.text), follow_up.text


def test_names_stay_out_of_what_everybody_reads(loaded: demo.Loaded) -> None:
    known = {one.name for one in db.session.scalars(select(Person))}
    known |= {
        name for one in db.session.scalars(select(Attendance)) for name in (one.names or "").split(", ")
    }
    known |= {one for one in db.session.scalars(select(Presence.name)) if one}
    known |= {one.contact_name or "" for one in db.session.scalars(select(Topic))}
    surnames = {name.split()[-1] for name in known if name.istitle() and " " in name}
    assert len(surnames) > 30
    public = [one.text for one in db.session.scalars(select(Note))]
    public += [f"{one.text} {one.outcome}" for one in db.session.scalars(select(FollowUp))]
    public += [one.title for one in db.session.scalars(select(Topic))]
    public += [one or "" for one in db.session.scalars(select(Release.comment))]
    public += [one or "" for one in db.session.scalars(select(ReleasedItem.presenter))]
    surnames -= {"Brokars"}  # also the name of the village in Swedish, in its genitive
    for text in public:
        assert not surnames & set(re.findall(r"\w[\w-]*", text)), text


def test_addresses_lead_nowhere_real(loaded: demo.Loaded) -> None:
    addresses = [
        *db.session.scalars(select(Person.email)),
        *db.session.scalars(select(Organisation.email)),
        *db.session.scalars(select(Topic.contact_email)),
        *db.session.scalars(select(OutgoingMail.to_address)),
        *db.session.scalars(select(Municipality.email)),
    ]
    assert all(address.endswith(".example") for address in addresses if address)


def test_those_who_came_are_counted_and_known_inside(loaded: demo.Loaded) -> None:
    held = db.session.scalars(select(Meeting).where(Meeting.state == MeetingState.MEMO_PUBLISHED)).all()
    for meeting in held:
        by_name = [Mark(one.organisation_id, one.state) for one in meeting.presences]
        assert attendance_total([*meeting.attendances, *by_name]) >= 8
        assert not counted_twice(
            [one.name or (one.person.name if one.person else "") for one in meeting.presences],
            [Row(one.organisation_id, one.count, one.names or "") for one in meeting.attendances],
        )
        for one in meeting.attendances:
            assert len((one.names or "").split(", ")) <= one.count


def test_measures_have_someone_who_answers(loaded: demo.Loaded) -> None:
    parties = db.session.scalars(select(ResponsibleParty)).all()
    unknown = {one.name for one in parties if one.organisation_id is None}
    assert unknown == {"Vammaisneuvosto"}  # a body that the plan names and no table knows


def test_most_topics_and_follow_ups_lead_to_a_measure(loaded: demo.Loaded) -> None:
    count = rows()
    assert count["topic_measures"] > 40
    assert count["follow_up_measures"] > 40


def test_every_act_is_in_the_log_in_order(loaded: demo.Loaded) -> None:
    events = db.session.scalars(select(Event).order_by(Event.id)).all()
    moments = [one.at for one in events]
    assert moments == sorted(moments)
    acts = {one.act for one in events}
    assert {f"topic.{one}" for one in TopicAct} <= acts
    assert {
        "topic.propose",
        "meeting.call",
        "meeting.publish_agenda",
        "meeting.cancel",
        "memo.publish",
    } <= acts
    assert {"note.add", "note.change", "follow_up.add", "follow_up.report", "memo.reopen"} <= acts
    assert {"statement.ask", "statement.hand_on", "statement.remind", "statement.answer"} <= acts
    assert {"topic.joined", "topic.admit", "agenda.save", "agenda.remove", "invitation.part"} <= acts
    assert {"evening.begin", "evening.put_off", "evening.end_meeting"} <= acts
    assert {"presence.mark", "presence.guest", "attendance.save"} <= acts
    texts = [value for one in events for value in one.detail.values() if isinstance(value, str)]
    assert all(" " not in value for value in texts)  # states and words, never free text


def test_a_letter_waits_and_one_could_not_be_delivered(loaded: demo.Loaded) -> None:
    letters = db.session.scalars(select(OutgoingMail)).all()
    by_state = {state: [one for one in letters if one.state is state] for state in MailState}
    assert all(one.sent_at and one.sent_at >= one.created_at for one in by_state[MailState.SENT])
    assert by_state[MailState.PARKED][0].last_answer is not None
    assert by_state[MailState.QUEUED][0].due_at > utc_now()
    assert by_state[MailState.SENDING][0].locked_until is not None
    assert len(by_state[MailState.DRAFT]) >= 6
    assert all(one.sent_at is None and one.approved_at is None for one in by_state[MailState.DRAFT])
    assert [one for one in by_state[MailState.SENT] if one.bounced_at and one.last_answer]


def test_the_next_meeting_s_reminders_are_approved_and_a_later_one_s_wait(loaded: demo.Loaded) -> None:
    of: dict[int, set[bool]] = {}
    for meeting_id, at in db.session.execute(select(Reminder.meeting_id, Reminder.approved_at)):
        of.setdefault(meeting_id, set()).add(at is not None)
    assert sorted(of.values(), key=str) == [{False}, {True}]
