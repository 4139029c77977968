"""Maria answers topics with the minutes of the next meeting before her eyes."""

from datetime import timedelta

import pytest

from app.domain.clock import today, utc_now
from app.domain.meetings import MeetingState
from app.domain.topics import TopicAct, TopicState
from app.extensions import db
from app.models import AgendaItem, Topic, TopicStep
from app.services import agenda
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.page import Browser, Page
from tests.topic_stage import stored, told
from tests.views.meeting_stage import SOON


def furnished(cast: Cast) -> int:
    """A draft with 30 minutes on it, two topics of 15 and 10 that wait, and one in reserve."""
    meeting = make.meeting(cast.north, SOON)
    make.item(meeting, "Avaus", 30)
    told(cast.north, "Odottaa", state=TopicState.ACCEPTED, granted_minutes=15, wished_minutes=60)
    told(cast.north, "Odottaa myös", state=TopicState.ACCEPTED)
    told(
        cast.north,
        "Reservissä",
        state=TopicState.POSTPONED,
        wished_minutes=20,
        created_at=make.days_ago(100),
    )
    return meeting.id


class TestInbox:
    def test_a_line_for_each_table_in_words(self, browser: Browser, cast: Cast) -> None:
        furnished(cast)
        page = browser.sign_in(cast.maria).get("/inbox")
        for words in (
            "35 of 90 minutes are left",
            "On the agenda 30 / 90 min",
            "waiting 25 min (2 topics)",
            "In reserve 1 topic",
            "the oldest has waited 100 days",
            "70 of 90 minutes are left",  # the southern table has called none: its frame takes 20
            "No meeting has been called yet",
        ):
            assert words in page.text
        assert [
            one.get("aria-hidden") for one in page.all("{http://www.w3.org/2000/svg}svg", class_="budget-bar")
        ] == ["true", "true"]
        called = page.follow("Call a meeting: Eteläinen lähikumppanuuspöytä")
        assert called.h1 == "New meeting"

    def test_too_many_and_full_are_said_in_words(self, browser: Browser, cast: Cast) -> None:
        meeting = make.meeting(cast.north, SOON)
        make.item(meeting, "Avaus", 80)
        told(cast.north, state=TopicState.ACCEPTED, wished_minutes=22)
        full = make.meeting(cast.south, SOON)
        make.item(full, "Avaus", 90)
        text = browser.sign_in(cast.maria).get("/inbox").text
        assert "12 minutes too many" in text
        assert "All 90 minutes are taken" in text

    def test_the_chosen_table_alone(self, browser: Browser, cast: Cast) -> None:
        furnished(cast)
        page = browser.sign_in(cast.maria).get(f"/inbox?table={cast.south}")
        assert "35 of 90" not in page.text
        assert "70 of 90" in page.text

    @pytest.mark.parametrize("who", ["sari", "timo", "kaisa"])
    def test_it_is_for_the_coordinator(self, browser: Browser, cast: Cast, who: str) -> None:
        furnished(cast)
        assert "minutes are left" not in browser.sign_in(getattr(cast, who)).get("/inbox").text

    def test_olli_sees_his_own_table_alone(self, browser: Browser, cast: Cast) -> None:
        furnished(cast)
        text = browser.sign_in(cast.olli).get("/inbox").text
        assert "70 of 90" in text
        assert "35 of 90" not in text

    def test_the_reserve_pool_longest_waiting_first(self, browser: Browser, cast: Cast) -> None:
        furnished(cast)
        for days, text in ((30, "Nuorin"), (300, "Vanhin"), (400, "Liian kauan")):
            told(cast.north, text, state=TopicState.POSTPONED, created_at=make.days_ago(days))
        row = db.session.query(Topic).filter_by(text="Vanhin").one()
        at = make.days_ago(290)
        db.session.add(TopicStep(topic_id=row.id, act=TopicAct.POSTPONE, words="Täynnä.", at=at))
        for days_ago in (200, 100):
            make.meeting(cast.north, today() - timedelta(days=days_ago), state=MeetingState.MEMO_PUBLISHED)
        page = browser.sign_in(cast.maria).get("/inbox")
        page = page.follow("In reserve 4 topics: Pohjoinen lähikumppanuuspöytä")
        places = [page.text.index(one) for one in ("Liian kauan", "Vanhin", "Reservissä", "Nuorin")]
        assert places == sorted(places)
        assert "Has waited 300 days Passed over at 2 meetings" in page.text
        assert "Odottaa" not in page.text
        assert len(page.all("span", class_="tag-late")) == 1

    def test_every_open_state_says_how_long_it_has_waited(self, browser: Browser, cast: Cast) -> None:
        for state in TopicState:
            told(cast.north, f"Asia {state}", state=state, created_at=make.days_ago(9))
        text = browser.sign_in(cast.maria).get("/inbox?state=all").text
        assert text.count("Has waited 9 days") == 5

    def test_five_hundred_topics_are_asked_for_in_few_questions(self, browser: Browser, cast: Cast) -> None:
        furnished(cast)
        late_for = make.meeting(cast.south, SOON, topics_until=today() - timedelta(days=1)).id
        template = told(cast.south, late_for_id=late_for)
        at = make.days_ago(50)
        db.session.add(TopicStep(topic_id=template.id, act=TopicAct.POSTPONE, words="", at=at))
        db.session.commit()
        browser.sign_in(cast.maria)
        urls = ("/inbox", "/inbox?state=postponed&order=longest", f"/inbox/{template.id}")
        states = (TopicState.RECEIVED, TopicState.ACCEPTED, TopicState.POSTPONED)
        db.session.add_all(
            Topic(
                year=template.year,
                running=1000 + count,
                token=f"t{count}",
                table_id=cast.south if count % 2 else cast.north,
                state=states[count % 3],
                title=f"Asia {count}",
                text="Tiestä.",
                organisation_id=cast.koivuranta,
                late_for_id=late_for if count % 7 == 0 else None,
                created_at=at,
                changed_at=at,
                steps=[TopicStep(act=TopicAct.ACCEPT, words="", at=at)],
            )
            for count in range(500)
        )
        db.session.commit()
        assert max(queries_of(lambda url=url: browser.raw(url)) for url in urls) <= 22
        assert len(browser.get("/inbox").all("li", class_="budget")) == 2


class TestTopic:
    def page(self, browser: Browser, cast: Cast, **fields: object) -> Page:
        meeting_id = furnished(cast)
        if fields.pop("late", False):
            fields["late_for_id"] = meeting_id
        topic = told(cast.north, "Kylätie", **fields)
        return browser.sign_in(cast.maria).get(f"/inbox/{topic.id}")

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({}, "With this topic 25 minutes would be left."),
            ({"wished_minutes": 34}, "With this topic 1 minute would be left."),
            ({"wished_minutes": 50}, "With this topic there would be 15 minutes too many."),
            ({"wished_minutes": 50, "granted_minutes": 35}, "With this topic 0 minutes would be left."),
            ({"state": TopicState.POSTPONED}, "With this topic 25 minutes would be left."),
            ({"state": TopicState.ACCEPTED}, "This topic is counted in it: 10 min."),
            ({"late": True}, "This topic came late and is not counted."),
        ],
    )
    def test_what_would_be_left(
        self, browser: Browser, cast: Cast, fields: dict[str, object], sentence: str
    ) -> None:
        text = self.page(browser, cast, **fields).text
        assert "The next meeting" in text
        assert sentence in text

    @pytest.mark.parametrize("state", [TopicState.DISCUSSED, TopicState.WITHDRAWN, TopicState.ON_AGENDA])
    def test_nothing_where_nothing_is_answered(self, browser: Browser, cast: Cast, state: TopicState) -> None:
        assert "The next meeting" not in self.page(browser, cast, state=state).text

    def test_the_page_of_taking_it_to_the_table_says_it_too(self, browser: Browser, cast: Cast) -> None:
        page = self.page(browser, cast, wished_minutes=20).follow("Take to the table")
        assert "35 of 90 minutes are left" in page.text
        assert "With this topic 15 minutes would be left." in page.text


class TestGranting:
    def test_the_wish_stands_there_and_the_grant_is_kept_beside_it(
        self, browser: Browser, cast: Cast
    ) -> None:
        topic = told(cast.north, "Kylätie", wished_minutes=20).id
        form = browser.sign_in(cast.maria).get(f"/inbox/{topic}/accept")
        assert "The proposer wishes for 20 minutes." in form.text
        page = form.submit("Take to the table", minutes="15", recurring="y")
        row = stored(topic)
        assert (row.wished_minutes, row.granted_minutes, row.recurring) == (20, 15, True)
        for words in ("Minutes wished for 20 min", "Minutes granted 15 min", "Comes up at every meeting Yes"):
            assert words in page.text
        meeting = make.meeting(cast.north, SOON).id
        agenda.put_on_agenda(make.visitor(cast.maria), meeting, topic)
        assert db.session.query(AgendaItem).filter_by(topic_id=topic).one().minutes == 15

    def test_a_title_set_right_grants_nothing(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north, "Kylätie", wished_minutes=20).id
        form = browser.sign_in(cast.maria).get(f"/inbox/{topic}/edit")
        form.submit("Save", title="Kylätien valot")
        assert (stored(topic).granted_minutes, stored(topic).title) == (None, "Kylätien valot")
        browser.get(f"/inbox/{topic}/edit").submit("Save", minutes="25", recurring="y")
        assert (stored(topic).granted_minutes, stored(topic).recurring) == (25, True)
        browser.get(f"/inbox/{topic}/edit").submit("Save", minutes="")
        assert (stored(topic).granted_minutes, stored(topic).recurring) == (None, True)

    def test_what_topics_really_took_is_suggested(self, browser: Browser, cast: Cast) -> None:
        held = make.meeting(cast.north, today() - timedelta(days=30), state=MeetingState.MEMO_PUBLISHED)
        for count in range(3):
            make.item(
                held,
                about=make.topic(cast.north, f"Vanha {count}", state=TopicState.DISCUSSED),
                minutes=10,
                planned_minutes=10,
                started_at=utc_now(),
                ended_at=utc_now(),
                spent_seconds=18 * 60,
            )
        topic = told(cast.north, "Kylätie", wished_minutes=5).id
        page = browser.sign_in(cast.maria).get(f"/inbox/{topic}/accept")
        assert "have taken 18 minutes on average; 10 were planned" in page.text
        (box,) = page.all("input", name="minutes")
        assert box.get("value") == "20"
