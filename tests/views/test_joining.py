"""Maria joins two topics about one matter, and both proposers follow it on their own pages."""

from datetime import date, timedelta

import pytest

from app.domain.clock import today
from app.domain.meetings import MeetingState
from app.domain.topics import TopicAct, TopicState
from app.extensions import db
from app.models import Meeting, Topic
from app.services import agenda, memo_publishing, merging, triage
from app.services.triage import Details
from tests import make
from tests.cast import Cast
from tests.page import Browser
from tests.topic_stage import letters, stored, token_of, told

SECRETS = ("Eeva Kanarialintu", "eeva@example.fi", "050 1112222", "Pihatien omistaja valehtelee")


def two(cast: Cast, **fields: object) -> tuple[Topic, Topic]:
    """Eeva's topic, and Bo's that tells of the same matter."""
    eeva = told(
        cast.north,
        "Pihatien omistaja valehtelee. Kylätien valaistus puuttuu.",
        contact_name="Eeva Kanarialintu",
        contact_email="eeva@example.fi",
        contact_phone="050 1112222",
        organisation_id=cast.koivuranta,
        **fields,
    )
    bo = told(
        cast.north, "Valaistusta kylätielle", contact_email="bo@example.fi", organisation_id=cast.rantala
    )
    return eeva, bo


def join(cast: Cast, bo: Topic, eeva: Topic) -> None:
    merging.join(make.visitor(cast.maria), bo.id, eeva.id)


class TestPages:
    def test_from_the_topic_to_the_joined_one_and_back(self, browser: Browser, cast: Cast) -> None:
        eeva, bo = two(cast)
        told(cast.north, "Laituri on rikki")
        page = browser.sign_in(cast.maria).get(f"/inbox/{bo.id}").follow("Join to another topic")
        titles = [one.text or "" for one in page.all("a") if "/join/" in (one.get("href") or "")]
        assert [str(eeva.number) in one for one in titles] == [True, False]
        assert "Words in common: kylätien, valaistus" in page.text
        check = page.follow(f"{eeva.number} {eeva.title}")
        for words in (
            "Proposer: Koivuranta",
            "Proposer: Rantala",
            "A letter goes out at once.",
            "about the same",
        ):
            assert words in check.text
        after = check.submit("Join the topics")
        assert after.url == f"/inbox/{eeva.id}"
        assert "The topics are joined." in after.text
        assert stored(bo.id).merged_into_id == eeva.id
        joined = after.follow(f"{bo.number} {bo.title}")
        assert "Joined to another topic" in joined.text
        for gone in ("Take to the table", "Edit the details", "Join to another topic"):
            assert gone not in joined.links()
        back = joined.submit("Separate the topics again")
        assert "a topic of its own again" in back.text
        assert stored(bo.id).state is TopicState.RECEIVED
        assert letters() == []

    def test_search_finds_among_many(self, browser: Browser, cast: Cast) -> None:
        mine = told(cast.north, "Tie").id
        for count in range(25):
            told(cast.north, f"Asia numero {count}")
        page = browser.sign_in(cast.maria).get(f"/inbox/{mine}/join")
        assert "20 of 25 topics" in page.text
        assert "Asia numero 24" in page.submit("Search", words="numero 24").text
        assert "No open topic of this table was found." in page.submit("Search", words="postilaatikko").text
        browser.get(f"/inbox/{mine}/join?words={'x' * 5000}")

    @pytest.mark.parametrize("ending", ["join", "join/{other}"])
    def test_another_tables_topics_are_not_there(self, browser: Browser, cast: Cast, ending: str) -> None:
        eeva, bo = two(cast)
        browser.sign_in(cast.olli).get(f"/inbox/{bo.id}/{ending.format(other=eeva.id)}", status=404)
        browser.sign_in(cast.sari).get(f"/inbox/{bo.id}/{ending.format(other=eeva.id)}", status=403)

    def test_own_topic_is_not_joined_to_another_tables(self, browser: Browser, cast: Cast) -> None:
        eeva, _ = two(cast)
        south = told(cast.south, "Etelän asia").id
        page = browser.sign_in(cast.olli).get(f"/inbox/{south}/join/{eeva.id}", status=404)
        assert "Pihatien" not in page.html
        token = token_of(page)
        browser.post(f"/inbox/{south}/join/{eeva.id}", {"csrf_token": token}, status=404)
        assert stored(south).state is TopicState.RECEIVED

    @pytest.mark.parametrize(
        ("state", "sentence"),
        [(TopicState.WITHDRAWN, "has withdrawn it"), (TopicState.MERGED, "joined to a third one")],
    )
    def test_the_other_ended_while_the_page_was_open(
        self, browser: Browser, cast: Cast, state: TopicState, sentence: str
    ) -> None:
        eeva, bo = two(cast)
        page = browser.sign_in(cast.maria).get(f"/inbox/{bo.id}/join/{eeva.id}")
        stored(eeva.id).state = state
        db.session.commit()
        assert sentence in page.submit("Join the topics", status=409).text

    def test_a_change_meanwhile_is_looked_at_once_more(self, browser: Browser, cast: Cast) -> None:
        eeva, bo = two(cast)
        page = browser.sign_in(cast.maria).get(f"/inbox/{bo.id}/join/{eeva.id}")
        triage.change_details(make.visitor(cast.maria), eeva.id, Details("Uusi otsikko"), seen=None, key=None)
        again = page.submit("Join the topics", status=409)
        assert "Look at both once more" in again.text
        assert "Uusi otsikko" in again.text
        again.submit("Join the topics")
        assert stored(bo.id).merged_into_id == eeva.id

    def test_pressing_twice_joins_once(self, browser: Browser, cast: Cast) -> None:
        eeva, bo = two(cast)
        page = browser.sign_in(cast.maria).get(f"/inbox/{bo.id}/join/{eeva.id}")
        for _ in range(2):
            page.submit("Join the topics")
        assert len(stored(bo.id).steps) == 1
        assert len(letters()) == 1

    def test_one_without_e_mail_who_follows_is_called_too(self, browser: Browser, cast: Cast) -> None:
        eeva, _ = two(cast)
        kirsti = told(cast.north, "Valoja tielle", contact_phone="040 9998888")
        join(cast, kirsti, eeva)
        triage.answer(make.visitor(cast.maria), eeva.id, TopicAct.POSTPONE, "Täynnä.", seen=None, key=None)
        page = browser.sign_in(cast.maria).get(f"/inbox/{eeva.id}")
        assert "Tell also those who follow this topic" in page.text
        assert "040 9998888" in page.text


class TestOwnPages:
    def test_the_joined_proposer_reads_her_own_words_and_nothing_of_the_other(
        self, browser: Browser, cast: Cast
    ) -> None:
        eeva, bo = two(cast)
        join(cast, bo, eeva)
        page = browser.get(f"/topics/{bo.token}")
        assert "Valaistusta kylätielle" in page.text
        assert "about the same matter as another topic" in page.text
        for secret in (*SECRETS, str(eeva.number), eeva.token):
            assert secret not in page.html
        assert "Withdraw the topic" not in page.links()

    def test_the_other_proposer_reads_that_there_are_more(self, browser: Browser, cast: Cast) -> None:
        eeva, bo = two(cast)
        join(cast, bo, eeva)
        page = browser.get(f"/topics/{eeva.token}")
        assert "Another topic about the same matter has been joined to yours." in page.text
        for secret in ("bo@example.fi", "Valaistusta kylätielle", str(bo.number), bo.token):
            assert secret not in page.html

    def test_from_then_on_she_follows_the_agenda_and_the_memo_of_the_other(
        self, browser: Browser, cast: Cast
    ) -> None:
        maria = make.visitor(cast.maria)
        eeva, bo = two(cast)
        triage.answer(maria, eeva.id, TopicAct.ASK, "Kysymys Eevalle", seen=None, key=None)
        join(cast, bo, eeva)
        assert "Kysymys Eevalle" not in browser.get(f"/topics/{bo.token}").html
        details = Details("Kylätien valaistus", organisation_id=cast.koivuranta)
        triage.accept(maria, eeva.id, details, "Kiitos teille molemmille.", seen=None, key=None)
        draft = make.meeting(cast.north, today() + timedelta(days=30)).id
        agenda.put_on_agenda(maria, draft, eeva.id)
        page = browser.get(f"/topics/{bo.token}")
        assert "Kiitos teille molemmille." in page.text
        assert "Koivurannan koulu" not in page.text
        assert "Kylätien valaistus" not in page.text
        self.publish(cast, draft)
        page = browser.get(f"/topics/{bo.token}")
        assert "Koivurannan koulu" in page.text
        assert "the topic “Kylätien valaistus”" in page.text
        for secret in (*SECRETS, str(eeva.number), eeva.token):
            assert secret not in page.html
        memo_publishing.publish(maria, draft)
        page = browser.get(f"/topics/{bo.token}")
        assert "Not reached this time" in page.text

    def publish(self, cast: Cast, meeting_id: int) -> None:
        meeting = db.session.get_one(Meeting, meeting_id)
        meeting.state = MeetingState.PUBLISHED
        make.release_again(meeting)

    def test_what_had_ended_before_is_not_her_story(self, browser: Browser, cast: Cast) -> None:
        eeva, bo = two(cast, state=TopicState.ON_AGENDA)
        then = eeva.created_at - timedelta(days=3)
        old = make.meeting(cast.north, date(2026, 3, 1), state=MeetingState.CANCELLED, published_at=then)
        old.cancelled_at = then
        make.item(old, about=stored(eeva.id))
        join(cast, bo, eeva)
        assert "The meeting was cancelled" in browser.get(f"/topics/{eeva.token}").text
        assert "The meeting was cancelled" not in browser.get(f"/topics/{bo.token}").text
