"""Which answers are taken: until when, whose replies by mail, and in which order."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.answers import (
    DOOR_WORDS,
    Answer,
    AnswerChannel,
    AnswerOutcome,
    Door,
    Given,
    Known,
    Tally,
    check_open,
    checked,
    door,
    is_of_earlier,
    judge,
    same_address,
    tally,
)
from app.domain.errors import Invalid, Refused
from app.domain.meetings import MeetingState

DAY = date(2027, 2, 11)
BEGINS = datetime(2027, 2, 11, 16, 0, tzinfo=UTC)  # 18.00 in Helsinki
HOUR = timedelta(hours=1)
S = MeetingState
D = Door
O = AnswerOutcome  # noqa: E741 - the column of outcomes in the table below


# Until when


@pytest.mark.parametrize(
    ("state", "before", "withdrawn", "begun", "stands"),
    [
        (S.PUBLISHED, timedelta(days=9), False, None, D.OPEN),
        (S.PUBLISHED, timedelta(seconds=1), False, None, D.OPEN),
        (S.PUBLISHED, timedelta(0), False, None, D.BEGUN),
        (S.PUBLISHED, -HOUR, False, None, D.BEGUN),
        (S.PUBLISHED, HOUR, False, BEGINS - HOUR - HOUR, D.BEGUN),  # they began early
        (S.PUBLISHED, HOUR, False, BEGINS - timedelta(days=1), D.OPEN),  # the clock was only tried out
        (S.MEMO_PUBLISHED, -HOUR, False, None, D.BEGUN),
        (S.CANCELLED, HOUR, False, None, D.CANCELLED),
        (S.CANCELLED, -HOUR, True, None, D.CANCELLED),
        (S.PUBLISHED, HOUR, True, None, D.WITHDRAWN),
        (S.DRAFT, HOUR, False, None, D.NOT_OUT),
    ],
)
def test_until_when_an_answer_is_taken(
    state: MeetingState, before: timedelta, withdrawn: bool, begun: datetime | None, stands: Door
) -> None:
    found = door(
        state,
        day=DAY,
        starts=time(18),
        now=BEGINS - before,
        withdrawn=withdrawn,
        begun_at=begun,
        ended_at=None,
    )
    assert found is stands


def test_a_meeting_that_was_ended_takes_no_answers() -> None:
    ended = BEGINS - HOUR
    assert door(S.PUBLISHED, day=DAY, starts=time(18), now=ended, withdrawn=False, ended_at=ended) is D.BEGUN


@pytest.mark.parametrize("found", Door)
def test_every_closed_door_says_why(found: Door) -> None:
    if found is D.OPEN:
        check_open(found)
        return
    with pytest.raises(Refused) as refused:
        check_open(found)
    assert refused.value.message == DOOR_WORDS[found]


# What is kept of an answer


@pytest.mark.parametrize(
    ("answer", "substitute", "kept"),
    [
        (Answer.COMING, None, None),
        (Answer.COMING, "Mikko", None),
        (Answer.PERHAPS, "Mikko", None),
        (Answer.NOT_COMING, None, None),
        (Answer.NOT_COMING, "", ""),
        (Answer.NOT_COMING, "  Mikko   Laine ", "Mikko Laine"),
    ],
)
def test_only_who_does_not_come_sends_somebody(
    answer: Answer, substitute: str | None, kept: str | None
) -> None:
    assert checked(answer, "", substitute) == Given(answer, "", kept)


@pytest.mark.parametrize(
    ("words", "substitute", "field"),
    [
        ("ä" * 501, None, "words"),
        ("Soita 131052-308T", None, "words"),
        ("", "131052-308T", "substitute"),
        ("", "ä" * 201, "substitute"),
        ("\x00", None, "words"),
    ],
)
def test_what_is_not_kept_is_refused_at_its_field(words: str, substitute: str | None, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked(Answer.NOT_COMING, words, substitute)
    assert refused.value.field == field


def test_five_hundred_letters_fit() -> None:
    assert checked(Answer.COMING, "ä" * 500, None).words == "ä" * 500


# Replies by mail

AINO = "aino.makela@koivuranta.example"
UID = "3f1a@lehmijarvi.example"
NOW = BEGINS - timedelta(days=5)
BY_LINK = {"answered_at": NOW - HOUR, "channel": AnswerChannel.LINK}
BY_PHONE = {"answered_at": NOW - HOUR, "channel": AnswerChannel.TOLD}
BY_MAIL = {"answered_at": NOW - HOUR, "channel": AnswerChannel.MAIL, "stamp": NOW - 2 * HOUR}
RIGHT = {"marked": True, "uid": UID, "attendee": AINO, "sequence": 2, "stamp": NOW, "now": NOW}

# What is known of the invitation beside its usual values, what is other in the reply, and the outcome.
TABLE = [
    # whose it is
    ({}, {}, O.TAKEN),
    ({}, {"attendee": "Aino.Makela@KOIVURANTA.example"}, O.TAKEN),
    ({}, {"attendee": "mailto:" + AINO}, O.TAKEN),
    ({}, {"uid": "another@lehmijarvi.example"}, O.STRANGER),
    ({}, {"uid": ""}, O.STRANGER),
    ({"uid": None}, {"uid": ""}, O.STRANGER),
    ({}, {"attendee": "joku@muualla.example"}, O.STRANGER),
    ({"address": ""}, {"attendee": ""}, O.STRANGER),
    # of which invitation
    ({}, {"sequence": 1}, O.OLD),
    ({}, {"sequence": 3}, O.TAKEN),
    # while answers are taken
    ({"door": D.BEGUN}, {}, O.CLOSED),
    ({"door": D.CANCELLED}, {}, O.CLOSED),
    ({"door": D.WITHDRAWN}, {}, O.CLOSED),
    ({"door": D.NOT_OUT}, {}, O.CLOSED),
    # in which order
    (BY_MAIL, {}, O.TAKEN),
    (BY_MAIL, {"stamp": NOW - 2 * HOUR}, O.TAKEN),  # the same once more
    (BY_MAIL, {"stamp": NOW - 3 * HOUR}, O.OLD),
    (BY_MAIL, {"stamp": NOW - 90 * timedelta(minutes=1)}, O.TAKEN),  # sent later, though it was slow
    (BY_LINK, {}, O.TAKEN),
    (BY_LINK, {"stamp": NOW - HOUR}, O.TAKEN),
    (BY_LINK, {"stamp": NOW - 2 * HOUR}, O.OLD),
    (BY_PHONE, {"stamp": NOW - 2 * HOUR}, O.OLD),
    # with a stamp that says nothing
    ({}, {"stamp": None}, O.TAKEN),
    (BY_LINK, {"stamp": None}, O.NEEDS_CLICK),
    (BY_MAIL, {"stamp": NOW + timedelta(days=400)}, O.NEEDS_CLICK),
    ({}, {"stamp": NOW + timedelta(days=400)}, O.TAKEN),
    # to an address without a mark
    ({}, {"marked": False}, O.NEEDS_CLICK),
    (BY_LINK, {"marked": False}, O.NEEDS_CLICK),
    ({}, {"marked": False, "attendee": "joku@muualla.example"}, O.STRANGER),
    ({}, {"marked": False, "sequence": 1}, O.OLD),
    ({"door": D.BEGUN}, {"marked": False}, O.CLOSED),
]


def known(**other: object) -> Known:
    return Known(**{"uid": UID, "address": AINO, "sequence": 2, "door": D.OPEN, **other})


@pytest.mark.parametrize(("of_invitation", "of_reply", "outcome"), TABLE)
def test_what_becomes_of_a_reply(
    of_invitation: dict[str, object], of_reply: dict[str, object], outcome: AnswerOutcome
) -> None:
    assert judge(known(**of_invitation), **{**RIGHT, **of_reply}) is outcome


def test_a_reply_to_an_address_that_nobody_was_given() -> None:
    assert judge(None, **RIGHT) is O.UNKNOWN
    assert judge(None, **{**RIGHT, "marked": False}) is O.UNKNOWN


ADDRESSES = st.sampled_from([AINO, AINO.upper(), "joku@muualla.example", "", "@", "aino.makela@koivuranta"])


@given(
    token_is_known=st.booleans(),
    marked=st.booleans(),
    uid=st.sampled_from([UID, UID.upper(), "another@lehmijarvi.example", ""]),
    attendee=ADDRESSES,
    sequence=st.integers(0, 4),
    stamp=st.none() | st.integers(-(10**5), 10**5).map(lambda hours: NOW + hours * HOUR),
    before=st.sampled_from([{}, BY_LINK, BY_PHONE, BY_MAIL]),
    stands=st.sampled_from(Door),
)
def test_nothing_is_taken_where_one_of_address_uid_and_attendee_is_wrong(
    token_is_known: bool,
    marked: bool,
    uid: str,
    attendee: str,
    sequence: int,
    stamp: datetime | None,
    before: dict[str, object],
    stands: Door,
) -> None:
    outcome = judge(
        known(door=stands, **before) if token_is_known else None,
        marked=marked,
        uid=uid,
        attendee=attendee,
        sequence=sequence,
        stamp=stamp,
        now=NOW,
    )
    right = token_is_known and marked and uid == UID and attendee.casefold() == AINO
    if outcome is O.TAKEN:
        assert right
        assert stands is D.OPEN
        assert sequence >= 2
    if not right:
        assert outcome is not O.TAKEN


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Aino@Koivuranta.example", "aino@koivuranta.EXAMPLE", True),
        ("aino@lehmijärvi.fi", "AINO@xn--lehmijrvi-02a.fi", True),
        ("äiti@lehmijärvi.fi", "a\u0308iti@lehmija\u0308rvi.fi", True),
        (" aino@koivuranta.example ", "mailto:aino@koivuranta.example", True),
        ("aino@koivuranta.example", "aino+muu@koivuranta.example", False),
        ("aino@koivuranta.example", "aino@koivuranta.example.evil.example", False),
        ("aino@koivuranta.example", "", False),
        ("", "", False),
        ("a@" + "ä" * 80, "a@" + "ö" * 80, False),  # no domain has so long a part
    ],
)
def test_which_addresses_are_the_same(one: str, other: str, same: bool) -> None:
    assert same_address(one, other) is same


# All answers together


def test_answers_are_counted() -> None:
    answers = [
        Given(Answer.COMING),
        Given(Answer.COMING, "Tuon kahvia."),
        Given(Answer.NOT_COMING),
        Given(Answer.NOT_COMING, "", ""),
        Given(Answer.NOT_COMING, "", "Mikko Laine"),
        Given(Answer.PERHAPS),
        None,
    ]
    found = tally(answers)
    assert found == Tally(comes=2, sends=2, does_not=1, perhaps=1, waiting=1)
    assert found.answered == 6
    assert tally([]).answered == 0


# To which time and place


@pytest.mark.parametrize(
    ("of", "behind", "by_sequence", "earlier"),
    [
        ("18.00", False, False, False),
        ("18.00", True, False, False),  # the page showed 18.00 before the letters were sent
        ("18.00", True, True, True),  # the calendar entry that was answered is not the newest
        ("18.00", False, True, False),
        ("17.00", False, False, True),  # 18.00 is saved, the letters are not sent yet
        ("17.00", True, True, True),
        (None, False, True, False),
        (None, True, False, True),
    ],
)
def test_an_answer_is_old_when_it_was_to_another_time(
    of: str | None, behind: bool, by_sequence: bool, earlier: bool
) -> None:
    assert is_of_earlier(of=of, now="18.00", behind=behind, by_sequence=by_sequence) is earlier
