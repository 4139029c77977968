"""Eeva proposes a topic from her phone, finds it again, and reads what happened to it."""

import pytest
from sqlalchemy import func, select

from app.domain.permissions import SYSTEM
from app.domain.topics import Channel, TopicAct, TopicState
from app.extensions import db
from app.models import Organisation, OutgoingMail, PartnershipTable, Topic
from app.services import triage
from tests import make
from tests.cast import Cast
from tests.page import Browser, Page

WORDS = "Kylätien valaistus on pimeä.\nLapset kävelevät sitä kouluun."


def one_topic() -> Topic:
    return db.session.scalars(select(Topic)).one()


def how_many() -> int:
    return db.session.scalar(select(func.count()).select_from(Topic)) or 0


def told(table_id: int, **fields: object) -> Topic:
    """Store a topic and load it, so that it can be read after the pages have closed their sessions."""
    row = make.topic(table_id, **fields)
    db.session.refresh(row)
    db.session.expunge(row)
    return row


def letters() -> list[OutgoingMail]:
    return list(db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))


def check(browser: Browser, **typed: object) -> Page:
    return browser.get("/topics/propose").submit("Continue", **{"text": WORDS, **typed})


def send(browser: Browser, data: dict[str, object], url: str = "/topics/propose", status: int = 200) -> Page:
    """Post these fields as a script would: with a token that is ours, without our page."""
    page = browser.get("/topics/propose")
    token = next(one.get("value") for one in page.all("input") if one.get("name") == "csrf_token")
    return browser.post(url, {**data, "csrf_token": token}, status)


class TestProposing:
    def test_from_the_first_page_to_the_receipt(self, browser: Browser, cast: Cast) -> None:
        page = browser.get("/topics/propose?table=pohjoinen")
        assert "You need no account" in page.text
        assert "040 123 4567" in page.text
        assert "on paper" in page.text
        checked = page.submit(
            "Continue",
            text=WORDS,
            organisation=str(cast.koivuranta),
            minutes="15",
            email="Eeva@Example.fi",
        )
        assert checked.h1 == "Check before you send"
        for answer in ("Kylätien valaistus", "Pohjoinen lähikumppanuuspöytä", "Koivuranta", "15 minutes"):
            assert answer in checked.text
        assert how_many() == 0
        receipt = checked.submit("Send the topic")
        topic = one_topic()
        assert receipt.url == f"/topics/{topic.token}"
        assert f"number {topic.number}" in receipt.text
        assert "within 7 days" in receipt.text
        assert f"http://127.0.0.1:5000/topics/{topic.token}" in receipt.html
        assert topic.text == WORDS
        assert topic.title == "Kylätien valaistus on pimeä"
        assert (topic.table_id, topic.organisation_id, topic.wished_minutes) == (
            cast.north,
            cast.koivuranta,
            15,
        )
        assert (topic.contact_email, topic.language, topic.channel) == ("eeva@example.fi", "en", Channel.WEB)
        (letter,) = letters()
        assert (letter.kind, letter.to_address, letter.language) == (
            "topic_received",
            "eeva@example.fi",
            "en",
        )
        assert str(topic.number) in letter.body
        assert topic.token in letter.body
        assert "valaistus" not in letter.body

    def test_only_the_text_is_compulsory(self, browser: Browser, cast: Cast) -> None:
        check(browser).submit("Send the topic")
        topic = one_topic()
        assert topic.table_id == cast.north
        assert (topic.contact_name, topic.contact_email, topic.contact_phone) == (None, None, None)
        assert letters() == []

    def test_a_topic_without_a_table_goes_to_the_table_of_its_village(
        self, browser: Browser, cast: Cast
    ) -> None:
        check(browser, organisation=str(cast.rantala)).submit("Send the topic")
        assert one_topic().table_id == cast.south

    def test_change_leads_back_and_keeps_everything(self, browser: Browser, cast: Cast) -> None:
        checked = check(
            browser,
            table=str(cast.south),
            organisation=str(cast.rantala),
            minutes="20",
            name="Eeva Virta",
            email="eeva@example.fi",
            phone="050 555 1234",
        )
        back = checked.submit("Change: What do you want to talk about?")
        assert back.h1 == "Propose a topic"
        assert not back.title.startswith("Error")
        again = back.submit("Continue", text="Uimarannan laituri on rikki.")
        for answer in ("laituri", "Eteläinen", "Rantala", "20 minutes", "Eeva Virta", "050 555 1234"):
            assert answer in again.text
        again.submit("Send the topic")
        assert one_topic().text == "Uimarannan laituri on rikki."

    def test_pressing_send_twice_is_one_topic(self, browser: Browser, cast: Cast) -> None:
        checked = check(browser, email="eeva@example.fi")
        first = checked.submit("Send the topic")
        second = checked.submit("Send the topic")
        assert first.url == second.url
        assert how_many() == 1
        assert len(letters()) == 1

    def test_going_back_and_sending_another_text_is_another_topic(self, browser: Browser, cast: Cast) -> None:
        form = browser.get("/topics/propose")
        form.submit("Continue", text="Ensimmäinen asia").submit("Send the topic")
        form.submit("Continue", text="Toinen asia").submit("Send the topic")
        assert how_many() == 2

    def test_with_one_table_nobody_is_asked_which(self, browser: Browser, cast: Cast) -> None:
        db.session.get_one(PartnershipTable, cast.south).archived_at = make.utc_now()
        db.session.commit()
        page = browser.get("/topics/propose?table=etela")
        assert "Which partnership table?" not in page.text
        page.submit("Continue", text=WORDS).submit("Send the topic")
        assert one_topic().table_id == cast.north

    def test_before_there_is_any_table_the_phone_helps_and_the_text_is_kept(self, browser: Browser) -> None:
        page = check(browser).submit("Send the topic", status=409)
        assert "There is no partnership table yet" in page.text
        assert "Lapset kävelevät" in page.text

    def test_an_archived_village_is_not_offered(self, browser: Browser, cast: Cast) -> None:
        db.session.get_one(Organisation, cast.rantala).archived_at = make.utc_now()
        db.session.commit()
        assert "Rantala" not in browser.get("/topics/propose").text

    @pytest.mark.parametrize("language", ["fi", "sv"])
    def test_the_topic_keeps_the_language_of_the_page(
        self, browser: Browser, cast: Cast, language: str
    ) -> None:
        browser.get(f"/topics/propose?lang={language}")
        send(browser, {"text": WORDS, "email": "eeva@example.fi", "step": "send"})
        assert one_topic().language == language
        assert letters()[0].language == language


BAD_INPUT = [
    ("text", "", "Write what you want to talk about."),
    ("text", "  \n ", "Write what you want to talk about."),
    ("text", "x", "Write what you want to talk about."),
    ("text", "a" * 10_000, "The text is too long: 10000 characters."),
    ("text", "moi\x00moi", "characters that cannot be saved"),
    ("text", "Tunnukseni on 131052-308T.", "personal identity code"),
    ("name", "n" * 300, "The text is too long"),
    ("phone", "5" * 61, "The text is too long"),
    ("phone", "131052-308T", "personal identity code"),
    ("email", "abc", "e-mail address"),
    ("email", "a@b.fi, c@d.fi", "only one e-mail address"),
    ("email", "a@b.fi\nBcc: c@d.fi", "e-mail address"),
    ("minutes", "7", "Choose from the list."),
    ("minutes", "abc", "Choose from the list."),
    ("minutes", "-5", "Choose from the list."),
    ("table", "999999999", "Choose from the list."),
    ("table", "abc", "Choose from the list."),
    ("organisation", "0", "Choose from the list."),
    ("organisation", "99999999999999999999", "Choose from the list."),
]


class TestBadInput:
    @pytest.mark.parametrize("step", ["check", "send"])
    @pytest.mark.parametrize(("field", "value", "sentence"), BAD_INPUT)
    def test_is_refused_in_words_and_keeps_the_rest(
        self, browser: Browser, cast: Cast, field: str, value: str, sentence: str, step: str
    ) -> None:
        typed = {"text": "Tie on huono.", "name": "Eeva Virta", field: value, "step": step}
        page = send(browser, typed, status=422)
        assert sentence in page.text
        assert page.title.startswith("Error:")
        if field != "name":
            assert "Eeva Virta" in page.html
        assert how_many() == 0

    def test_a_machine_that_fills_every_field_is_stopped_and_a_person_goes_on(
        self, browser: Browser, cast: Cast
    ) -> None:
        page = browser.get("/topics/propose").submit(
            "Continue", status=422, text=WORDS, homepage="http://cheap.example"
        )
        assert "send it once more" in page.text
        page.submit("Continue").submit("Send the topic")
        assert how_many() == 1

    def test_no_more_than_twenty_an_hour_from_one_network(self, browser: Browser, cast: Cast) -> None:
        for count in range(20):
            send(browser, {"text": f"Asia {count}", "step": "send"})
        page = send(browser, {"text": "Yksi liikaa", "step": "send"}, status=429)
        assert "too many tries" in page.text
        assert "Yksi liikaa" in page.html
        assert how_many() == 20
        browser.client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
        send(browser, {"text": "Toisesta talosta", "step": "send"})
        assert how_many() == 21


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
        page = browser.get("/topics/find")
        for count in range(20):
            page.submit("Send the link", number=f"2026-{count + 1}", email="eeva@example.fi")
        last = page.submit("Send the link", status=429, number="2026-21", email="eeva@example.fi")
        assert "too many tries" in last.text
