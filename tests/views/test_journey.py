"""What Eeva's own page tells, and what it never tells: drafts, and how to reach anybody."""

import secrets
from datetime import date, time, timedelta

from sqlalchemy import event

from app.domain.clock import today, utc_now
from app.domain.follow_ups import FollowUpState
from app.domain.meetings import MeetingState
from app.domain.permissions import SYSTEM
from app.domain.topics import TopicAct
from app.extensions import db
from app.models import FollowUp, Meeting, Note, Topic, topic_measures
from app.services import topic_life
from app.services.transactions import act
from tests import make
from tests.cast import Cast
from tests.page import Browser, Page

CONTACT = {
    "contact_name": "Eeva Kanarialintu",
    "contact_email": "kanaria@example.fi",
    "contact_phone": "050 7777777",
}
CANARIES = ("Kanarialintu", "kanaria@", "7777777")


@act
def move(topic_id: int, what: TopicAct, meeting_id: int | None = None) -> None:
    topic_life.move(SYSTEM, db.session.get_one(Topic, topic_id), what, meeting_id=meeting_id)


class Story:
    """Eeva's topic on its way through one meeting."""

    def __init__(self, browser: Browser, cast: Cast) -> None:
        self.browser, self.cast = browser, cast
        topic = make.topic(cast.north, "Kylätien valaistus on pimeä.", **CONTACT)
        self.topic_id, self.token = topic.id, topic.token

    def page(self) -> Page:
        return self.browser.get(f"/topics/{self.token}")

    def put_on_agenda(self) -> None:
        move(self.topic_id, TopicAct.ACCEPT)
        meeting = make.meeting(self.cast.north, day=date(2027, 2, 12), starts=time(18))
        self.meeting_id = meeting.id
        make.item(meeting, "Avaus", 5)
        self.item_id = make.item(meeting, about=db.session.get_one(Topic, self.topic_id), minutes=15).id
        move(self.topic_id, TopicAct.PUT_ON_AGENDA, self.meeting_id)

    def set(self, state: MeetingState, **fields: object) -> None:
        meeting = db.session.get_one(Meeting, self.meeting_id)
        meeting.state = state
        for name, value in fields.items():
            setattr(meeting, name, value)
        db.session.commit()
        if "published_at" in fields:
            make.release_again(meeting)

    def discuss(self) -> None:
        now = utc_now()
        for text, removed in (
            ("<p>Kuusi <strong>valaisinta</strong> puuttuu.</p>", None),
            ("<p>Poistettu</p>", now),
        ):
            db.session.add(
                Note(
                    agenda_item_id=self.item_id,
                    operation=secrets.token_hex(8),
                    text="Kuusi",
                    html=text,
                    said_by_id=self.cast.technical,
                    created_at=now,
                    changed_at=now,
                    removed_at=removed,
                )
            )
        for text, state, days in (
            ("Lasketaan hinta", FollowUpState.IN_WORK, -3),
            ("Tilataan lamput", FollowUpState.DONE, 30),
        ):
            self.agree(text, state, days)
        move(self.topic_id, TopicAct.DISCUSS, self.meeting_id)

    def agree(self, text: str, state: FollowUpState, days: int) -> None:
        now = utc_now()
        db.session.add(
            FollowUp(
                meeting_id=self.meeting_id,
                agenda_item_id=self.item_id,
                topic_id=self.topic_id,
                text=text,
                owner_organisation_id=self.cast.technical,
                due_on=today() + timedelta(days=days),
                state=state,
                outcome="Lamput ovat varastossa." if state is FollowUpState.DONE else None,
                created_at=now,
                changed_at=now,
            )
        )
        db.session.commit()


def test_from_a_draft_to_a_published_memo(browser: Browser, cast: Cast) -> None:
    story = Story(browser, cast)
    assert "The coordinator reads your topic and answers" in story.page().text

    story.put_on_agenda()
    page = story.page()
    assert "Taken to the table" in page.text
    assert "12 February 2027" not in page.text  # the agenda is a draft

    story.set(MeetingState.PUBLISHED, published_at=utc_now())
    page = story.page()
    assert "Pohjoinen lähikumppanuuspöytä, 12 February 2027 at 18:05. Place: Koivurannan koulu." in page.text
    assert "Withdraw the topic" not in page.text

    story.discuss()
    page = story.page()
    for draft in ("valaisinta", "Lasketaan hinta", "What was said", "Discussed – Done"):
        assert draft not in page.text

    story.set(MeetingState.MEMO_PUBLISHED, memo_published_at=utc_now())
    page = story.page()
    assert "<strong>valaisinta</strong>" in page.html
    assert "Poistettu" not in page.text
    for words in ("Tekninen toimi", "Lasketaan hinta", "In work", "Late: the day has passed"):
        assert words in page.text
    for words in ("Tilataan lamput", "Lamput ovat varastossa."):
        assert words in page.text
    assert page.text.count("Late:") == 1
    assert page.links()["Read the whole memo"] == f"/meetings/{story.meeting_id}/memo"
    for canary in CANARIES:
        assert canary not in page.html


def test_a_cancelled_meeting_is_told_with_its_reason(browser: Browser, cast: Cast) -> None:
    story = Story(browser, cast)
    story.put_on_agenda()
    story.set(MeetingState.CANCELLED, cancelled_at=utc_now(), cancel_reason="Lumimyrsky")
    assert "cancelled" not in story.page().text  # nobody had heard of the meeting
    story.set(MeetingState.CANCELLED, published_at=utc_now())
    page = story.page()
    assert "The meeting was cancelled" in page.text
    assert "Lumimyrsky" in page.text


def test_the_measures_of_the_plan_are_linked(browser: Browser, cast: Cast) -> None:
    story = Story(browser, cast)
    story.put_on_agenda()
    story.set(MeetingState.PUBLISHED, published_at=utc_now())
    story.discuss()
    light, rides = make.plan().focus_areas[0].objectives[0].measures
    light_id, rides_id = light.id, rides.id
    db.session.execute(topic_measures.insert(), [{"topic_id": story.topic_id, "measure_id": light_id}])
    follow_up = db.session.query(FollowUp).first()
    assert follow_up is not None
    follow_up.measures = [rides, light]
    db.session.commit()
    links = story.page().links()
    assert links["Kylien valaistus"] == f"/measures/{light_id}"
    assert "Kuljetukset" not in links  # its follow-up stands in a memo that is a draft
    story.set(MeetingState.MEMO_PUBLISHED, memo_published_at=utc_now())
    page = story.page()
    assert page.links()["Kuljetukset"] == f"/measures/{rides_id}"
    assert page.html.count(f'href="/measures/{light_id}"') == 1


def test_the_page_asks_the_database_as_often_for_a_long_story_as_for_a_short_one(
    browser: Browser, cast: Cast
) -> None:
    story = Story(browser, cast)
    story.put_on_agenda()
    story.set(MeetingState.PUBLISHED, published_at=utc_now())
    story.discuss()
    story.set(MeetingState.MEMO_PUBLISHED, memo_published_at=utc_now())

    def asked() -> int:
        statements: list[str] = []

        def count(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            statements.append(statement)

        event.listen(db.engine, "before_cursor_execute", count)
        try:
            story.page()
        finally:
            event.remove(db.engine, "before_cursor_execute", count)
        return len(statements)

    few = asked()
    for place in range(30):
        story.agree(f"Sovittu {place}", FollowUpState.OPEN, place)
    assert asked() == few


def test_contact_details_are_on_no_page_of_a_stranger(browser: Browser, cast: Cast) -> None:
    story = Story(browser, cast)
    story.put_on_agenda()
    story.set(MeetingState.PUBLISHED, published_at=utc_now())
    story.discuss()
    measures = make.plan().focus_areas[0].objectives[0].measures
    measure_id = measures[0].id
    db.session.execute(topic_measures.insert(), [{"topic_id": story.topic_id, "measure_id": measure_id}])
    db.session.commit()
    story.set(MeetingState.MEMO_PUBLISHED, memo_published_at=utc_now())
    given = {
        "token": story.token,
        "topic_id": story.topic_id,
        "meeting_id": story.meeting_id,
        "measure_id": measure_id,
        "item_id": story.item_id,
        "plan_id": 1,
        "slug": "pohjoinen",
    }
    visited = 0
    adapter = browser.app.url_map.bind("127.0.0.1")
    for rule in browser.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.arguments - set(given):
            continue
        url = adapter.build(rule.endpoint, {name: given[name] for name in rule.arguments})
        answer = browser.raw(url)
        visited += 1
        for canary in CANARIES:
            assert canary.encode() not in answer.data, url
    assert visited > 15
