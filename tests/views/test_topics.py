"""Eeva proposes a topic from her phone, and nothing that she types is lost."""

import pytest

from app.domain.topics import Channel
from app.extensions import db
from app.models import Organisation, PartnershipTable
from tests import make
from tests.cast import Cast
from tests.page import Browser, Page
from tests.topic_stage import how_many, letters, one_topic, send

WORDS = "Kylätien valaistus on pimeä.\nLapset kävelevät sitä kouluun."


def check(browser: Browser, **typed: object) -> Page:
    return browser.get("/topics/propose").submit("Continue", **{"text": WORDS, **typed})


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
        browser.client.environ_base["REMOTE_ADDR"] = "198.51.100.8"
        for count in range(20):
            send(browser, {"text": f"Asia {count}", "step": "send"})
        page = send(browser, {"text": "Yksi liikaa", "step": "send"}, status=429)
        assert "too many tries" in page.text
        assert "Yksi liikaa" in page.html
        assert how_many() == 20
        browser.client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
        send(browser, {"text": "Toisesta talosta", "step": "send"})
        assert how_many() == 21

    def test_a_proxy_that_nobody_named_shuts_no_door(self, browser: Browser, cast: Cast) -> None:
        for count in range(25):  # all come from 127.0.0.1, and may be 25 villages
            send(browser, {"text": f"Asia {count}", "step": "send"})
        assert how_many() == 25
