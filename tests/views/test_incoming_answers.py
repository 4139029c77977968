"""Answers to invitations among the messages: what was recorded, whose it is, and of which meeting."""

import pytest

from app.domain.answers import AnswerOutcome
from app.domain.incoming import Outcome, Why
from app.domain.meetings import MeetingState
from app.extensions import db
from app.models import Meeting
from tests.cast import Cast
from tests.counting import queries_of
from tests.invitation_stage import invite, meeting_of
from tests.mail_stage import mail
from tests.outbox_stage import store
from tests.page import Browser

SAID = {
    AnswerOutcome.TAKEN: "Recorded.",
    AnswerOutcome.OLD: "Not recorded: the meeting has changed or a newer answer has come since.",
    AnswerOutcome.STRANGER: "Not recorded: it did not come from the one who was invited.",
    AnswerOutcome.NEEDS_CLICK: "Not recorded: it is not certain who answered.",
    AnswerOutcome.CLOSED: "Not recorded: the invitation no longer took answers.",
}


@pytest.mark.parametrize("why", SAID)
def test_list_and_page_say_whether_an_answer_was_recorded_and_whose(
    browser: Browser, cast: Cast, why: AnswerOutcome
) -> None:
    meeting = meeting_of(cast)
    invited = f"/meetings/{meeting.id}/invited"
    row = invite(meeting, cast.pekka)
    mail(cast.north, Outcome.ANSWER, subject="Accepted", why=why.value, invitation_id=row.id)
    browser.sign_in(cast.maria)
    listed = browser.get("/inbox/mail?outcome=answer")
    for page in (listed, listed.follow("Accepted")):
        assert SAID[why] in page.text
        assert ("Not recorded" in page.text) is (why is not AnswerOutcome.TAKEN)
        assert "Invited: Pekka Niemi." in page.text
        assert invited in page.links().values()


def _reply(cast: Cast, meeting: Meeting, *, invitation_id: int | None) -> int:
    """Somebody answered an invitation's letter with words alone."""
    letter = store(
        1, kind="agenda_published", to=cast.pekka, meeting_id=meeting.id, invitation_id=invitation_id
    )
    return mail(cast.north, why=Why.REPLY_TO_LETTER, outgoing_mail_id=letter).id


def test_words_to_an_invitation_lead_to_where_the_answer_is_written_down(
    browser: Browser, cast: Cast
) -> None:
    meeting = meeting_of(cast)
    invitation = invite(meeting, cast.pekka)
    url = f"/meetings/{meeting.id}/invited/{invitation.id}/answer"
    mail_id = _reply(cast, meeting, invitation_id=invitation.id)
    browser.sign_in(cast.maria)
    assert "This answers the invitation to the meeting of" in browser.get("/inbox/mail").text
    page = browser.get(f"/inbox/mail/{mail_id}")
    assert "This answers the invitation to the meeting of" in page.text
    assert "not about one topic" not in page.text
    assert "Make a topic of it" in page.text
    assert "Set it aside" in page.text
    assert page.follow("Write the answer down").url == url


def test_an_answer_that_is_no_longer_taken_is_not_written_down(browser: Browser, cast: Cast) -> None:
    meeting = meeting_of(cast)
    mail_id = _reply(cast, meeting, invitation_id=invite(meeting, cast.pekka).id)
    db.session.get_one(Meeting, meeting.id).state = MeetingState.CANCELLED
    db.session.commit()
    page = browser.sign_in(cast.maria).get(f"/inbox/mail/{mail_id}")
    assert "This answers the invitation to the meeting of" in page.text
    assert "Write the answer down" not in page.text


def test_words_to_a_letter_without_an_invitation_say_so(browser: Browser, cast: Cast) -> None:
    mail_id = _reply(cast, meeting_of(cast), invitation_id=None)
    page = browser.sign_in(cast.maria).get(f"/inbox/mail/{mail_id}")
    assert "It answers a letter that is not about one topic." in page.text
    assert "Write the answer down" not in page.text


@pytest.mark.parametrize("many", [2, 30])
def test_the_list_of_answers_asks_the_same_number_of_questions(
    browser: Browser, cast: Cast, many: int
) -> None:
    row = invite(meeting_of(cast), cast.pekka)
    for _ in range(many):
        mail(cast.north, Outcome.ANSWER, why="taken", invitation_id=row.id)
    browser.sign_in(cast.maria)
    assert queries_of(lambda: browser.raw("/inbox/mail?outcome=answer")) <= 10
