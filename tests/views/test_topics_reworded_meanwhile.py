"""Until when Eeva may change her topic, what happens when two do at once, and what the coordinator sees."""

import pytest

from app.domain.clock import utc_now
from app.domain.permissions import SYSTEM
from app.domain.topics import UNTRIAGED, TopicAct, TopicState
from app.extensions import db
from app.models import Statement
from app.services import merging, topics, triage
from tests.cast import Cast
from tests.page import Browser
from tests.topic_stage import edit, rewordings, send, stored, told


def ask_a_body(cast: Cast, topic_id: int, **fields: object) -> None:
    values = {
        "topic_id": topic_id,
        "organisation_id": cast.technical,
        "token": "s" * 24,
        "question": "Miten on?",
        "asked_at": utc_now(),
    }
    db.session.add(Statement(**{**values, **fields}))
    db.session.commit()


class TestUntilWhen:
    @pytest.mark.parametrize("state", [state for state in TopicState if state not in UNTRIAGED])
    def test_never_after_it_was_handled(self, browser: Browser, cast: Cast, state: TopicState) -> None:
        topic = told(cast.north, state=state)
        assert "Change the topic" not in browser.get(f"/topics/{topic.token}").links()
        url = f"/topics/{topic.token}/edit"
        assert "can no longer be changed" in browser.get(url, status=409).text
        page = send(browser, {"text": "Uudet sanat.", "email": "uusi@example.fi"}, url, status=409)
        assert "can no longer be changed" in page.text
        assert "Uudet sanat." in page.html
        assert (stored(topic.id).text, stored(topic.id).contact_email) == ("Kylätie on pimeä.", None)
        assert rewordings() == []

    def test_not_while_a_body_is_asked_about_it(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north)
        page = edit(browser, topic)
        ask_a_body(cast, topic.id)
        assert "Change the topic" not in browser.get(f"/topics/{topic.token}").links()
        refused = page.submit("Save", status=409, text="Uudet sanat.")
        assert "Others have been asked" in refused.text
        assert "Uudet sanat." in refused.html
        assert stored(topic.id).text == "Kylätie on pimeä."

    def test_again_when_the_question_to_the_body_was_taken_back(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north)
        ask_a_body(cast, topic.id, withdrawn_at=utc_now())
        edit(browser, topic).submit("Save", text="Uudet sanat.")
        assert stored(topic.id).text == "Uudet sanat."

    def test_neither_of_two_that_were_joined_until_they_are_separated(
        self, browser: Browser, cast: Cast
    ) -> None:
        topic, other = told(cast.north), told(cast.north, "Tien valot.")
        merging.join(SYSTEM, topic.id, other.id)
        for one in (topic, other):
            assert "Change the topic" not in browser.get(f"/topics/{one.token}").links()
            assert "joined to another" in browser.get(f"/topics/{one.token}/edit", status=409).text
        merging.separate(SYSTEM, topic.id)
        for one in (topic, other):
            edit(browser, one).submit("Save", text="Uudet sanat.")
            assert stored(one.id).text == "Uudet sanat."

    def test_not_after_withdrawing(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north)
        page = edit(browser, topic)
        topics.withdraw(SYSTEM, topic.token)
        assert "has been withdrawn" in page.submit("Save", status=409, text="Uudet sanat.").text


class TestTwoAtOnce:
    def test_two_windows_lose_nothing(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north)
        first, second = edit(browser, topic), edit(browser, topic)
        first.submit("Save", text="Ensimmäinen ikkuna.", minutes="20")
        behind = second.submit("Save", status=409, text="Toinen ikkuna.", email="eeva@example.fi")
        assert "The topic was changed meanwhile." in behind.text
        assert "The topic as it is now" in behind.text
        for words in ("Ensimmäinen ikkuna.", "Toinen ikkuna.", "20 min", "eeva@example.fi"):
            assert words in behind.html
        assert stored(topic.id).text == "Ensimmäinen ikkuna."
        behind.submit("Save")
        row = stored(topic.id)
        assert (row.text, row.contact_email) == ("Toinen ikkuna.", "eeva@example.fi")

    def test_the_coordinator_set_details_right_meanwhile(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north)
        page = edit(browser, topic)
        details = triage.Details(title="Tien valot", organisation_id=cast.koivuranta)
        triage.change_details(SYSTEM, topic.id, details, seen=None, key=None)
        behind = page.submit("Save", status=409, text="Uudet sanat.")
        assert "Koivuranta" in "".join(behind.all("dl", class_="summary")[0].itertext())
        assert stored(topic.id).organisation_id == cast.koivuranta
        behind.submit("Save", organisation=str(cast.koivuranta))
        assert (stored(topic.id).title, stored(topic.id).text) == ("Tien valot", "Uudet sanat.")

    def test_the_coordinator_accepted_meanwhile(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north)
        page = edit(browser, topic)
        triage.accept(SYSTEM, topic.id, triage.Details(title="Valot"), "", seen=None, key=None)
        refused = page.submit("Save", status=409, text="Uudet sanat.")
        assert "already been handled" in refused.text
        assert "Uudet sanat." in refused.html

    @pytest.mark.parametrize("way", ["accept", "decline", "ask"])
    def test_a_form_of_the_coordinator_notices_the_change(
        self, browser: Browser, cast: Cast, way: str
    ) -> None:
        topic = told(cast.north)
        maria = Browser(browser.client.application).sign_in(cast.maria)
        page = maria.get(f"/inbox/{topic.id}/{way}")
        edit(browser, topic).submit("Save", text="Silta keinuu.")
        button = next(one for one in page.all("button") if one.get("class", "").startswith("button"))
        words = " ".join("".join(button.itertext()).split())
        behind = page.submit(words, status=409, reason="Kiitos aiheesta.")
        assert "Somebody else changed this topic meanwhile." in behind.text
        assert "Silta keinuu." in behind.text
        assert "Kiitos aiheesta." in behind.html
        assert stored(topic.id).state is TopicState.RECEIVED


class TestTheInbox:
    def test_says_what_the_proposer_changed(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north, "Vanhat sanat.")
        maria = Browser(browser.client.application).sign_in(cast.maria)
        url = f"/inbox/{topic.id}"
        assert "has changed this" not in maria.get(url).text
        edit(browser, topic).submit("Save", text="Uudet sanat.")
        edit(browser, topic).submit("Save", phone="040 555 0101")
        page = maria.get(url)
        assert "The proposer has changed this, last on" in page.text
        assert ": Text, Phone number" in page.text
        assert "Vanhat sanat." not in page.html  # what she took back is gone

    def test_a_question_stays_open_when_the_words_change(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north)
        triage.answer(SYSTEM, topic.id, TopicAct.ASK, "Mikä kohta tiestä?", seen=None, key=None)
        done = edit(browser, topic).submit("Save", text="Kirkon kohdalla on pimeää.")
        assert "Mikä kohta tiestä?" in done.text
        assert stored(topic.id).state is TopicState.ASKED
