"""Who is told of a meeting, in which language, and once for each occasion."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.clock import today, utc_now
from app.domain.errors import Forbidden, NotFound, Refused
from app.domain.meetings import MeetingState
from app.domain.permissions import ANYBODY, Role
from app.domain.topics import TopicState
from app.extensions import db
from app.models import Invitation, Meeting, OutgoingMail, Person, PersonRole, Topic
from app.services import announcing, convening, invitations, meetings
from app.services.announcing import Who, Why
from app.services.convening import Details
from tests import make
from tests.cast import Cast

SOON = today() + timedelta(days=30)


def person(name: str, email: str | None, *, language: str = "fi", table: int | None, role: Role) -> Person:
    row = Person(name=name, email=email, language=language)
    row.roles.append(PersonRole(role=role, table_id=table))
    db.session.add(row)
    db.session.commit()
    return row


def ready(cast: Cast, **topic: object) -> int:
    meeting = make.meeting(cast.north, SOON)
    values: dict[str, object] = {"state": TopicState.ON_AGENDA, "contact_email": "eeva@example.org", **topic}
    make.item(meeting, about=make.topic(cast.north, **values))
    return meeting.id


def publish(cast: Cast, meeting: int) -> None:
    seen = db.session.get_one(Meeting, meeting).revision
    invitations.publish_agenda(make.visitor(cast.maria), meeting, seen=seen, anyway=False)


def mail() -> list[OutgoingMail]:
    return list(db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))


def test_active_people_of_the_table_are_told_and_others_are_not(app: Flask, cast: Cast) -> None:
    person("Ilman postia", None, table=cast.north, role=Role.REPRESENTATIVE)
    person("Muualla", "muualla@x.example", table=cast.south, role=Role.REPRESENTATIVE)
    gone = person("Lähtenyt", "lahtenyt@x.example", table=cast.north, role=Role.REPRESENTATIVE)
    gone.deactivated_at = utc_now()
    two = person("Kaksi roolia", "kaksi@x.example", table=cast.north, role=Role.OFFICIAL)
    two.roles.append(PersonRole(role=Role.CHAIR, table_id=None))
    db.session.commit()
    meeting = ready(cast)
    plan = announcing.plan(db.session.get_one(Meeting, meeting))
    # Readers read along, and an official is asked to own items only: Veikko and Pekka hear nothing.
    assert plan.counts() == [(Why.INVITED, {Who.PERSON: 6}), (Why.ON_AGENDA, {Who.PROPOSER: 1})]
    without = {one.name for one in plan.unreachable}
    assert without == {"Ilman postia", "Koivurannan kyläyhdistys"}
    publish(cast, meeting)
    told = [one.to_address for one in mail()]
    assert len(told) == len(set(told)) == 7
    assert "kaksi@x.example" in told
    assert not {"muualla@x.example", "lahtenyt@x.example", cast.veikko, cast.leena, cast.pekka} & set(told)
    invited = set(db.session.scalars(select(Person.name).join(Invitation)))
    assert "Ilman postia" in invited
    assert not {"Veikko Salo", "Pekka Niemi"} & invited


def test_everybody_is_told_in_their_own_language(app: Flask, cast: Cast) -> None:
    person("Sven", "sven@x.example", language="sv", table=cast.north, role=Role.REPRESENTATIVE)
    meeting = ready(cast, language="en")
    publish(cast, meeting)
    by_address = {one.to_address: one for one in mail()}
    assert "Norra lokala partnerskapsbordet" in by_address["sven@x.example"].body
    assert by_address["eeva@example.org"].language == "en"
    assert "Your topic is now on the agenda." in by_address["eeva@example.org"].body
    assert by_address[cast.timo].language == "fi"


def test_letters_name_no_private_person(app: Flask, cast: Cast) -> None:
    meeting = ready(cast, contact_name="Eeva Yksityinen", contact_phone="0501112222")
    publish(cast, meeting)
    for letter in mail():
        for private in ("Yksityinen", "0501112222", "eeva@example.org"):
            assert private not in letter.body


def test_a_refused_publishing_leaves_no_letters(app: Flask, cast: Cast) -> None:
    meeting = make.meeting(cast.north, SOON).id
    with pytest.raises(Refused, match="empty"):
        publish(cast, meeting)
    assert mail() == []
    assert db.session.get_one(Meeting, meeting).state is MeetingState.DRAFT


def test_only_the_tables_coordinator_publishes_changes_and_cancels(app: Flask, cast: Cast) -> None:
    meeting = ready(cast)
    for visitor in (ANYBODY, make.visitor(cast.olli), make.visitor(cast.sari)):
        with pytest.raises(NotFound):
            invitations.publish_agenda(visitor, meeting, seen=1, anyway=True)
        with pytest.raises(NotFound):
            convening.cancel(visitor, meeting, "Syy")
        row = db.session.get_one(Meeting, meeting)
        with pytest.raises(NotFound):
            convening.change_details(visitor, meeting, convening.details_of(row), seen="")
        with pytest.raises(NotFound):
            meetings.get_meeting(visitor, meeting)
        with pytest.raises(Forbidden):
            convening.call_meeting(visitor, cast.north, Details(SOON, row.starts), standing=True)
    assert db.session.get_one(Meeting, meeting).state is MeetingState.DRAFT


def test_a_table_that_no_longer_meets_is_not_called_together(app: Flask, cast: Cast) -> None:
    row = make.meeting(cast.north, SOON)
    row.table.archived_at = utc_now()
    db.session.commit()
    details = Details(SOON, row.starts)
    for table in (cast.north, 999_999):
        with pytest.raises(NotFound):
            convening.call_meeting(make.visitor(cast.maria), table, details, standing=True)


def test_a_discussed_topic_is_not_freed_by_cancelling(app: Flask, cast: Cast) -> None:
    meeting = ready(cast, state=TopicState.DISCUSSED)
    publish(cast, meeting)
    convening.cancel(make.visitor(cast.maria), meeting, "Syy")
    assert db.session.scalars(select(Topic)).one().state is TopicState.DISCUSSED


def test_a_repeated_draft_is_made_once(app: Flask, cast: Cast) -> None:
    maria = make.visitor(cast.maria)
    details = Details(SOON, make.meeting(cast.south).starts)
    made = {
        convening.call_meeting(maria, cast.north, details, standing=True, key="a-key-of-a-form") for _ in "12"
    }
    assert len(made) == 1
