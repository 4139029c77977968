"""Maria reads what came; others read what is theirs."""

import pytest
from flask import Flask
from sqlalchemy import event, select

from app.domain.topics import Channel, TopicState
from app.extensions import db
from app.models import Person, Topic
from tests import make
from tests.cast import Cast
from tests.page import Browser
from tests.topic_stage import stored, token_of, told


class TestReading:
    def test_new_topics_come_first_with_how_long_they_have_waited(self, browser: Browser, cast: Cast) -> None:
        told(cast.north, "Uimaranta", state=TopicState.ACCEPTED)
        told(cast.north, "Valaistus", created_at=make.days_ago(9), organisation_id=cast.koivuranta)
        told(cast.north, "Bussipysäkki", created_at=make.days_ago(1), wished_minutes=15)
        told(cast.south, "Kirjastoauto", channel=Channel.PAPER)
        page = browser.sign_in(cast.maria).get("/inbox")
        places = [page.text.index(w) for w in ("Valaistus", "Bussipysäkki", "Kirjastoauto", "Uimaranta")]
        assert places == sorted(places)
        for words in ("Has waited 9 days", "Has waited 1 day", "Came today", "Koivuranta", "15 min", "Paper"):
            assert words in page.text
        assert len(page.all("span", class_="tag-late")) == 1

    def test_ended_topics_are_shown_when_asked_for(self, browser: Browser, cast: Cast) -> None:
        told(cast.north, "Vanha asia", state=TopicState.DECLINED)
        told(cast.south, "Etelän asia")
        page = browser.sign_in(cast.maria).get("/inbox")
        assert "Vanha asia" not in page.text
        assert "Vanha asia" in page.submit("Show", state="all").text
        only = page.submit("Show", state="declined")
        assert "Vanha asia" in only.text
        assert "Etelän asia" not in only.text
        assert "Etelän asia" not in page.submit("Show", table=str(cast.north)).text

    @pytest.mark.parametrize(
        "query",
        [
            "table=abc&state=nonsense&page=-1",
            "page=0",
            "page=99999999999999999999",
            "page=٣",
            "table=-5",
            "table=999999999999999999",
        ],
    )
    def test_a_filter_that_is_not_offered_shows_the_open_topics(
        self, browser: Browser, cast: Cast, query: str
    ) -> None:
        told(cast.north, "Valaistus")
        assert "Valaistus" in browser.sign_in(cast.maria).get(f"/inbox?{query}").text

    def test_fifty_on_a_page(self, browser: Browser, cast: Cast) -> None:
        for count in range(51):
            told(cast.north, f"Asia numero {count}")
        page = browser.sign_in(cast.maria).get("/inbox?state=received")
        assert "Page 1 of 2" in page.text
        last = page.follow("Next page")
        assert "Asia numero 50" in last.text
        assert "Previous page" in last.links()

    def test_the_page_asks_the_database_as_often_for_many_topics_as_for_few(
        self, browser: Browser, cast: Cast
    ) -> None:
        def asked() -> int:
            statements: list[str] = []

            def count(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
                statements.append(statement)

            event.listen(db.engine, "before_cursor_execute", count)
            try:
                browser.get("/inbox")
            finally:
                event.remove(db.engine, "before_cursor_execute", count)
            return len(statements)

        browser.sign_in(cast.maria)
        villages = [cast.koivuranta, cast.rantala, cast.technical, cast.culture]
        for count in range(3):
            told(cast.north, organisation_id=villages[count])
        few = asked()
        for count in range(40):
            told(cast.south if count % 2 else cast.north, organisation_id=villages[count % 4])
        assert asked() == few

    def test_contact_details_are_shown_inside(self, browser: Browser, cast: Cast) -> None:
        topic = told(
            cast.north,
            contact_name="Eeva Virta",
            contact_email="eeva@example.fi",
            contact_phone="050 5551234",
        ).id
        page = browser.sign_in(cast.sari).get(f"/inbox/{topic}")
        for words in ("Eeva Virta", "eeva@example.fi", "050 5551234"):
            assert words in page.text
        assert "What do you answer?" not in page.text


class TestWhoMayRead:
    @pytest.mark.parametrize("ending", ["", "/accept", "/ask", "/postpone", "/decline", "/edit"])
    def test_another_tables_topic_is_not_there(self, browser: Browser, cast: Cast, ending: str) -> None:
        topic = told(cast.north, contact_name="Eeva Kanarialintu").id
        browser.sign_in(cast.olli)
        page = browser.get(f"/inbox/{topic}{ending}", status=404)
        assert "Kanarialintu" not in page.html
        if ending:
            token = token_of(page)
            answer = browser.post(f"/inbox/{topic}{ending}", {"csrf_token": token, "reason": "x"}, status=404)
            assert "Kanarialintu" not in answer.html
        assert stored(topic).state is TopicState.RECEIVED

    def test_another_tables_topics_are_not_listed(self, browser: Browser, cast: Cast) -> None:
        told(cast.north, "Pohjoisen asia")
        told(cast.south, "Etelän asia")
        page = browser.sign_in(cast.olli).get(f"/inbox?table={cast.north}&state=all")
        assert "Pohjoisen asia" not in page.text
        assert "Etelän asia" in page.text

    @pytest.mark.parametrize("who", ["timo", "sari", "kaisa"])
    def test_chair_secretary_and_village_ombudsman_read_but_do_not_answer(
        self, browser: Browser, cast: Cast, who: str
    ) -> None:
        topic = told(cast.north, "Valaistus").id
        browser.sign_in(getattr(cast, who))
        assert "Valaistus" in browser.get("/inbox").text
        for ending in ("accept", "ask", "postpone", "decline", "edit"):
            assert f"/inbox/{topic}/{ending}" not in browser.get(f"/inbox/{topic}").html
            browser.get(f"/inbox/{topic}/{ending}", status=403)

    @pytest.mark.parametrize("who", ["pekka", "leena", "aino", "veikko"])
    def test_the_others_do_not_enter(self, browser: Browser, cast: Cast, who: str) -> None:
        topic = told(cast.north).id
        browser.sign_in(getattr(cast, who))
        for url in ("/inbox", f"/inbox/{topic}", f"/inbox/{topic}/accept", "/inbox/new"):
            browser.get(url, status=403)

    def test_a_stranger_is_asked_to_sign_in(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north).id
        for url in ("/inbox", f"/inbox/{topic}", f"/inbox/{topic}/accept", "/inbox/new"):
            answer = browser.raw(url)
            assert answer.status_code == 303
            assert answer.headers["Location"].startswith("/sign-in")

    @pytest.mark.parametrize("topic_id", ["999999999", "0", "-1", "9223372036854775808", "abc"])
    def test_a_topic_that_does_not_exist(self, browser: Browser, cast: Cast, topic_id: str) -> None:
        browser.sign_in(cast.maria).get(f"/inbox/{topic_id}", status=404)


def test_the_private_address_is_for_who_answers_or_wrote_the_topic_down(cast: Cast, app: Flask) -> None:
    topic = make.topic(cast.north)
    address, token = f"/inbox/{topic.id}", topic.token
    for email, sees in ((cast.maria, True), (cast.sari, False), (cast.timo, False), (cast.kaisa, False)):
        assert (token in Browser(app).sign_in(email).get(address).text) is sees
    kaisa = db.session.scalars(select(Person).where(Person.email == cast.kaisa)).one()
    db.session.get_one(Topic, int(address.rsplit("/", 1)[1])).entered_by_id = kaisa.id
    db.session.commit()
    assert token in Browser(app).sign_in(cast.kaisa).get(address).text
