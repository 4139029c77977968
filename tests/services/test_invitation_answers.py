"""Answers by link, by a calendar's reply, and as they were told: what is kept, and what changes nothing."""

import re
import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.calendar.replies import Reply
from app.domain.addresses import new_mark
from app.domain.answers import Answer, AnswerChannel, AnswerOutcome, Given
from app.domain.clock import today, utc_now
from app.domain.errors import Invalid, NotFound, Refused, TooMany
from app.domain.meetings import MeetingState
from app.domain.outbox import MailState
from app.domain.topics import TopicState
from app.extensions import db
from app.models import Invitation, Meeting, OutgoingMail, Person
from app.services import invitation_answers
from app.services.invitation_answers import (
    answer_by_link,
    answer_by_mail,
    answers_of,
    ask_for_click,
    get_invitation,
    invitation_for,
    totals,
    write_down,
)
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.invitation_stage import invite, logged, meeting_of, reply, stored, with_email

O = AnswerOutcome  # noqa: E741 - short in the tables below
HOUR = timedelta(hours=1)


def said(row_id: int) -> tuple[Answer | None, str | None, str | None, AnswerChannel | None]:
    row = stored(row_id)
    return row.answer, row.answer_words, row.substitute, row.answer_channel


def mails() -> list[OutgoingMail]:
    db.session.rollback()
    return list(db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))


# By the link


def test_an_answer_by_link_is_kept_with_its_words_and_logged_without_them(cast: Cast) -> None:
    row = invite(meeting_of(cast), cast.aino)
    answer_by_link(row.token, Answer.NOT_COMING, "Olen matkalla.", "Mikko Laine")
    kept = stored(row.id)
    assert said(row.id) == (Answer.NOT_COMING, "Olen matkalla.", "Mikko Laine", AnswerChannel.LINK)
    assert (kept.answer_sequence, kept.answer_stamp) == (0, None)
    assert kept.answered_at
    (kept_in_log,) = logged(row.id)
    mark = kept_in_log.pop("shown")
    assert kept_in_log == {
        "answer": "not_coming",
        "channel": "link",
        "sequence": 0,
        "instead": True,
        "words": True,
    }
    assert re.fullmatch("[0-9a-f]{64}", str(mark))


def test_one_may_change_ones_mind_and_both_answers_stay_in_the_log(cast: Cast) -> None:
    row = invite(meeting_of(cast), cast.aino)
    answer_by_link(row.token, Answer.NOT_COMING, "En pääse.", "Mikko")
    answer_by_link(row.token, Answer.COMING)
    assert said(row.id) == (Answer.COMING, None, None, AnswerChannel.LINK)
    assert [one["answer"] for one in logged(row.id)] == ["not_coming", "coming"]


def test_the_same_press_twice_is_one_answer(cast: Cast) -> None:
    row = invite(meeting_of(cast), cast.aino)
    for _ in range(2):
        answer_by_link(row.token, Answer.COMING, key="a key of one press")
    assert len(logged(row.id)) == 1


@pytest.mark.real_commits
def test_of_two_answers_at_once_both_are_logged_and_the_later_stands(app: Flask, cast: Cast) -> None:
    row = invite(meeting_of(cast), cast.aino)
    token, row_id = row.token, row.id
    db.session.remove()
    begin = threading.Barrier(2)

    def press(answer: Answer) -> None:
        with app.app_context():
            begin.wait()
            answer_by_link(token, answer)
            db.session.remove()

    presses = [threading.Thread(target=press, args=(one,)) for one in (Answer.COMING, Answer.NOT_COMING)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    answers = [one["answer"] for one in logged(row_id)]
    assert sorted(str(one) for one in answers) == ["coming", "not_coming"]
    assert stored(row_id).answer == answers[-1]


def test_where_no_answer_is_taken_any_more_it_is_refused_with_its_reason(cast: Cast) -> None:
    meeting = meeting_of(cast)
    row = invite(meeting, cast.aino)
    for change, back, sentence in (
        ({"state": MeetingState.CANCELLED}, {"state": MeetingState.PUBLISHED}, "cancelled"),
        ({"day": today() - timedelta(days=1)}, {"day": today() + timedelta(days=9)}, "begun"),
    ):
        for name, value in change.items():
            setattr(db.session.get_one(Meeting, meeting.id), name, value)
        db.session.commit()
        with pytest.raises(Refused) as refused:
            answer_by_link(row.token, Answer.COMING)
        assert sentence in refused.value.message
        for name, value in back.items():
            setattr(db.session.get_one(Meeting, meeting.id), name, value)
        db.session.commit()
    stored(row.id).withdrawn_at = utc_now()
    db.session.commit()
    with pytest.raises(Refused) as refused:
        answer_by_link(row.token, Answer.COMING)
    assert "taken back" in refused.value.message
    assert said(row.id) == (None, None, None, None)


def test_a_link_of_nobody_and_one_to_a_draft_are_no_page(cast: Cast) -> None:
    row = invite(make.meeting(cast.north), cast.aino)
    for token in (row.token, "x" * 32):
        with pytest.raises(NotFound):
            answer_by_link(token, Answer.COMING)


def test_identity_codes_and_long_words_are_refused(cast: Cast) -> None:
    row = invite(meeting_of(cast), cast.aino)
    for words, name in (("Tunnus 131052-308T", None), ("ä" * 501, None), ("", "131052-308T")):
        with pytest.raises(Invalid):
            answer_by_link(row.token, Answer.NOT_COMING, words, name)
    assert logged(row.id) == []


def test_very_many_answers_in_an_hour_are_stopped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitation_answers, "ANSWERS_AN_HOUR", 2)
    row = invite(meeting_of(cast), cast.aino)
    answer_by_link(row.token, Answer.COMING)
    answer_by_link(row.token, Answer.PERHAPS)
    with pytest.raises(TooMany):
        answer_by_link(row.token, Answer.NOT_COMING)
    assert stored(row.id).answer is Answer.PERHAPS


# By mail


def test_a_calendar_s_reply_is_taken_for_people_organisations_and_proposers(cast: Cast) -> None:
    meeting = meeting_of(cast)
    with_email(cast.koivuranta_association)
    topic = next(one.topic for one in meeting.items if one.topic)
    rows = [
        (invite(meeting, cast.aino), "Aino.Makela@KOIVURANTA.example"),
        (invite(meeting, organisation_id=cast.koivuranta_association), "yhdistys@koivuranta.example"),
        (invite(meeting, topic_id=topic.id), "eeva@example.org"),
    ]
    for row, attendee in rows:
        said_by = reply(row, attendee, Answer.PERHAPS, comment="Ehkä ehdin.")
        assert answer_by_mail(said_by, row.reply_token or "", "joku@muualla.example") is O.TAKEN
        assert said(row.id) == (Answer.PERHAPS, "Ehkä ehdin.", None, AnswerChannel.MAIL)
        assert stored(row.id).answer_stamp == said_by.stamp


def test_a_domain_with_a_letter_of_ours_is_the_same_in_both_spellings(cast: Cast) -> None:
    row = invite(meeting_of(cast), cast.aino)
    db.session.get_one(Person, row.person_id).email = "aino@xn--lehmijrvi-02a.example"
    db.session.commit()
    assert answer_by_mail(reply(row, "aino@lehmijärvi.example"), row.reply_token or "", "") is O.TAKEN


@pytest.mark.parametrize("wrong", ["token", "uid", "attendee", "another's token"])
def test_a_reply_with_one_thing_wrong_changes_nothing(cast: Cast, wrong: str) -> None:
    meeting = meeting_of(cast)
    row, other = invite(meeting, cast.aino), invite(meeting, cast.timo)
    token, forged = row.reply_token or "", reply(row, cast.aino, Answer.NOT_COMING)
    if wrong == "token":
        token = new_mark()
    elif wrong == "another's token":
        token = other.reply_token or ""
    else:
        values = {**forged.__dict__, wrong: "joku@muualla.example"}
        forged = Reply(**values)
    assert answer_by_mail(forged, token, cast.aino) is (O.UNKNOWN if wrong == "token" else O.STRANGER)
    for one in (row, other):
        assert said(one.id) == (None, None, None, None)
        assert logged(one.id) == []


def test_a_reply_to_an_earlier_invitation_changes_nothing(cast: Cast) -> None:
    row = invite(meeting_of(cast), cast.aino, sequence=2)
    early = reply(row, cast.aino, sequence=1)
    assert answer_by_mail(early, row.reply_token or "", cast.aino) is O.OLD
    assert said(row.id) == (None, None, None, None)


def test_replies_count_in_the_order_they_were_given_and_a_repeat_is_nothing_new(cast: Cast) -> None:
    row = invite(meeting_of(cast), cast.aino)
    token, now = row.reply_token or "", utc_now().replace(microsecond=0)
    later = reply(row, cast.aino, Answer.COMING, stamp=now - HOUR)
    assert answer_by_mail(later, token, cast.aino, now) is O.TAKEN
    slow = reply(row, cast.aino, Answer.NOT_COMING, stamp=now - 2 * HOUR)
    assert answer_by_mail(slow, token, cast.aino, now) is O.OLD
    assert answer_by_mail(later, token, cast.aino, now) is O.TAKEN
    assert stored(row.id).answer is Answer.COMING
    assert len(logged(row.id)) == 1


def test_an_answer_by_link_after_the_reply_was_written_stands(cast: Cast) -> None:
    row = invite(meeting_of(cast), cast.aino)
    answer_by_link(row.token, Answer.NOT_COMING)
    slow = reply(row, cast.aino, Answer.COMING, stamp=utc_now() - HOUR)
    assert answer_by_mail(slow, row.reply_token or "", cast.aino) is O.OLD
    assert stored(row.id).answer is Answer.NOT_COMING
    new = reply(row, cast.aino, Answer.COMING, stamp=utc_now() + timedelta(minutes=2))
    assert answer_by_mail(new, row.reply_token or "", cast.aino) is O.TAKEN
    assert stored(row.id).answer is Answer.COMING


def test_who_was_named_by_the_calendar_comes_instead_and_a_comment_names_nobody(cast: Cast) -> None:
    meeting = meeting_of(cast)
    first, second = invite(meeting, cast.aino), invite(meeting, cast.timo)
    named = reply(first, cast.aino, Answer.NOT_COMING, delegated_to="mikko@koivuranta.example")
    answer_by_mail(named, first.reply_token or "", cast.aino)
    assert stored(first.id).substitute == "mikko@koivuranta.example"
    told = reply(second, cast.timo, Answer.NOT_COMING, comment="Lähetän Mikon tilalle.")
    answer_by_mail(told, second.reply_token or "", cast.timo)
    assert said(second.id)[1:3] == ("Lähetän Mikon tilalle.", None)


@pytest.mark.parametrize(
    ("comment", "kept"),
    [
        ("Tulen.\r\n\r\nTuon kahvia.", "Tulen.\n\nTuon kahvia."),
        ("Tunnukseni on 131052-308T", None),
        ("Kahvia\x00\x07", "Kahvia"),
        ("ä" * 900, "ä" * 499 + "…"),
        ("<b>Tulen</b>", "<b>Tulen</b>"),
    ],
)
def test_words_of_a_reply_are_kept_as_far_as_they_can_be(cast: Cast, comment: str, kept: str | None) -> None:
    row = invite(meeting_of(cast), cast.aino)
    outcome = answer_by_mail(reply(row, cast.aino, comment=comment), row.reply_token or "", cast.aino)
    assert outcome is O.TAKEN
    assert stored(row.id).answer_words == kept


def test_after_the_meeting_has_begun_a_reply_changes_nothing(cast: Cast) -> None:
    meeting = meeting_of(cast)
    row = invite(meeting, cast.aino)
    meeting.begun_at = utc_now() + timedelta(days=31)
    db.session.commit()
    assert answer_by_mail(reply(row, cast.aino), row.reply_token or "", cast.aino) is O.CLOSED
    assert said(row.id) == (None, None, None, None)


# Where the server knows no marks


def test_without_a_mark_nothing_is_taken_and_a_link_is_asked_to_be_used(cast: Cast) -> None:
    row = invite(meeting_of(cast), cast.aino)
    others = invite(meeting_of(cast), cast.timo)
    came = reply(row, cast.aino)
    assert answer_by_mail(came, "", cast.aino) is O.NEEDS_CLICK
    assert said(row.id) == (None, None, None, None)
    found = invitation_for(came)
    assert found is not None
    assert found.id == row.id
    assert ask_for_click(found, "a reply")
    (letter,) = mails()
    assert (letter.kind, letter.to_address, letter.state) == (
        "answer_needs_click",
        cast.aino,
        MailState.QUEUED,
    )
    assert f"/invitations/{stored(row.id).token}" in letter.body
    assert letter.invitation_id == row.id
    assert said(others.id) == (None, None, None, None)


def test_one_letter_a_day_asks_for_a_click(cast: Cast) -> None:
    row = invite(meeting_of(cast), cast.aino)
    assert ask_for_click(row, "one")
    assert not ask_for_click(row, "two")
    letter = mails()[0]
    letter.once = letter.once.replace(str(today()), str(today() - timedelta(days=1)))
    db.session.commit()
    assert ask_for_click(row, "three")
    assert len(mails()) == 2


def test_nobody_is_asked_for_a_click_where_no_answer_is_taken(cast: Cast) -> None:
    row = invite(meeting_of(cast), cast.aino)
    stored(row.id).withdrawn_at = utc_now()
    db.session.commit()
    assert not ask_for_click(row, "one")
    assert mails() == []


def test_a_reply_of_a_stranger_without_a_mark_finds_no_invitation(cast: Cast) -> None:
    row = invite(meeting_of(cast), cast.aino)
    stranger = reply(row, "joku@muualla.example")
    assert answer_by_mail(stranger, "", "joku@muualla.example") is O.UNKNOWN
    assert invitation_for(stranger) is None
    assert invitation_for(reply(row, cast.aino, uid="")) is None


# As it was told, and all together


def test_an_answer_by_phone_is_written_down_and_a_later_link_stands(cast: Cast) -> None:
    meeting = meeting_of(cast)
    row = invite(meeting, cast.aino)
    maria = make.visitor(cast.maria)
    write_down(maria, row.id, Answer.NOT_COMING, "Soitti maanantaina.", "Mikko Laine")
    assert said(row.id) == (Answer.NOT_COMING, "Soitti maanantaina.", "Mikko Laine", AnswerChannel.TOLD)
    answer_by_link(row.token, Answer.COMING)
    assert stored(row.id).answer_channel is AnswerChannel.LINK


def test_another_table_s_coordinator_writes_nothing_down(cast: Cast) -> None:
    meeting = meeting_of(cast)
    row = invite(meeting, cast.aino)
    for email in (cast.olli, cast.timo, cast.sari):
        with pytest.raises(NotFound):
            write_down(make.visitor(email), row.id, Answer.COMING)
        with pytest.raises(NotFound):
            get_invitation(make.visitor(email), meeting.id, row.id)
    with pytest.raises(NotFound):
        get_invitation(make.visitor(cast.maria), meeting.id + 1, row.id)
    assert logged(row.id) == []


def test_an_answer_stands_for_all_who_read_at_its_address(cast: Cast) -> None:
    meeting = meeting_of(cast)
    with_email(cast.koivuranta_association, cast.aino.title())
    aino = invite(meeting, cast.aino)
    association = invite(meeting, organisation_id=cast.koivuranta_association)
    answer_by_link(aino.token, Answer.COMING)
    assert [one.given and one.given.answer for one in answers_of(meeting)] == [Answer.COMING] * 2
    write_down(make.visitor(cast.maria), association.id, Answer.NOT_COMING)
    lines = {one.row.id: one for one in answers_of(meeting)}
    assert lines[aino.id].given == Given(Answer.COMING)
    assert lines[association.id].given == Given(Answer.NOT_COMING)


def test_answers_of_a_meeting_are_few_queries_and_are_counted(cast: Cast) -> None:
    meeting = meeting_of(cast)
    late = invite(meeting, cast.aino, answer=Answer.COMING, answer_sequence=0, sequence=1)
    invite(meeting, cast.timo, answer=Answer.NOT_COMING, substitute="", answer_sequence=0)
    invite(meeting, cast.sari)
    invite(meeting, cast.kaisa, answer=Answer.COMING, withdrawn_at=utc_now())
    topic = make.topic(cast.north, state=TopicState.ON_AGENDA)
    invite(meeting, topic_id=topic.id, answer=Answer.PERHAPS)
    lines = answers_of(meeting)
    assert [one.row.id for one in lines if one.earlier] == [late.id]
    found = totals([*lines, None])
    assert (found.comes, found.sends, found.does_not, found.perhaps, found.waiting) == (0, 1, 0, 1, 3)
    meeting_id = meeting.id

    def titles() -> list[str]:
        rows = answers_of(Meeting(id=meeting_id))
        return [one.row.topic.title for one in rows if one.row.topic]

    assert (
        queries_of(titles) <= 4
    )  # answers, what they were to, the meeting, and one of SQLite's settings for a new connection
    assert isinstance(lines[0].row, Invitation)
