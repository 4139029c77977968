"""Topics are asked for by a day; one that comes later waits, unless Maria takes it all the same."""

from datetime import date, timedelta

import pytest

from app.domain.clock import today, utc_now
from app.domain.days import short_day
from app.domain.meetings import MeetingState
from app.domain.topics import TopicState
from app.extensions import db
from app.models import Event, Meeting, PartnershipTable
from app.services import triage
from app.services.triage import Details
from tests import make
from tests.cast import Cast
from tests.page import Browser
from tests.topic_stage import one_topic, stored, token_of, told
from tests.views.meeting_stage import SOON, TYPED, only_meeting, published

AHEAD = today() + timedelta(days=20)
GONE = today() - timedelta(days=1)
IN_TIME = "are in time for the next meeting"
TOO_LATE = "A topic that comes now goes to the meeting after it."


def typed(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


class TestSetting:
    def test_it_is_asked_of_a_new_meeting_and_changed_later(self, browser: Browser, cast: Cast) -> None:
        page = browser.sign_in(cast.maria).get("/meetings/new?table=pohjoinen")
        page.submit("Make the draft", day=TYPED, starts="18", topics_until=typed(AHEAD))
        assert only_meeting().topics_until == AHEAD
        address = f"/meetings/{only_meeting().id}/details"
        page = browser.get(address)
        suggested = SOON - timedelta(days=10)
        assert "We suggest ten days before the meeting" in page.text
        page.submit("Save the details", topics_until=typed(suggested))
        assert only_meeting().topics_until == suggested
        browser.get(address).submit("Save the details", topics_until="")
        assert only_meeting().topics_until is None

    def test_ten_days_before_stands_there_where_the_day_is_known(self, browser: Browser, cast: Cast) -> None:
        page = browser.sign_in(cast.maria).get(f"/meetings/new?table=pohjoinen&day={SOON.isoformat()}")
        (box,) = page.all("input", name="topics_until")
        assert box.get("value") == typed(SOON - timedelta(days=10))

    @pytest.mark.parametrize(
        ("until", "sentence"),
        [
            (typed(SOON + timedelta(days=1)), "must come before the meeting"),
            ("31.2.2027", "There is no such day"),
            ("pian", "Write the date like this"),
        ],
    )
    def test_a_day_that_cannot_be_is_refused(
        self, browser: Browser, cast: Cast, until: str, sentence: str
    ) -> None:
        page = browser.sign_in(cast.maria).get("/meetings/new?table=pohjoinen")
        page = page.submit("Make the draft", status=422, day=TYPED, starts="18", topics_until=until)
        assert sentence in page.text
        assert until in page.html

    def test_it_is_nothing_that_a_calendar_or_the_invited_must_hear(
        self, browser: Browser, cast: Cast
    ) -> None:
        meeting_id = published(cast)
        before = only_meeting().sequence, only_meeting().changed_at
        page = browser.sign_in(cast.maria).get(f"/meetings/{meeting_id}/details")
        page.submit("Save the details", topics_until=typed(AHEAD))
        assert only_meeting().topics_until == AHEAD
        assert (only_meeting().sequence, only_meeting().changed_at) == before
        browser.get(f"/meetings/{meeting_id}/details").submit("Save the details", starts="17.00")
        assert only_meeting().sequence == before[0] + 1

    def test_two_who_change_it_hear_of_each_other(self, browser: Browser, cast: Cast) -> None:
        address = f"/meetings/{make.meeting(cast.north, SOON).id}/details"
        page = browser.sign_in(cast.maria).get(address)
        browser.get(address).submit("Save the details", topics_until=typed(AHEAD))
        again = page.submit("Save the details", status=422, topics_until=typed(today()))
        assert "changed the meeting after you opened this page" in again.text
        assert only_meeting().topics_until == AHEAD


class TestTelling:
    @pytest.mark.parametrize(("until", "sentence"), [(AHEAD, IN_TIME), (GONE, TOO_LATE)])
    @pytest.mark.parametrize("url", ["/", "/tables/pohjoinen", "/topics/propose?table=pohjoinen"])
    def test_everybody_reads_until_when_and_nothing_else_of_the_draft(
        self, browser: Browser, cast: Cast, url: str, until: date, sentence: str
    ) -> None:
        make.meeting(cast.north, SOON, topics_until=until)
        text = browser.get(url).text
        assert sentence in text
        assert short_day(until, "en") in text
        assert short_day(SOON, "en") not in text

    def test_with_several_tables_each_is_named(self, browser: Browser, cast: Cast) -> None:
        make.meeting(cast.north, SOON, topics_until=AHEAD)
        make.meeting(cast.south, SOON, topics_until=GONE)
        page = browser.get("/topics/propose")
        assert "Pohjoinen lähikumppanuuspöytä: Topics that come by" in page.text
        assert "Eteläinen lähikumppanuuspöytä: Topics for the next meeting were asked for by" in page.text

    @pytest.mark.parametrize(
        "fields",
        [
            {"topics_until": None},
            {"topics_until": GONE, "state": MeetingState.CANCELLED},
            {"topics_until": GONE, "ended_at": utc_now()},
        ],
    )
    def test_without_a_last_day_nothing_is_said(
        self, browser: Browser, cast: Cast, fields: dict[str, object]
    ) -> None:
        make.meeting(cast.north, today(), **fields)
        for url in ("/", "/tables/pohjoinen", "/topics/propose"):
            text = browser.get(url).text
            assert IN_TIME not in text
            assert TOO_LATE not in text


def propose(browser: Browser) -> str:
    check = browser.get("/topics/propose?table=pohjoinen").submit("Continue", text="Kylätie on pimeä.")
    return check.text + check.submit("Send the topic").text


class TestFiling:
    def test_in_time(self, browser: Browser, cast: Cast) -> None:
        make.meeting(cast.north, SOON, topics_until=today())
        assert IN_TIME in propose(browser)
        assert one_topic().late_for_id is None

    def test_late(self, browser: Browser, cast: Cast) -> None:
        meeting_id = make.meeting(cast.north, SOON, topics_until=GONE).id
        make.meeting(cast.north, SOON + timedelta(days=90), topics_until=SOON)
        said = propose(browser)
        assert TOO_LATE in said
        assert "It goes to the meeting after that." in said
        assert one_topic().late_for_id == meeting_id

    def test_the_day_of_the_telling_counts(self, browser: Browser, cast: Cast) -> None:
        make.meeting(cast.north, SOON, topics_until=GONE)
        form = browser.sign_in(cast.sari).get("/inbox/new")
        form.submit("Save the topic", text="Postilaatikot", told_on=typed(GONE))
        assert one_topic().late_for_id is None

    def test_a_topic_that_changes_tables_is_late_there_or_not(self, cast: Cast) -> None:
        north = make.meeting(cast.north, SOON, topics_until=GONE).id
        south = make.meeting(cast.south, SOON, topics_until=AHEAD).id
        assert south
        topic = told(cast.north, late_for_id=north).id
        maria = make.visitor(cast.maria)
        triage.change_details(maria, topic, Details("Tie", table_id=cast.south), seen=None, key=None)
        assert stored(topic).late_for_id is None
        triage.change_details(maria, topic, Details("Tie", table_id=cast.north), seen=None, key=None)
        assert stored(topic).late_for_id == north

    def test_it_stays_a_fact_when_the_day_moves(self, browser: Browser, cast: Cast) -> None:
        meeting_id = make.meeting(cast.north, SOON, topics_until=GONE).id
        topic = told(cast.north, late_for_id=meeting_id).id
        page = browser.sign_in(cast.maria).get(f"/meetings/{meeting_id}/details")
        page.submit("Save the details", topics_until=typed(AHEAD))
        assert stored(topic).late_for_id == meeting_id


class TestAdmitting:
    @pytest.fixture
    def late(self, cast: Cast) -> tuple[int, int]:
        meeting = make.meeting(cast.north, SOON, topics_until=GONE).id
        return told(cast.north, "Kylätie", late_for_id=meeting).id, meeting

    def test_from_the_topics_page(self, browser: Browser, cast: Cast, late: tuple[int, int]) -> None:
        topic, _ = late
        page = browser.sign_in(cast.maria).get(f"/inbox/{topic}")
        assert "Came late for" in page.text
        assert f"Topics of the meeting of {short_day(SOON, 'en')} were asked for by" in page.text
        after = page.submit("Take it to this meeting all the same")
        assert "Came late" not in after.text
        assert stored(topic).late_for_id is None
        page.submit("Take it to this meeting all the same")
        acts = db.session.query(Event).filter_by(act="topic.admit").count()
        assert acts == 1

    def test_from_the_inbox_and_back_to_the_same_list(
        self, browser: Browser, cast: Cast, late: tuple[int, int]
    ) -> None:
        topic, _ = late
        page = browser.sign_in(cast.maria).get(f"/inbox?table={cast.north}&order=longest")
        after = page.submit("Take it to this meeting all the same: Kylätie")
        assert after.h1 == "Inbox"
        assert "Longest waiting first" in after.text
        assert stored(topic).late_for_id is None

    def test_a_meeting_that_was_held_takes_no_more(
        self, browser: Browser, cast: Cast, late: tuple[int, int]
    ) -> None:
        topic, meeting = late
        page = browser.sign_in(cast.maria).get(f"/inbox/{topic}")
        db.session.get_one(Meeting, meeting).ended_at = utc_now()
        db.session.commit()
        assert "held or cancelled" in page.submit("Take it to this meeting all the same", status=409).text
        assert "Came late" not in browser.get(f"/inbox/{topic}").text
        assert stored(topic).late_for_id == meeting

    def test_an_ended_topic_is_not_taken(self, browser: Browser, cast: Cast, late: tuple[int, int]) -> None:
        topic, _ = late
        page = browser.sign_in(cast.maria).get(f"/inbox/{topic}")
        stored(topic).state = TopicState.WITHDRAWN
        db.session.commit()
        assert "moved on meanwhile" in page.submit("Take it to this meeting all the same", status=409).text

    @pytest.mark.parametrize(
        ("meeting", "status"), [("", 404), ("abc", 404), ("9" * 25, 404), ("0", 409), ("999999", 409)]
    )
    def test_forged_meetings(
        self, browser: Browser, cast: Cast, late: tuple[int, int], meeting: str, status: int
    ) -> None:
        page = browser.sign_in(cast.maria).get("/inbox")
        data: dict[str, object] = {"csrf_token": token_of(page), "meeting": meeting}
        browser.post(f"/inbox/{late[0]}/admit", data, status)

    def test_those_who_only_read_see_the_tag_without_the_drafts_day(
        self, browser: Browser, cast: Cast, late: tuple[int, int]
    ) -> None:
        browser.sign_in(cast.sari)
        for url in ("/inbox", f"/inbox/{late[0]}"):
            page = browser.get(url)
            assert "Came late" in page.text
            assert "Came late for" not in page.text
            assert "all the same" not in page.text


def test_an_archived_table_says_nothing(browser: Browser, cast: Cast) -> None:
    make.meeting(cast.south, SOON, topics_until=AHEAD)
    db.session.get_one(PartnershipTable, cast.south).archived_at = utc_now()
    db.session.commit()
    assert IN_TIME not in browser.get("/").text
    assert IN_TIME not in browser.get("/tables/etela").text
