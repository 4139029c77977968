"""Who is told by which release, of what, and once."""

from datetime import time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.agenda import ItemKind
from app.domain.clock import today, utc_now
from app.domain.errors import NotFound, Refused, Stale
from app.domain.meetings import MeetingState
from app.domain.permissions import ANYBODY
from app.domain.topics import TopicState
from app.extensions import db
from app.models import AgendaItem, Invitation, Meeting, Organisation, OutgoingMail, Person, Topic
from app.services import agenda, announcing, convening, invitations, invited, inviting
from app.services.agenda_items import Edit, save_items
from app.services.announcing import Who, Why
from app.services.convening import Details
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.letter_stage import send

SOON = today() + timedelta(days=30)
EEVA, MATTI = "eeva@example.org", "matti@example.org"


@pytest.fixture
def evening(app: Flask, cast: Cast) -> int:
    """A draft: opening, Eeva's topic with Pekka as its official, Matti's topic, closing."""
    meeting = make.meeting(cast.north, SOON)
    make.item(meeting, "Avaus")
    lamps = make.topic(cast.north, "Kylätien valot", state=TopicState.ON_AGENDA, contact_email=EEVA)
    make.item(meeting, about=lamps, minutes=20, officials=[person(cast.pekka)])
    buses = make.topic(cast.north, "Bussivuorot", state=TopicState.ON_AGENDA, contact_email=MATTI)
    make.item(meeting, about=buses, minutes=10)
    make.item(meeting, "Lopuksi", kind=ItemKind.CLOSING)
    return meeting.id


def person(email: str) -> Person:
    return db.session.scalars(select(Person).where(Person.email == email)).one()


def item(title: str) -> int:
    return db.session.scalars(select(AgendaItem.id).where(AgendaItem.title == title)).one()


def publish(cast: Cast, meeting: int, comment: str = "") -> dict[str, OutgoingMail]:
    """Publish, send the letters, and return the new ones by their addresses."""
    before = db.session.scalars(select(OutgoingMail.id)).all()
    seen = db.session.get_one(Meeting, meeting).revision
    invitations.publish_agenda(make.visitor(cast.maria), meeting, seen=seen, anyway=True, comment=comment)
    send()
    new = list(db.session.scalars(select(OutgoingMail).where(OutgoingMail.id.not_in(before))))
    assert len({one.to_address for one in new}) == len(new)  # one letter to one address
    return {one.to_address: one for one in new}


def shared(cast: Cast) -> set[str]:
    return {cast.maria, cast.timo, cast.sari, cast.kaisa, cast.aino}


def test_the_first_release_tells_the_invited_the_officials_and_the_proposers(
    cast: Cast, evening: int
) -> None:
    told = publish(cast, evening)
    assert {to: one.kind for to, one in told.items()} == {
        **dict.fromkeys(shared(cast), "agenda_published"),
        cast.pekka: "official_invited",
        EEVA: "topic_on_agenda",
        MATTI: "topic_on_agenda",
    }
    assert "18.05–18.25 Kylätien valot" in told[cast.pekka].body
    assert "Bussivuorot" not in told[cast.pekka].body
    assert "Olet tervetullut koko kokoukseen." in told[cast.pekka].body
    rows = db.session.scalars(select(Invitation).where(Invitation.told_at.is_not(None)))
    assert {one.person.email for one in rows if one.person} == {*shared(cast), cast.pekka}


def test_only_those_whose_item_changed_hear_of_the_next_one(cast: Cast, evening: int) -> None:
    publish(cast, evening)
    save_items(
        make.visitor(cast.maria), evening, [Edit(item("Bussivuorot"), {"minutes": 15}, {"minutes": "10"})]
    )
    told = publish(cast, evening, "Bussit tarvitsevat aikaa.")
    assert {to: one.kind for to, one in told.items()} == {MATTI: "agenda_changed"}
    body = told[MATTI].body
    assert "Nyt: 18.25–18.40\nEnnen: 18.25–18.35" in body
    assert "Bussit tarvitsevat aikaa." in body
    topic = db.session.scalars(select(Topic).where(Topic.contact_email == MATTI)).one()
    assert f"/topics/{topic.token}" in body


def test_another_order_is_told_with_old_and_new_times(cast: Cast, evening: int) -> None:
    publish(cast, evening)
    agenda.move_item(make.visitor(cast.maria), evening, item("Bussivuorot"), -1)
    told = publish(cast, evening)
    assert set(told) == {EEVA, MATTI, cast.pekka}
    assert "Nyt: 18.05–18.15\nEnnen: 18.25–18.35" in told[MATTI].body
    assert "Nyt: 18.15–18.35\nEnnen: 18.05–18.25" in told[cast.pekka].body


def test_an_item_taken_off_is_told_to_its_proposer_and_its_official(cast: Cast, evening: int) -> None:
    publish(cast, evening)
    agenda.remove_item(make.visitor(cast.maria), evening, item("Kylätien valot"))
    told = publish(cast, evening)
    assert set(told) == {EEVA, MATTI, cast.pekka}  # Matti's comes earlier by it
    for to in (EEVA, cast.pekka):
        assert "Ei ole enää asialistalla: Kylätien valot\nEnnen: 18.05–18.25" in told[to].body
    assert "Aihe odottaa seuraavaa kokousta." in told[EEVA].body
    assert "odottaa" not in told[cast.pekka].body
    agenda.add_item(make.visitor(cast.maria), evening, kind=ItemKind.NEWS, title="Uutisia", minutes=5)
    assert set(publish(cast, evening)) == set()  # after the last topic: nobody's item changed


def test_a_new_item_asks_its_proposer_and_its_official(cast: Cast, evening: int) -> None:
    publish(cast, evening)
    beach = make.topic(cast.north, "Uimaranta", state=TopicState.ACCEPTED, contact_email="uusi@example.org")
    agenda.put_on_agenda(make.visitor(cast.maria), evening, beach.id)
    row = db.session.get_one(AgendaItem, item("Uimaranta"))
    row.officials = [person(cast.leena)]
    db.session.commit()
    told = publish(cast, evening)
    assert {to: one.kind for to, one in told.items()} == {
        "uusi@example.org": "topic_on_agenda",
        cast.leena: "official_invited",
    }


def test_another_place_is_told_to_everybody_invited(cast: Cast, evening: int) -> None:
    publish(cast, evening)
    row = db.session.get_one(Meeting, evening)
    details = Details(SOON, time(18), 90, "Rantalan seurantalo")
    convening.change_details(
        make.visitor(cast.maria), evening, details, seen=convening.details_of(row).mark()
    )
    told = publish(cast, evening)
    assert set(told) == {*shared(cast), cast.pekka, EEVA, MATTI}
    assert {one.kind for one in told.values()} == {"agenda_changed"}
    for one in told.values():
        assert "Paikka: Rantalan seurantalo\nPaikka oli ennen: Koivurannan koulu" in one.body
    assert "Kylätien valot\nNyt: 18.05–18.25" in told[EEVA].body
    assert "Kylätien valot" not in told[cast.timo].body


def test_a_corrected_word_is_told_to_nobody(cast: Cast, evening: int) -> None:
    publish(cast, evening)
    save_items(
        make.visitor(cast.maria),
        evening,
        [Edit(item("Kylätien valot"), {"title": "Kylätien lamput"}, {"title": "Kylätien valot"})],
    )
    plan = announcing.plan(db.session.get_one(Meeting, evening))
    assert (bool(plan.changes), plan.letters) == (True, ())
    assert publish(cast, evening) == {}


def test_somebody_with_two_topics_gets_one_letter_of_both(cast: Cast, evening: int) -> None:
    beach = make.topic(cast.north, "Uimaranta", state=TopicState.ACCEPTED, contact_email=EEVA.upper())
    agenda.put_on_agenda(make.visitor(cast.maria), evening, beach.id)
    told = publish(cast, evening)
    [letter] = [one for to, one in told.items() if to.lower() == EEVA]
    assert "Kylätien valot" in letter.body
    assert "Uimaranta" in letter.body


def test_somebody_invited_who_proposed_too_gets_one_letter(cast: Cast, evening: int) -> None:
    topic = db.session.scalars(select(Topic).where(Topic.contact_email == MATTI)).one()
    topic.contact_email = cast.aino
    db.session.commit()
    told = publish(cast, evening)
    assert told[cast.aino].kind == "agenda_published"
    assert f"/topics/{topic.token}" in told[cast.aino].body
    assert topic.token not in told[cast.timo].body


def test_those_who_follow_a_joined_topic_are_told_each_in_their_language(cast: Cast, evening: int) -> None:
    lamps = db.session.scalars(select(Topic).where(Topic.contact_email == EEVA)).one()
    make.topic(
        cast.north,
        "Lampor",
        state=TopicState.MERGED,
        merged_into_id=lamps.id,
        contact_email="sven@example.org",
        language="sv",
    )
    told = publish(cast, evening)
    assert told["sven@example.org"].kind == "topic_on_agenda"
    assert "Ditt ämne finns nu på ärendelistan." in told["sven@example.org"].body


# Who is asked


def asked(meeting: int) -> dict[str, invited.Asked]:
    return {one.name: one for one in invited.asked(db.session.get_one(Meeting, meeting))}


def test_officials_are_asked_to_their_own_items_only(cast: Cast, evening: int) -> None:
    found = asked(evening)
    assert "Leena Aalto" not in found
    assert "Veikko Salo" not in found
    assert found["Pekka Niemi"].official
    assert [one.title for one in found["Pekka Niemi"].items] == ["Kylätien valot"]
    assert found["Koivurannan kyläyhdistys"].reasons == (invited.Reason.MEMBER,)


def test_an_organisation_with_the_address_of_a_person_gets_no_second_letter(cast: Cast, evening: int) -> None:
    bodies = list(db.session.scalars(select(Organisation).where(Organisation.name.like("Koiv%"))))
    bodies[0].email, bodies[1].email = cast.aino.upper(), "yhdistys@example.org"
    db.session.commit()
    assert asked(evening)[bodies[0].name].same_as == "Aino Mäkelä"
    told = publish(cast, evening)
    assert told["yhdistys@example.org"].kind == "agenda_published"
    assert cast.aino.upper() not in told
    assert all(one.told_at for one in db.session.scalars(select(Invitation)) if one.organisation_id)


def test_one_who_is_added_is_invited_by_the_next_release_and_not_again(cast: Cast, evening: int) -> None:
    maria = make.visitor(cast.maria)
    publish(cast, evening)
    key = f"p{person(cast.veikko).id}"
    for _ in range(2):
        inviting.ask(maria, evening, key)
    assert asked(evening)["Veikko Salo"].reasons == (invited.Reason.ADDED,)
    told = publish(cast, evening)
    assert {to: one.kind for to, one in told.items()} == {cast.veikko: "agenda_published"}
    assert publish(cast, evening) == {}


def test_one_who_is_taken_off_hears_that_once_and_nothing_more(cast: Cast, evening: int) -> None:
    maria = make.visitor(cast.maria)
    publish(cast, evening)
    timo, sari = person(cast.timo), person(cast.sari)
    inviting.take_off(maria, evening, f"p{timo.id}")
    inviting.take_off(maria, evening, f"p{sari.id}")
    inviting.ask(maria, evening, f"p{sari.id}")
    row = db.session.get_one(Meeting, evening)
    details = Details(SOON + timedelta(days=1), time(18), 90, "Koulu")
    convening.change_details(maria, evening, details, seen=convening.details_of(row).mark())
    told = publish(cast, evening)
    assert told[cast.timo].subject.startswith("Kutsusi kokoukseen on peruttu")
    assert "Aika oli ennen" not in told[cast.timo].body
    assert told[cast.timo].calendar_method == "CANCEL"
    assert "Aika oli ennen" in told[cast.sari].body
    assert publish(cast, evening) == {}
    convening.cancel(maria, evening, "Lumimyrsky")
    letters = db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "meeting_cancelled"))
    assert {one.to_address for one in letters} == {*shared(cast), cast.pekka, EEVA, MATTI} - {cast.timo}


def test_cancelling_tells_nobody_who_was_not_told_of_the_meeting(cast: Cast, evening: int) -> None:
    maria = make.visitor(cast.maria)
    publish(cast, evening)
    inviting.ask(maria, evening, f"p{person(cast.veikko).id}")
    late = make.topic(cast.north, "Uusi", state=TopicState.ACCEPTED, contact_email="uusi@example.org")
    agenda.put_on_agenda(maria, evening, late.id)
    agenda.remove_item(maria, evening, item("Bussivuorot"))  # Matti has not heard that yet
    convening.cancel(maria, evening, "Lumimyrsky")
    letters = db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "meeting_cancelled"))
    assert sorted(one.to_address for one in letters) == sorted([*shared(cast), cast.pekka, EEVA, MATTI])


def test_people_who_left_and_archived_organisations_are_not_asked(cast: Cast, evening: int) -> None:
    maria = make.visitor(cast.maria)
    person(cast.timo).deactivated_at = person(cast.pekka).deactivated_at = utc_now()
    db.session.get_one(Organisation, cast.koivuranta_association).archived_at = utc_now()
    db.session.commit()
    found = set(asked(evening))
    assert not {"Timo Harju", "Pekka Niemi", "Koivurannan kyläyhdistys"} & found
    assert "Koivuranta" in found  # nobody else reads for the village now
    for key in (
        f"p{person(cast.timo).id}",
        f"o{cast.koivuranta_association}",
        "p0",
        "x1",
        "p",
        "p²",
        "o999999999",
    ):
        with pytest.raises(NotFound):
            inviting.ask(maria, evening, key)
    for visitor in (ANYBODY, make.visitor(cast.olli), make.visitor(cast.sari)):
        with pytest.raises(NotFound):
            inviting.ask(visitor, evening, f"p{person(cast.veikko).id}")


def test_the_list_is_closed_when_the_meeting_is_cancelled(cast: Cast, evening: int) -> None:
    maria = make.visitor(cast.maria)
    db.session.get_one(Meeting, evening).state = MeetingState.CANCELLED
    db.session.commit()
    with pytest.raises(Refused):
        inviting.ask(maria, evening, f"p{person(cast.veikko).id}")
    with pytest.raises(Refused):
        inviting.take_off(maria, evening, f"p{person(cast.timo).id}")


def test_a_proposer_s_invitation_is_no_place_on_the_list(cast: Cast, evening: int) -> None:
    before = asked(evening).keys()
    publish(cast, evening)
    topics = db.session.scalars(select(Invitation).where(Invitation.topic_id.is_not(None))).all()
    assert len(topics) == 2
    assert asked(evening).keys() == before
    assert len(invited.stored(evening)) == len(before)  # whom the memo is sent to


def test_a_press_after_the_readers_changed_is_looked_at_again(cast: Cast, evening: int) -> None:
    row = db.session.get_one(Meeting, evening)
    mark = announcing.plan(row).mark()
    person(cast.timo).deactivated_at = utc_now()
    db.session.commit()
    with pytest.raises(Stale):
        invitations.publish_agenda(make.visitor(cast.maria), evening, seen=1, anyway=True, told=mark)
    assert db.session.scalars(select(OutgoingMail)).all() == []
    fresh = announcing.plan(db.session.get_one(Meeting, evening)).mark()
    invitations.publish_agenda(make.visitor(cast.maria), evening, seen=1, anyway=True, told=fresh)


def test_the_plan_counts_what_is_then_sent(cast: Cast, evening: int) -> None:
    plan = announcing.plan(db.session.get_one(Meeting, evening))
    assert plan.counts() == [
        (Why.INVITED, {Who.PERSON: 5}),
        (Why.PART, {Who.OFFICIAL: 1}),
        (Why.ON_AGENDA, {Who.PROPOSER: 2}),
    ]
    assert len(publish(cast, evening)) == len(plan.letters) == invitations.letters_of(evening)


def test_a_long_agenda_asks_no_more_of_the_database(cast: Cast, evening: int) -> None:
    def plan() -> announcing.Plan:
        return announcing.plan(db.session.get_one(Meeting, evening))

    few = queries_of(plan)
    row = db.session.get_one(Meeting, evening)
    for number in range(10):
        topic = make.topic(
            cast.north, f"Aihe {number}", state=TopicState.ON_AGENDA, contact_email=f"a{number}@x.example"
        )
        make.item(row, about=topic, officials=[person(cast.leena)])
    assert queries_of(plan) == few
