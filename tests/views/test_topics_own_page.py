"""Eeva finds her topic again, answers a question about it, and may take it back."""

import pytest

from app.domain.permissions import SYSTEM
from app.domain.topics import TopicAct, TopicState
from app.services import triage
from tests.cast import Cast
from tests.page import Browser, Page
from tests.topic_stage import letters, one_topic, send, told


class TestOwnPage:
    def test_is_never_kept_and_never_found_by_searching(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north)
        answer = browser.raw(f"/topics/{topic.token}")
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert 'content="noindex, nofollow"' in answer.text

    @pytest.mark.parametrize("token", ["x" * 24, "../../etc/passwd", "a" * 65, "1"])
    def test_a_guessed_address_opens_nothing(self, browser: Browser, cast: Cast, token: str) -> None:
        told(cast.north)
        for ending in ("", "/withdraw"):
            assert browser.raw(f"/topics/{token}{ending}").status_code == 404

    def test_shows_no_contact_details(self, browser: Browser, cast: Cast) -> None:
        topic = told(
            cast.north,
            contact_name="Eeva Kanarialintu",
            contact_email="kanaria@example.fi",
            contact_phone="050 7777777",
        )
        page = browser.get(f"/topics/{topic.token}")
        for canary in ("Kanarialintu", "kanaria@", "7777777"):
            assert canary not in page.html

    def test_a_question_is_answered_on_the_page(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north)
        triage.answer(SYSTEM, topic.id, TopicAct.ASK, "Mikä kohta tiestä?", seen=None, key=None)
        url = f"/topics/{topic.token}"
        page = browser.get(url)
        assert "Mikä kohta tiestä?" in page.text
        empty = page.submit("Send the answer", status=422)
        assert "Write your answer." in empty.text
        long = page.submit("Send the answer", status=422, words="b" * 5000)
        assert "too long" in long.text
        assert "b" * 5000 in long.html
        done = page.submit("Send the answer", words="Kirkon kohdalta.")
        assert "we have your answer" in done.text
        assert "You answered" in done.text
        assert one_topic().state is TopicState.RECEIVED
        again = page.submit("Send the answer", words="Kirkon kohdalta.")
        assert "we have your answer" in again.text
        assert len(one_topic().steps) == 2

    def test_an_answer_that_nobody_asked_for_is_refused_with_its_text(
        self, browser: Browser, cast: Cast
    ) -> None:
        topic = told(cast.north, state=TopicState.ACCEPTED)
        page = send(browser, {"words": "Vielä yksi asia"}, f"/topics/{topic.token}", status=409)
        assert "Vielä yksi asia" in page.text

    def test_answers_over_https_though_the_address_is_never_told_on(
        self, browser: Browser, cast: Cast
    ) -> None:
        topic = told(cast.north)
        page = browser.client.get(f"/topics/{topic.token}/withdraw", base_url="https://127.0.0.1:5000")
        form = Page(browser, page.request.path, page.text).form_of("Withdraw the topic")[0]
        data = {one.get("name"): one.get("value") for one in form.iter("input")}
        answer = browser.client.post(page.request.path, data=data, base_url="https://127.0.0.1:5000")
        assert answer.status_code == 303

    def test_withdrawing_asks_once_more(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north)
        step = browser.get(f"/topics/{topic.token}").follow("Withdraw the topic")
        assert one_topic().state is TopicState.RECEIVED
        done = step.submit("Withdraw the topic")
        assert "You have withdrawn the topic." in done.text
        assert "Withdrawn" in done.text
        assert one_topic().state is TopicState.WITHDRAWN
        step.submit("Withdraw the topic")
        assert len(one_topic().steps) == 1

    @pytest.mark.parametrize(
        "state", [state for state in TopicState if state not in (TopicState.RECEIVED, TopicState.ASKED)]
    )
    def test_withdrawing_ends_when_the_topic_is_taken_up(
        self, browser: Browser, cast: Cast, state: TopicState
    ) -> None:
        topic = told(cast.north, state=state)
        url = f"/topics/{topic.token}/withdraw"
        assert "Withdraw the topic" not in browser.get(f"/topics/{topic.token}").links()
        assert "can no longer be withdrawn" in browser.get(url, status=409).text
        send(browser, {}, url, status=409)
        assert one_topic().state is state

    def test_looking_changes_nothing(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north)
        for ending in ("", "/withdraw"):
            browser.client.head(f"/topics/{topic.token}{ending}", base_url="http://127.0.0.1:5000")
            browser.get(f"/topics/{topic.token}{ending}")
        assert one_topic().state is TopicState.RECEIVED
        assert one_topic().steps == []


class TestFinding:
    SAME = "If the number and the address belong together"

    def test_the_link_goes_to_the_address_of_the_topic(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north, contact_email="eeva@example.fi", language="sv")
        page = browser.get("/topics").submit(
            "Send the link", number=f" {topic.year}–{topic.running} ", email="EEVA@example.fi"
        )
        assert self.SAME in page.text
        (letter,) = letters()
        assert (letter.kind, letter.to_address, letter.language) == (
            "topic_received",
            "eeva@example.fi",
            "sv",
        )
        assert topic.token in letter.body

    def test_asking_again_soon_sends_no_second_letter(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north, contact_email="eeva@example.fi")
        page = browser.get("/topics/find")
        for _ in range(2):
            page.submit("Send the link", number=str(topic.number), email="eeva@example.fi")
        assert len(letters()) == 1

    @pytest.mark.parametrize(
        ("number", "email"), [("2026-999", "eeva@example.fi"), (None, "somebody@else.example")]
    )
    def test_a_wrong_guess_reads_the_same_and_sends_nothing(
        self, browser: Browser, cast: Cast, number: str | None, email: str
    ) -> None:
        topic = told(cast.north, contact_email="eeva@example.fi")
        right = browser.get("/topics/find").submit(
            "Send the link", number=str(topic.number), email="eeva@example.fi"
        )
        sent = len(letters())
        wrong = browser.get("/topics/find").submit(
            "Send the link", number=number or str(topic.number), email=email
        )
        assert wrong.text == right.text
        assert len(letters()) == sent

    @pytest.mark.parametrize("number", ["", "abc", "-5", "2026", "2026-", "2026-99999999999999", "٢٠٢٦-٠٠١"])
    def test_a_number_that_is_none_is_refused_at_its_field(
        self, browser: Browser, cast: Cast, number: str
    ) -> None:
        page = browser.get("/topics/find").submit(
            "Send the link", status=422, number=number, email="eeva@example.fi"
        )
        assert "number" in page.text
        assert page.title.startswith("Error:")

    def test_twenty_searches_an_hour(self, browser: Browser, cast: Cast) -> None:
        browser.client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
        page = browser.get("/topics/find")
        for count in range(20):
            page.submit("Send the link", number=f"2026-{count + 1}", email="eeva@example.fi")
        last = page.submit("Send the link", status=429, number="2026-21", email="eeva@example.fi")
        assert "too many tries" in last.text
