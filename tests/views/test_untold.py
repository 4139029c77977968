"""Maria decides now and tells later, all at once: the pages of it."""

import pytest

from app.domain.topics import TopicAct, TopicState
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.page import Browser
from tests.topic_stage import letters, stored, token_of, told
from tests.untold_stage import HELD, held

LATER = {"told": "later"}


class TestDeciding:
    @pytest.mark.parametrize(
        ("link", "state"),
        [
            ("Take to the table", TopicState.ACCEPTED),
            ("Postpone", TopicState.POSTPONED),
            ("Do not take to the table", TopicState.DECLINED),
        ],
    )
    def test_an_answer_may_wait_and_her_page_stays_as_it_was(
        self, browser: Browser, cast: Cast, link: str, state: TopicState
    ) -> None:
        topic = told(cast.north, contact_email="eeva@example.fi", contact_phone="050 5551234")
        hers = browser.sign_in(cast.maria).get(f"/topics/{topic.token}").text
        form = browser.get(f"/inbox/{topic.id}").follow(link)
        assert "When is the proposer told?" in form.text
        page = form.submit(link, reason=HELD, **LATER)
        assert "The proposer is not told yet." in page.text
        assert "Decided, not told yet." in page.text
        assert "Not told to the proposer" in page.text
        assert HELD in page.text
        assert "Tell the proposer yourself" not in page.text
        assert page.follow("Answers that wait to be told").url == "/inbox/untold"
        assert stored(topic.id).state is state
        assert letters() == []
        seen = browser.get(f"/topics/{topic.token}").text
        assert seen == hers

    def test_a_question_has_no_later(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north)
        form = browser.sign_in(cast.maria).get(f"/inbox/{topic.id}/ask")
        assert "When is the proposer told?" not in form.text
        data = {"reason": "Missä?", "csrf_token": token_of(form), **LATER}
        browser.post(f"/inbox/{topic.id}/ask", data)
        assert stored(topic.id).state is TopicState.ASKED
        assert "Missä?" in browser.get(f"/topics/{topic.token}").text

    def test_a_choice_that_was_not_offered_is_refused_and_the_text_stays(
        self, browser: Browser, cast: Cast
    ) -> None:
        topic = told(cast.north)
        form = browser.sign_in(cast.maria).get(f"/inbox/{topic.id}/decline")
        page = form.submit("Do not take to the table", 422, reason=HELD, told="never")
        assert HELD in page.text
        assert stored(topic.id).state is TopicState.RECEIVED

    def test_withdrawing_meanwhile_is_refused_in_words(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north)
        mine = browser.get(f"/topics/{topic.token}").follow("Withdraw the topic")
        change = browser.get(f"/topics/{topic.token}").follow("Change the topic")
        held(cast, topic)
        assert "already been handled" in change.submit("Save", 409, text="Muuta.").text
        assert "Change the topic" in browser.get(f"/topics/{topic.token}").links()
        assert "taken up" in mine.submit("Withdraw the topic", 409).text
        assert "Withdraw the topic" in browser.get(f"/topics/{topic.token}").links()
        assert stored(topic.id).state is TopicState.DECLINED

    def test_without_e_mail_she_is_called_once_it_is_told(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north, contact_phone="050 5551234", contact_name="Pentti")
        held(cast, topic)
        page = browser.sign_in(cast.maria).get("/inbox/untold")
        assert "call Pentti, 050 5551234" in page.text
        page.submit("Tell 1 proposer")
        assert "Tell the proposer yourself" in browser.get(f"/inbox/{topic.id}").text


class TestTelling:
    def test_the_inbox_says_how_many_wait_and_one_press_tells_them(
        self, browser: Browser, cast: Cast
    ) -> None:
        browser.sign_in(cast.maria)
        assert "to be told" not in browser.get("/inbox").text
        one = told(cast.north, "Kylätie on pimeä.", contact_email="eeva@example.fi")
        two = told(cast.north, "Laituri on rikki.", contact_email="eeva@example.fi")
        held(cast, one, TopicAct.ACCEPT, "")
        held(cast, two)
        page = browser.get("/inbox")
        assert "2 answers wait to be told." in page.text
        page = page.follow("Look at them and tell")
        for words in ("Taken to the table", "Not taken to the table", HELD, "eeva@example.fi"):
            assert words in page.text
        ticks = [each.get("value") for each in page.all("input", type="checkbox", checked="")]
        assert len(ticks) == 2
        page = page.submit("Tell 1 proposer", answers=ticks)
        assert "1 proposer is told." in page.text
        assert "No answers wait to be told." in page.text
        assert [letter.kind for letter in letters()] == ["topics_answered"]
        assert HELD in browser.get(f"/topics/{two.token}").text
        assert "to be told" not in browser.get("/inbox").text

    def test_when_other_answers_are_ticked_the_button_counts_anew(self, browser: Browser, cast: Cast) -> None:
        for name in ("eeva", "pentti", "aino"):
            held(cast, told(cast.north, contact_email=f"{name}@example.fi"))
        page = browser.sign_in(cast.maria).get("/inbox/untold")
        ticks = [each.get("value") for each in page.all("input", type="checkbox")][:2]
        page = page.submit("Tell 3 proposers", 409, answers=ticks)
        assert "The number of those who are told has changed." in page.text
        assert letters() == []
        assert [each.get("value") for each in page.all("input", type="checkbox", checked="")] == ticks
        page = page.submit("Tell 2 proposers", answers=ticks)
        assert "2 proposers are told." in page.text
        assert {one.to_address for one in letters()} == {"eeva@example.fi", "pentti@example.fi"}
        assert page.form_of("Tell 1 proposer")

    def test_nothing_ticked_and_nonsense_are_answered_in_words(self, browser: Browser, cast: Cast) -> None:
        held(cast, told(cast.north, contact_email="eeva@example.fi"))
        page = browser.sign_in(cast.maria).get("/inbox/untold")
        assert "Tick at least one answer." in page.submit("Tell 1 proposer", 422, answers=[]).text
        for nonsense in ("abc", "-1", "9" * 30, "0", "\x00"):
            assert (
                "Look at the list once more." in page.submit("Tell 1 proposer", 409, answers=[nonsense]).text
            )
        assert letters() == []

    def test_what_another_coordinator_told_meanwhile_is_not_told_again(
        self, browser: Browser, cast: Cast
    ) -> None:
        held(cast, told(cast.north, contact_email="eeva@example.fi"))
        mine = browser.sign_in(cast.maria).get("/inbox/untold")
        browser.get("/inbox/untold").submit("Tell 1 proposer")
        page = mine.submit("Tell 1 proposer", 409)
        assert "told or changed meanwhile" in page.text
        assert len(letters()) == 1

    def test_only_ones_own_tables(self, browser: Browser, cast: Cast) -> None:
        held(cast, told(cast.north, contact_email="eeva@example.fi"))
        browser.sign_in(cast.olli)
        page = browser.get("/inbox/untold")
        assert "No answers wait to be told." in page.text
        assert "to be told" not in browser.get("/inbox").text
        form = browser.get("/inbox/new")
        browser.post("/inbox/untold", {"answers": "1", "csrf_token": token_of(form)}, 404)
        for email in (cast.timo, cast.sari, cast.kaisa):
            browser.sign_in(email).get("/inbox/untold", 403)
        assert letters() == []

    def test_words_are_shown_as_text(self, browser: Browser, cast: Cast) -> None:
        held(cast, told(cast.north, "<b>Valot</b> tielle"), words="<script>alert(1)</script>")
        page = browser.sign_in(cast.maria).get("/inbox/untold")
        assert "<script>alert(1)" not in page.html
        assert "<b>Valot" not in page.html
        assert "<script>alert(1)</script>" in page.text

    def test_many_ask_no_more_of_the_database_than_one(self, browser: Browser, cast: Cast) -> None:
        browser.sign_in(cast.maria)
        held(cast, told(cast.north, organisation_id=cast.rantala))
        browser.get("/inbox/untold")
        first = queries_of(lambda: browser.get("/inbox/untold"))
        for number in range(6):
            held(cast, told(cast.north, organisation_id=cast.koivuranta, contact_email=f"e{number}@a.fi"))
        assert queries_of(lambda: browser.get("/inbox/untold")) == first
        assert make.visitor(cast.maria)
