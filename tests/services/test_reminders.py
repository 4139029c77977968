"""Reminders: made with the first release, approved by one press, written at their time, and then no more."""

from datetime import date, time, timedelta

import pytest
from flask import Flask

from app.domain.answers import Answer
from app.domain.letter_choices import LetterGroup
from app.domain.outbox import MailState
from app.domain.reminders import DAY, HOUR, Standing
from app.extensions import db
from app.models import Event, MailChoice, Meeting, OutgoingMail, PartnershipTable
from app.services import convening, inviting, letter_choices, people, reminders
from app.services.convening import Details
from app.services.transactions import act
from tests import make
from tests.cast import Cast
from tests.reminder_stage import (
    WEEK,
    approved,
    at,
    count,
    invitation,
    letters,
    make_due,
    publish,
    published,
    rows,
)

THURSDAY = date(2027, 2, 11)
TOLD = date(2027, 1, 20)
A_WEEK_BEFORE, THE_DAY_BEFORE = date(2027, 2, 4), date(2027, 2, 10)


@pytest.fixture
def evening(app: Flask, cast: Cast) -> int:
    """A meeting on Thursday 11.2.2027 at 18, published and told of three weeks before."""
    with at(TOLD):
        return published(cast, THURSDAY)


def move(cast: Cast, meeting_id: int, day: date, starts: time = time(18)) -> None:
    seen = convening.details_of(db.session.get_one(Meeting, meeting_id)).mark()
    details = Details(day, starts, 90, "Koivurannan koulu")
    convening.change_details(make.visitor(cast.maria), meeting_id, details, seen=seen)


# What there is


def test_the_first_release_gives_the_meeting_its_table_s_reminders_once(cast: Cast, evening: int) -> None:
    assert [one.minutes_before for one in rows(evening)] == [WEEK, DAY]
    assert not any(one.approved_at for one in rows(evening))
    with at(TOLD):
        reminders.remove(make.visitor(cast.maria), evening, rows(evening)[0].id)
        publish(cast, evening)
    assert [one.minutes_before for one in rows(evening)] == [DAY]


def test_a_table_without_reminders_gives_none(app: Flask, cast: Cast) -> None:
    db.session.get_one(PartnershipTable, cast.north).reminders = ""
    db.session.commit()
    with at(TOLD):
        assert rows(published(cast, THURSDAY)) == []


def test_nothing_goes_that_nobody_approved(cast: Cast, evening: int) -> None:
    for day in (A_WEEK_BEFORE, THE_DAY_BEFORE):
        with at(day, time(18)):
            assert make_due() == 0
    assert count() == 0


def test_each_reader_gets_one_letter_when_the_moment_has_come(cast: Cast, evening: int) -> None:
    with at(TOLD):
        approved(cast, evening)
    with at(A_WEEK_BEFORE, time(17, 59)):
        assert make_due() == 0
    with at(A_WEEK_BEFORE, time(18)):
        made = make_due()
        assert make_due() == 0
    assert set(letters()) >= {cast.aino, cast.timo, cast.pekka, cast.maria, "eeva@example.org"}
    assert made == len(letters())
    assert cast.leena not in letters()
    assert {one.state for one in letters().values()} == {MailState.QUEUED}
    assert all(one.approved_by_id and one.approved_at for one in letters().values())
    with at(THE_DAY_BEFORE, time(18, 1)):
        assert make_due() == made
    assert count() == 2 * made


def test_the_letter_says_what_its_reader_needs(cast: Cast, evening: int) -> None:
    row = invitation(cast.aino)
    row.answer = Answer.COMING
    row.answer_sequence = row.sequence
    db.session.commit()
    with at(TOLD):
        approved(cast, evening)
    with at(A_WEEK_BEFORE, time(18)):
        make_due()
    aino, pekka = letters()[cast.aino], letters()[cast.pekka]
    assert aino.subject == "Muistutus: kokous torstaina 11.2.2027 – Pohjoinen lähikumppanuuspöytä"
    assert "Aika: torstaina 11.2.2027 kello 18.00–19.30" in aino.body
    assert "Paikka: Koivurannan koulu" in aino.body
    assert "Vastasit, että tulet." in aino.body
    assert f"http://127.0.0.1:5000/invitations/{invitation(cast.aino).token}\n" in aino.body
    assert f"http://127.0.0.1:5000/meetings/{evening}\n" in aino.body
    assert "Sinun osuutesi" not in aino.body
    assert "Sinun osuutesi\n\n18.05–18.25 Kylätien valot\n" in pekka.body
    assert "Pääsetkö tulemaan?" in pekka.body
    assert "Kylätien valot" in letters()["eeva@example.org"].body
    assert aino.in_reply_to == invitation(cast.aino).first_message_id is not None


# Who gets none


def test_whoever_does_not_come_is_left_in_peace_until_the_meeting_moves(cast: Cast, evening: int) -> None:
    row = invitation(cast.aino)
    row.answer, row.answer_sequence = Answer.NOT_COMING, row.sequence
    perhaps = invitation(cast.timo)
    perhaps.answer, perhaps.answer_sequence = Answer.PERHAPS, perhaps.sequence
    db.session.commit()
    with at(TOLD):
        approved(cast, evening)
    with at(A_WEEK_BEFORE, time(18)):
        make_due()
    assert cast.aino not in letters()
    assert cast.timo in letters()
    row = invitation(cast.aino)
    row.sequence += 1  # she was asked to another time
    db.session.commit()
    with at(THE_DAY_BEFORE, time(18)):
        make_due()
    assert cast.aino in {
        one.to_address for one in db.session.query(OutgoingMail) if one.batch and "1440" in one.batch
    }


def test_whoever_wants_no_reminders_gets_none(cast: Cast, evening: int) -> None:
    @act
    def choose() -> MailChoice:
        row = letter_choices.choice_of(cast.aino.upper())
        row.unwanted = LetterGroup.REMINDERS
        return row

    choose()
    with at(TOLD):
        approved(cast, evening)
    with at(A_WEEK_BEFORE, time(18)):
        make_due()
    assert cast.aino not in letters()
    assert cast.timo in letters()


def test_whoever_was_not_told_or_was_taken_off_or_has_left_gets_none(cast: Cast, evening: int) -> None:
    invitation(cast.timo).told_at = None
    db.session.commit()
    with at(TOLD):
        approved(cast, evening)
        inviting.take_off(make.visitor(cast.maria), evening, f"p{invitation(cast.sari).person_id}")
    people.deactivate(make.visitor(cast.maria), invitation(cast.kaisa).person_id or 0)
    with at(A_WEEK_BEFORE, time(18)):
        make_due()
    assert not {cast.timo, cast.sari, cast.kaisa} & set(letters())
    assert cast.aino in letters()


def test_an_official_whose_item_was_taken_off_gets_none_after_that_release(cast: Cast, evening: int) -> None:
    with at(TOLD):
        approved(cast, evening)
        row = db.session.get_one(Meeting, evening)
        row.items[1].officials = []
        row.revision += 1
        db.session.commit()
    with at(A_WEEK_BEFORE, time(18)):
        make_due()
    assert cast.pekka in letters()  # what was released counts
    with at(A_WEEK_BEFORE, time(19)):
        publish(cast, evening)
    before = count()
    with at(THE_DAY_BEFORE, time(18)):
        assert make_due() == before - 1


# What moves and what stops


def test_only_the_nearest_goes_where_nobody_sent_letters_for_a_week(cast: Cast, evening: int) -> None:
    with at(TOLD):
        approved(cast, evening)
    with at(THE_DAY_BEFORE, time(20)):
        made = make_due()
        assert make_due() == 0
        assert [one.standing for one in reminders.of_meeting(evening).lines] == [
            Standing.PASSED,
            Standing.MADE,
        ]
    assert made == len(letters()) > 0


def test_nothing_goes_after_the_start(cast: Cast, evening: int) -> None:
    with at(TOLD):
        approved(cast, evening)
    with at(THURSDAY, time(18)):
        assert make_due() == 0


def test_nothing_goes_where_the_evening_began_early_and_a_trial_before_stops_nothing(
    cast: Cast, evening: int
) -> None:
    with at(TOLD):
        approved(cast, evening)
        reminders.add(make.visitor(cast.maria), evening, HOUR)
        approved(cast, evening)
    row = db.session.get_one(Meeting, evening)
    with at(A_WEEK_BEFORE):
        row.begun_at = make.days_ago(0)
        db.session.commit()
    with at(A_WEEK_BEFORE, time(18)):
        assert make_due() > 0
    with at(THURSDAY, time(16, 50)):
        db.session.get_one(Meeting, evening).begun_at = make.utc_now()
        db.session.commit()
    with at(THURSDAY, time(17)):
        assert make_due() == 0


def test_a_meeting_that_moves_takes_its_reminders_along(cast: Cast, evening: int) -> None:
    with at(TOLD):
        approved(cast, evening)
    with at(A_WEEK_BEFORE, time(18)):
        made = make_due()
    with at(A_WEEK_BEFORE, time(19)):
        assert {one.state for one in letters().values()} == {MailState.QUEUED}
        move(cast, evening, THURSDAY + timedelta(days=14), time(17))
        assert make_due() == 0
        assert count() == 0  # what had not left tells the old time no more
        (event,) = db.session.query(Event).filter_by(act="reminder.take_back")
        assert event.noun_id == evening
    with at(THURSDAY + timedelta(days=7), time(16, 59)):
        assert make_due() == 0
    with at(THURSDAY + timedelta(days=7), time(17)):
        assert make_due() == made
    assert "torstaina 25.2.2027 kello 17.00–18.30" in letters()[cast.aino].body


def test_a_letter_that_has_left_is_followed_by_that_of_the_new_day(cast: Cast, evening: int) -> None:
    with at(TOLD):
        approved(cast, evening)
    with at(A_WEEK_BEFORE, time(18)):
        made = make_due()
    for one in letters().values():
        one.state = MailState.SENT
    db.session.commit()
    with at(A_WEEK_BEFORE, time(19)):
        move(cast, evening, THURSDAY + timedelta(days=14))
    with at(THURSDAY + timedelta(days=7), time(18)):
        assert make_due() == made
    assert count() == 2 * made


def test_a_cancelled_meeting_reminds_nobody(cast: Cast, evening: int) -> None:
    with at(TOLD):
        approved(cast, evening)
    with at(A_WEEK_BEFORE, time(18)):
        assert make_due() > 0
    with at(A_WEEK_BEFORE, time(19)):
        convening.cancel(make.visitor(cast.maria), evening, "Lumimyrsky")
        assert make_due() == 0
    assert count() == 0
    with at(THE_DAY_BEFORE, time(18)):
        assert make_due() == 0
