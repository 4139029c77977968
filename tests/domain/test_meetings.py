"""The life of a meeting as decision tables: what fits which state, and what may be typed."""

from datetime import date, time
from itertools import product

import pytest

from app.domain.errors import Invalid, Refused
from app.domain.meetings import (
    LIFE,
    MeetingAct,
    MeetingState,
    check_happens,
    check_reason,
    check_remote_url,
    check_times,
    is_public,
)

S, A = MeetingState, MeetingAct
TODAY = date(2027, 1, 10)

# what each act leads to; a pair that is not here is refused
LEADS = {
    (A.CHANGE, S.DRAFT): S.DRAFT,
    (A.CHANGE, S.PUBLISHED): S.PUBLISHED,
    (A.PUBLISH_AGENDA, S.DRAFT): S.PUBLISHED,
    (A.PUBLISH_AGENDA, S.PUBLISHED): S.PUBLISHED,
    (A.CANCEL, S.DRAFT): S.CANCELLED,
    (A.CANCEL, S.PUBLISHED): S.CANCELLED,
    (A.TAKE_NOTES, S.PUBLISHED): S.PUBLISHED,
    (A.PUBLISH_MEMO, S.PUBLISHED): S.MEMO_PUBLISHED,
    (A.REOPEN_MEMO, S.MEMO_PUBLISHED): S.PUBLISHED,
}


@pytest.mark.parametrize(("act", "state"), list(product(A, S)))
def test_every_act_in_every_state(act: MeetingAct, state: MeetingState) -> None:
    assert set(LIFE) == set(A)
    if (act, state) in LEADS:
        assert check_happens(act, state) is LEADS[act, state]
    else:
        with pytest.raises(Refused) as refusal:
            check_happens(act, state)
        assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    ("state", "was_published", "public"),
    [
        (S.DRAFT, False, False),
        (S.PUBLISHED, True, True),
        (S.MEMO_PUBLISHED, True, True),
        (S.CANCELLED, True, True),
        (S.CANCELLED, False, False),
    ],
)
def test_who_hears_of_a_meeting(state: MeetingState, was_published: bool, public: bool) -> None:
    assert is_public(state, was_published=was_published) is public


@pytest.mark.parametrize(
    "url", ["", "https://meet.example/a?b=c#d", "http://kunta.example", " https://meet.example/å "]
)
def test_links_that_a_browser_opens(url: str) -> None:
    assert check_remote_url("remote_url", url) == url.strip()


@pytest.mark.parametrize(
    "url",
    [
        "meet.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://a.example",
        "https://",
        "https:///path",
        "//a.example",
        "https://[",
        "https://a b.example",
        "https://a.example/" + "x" * 500,
        "https://a.example/\x00",
    ],
)
def test_other_links_are_refused(url: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_remote_url("remote_url", url)
    assert refusal.value.field == "remote_url"


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 1001])
def test_a_cancelled_meeting_needs_a_reason_that_fits(reason: str) -> None:
    with pytest.raises(Invalid):
        check_reason(reason)


@pytest.mark.parametrize(
    ("day", "starts", "minutes", "field"),
    [
        (date(2027, 2, 12), time(18), 15, None),
        (date(2027, 2, 12), time(18), 480, None),
        (date(2027, 2, 12), time(18), 14, "minutes"),
        (date(2027, 2, 12), time(18), 481, "minutes"),
        (date(2033, 2, 12), time(18), 90, "day"),
        (date(2021, 2, 12), time(18), 90, "day"),
        (date(2027, 3, 28), time(3, 30), 90, "starts"),
        (date(2027, 3, 28), time(4), 90, None),
        (date(2027, 10, 31), time(3, 30), 90, None),
    ],
)
def test_when_a_meeting_may_be(day: date, starts: time, minutes: int, field: str | None) -> None:
    if field is None:
        check_times(day, starts, minutes, TODAY)
        return
    with pytest.raises(Invalid) as refusal:
        check_times(day, starts, minutes, TODAY)
    assert refusal.value.field == field
