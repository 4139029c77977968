"""What the coordinator reads of the answers, and what she writes down of those told by phone."""

from datetime import time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.answers import Answer, AnswerChannel
from app.domain.clock import today, utc_now
from app.domain.meetings import MeetingState
from app.domain.outbox import STOPPED, MailState
from app.extensions import db
from app.models import Invitation, Meeting, OutgoingMail
from app.services.invitation_answers import answer_by_link, answer_by_mail
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.invitation_stage import invite, logged, meeting_of, needs, reply, stored
from tests.page import Browser, Page, words


def meeting_of_row(row: Invitation) -> Meeting:
    return db.session.get_one(Meeting, row.meeting_id)


def sent(meeting: Meeting, address: str, **fields: object) -> None:
    """A letter of a meeting that was tried."""
    count = len(db.session.scalars(select(OutgoingMail.id)).all())
    values: dict[str, object] = {
        "once": f"letter {count}",
        "message_id": f"<{count}@kumppanuuspoyta.invalid>",
        "kind": "agenda_published",
        "to_address": address,
        "meeting_id": meeting.id,
        "table_id": meeting.table_id,
        "language": "fi",
        "subject": "Asialista",
        "body": "Asialista",
        "due_at": utc_now(),
        "created_at": utc_now(),
    }
    db.session.add(OutgoingMail(**{**values, **fields}))
    db.session.commit()


def row_of(page: Page, name: str) -> str:
    """What stands on the list at one name."""
    return next(words(one) for one in page.all("li") if words(one).startswith(name))


def test_each_answer_is_told_with_how_it_came_and_all_are_counted(cast: Cast, browser: Browser) -> None:
    meeting = meeting_of(cast)
    address = f"/meetings/{meeting.id}/invited"
    rows = {email: invite(meeting, email) for email in (cast.aino, cast.timo, cast.sari, cast.kaisa)}
    answer_by_link(rows[cast.aino].token, Answer.COMING, "Tuon kahvia.")
    answer_by_link(rows[cast.timo].token, Answer.NOT_COMING, "", "Mikko Laine")
    by_mail = reply(rows[cast.sari], cast.sari, Answer.PERHAPS)
    answer_by_mail(by_mail, rows[cast.sari].reply_token or "", cast.sari)
    page = browser.sign_in(cast.maria).get(address)
    # Kaisa, and the association, which has no e-mail; Maria has not been told yet.
    assert "1 comes, 1 sends somebody else, 1 perhaps comes, 2 have not answered." in page.text
    assert "Comes" in row_of(page, "Aino Mäkelä")
    assert "Tuon kahvia." in row_of(page, "Aino Mäkelä")
    assert "by the link" in row_of(page, "Aino Mäkelä")
    assert "Sends Mikko Laine instead" in row_of(page, "Timo Harju")
    assert "Perhaps comes" in row_of(page, "Sari Laine")
    assert "from the calendar" in row_of(page, "Sari Laine")
    assert "No answer yet" in row_of(page, "Kaisa Niemi")


def test_those_who_have_not_answered_are_shown_alone(cast: Cast, browser: Browser) -> None:
    meeting = meeting_of(cast)
    address = f"/meetings/{meeting.id}/invited"
    aino = invite(meeting, cast.aino)
    invite(meeting, cast.timo)
    answer_by_link(aino.token, Answer.COMING)
    page = browser.sign_in(cast.maria).get(address).follow("Show those who have not answered")
    assert "Timo Harju" in page.text
    assert "Aino Mäkelä" not in page.text
    assert "Aino Mäkelä" in page.follow("Show everybody").text


def test_a_proposer_s_answer_stands_in_a_group_of_its_own(cast: Cast, browser: Browser) -> None:
    meeting = meeting_of(cast)
    address = f"/meetings/{meeting.id}/invited"
    topic = next(one.topic for one in meeting.items if one.topic)
    topic.contact_name = "Eeva Koski"
    row = invite(meeting, topic_id=topic.id)
    answer_by_link(row.token, Answer.NOT_COMING, "Olen töissä.")
    page = browser.sign_in(cast.maria).get(address)
    assert "Proposers" in [words(one) for one in page.all("h2")]
    line = row_of(page, "Kylätien valaistus")
    assert "Eeva Koski" in line
    assert "Does not come" in line
    assert "Olen töissä." in line
    assert "1 does not come" in page.text


def test_an_answer_from_before_the_change_is_marked(cast: Cast, browser: Browser) -> None:
    meeting = meeting_of(cast)
    address = f"/meetings/{meeting.id}/invited"
    row = invite(meeting, cast.aino)
    answer_by_link(row.token, Answer.COMING)
    timo = invite(meeting_of_row(row), cast.timo)
    meeting_of_row(row).starts = time(19, 0)
    db.session.commit()
    answer_by_link(timo.token, Answer.COMING)
    page = browser.sign_in(cast.maria).get(address)
    assert "Answered before the change: comes" in row_of(page, "Aino Mäkelä")
    assert "before the change" not in row_of(page, "Timo Harju")
    assert "1 comes, 2 have not answered since the change (1 answered before it)." in page.text
    waiting = page.follow("Show those who have not answered").text
    assert "Aino Mäkelä" in waiting
    assert "Timo Harju" not in waiting


def test_before_the_letters_are_sent_nobody_is_said_to_owe_an_answer(cast: Cast, browser: Browser) -> None:
    meeting = meeting_of(cast)
    address = f"/meetings/{meeting.id}/invited"
    topic = next(one.topic for one in meeting.items if one.topic)
    aino = invite(meeting, cast.aino, told_at=None)
    eeva = invite(meeting, topic_id=topic.id, told_at=None)
    page = browser.sign_in(cast.maria).get(address)
    for name in ("Aino Mäkelä", "Kylätien valaistus"):
        assert "Not told yet" in row_of(page, name)
        assert "No answer yet" not in row_of(page, name)
    assert "Their letters wait in the outbox." in page.text
    assert "They were told" not in page.text
    assert "1 has not answered." in page.text  # the association, which gets its letter on paper
    for one in (aino, eeva):
        stored(one.id).told_at = utc_now()
        db.session.commit()
    page = browser.get(address)
    for name in ("Aino Mäkelä", "Kylätien valaistus"):
        assert "No answer yet" in row_of(page, name)
    assert "They were told" in page.text


@pytest.mark.parametrize(
    ("last", "back"),
    [
        ({"state": MailState.PARKED, "bounced_at": utc_now()}, True),
        ({"state": MailState.PARKED, "last_answer": "550 5.1.1 No such user"}, True),
        ({"state": MailState.PARKED, "last_answer": STOPPED}, False),
        ({"state": MailState.SENT, "last_answer": "250 OK"}, False),
        (
            {"state": MailState.SENT, "to_address": "entinen@koivuranta.example", "bounced_at": utc_now()},
            False,
        ),
    ],
)
def test_a_letter_that_came_back_is_seen_at_its_reader(
    cast: Cast, browser: Browser, last: dict[str, object], back: bool
) -> None:
    meeting = meeting_of(cast)
    invite(meeting, cast.aino)
    sent(meeting, cast.aino.title(), **last)
    row = row_of(browser.sign_in(cast.maria).get(f"/meetings/{meeting.id}/invited"), "Aino Mäkelä")
    assert ("The letter came back Call, or check the address." in row) is back


def test_a_later_letter_that_arrived_mends_it(cast: Cast, browser: Browser) -> None:
    meeting = meeting_of(cast)
    invite(meeting, cast.aino)
    sent(meeting, cast.aino, state=MailState.PARKED, last_answer="550 5.1.1 No such user")
    sent(meeting, cast.aino, state=MailState.SENT)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting.id}/invited")
    assert "The letter came back" not in page.text


def test_nothing_is_said_of_answers_before_the_agenda_is_out(cast: Cast, browser: Browser) -> None:
    meeting = make.meeting(cast.north)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting.id}/invited")
    assert "answered" not in page.text
    assert "No answer yet" not in page.text


# Written down


def test_what_was_told_by_phone_is_written_down_and_recorded(cast: Cast, browser: Browser) -> None:
    meeting = meeting_of(cast)
    row = invite(meeting, cast.aino)
    page = browser.sign_in(cast.maria).get(f"/meetings/{row.meeting_id}/invited")
    page = page.follow("Write the answer down: Aino Mäkelä")
    page = page.submit("Save the answer", answer="substitute", substitute="Mikko Laine", words="Soitti.")
    assert "The answer is saved: Aino Mäkelä." in page.text
    assert "written down by the coordinator" in row_of(page, "Aino Mäkelä")
    kept = stored(row.id)
    assert (kept.answer, kept.substitute, kept.answer_words, kept.answer_channel) == (
        Answer.NOT_COMING,
        "Mikko Laine",
        "Soitti.",
        AnswerChannel.TOLD,
    )
    assert [one["channel"] for one in logged(row.id)] == ["told"]
    own = Browser(browser.app).get(f"/invitations/{kept.token}")
    assert "Your answer: I cannot come, I send somebody in my place (Mikko Laine)" in own.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({}, "Choose your answer."), ({"answer": "coming", "words": "131052-308T"}, "personal identity code")],
)
def test_what_cannot_be_written_down_is_said(
    cast: Cast, browser: Browser, typed: dict[str, object], sentence: str
) -> None:
    row = invite(meeting_of(cast), cast.aino)
    page = browser.sign_in(cast.maria).get(f"/meetings/{row.meeting_id}/invited/{row.id}/answer")
    assert sentence in page.submit("Save the answer", 422, **typed).text
    assert logged(row.id) == []


def test_after_the_meeting_has_begun_nothing_is_written_down(cast: Cast, browser: Browser) -> None:
    row = invite(meeting_of(cast), cast.aino)
    page = browser.sign_in(cast.maria).get(f"/meetings/{row.meeting_id}/invited/{row.id}/answer")
    db.session.get_one(Meeting, row.meeting_id).day = today() - timedelta(days=1)
    db.session.commit()
    refused = page.submit("Save the answer", 409, answer="coming", words="Soitti juuri.")
    assert "The meeting has begun" in refused.text
    assert "Soitti juuri." in refused.all("textarea", id="kept-text")[0].text
    browser.get(f"/meetings/{row.meeting_id}/invited/{row.id}/answer", 409)
    assert "Write the answer down" not in browser.get(f"/meetings/{row.meeting_id}/invited").text
    assert logged(row.id) == []


def test_only_the_table_s_own_coordinator_opens_it(cast: Cast, app: Flask) -> None:
    row = invite(meeting_of(cast), cast.aino)
    address = f"/meetings/{row.meeting_id}/invited/{row.id}/answer"
    for email, status in ((cast.olli, 404), (cast.timo, 403), (cast.aino, 403)):
        Browser(app).sign_in(email).get(address, status)
    south = make.meeting(cast.south, state=MeetingState.PUBLISHED)
    Browser(app).sign_in(cast.olli).get(f"/meetings/{south.id}/invited/{row.id}/answer", 404)


# Where answers help


def test_the_last_look_names_an_official_who_is_needed_and_does_not_come(
    cast: Cast, browser: Browser
) -> None:
    meeting = meeting_of(cast)
    row = invite(meeting, cast.pekka)
    item = next(one for one in meeting.items if one.topic_id)
    needs(item, row)
    address = f"/meetings/{meeting.id}/publish"
    sentence = "Pekka Niemi has answered “Does not come” and is needed at “Kylätien valaistus on pimeä.”"
    browser.sign_in(cast.maria)
    assert sentence.rstrip(".”") not in browser.get(address).text
    answer_by_link(row.token, Answer.NOT_COMING)
    assert sentence.rstrip(".”") in browser.get(address).text
    answer_by_link(row.token, Answer.NOT_COMING, "", "Mikko Laine")
    assert sentence.rstrip(".”") not in browser.get(address).text


def test_the_list_of_the_evening_tells_what_was_answered(cast: Cast, browser: Browser) -> None:
    meeting = meeting_of(cast)
    address = f"/meetings/{meeting.id}/attendance"
    row = invite(meeting, cast.aino)
    answer_by_link(row.token, Answer.NOT_COMING, "Olen matkalla.", "Mikko Laine")
    page = browser.sign_in(cast.maria).get(address)
    assert "Answered: does not come" in row_of(page, "Aino Mäkelä")
    assert "Olen matkalla." not in page.text


def test_the_page_asks_as_few_questions_with_many_answers(cast: Cast, app: Flask) -> None:
    meeting = meeting_of(cast)
    meeting_id = meeting.id
    for email in (cast.aino, cast.timo):
        invite(
            meeting,
            email,
            answer=Answer.COMING,
            answer_sequence=0,
            answered_at=meeting.created_at,
            answer_channel=AnswerChannel.LINK,
        )
    browser = Browser(app).sign_in(cast.maria)
    address = f"/meetings/{meeting_id}/invited"
    few = queries_of(lambda: browser.raw(address))
    meeting = db.session.get_one(Meeting, meeting_id)
    for email in (cast.sari, cast.kaisa, cast.maria):
        invite(
            meeting,
            email,
            answer=Answer.PERHAPS,
            answer_sequence=0,
            answered_at=meeting.created_at,
            answer_channel=AnswerChannel.MAIL,
        )
    assert queries_of(lambda: browser.raw(address)) == few
