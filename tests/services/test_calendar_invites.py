"""What a letter of a release puts into its reader's calendar."""

from datetime import time

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.addresses import MarkKind
from app.domain.permissions import Role
from app.domain.topics import TopicState
from app.extensions import db, site
from app.models import (
    AgendaItem,
    Invitation,
    Meeting,
    Municipality,
    Organisation,
    PartnershipTable,
    PersonRole,
)
from app.services import agenda, inviting
from app.services.agenda_items import Edit, save_items
from tests import make
from tests.cast import Cast
from tests.letter_stage import send
from tests.receiving_stage import taking_mail
from tests.release_stage import (
    EEVA,
    MATTI,
    change,
    entries,
    entry,
    evening,
    invitation,
    item,
    person,
    publish,
    topic,
)


@pytest.fixture
def meeting(app: Flask, cast: Cast) -> int:
    return evening(cast)


def shared(cast: Cast) -> list[str]:
    return [cast.maria, cast.timo, cast.sari, cast.kaisa, cast.aino]


def test_everybody_who_is_asked_gets_an_invitation_of_their_own(cast: Cast, meeting: int) -> None:
    letters = publish(cast, meeting)
    uid = db.session.get_one(Meeting, meeting).uid
    assert set(letters) == {*shared(cast), cast.pekka, EEVA, MATTI}
    for to, one in entries(letters.values()).items():
        assert one.method == "REQUEST"
        assert one.attendees == [f"mailto:{to}"]
        assert one.sequence == 0
        assert (one.uid == f"{uid}@{site().mail_domain}") == (to != cast.pekka)
        assert one.hours == ("18.05–18.25" if to == cast.pekka else "18.00–19.30")
        assert one.location == "Koivurannan koulu"
        row = invitation(to)
        assert letters[to].invitation_id == row.id
        assert letters[to].batch == f"release:{meeting}:1"
        assert f"Vastaa, pääsetkö:\n{site().answer(row.token)}" in one.text
        assert f"Vastaa, pääsetkö:\n{site().answer(row.token)}" in letters[to].body
        assert f"/meetings/{meeting}" in one.text
        assert "18.25 Bussivuorot (10 min)" in one.text


def test_an_official_reads_the_own_items_first(cast: Cast, meeting: int) -> None:
    text = entry(publish(cast, meeting)[cast.pekka]).text
    assert "Sinua pyydetään kokoukseen oman asiasi ajaksi. Olet tervetullut koko kokoukseen." in text
    assert "Sinun osuutesi\n18.05–18.25 Kylätien valot" in text
    assert text.index("Sinun osuutesi") < text.index("Asialista")


def test_a_proposer_is_asked_by_the_topic(cast: Cast, meeting: int) -> None:
    letters = publish(cast, meeting)
    row = invitation(EEVA)
    assert (row.topic_id, row.person_id, row.organisation_id) == (topic(EEVA).id, None, None)
    assert "CN=Eeva" in (letters[EEVA].calendar or "")


def test_answers_come_to_the_address_of_the_one_invitation(app: Flask, cast: Cast, meeting: int) -> None:
    with taking_mail(app):
        found = entries(publish(cast, meeting).values())
        for to, one in found.items():
            address = one.organizer.removeprefix("mailto:")
            assert site().mark_in(address) == (MarkKind.ANSWER, invitation(to).reply_token)
    assert len({one.organizer for one in found.values()}) == len(found)


@pytest.mark.parametrize(
    ("municipality", "organizer"),
    [
        ("kumppanuus@lehmijarvi.example", "kumppanuus@lehmijarvi.example"),
        (None, "kumppanuuspoyta@kumppanuuspoyta.invalid"),
        ("TIMO.harju@lehmijarvi.example", "kumppanuuspoyta@kumppanuuspoyta.invalid"),  # Timo himself
        ("ei osoite", None),
    ],
)
def test_where_no_mail_is_taken_in_somebody_else_than_the_reader_invites(
    cast: Cast, meeting: int, municipality: str | None, organizer: str | None
) -> None:
    db.session.get_one(Municipality, 1).email = municipality
    db.session.commit()
    letter = publish(cast, meeting)[cast.timo]
    if organizer is None:
        assert letter.calendar is None
    else:
        assert entry(letter).organizer == f"mailto:{organizer}"


def test_each_reader_is_written_to_in_the_own_language(cast: Cast, meeting: int) -> None:
    person(cast.timo).language, topic(EEVA).language = "sv", "en"
    db.session.commit()
    found = entries(publish(cast, meeting).values())
    assert "Välkommen till mötet!" in found[cast.timo].text
    assert found[cast.timo].summary == "Norra lokala partnerskapsbordet"
    assert "Answer whether you can come:" in found[EEVA].text
    assert "Tervetuloa kokoukseen!" in found[cast.sari].text


def test_a_meeting_without_a_room_is_at_its_link(cast: Cast, meeting: int) -> None:
    change(cast, meeting, place="", remote_url="https://meet.example.org/pohjoinen")
    one = entry(publish(cast, meeting)[cast.timo])
    assert one.location == "https://meet.example.org/pohjoinen"
    assert "Etäyhteys: https://meet.example.org/pohjoinen" in one.text


# What moves in a calendar


def test_another_time_raises_the_number_by_one_and_keeps_the_id(cast: Cast, meeting: int) -> None:
    before = entries(publish(cast, meeting).values())
    send()
    change(cast, meeting, starts=time(17, 30))
    after = entries(publish(cast, meeting).values())
    assert set(after) == set(before)
    for to, one in after.items():
        assert (one.uid, one.sequence) == (before[to].uid, 1)
        assert one.stamp >= before[to].stamp
        assert "Muutos: aika oli ennen" in one.text
    assert after[cast.timo].hours == "17.30–19.00"
    assert after[cast.pekka].hours == "17.35–17.55"


@pytest.mark.parametrize(
    "fields",
    [{"place": "Kirjasto"}, {"remote_url": "https://meet.example.org/x"}, {"starts": time(18, 15)}],
    ids=["place", "remote", "time"],
)
def test_each_thing_that_counts_raises_the_number(
    cast: Cast, meeting: int, fields: dict[str, object]
) -> None:
    publish(cast, meeting)
    send()
    change(cast, meeting, **fields)
    assert {one.sequence for one in entries(publish(cast, meeting).values()).values()} == {1}
    assert db.session.get_one(Meeting, meeting).sequence == 1


def test_the_agenda_alone_keeps_the_number(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    send()
    save_items(
        make.visitor(cast.maria), meeting, [Edit(item("Bussivuorot"), {"minutes": 15}, {"minutes": "10"})]
    )
    found = entries(publish(cast, meeting).values())
    assert {to: one.sequence for to, one in found.items()} == {MATTI: 0}
    assert "Muutos: nyt 18.25–18.40, ennen 18.25–18.35: Bussivuorot" in found[MATTI].text
    assert db.session.get_one(Meeting, meeting).sequence == 0


def test_an_official_s_part_moves_with_the_agenda(cast: Cast, meeting: int) -> None:
    first = entry(publish(cast, meeting)[cast.pekka])
    send()
    agenda.move_item(make.visitor(cast.maria), meeting, item("Bussivuorot"), -1)
    found = entries(publish(cast, meeting).values())
    assert (found[cast.pekka].uid, found[cast.pekka].sequence) == (first.uid, 1)
    assert found[cast.pekka].hours == "18.15–18.35"
    assert {found[to].sequence for to in (EEVA, MATTI)} == {0}  # they are asked to the whole
    send()
    row = db.session.get_one(AgendaItem, item("Lopuksi"))
    row.officials = [person(cast.pekka)]
    db.session.commit()
    both = entry(publish(cast, meeting)[cast.pekka])
    assert (both.hours, both.sequence) == ("18.15–18.40", 2)


def test_an_official_who_is_asked_to_the_whole_keeps_the_id(cast: Cast, meeting: int) -> None:
    first = entry(publish(cast, meeting)[cast.pekka])
    send()
    pekka = person(cast.pekka)
    pekka.roles.append(PersonRole(role=Role.REPRESENTATIVE, table_id=cast.north))
    db.session.commit()
    change(cast, meeting, starts=time(17))
    one = entry(publish(cast, meeting)[cast.pekka])
    assert (one.uid, one.sequence, one.hours) == (first.uid, 1, "17.00–18.30")
    assert "Tervetuloa kokoukseen!" in one.text


def test_later_letters_belong_under_the_first(cast: Cast, meeting: int) -> None:
    first = publish(cast, meeting)[cast.timo]
    assert first.in_reply_to is None
    message = first.message_id
    send()
    change(cast, meeting, place="Kirjasto")
    assert publish(cast, meeting)[cast.timo].in_reply_to == message


# One address, several readers


def test_two_organisations_with_one_address_have_one_invitation(cast: Cast, meeting: int) -> None:
    both = [cast.koivuranta_association, _member(cast, "Rannan martat")]
    for one in both:
        db.session.get_one(Organisation, one).email = "Yhdistys@koivuranta.example"
    db.session.commit()
    letter = publish(cast, meeting)["Yhdistys@koivuranta.example"]
    first = db.session.get_one(Invitation, letter.invitation_id)
    assert first.organisation_id == cast.koivuranta_association
    assert entry(letter).attendees == ["mailto:Yhdistys@koivuranta.example"]
    send()
    told = db.session.scalars(select(Invitation).where(Invitation.organisation_id.in_(both)))
    assert all(one.told_at for one in told)
    change(cast, meeting, place="Kirjasto")
    again = publish(cast, meeting)["Yhdistys@koivuranta.example"]
    assert (again.invitation_id, entry(again).sequence) == (first.id, 1)


def _member(cast: Cast, name: str) -> int:
    row = Organisation(name=name, kind=db.session.get_one(Organisation, cast.koivuranta_association).kind)
    table = db.session.get_one(PartnershipTable, cast.north)
    table.organisations.append(row)
    db.session.commit()
    return row.id


def test_a_proposer_who_is_invited_is_not_asked_twice(cast: Cast, meeting: int) -> None:
    topic(MATTI).contact_email = cast.aino.upper()
    db.session.commit()
    letters = publish(cast, meeting)
    assert db.session.get_one(Invitation, letters[cast.aino].invitation_id).person_id == person(cast.aino).id
    assert len(db.session.scalars(select(Invitation).where(Invitation.topic_id.is_not(None))).all()) == 1
    assert "Sinun osuutesi\n18.25–18.35 Bussivuorot" in entry(letters[cast.aino]).text


def test_somebody_with_two_topics_has_one_entry(cast: Cast, meeting: int) -> None:
    beach = make.topic(cast.north, "Uimaranta", state=TopicState.ACCEPTED, contact_email=EEVA.upper())
    agenda.put_on_agenda(make.visitor(cast.maria), meeting, beach.id)
    letters = {to.lower(): one for to, one in publish(cast, meeting).items()}
    assert "18.05–18.25 Kylätien valot\n" in entry(letters[EEVA]).text
    assert "Uimaranta" in entry(letters[EEVA]).text
    assert len(db.session.scalars(select(Invitation).where(Invitation.topic_id.is_not(None))).all()) == 2


# Out of the calendar again


def test_an_official_whose_items_are_gone_is_called_off(cast: Cast, meeting: int) -> None:
    first = entry(publish(cast, meeting)[cast.pekka])
    send()
    db.session.get_one(AgendaItem, item("Kylätien valot")).officials = []
    db.session.commit()
    letter = publish(cast, meeting)[cast.pekka]
    one = entry(letter)
    assert (one.method, one.uid, one.sequence) == ("CANCEL", first.uid, 1)
    assert one.hours == "18.05–18.25"
    assert "Olet silti tervetullut" in letter.body
    assert "Sinua ei enää pyydetä tähän asiaan: Kylätien valot" in letter.body  # it is still there
    assert "/invitations/" not in letter.body
    send()
    db.session.get_one(AgendaItem, item("Lopuksi")).officials = [person(cast.pekka)]
    db.session.commit()
    again = entry(publish(cast, meeting)[cast.pekka])
    assert (again.method, again.uid, again.sequence) == ("REQUEST", first.uid, 2)


def test_a_proposer_whose_topic_is_gone_is_called_off_and_still_welcome(cast: Cast, meeting: int) -> None:
    publish(cast, meeting)
    send()
    agenda.remove_item(make.visitor(cast.maria), meeting, item("Kylätien valot"))
    letters = publish(cast, meeting)
    assert entry(letters[EEVA]).method == "CANCEL"
    assert "Aiheesi ei ole enää asialistalla. Olet silti tervetullut" in entry(letters[EEVA]).text
    assert "Ei ole enää asialistalla: Kylätien valot" in letters[EEVA].body
    assert "Olet silti tervetullut kokoukseen." in letters[EEVA].body
    assert entry(letters[MATTI]).method == "REQUEST"


def test_one_of_two_topics_gone_leaves_the_entry(cast: Cast, meeting: int) -> None:
    topic(MATTI).contact_email = EEVA
    db.session.commit()
    publish(cast, meeting)
    send()
    agenda.remove_item(make.visitor(cast.maria), meeting, item("Kylätien valot"))
    letter = publish(cast, meeting)[EEVA]
    assert (entry(letter).method, entry(letter).sequence) == ("REQUEST", 0)
    assert "Ei ole enää asialistalla: Kylätien valot" in letter.body
    assert "Olet silti" not in letter.body


def test_somebody_taken_off_whose_address_another_reads_keeps_the_entry(cast: Cast, meeting: int) -> None:
    db.session.get_one(Organisation, cast.koivuranta_association).email = cast.aino
    db.session.commit()
    publish(cast, meeting)
    send()
    inviting.take_off(make.visitor(cast.maria), meeting, f"p{person(cast.aino).id}")
    assert publish(cast, meeting) == {}
    change(cast, meeting, place="Kirjasto")
    one = entry(publish(cast, meeting)[cast.aino])
    assert (one.method, one.sequence) == ("REQUEST", 1)
