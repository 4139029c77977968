"""Maria answers topics and sets them right, and Sari writes down what Pentti told by phone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.clock import today, utc_now
from app.domain.topics import Channel, TopicState
from app.extensions import db
from app.models import Organisation, PartnershipTable, Topic, topic_measures
from tests import make
from tests.cast import Cast
from tests.page import Browser
from tests.topic_stage import letters, stored, token_of, told


class TestAnswering:
    def test_taking_a_topic_to_the_table_sets_it_right_and_tells_the_proposer(
        self, browser: Browser, cast: Cast
    ) -> None:
        topic = told(cast.north, "tie on ihan pimee!!", contact_email="eeva@example.fi", language="sv").id
        form = browser.sign_in(cast.maria).get(f"/inbox/{topic}").follow("Take to the table")
        assert "We send the answer to eeva@example.fi" in form.text
        page = form.submit(
            "Take to the table",
            title="Kylätien valaistus",
            minutes="1:30",
            organisation=str(cast.koivuranta),
            addressee=str(cast.county),
            reason="Kutsumme teknisen johtajan.",
        )
        assert "waits for a meeting" in page.text
        row = stored(topic)
        assert (row.state, row.title, row.granted_minutes) == (TopicState.ACCEPTED, "Kylätien valaistus", 90)
        assert (row.organisation_id, row.addressee_id) == (cast.koivuranta, cast.county)
        assert row.text == "tie on ihan pimee!!"
        (letter,) = letters()
        assert (letter.kind, letter.to_address, letter.language) == (
            "topic_accepted",
            "eeva@example.fi",
            "sv",
        )
        assert "Kutsumme teknisen johtajan." in letter.body

    @pytest.mark.parametrize(
        ("link", "kind", "state"),
        [
            ("Ask for more", "topic_asked", TopicState.ASKED),
            ("Postpone", "topic_postponed", TopicState.POSTPONED),
            ("Do not take to the table", "topic_declined", TopicState.DECLINED),
        ],
    )
    def test_every_other_answer_needs_a_reason_that_the_proposer_reads(
        self, browser: Browser, cast: Cast, link: str, kind: str, state: TopicState
    ) -> None:
        topic = told(cast.north, contact_email="eeva@example.fi").id
        form = browser.sign_in(cast.maria).get(f"/inbox/{topic}").follow(link)
        empty = form.submit(link, status=422)
        assert "Write a sentence that the proposer can read." in empty.text
        long = form.submit(link, status=422, reason="c" * 10_000)
        assert "too long" in long.text
        assert "c" * 10_000 in long.html
        assert stored(topic).state is TopicState.RECEIVED
        form.submit(link, reason="Tie on valtion.")
        row = stored(topic)
        assert row.state is state
        token = row.token
        (letter,) = letters()
        assert letter.kind == kind
        assert "Tie on valtion." in letter.body
        assert "Tie on valtion." in browser.get(f"/topics/{token}").text

    def test_without_e_mail_the_page_says_to_call(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north, contact_phone="050 5551234").id
        form = browser.sign_in(cast.maria).get(f"/inbox/{topic}/ask")
        assert "Call 050 5551234" in form.text
        page = form.submit("Ask for more", reason="Missä kohtaa?")
        assert "Tell the proposer yourself" in page.text
        assert letters() == []

    def test_pressing_twice_is_one_answer(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north, contact_email="eeva@example.fi").id
        form = browser.sign_in(cast.maria).get(f"/inbox/{topic}/ask")
        for _ in range(2):
            form.submit("Ask for more", reason="Missä kohtaa?")
        assert len(stored(topic).steps) == 1
        assert len(letters()) == 1

    def test_two_who_answer_at_once_do_not_overwrite_each_other(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north).id
        mine = browser.sign_in(cast.maria).get(f"/inbox/{topic}/postpone")
        browser.get(f"/inbox/{topic}/ask").submit("Ask for more", reason="Missä kohtaa?")
        page = mine.submit("Postpone", status=409, reason="Ilta on täynnä.")
        assert "Somebody else changed this topic meanwhile" in page.text
        assert "Ilta on täynnä." in page.html
        assert stored(topic).state is TopicState.ASKED
        page.submit("Postpone")
        assert stored(topic).state is TopicState.POSTPONED

    @pytest.mark.parametrize(
        ("act", "state"),
        [
            ("accept", TopicState.WITHDRAWN),
            ("ask", TopicState.DECLINED),
            ("postpone", TopicState.ON_AGENDA),
            ("decline", TopicState.DISCUSSED),
        ],
    )
    def test_an_act_that_no_longer_fits_is_refused_with_the_text(
        self, browser: Browser, cast: Cast, act: str, state: TopicState
    ) -> None:
        topic = told(cast.north).id
        form = browser.sign_in(cast.maria).get(f"/inbox/{topic}/{act}")
        row = stored(topic)
        row.state = state
        db.session.commit()
        data: dict[str, object] = {"reason": "Tämä teksti säilyy."}
        button = {"accept": "Take to the table", "ask": "Ask for more", "postpone": "Postpone"}
        page = form.submit(button.get(act, "Do not take to the table"), status=409, **data)
        assert "has moved on meanwhile" in page.text
        assert "Tämä teksti säilyy." in page.html
        assert stored(topic).state is state
        browser.get(f"/inbox/{topic}/{act}", status=409)


BAD_DETAILS = [
    ("title", "", "Write a title"),
    ("title", "xy", "Write a title"),
    ("title", "t" * 200, "too long"),
    ("title", "Tunnus 131052-308T", "personal identity code"),
    ("minutes", "abc", "Write the minutes as a number"),
    ("minutes", "-5", "Write the minutes as a number"),
    ("minutes", "0", "from 1 to 480"),
    ("minutes", "999", "from 1 to 480"),
    ("organisation", "999999999", "Choose from the list."),
    ("addressee", "abc", "Choose from the list."),
    ("table", "0", "Choose from the list."),
]


class TestDetails:
    def test_are_set_right(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north, organisation_id=cast.rantala).id
        form = browser.sign_in(cast.maria).get(f"/inbox/{topic}").follow("Edit the details")
        page = form.submit(
            "Save", title="Uimarannan laituri", minutes="15", addressee=str(cast.technical), organisation=""
        )
        assert page.h1 == "Uimarannan laituri"
        row = stored(topic)
        assert (row.organisation_id, row.addressee_id, row.granted_minutes) == (None, cast.technical, 15)
        assert row.state is TopicState.RECEIVED

    @pytest.mark.parametrize("page", ["accept", "edit"])
    @pytest.mark.parametrize(("field", "value", "sentence"), BAD_DETAILS)
    def test_bad_input_is_refused_at_its_field(
        self, browser: Browser, cast: Cast, page: str, field: str, value: str, sentence: str
    ) -> None:
        topic = told(cast.north, "Kylätie on pimeä").id
        form = browser.sign_in(cast.maria).get(f"/inbox/{topic}/{page}")
        button = "Save" if page == "edit" else "Take to the table"
        answer = form.submit(button, status=422, **{field: value})
        assert sentence in answer.text
        assert answer.title.startswith("Error:")
        assert stored(topic).state is TopicState.RECEIVED
        assert stored(topic).title == "Kylätie on pimeä"

    def test_a_village_does_not_answer_for_the_municipality(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north).id
        form = browser.sign_in(cast.maria).get(f"/inbox/{topic}/edit")
        answer = form.submit("Save", status=422, addressee=str(cast.rantala))
        assert "Choose from the list." in answer.text

    def test_what_the_topic_has_stays_offered_after_it_was_archived(
        self, browser: Browser, cast: Cast
    ) -> None:
        topic = told(cast.north, organisation_id=cast.rantala, addressee_id=cast.county).id
        for one in (cast.rantala, cast.county):
            db.session.get_one(Organisation, one).archived_at = utc_now()
        db.session.get_one(PartnershipTable, cast.north).archived_at = utc_now()
        db.session.commit()
        browser.sign_in(cast.maria).get(f"/inbox/{topic}/edit").submit("Save", title="Uusi otsikko")
        row = stored(topic)
        assert (row.organisation_id, row.addressee_id, row.table_id) == (
            cast.rantala,
            cast.county,
            cast.north,
        )

    def test_a_topic_handed_to_another_table_leaves_the_inbox_of_the_first(
        self, browser: Browser, cast: Cast
    ) -> None:
        topic = told(cast.south, "Pohjoisen tie").id
        page = browser.sign_in(cast.olli).get(f"/inbox/{topic}/edit").submit("Save", table=str(cast.north))
        assert page.h1 == "Inbox"
        assert "Pohjoisen tie" not in page.text
        assert stored(topic).table_id == cast.north

    def test_a_topic_on_an_agenda_does_not_move(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north, state=TopicState.ON_AGENDA).id
        form = browser.sign_in(cast.maria).get(f"/inbox/{topic}/edit")
        assert "is on an agenda" in form.submit("Save", status=409, table=str(cast.south)).text

    def test_linked_measures_are_listed(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north).id
        measures = make.plan().focus_areas[0].objectives[0].measures
        db.session.execute(topic_measures.insert(), [{"topic_id": topic, "measure_id": measures[0].id}])
        db.session.commit()
        page = browser.sign_in(cast.maria).get(f"/inbox/{topic}")
        assert "Kylien valaistus" in page.links()
        assert page.links()["Choose measures"] == f"/inbox/{topic}/measures"


class TestWritingDown:
    def test_what_pentti_told_by_phone(self, browser: Browser, cast: Cast) -> None:
        form = browser.sign_in(cast.sari).get("/inbox").follow("Write down a topic for somebody")
        day = today() - timedelta(days=20)
        page = form.submit(
            "Save the topic",
            text="Postilaatikot pois mutkasta.",
            channel="phone",
            told_on=f"{day.day}.{day.month}.{day.year}",
            phone="014 123 456",
        )
        (row,) = db.session.scalars(select(Topic)).all()
        assert (row.channel, row.table_id, row.contact_phone) == (Channel.PHONE, cast.north, "014 123 456")
        assert row.created_at.date() == day
        assert f"number {row.number}" in page.text
        assert f"http://127.0.0.1:5000/topics/{row.token}" in page.text
        assert "Written down by Sari Laine" in page.text

    def test_one_who_sits_at_several_tables_says_which(self, browser: Browser, cast: Cast) -> None:
        form = browser.sign_in(cast.kaisa).get("/inbox/new")
        page = form.submit("Save the topic", status=422, text="Postilaatikot")
        assert "Choose the table." in page.text
        page.submit("Save the topic", table=str(cast.south))
        assert db.session.scalars(select(Topic)).one().table_id == cast.south

    def test_pressing_twice_is_one_topic(self, browser: Browser, cast: Cast) -> None:
        form = browser.sign_in(cast.sari).get("/inbox/new")
        first, second = (form.submit("Save the topic", text="Postilaatikot") for _ in range(2))
        assert first.url == second.url
        db.session.scalars(select(Topic)).one()

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("text", "", "Write what you want to talk about."),
            ("channel", "web", "Choose from the list."),
            ("channel", "pigeon", "Choose from the list."),
            ("told_on", "31.2.2026", "There is no such day"),
            ("told_on", "1.1.2001", "today or at most a year ago"),
            ("told_on", "1.1.2099", "today or at most a year ago"),
            ("told_on", "eilen", "Write the date like this"),
            ("email", "pentti", "e-mail address"),
        ],
    )
    def test_bad_input(self, browser: Browser, cast: Cast, field: str, value: str, sentence: str) -> None:
        form = browser.sign_in(cast.sari).get("/inbox/new")
        page = form.submit("Save the topic", status=422, **{"text": "Postilaatikot", field: value})
        assert sentence in page.text
        assert db.session.scalars(select(Topic)).all() == []

    def test_another_tables_number_in_the_form_is_refused(self, browser: Browser, cast: Cast) -> None:
        page = browser.sign_in(cast.olli).get("/inbox/new")
        data: dict[str, object] = {
            "csrf_token": token_of(page),
            "text": "Postilaatikot",
            "channel": "phone",
            "table": str(cast.north),
        }
        browser.post("/inbox/new", data)
        assert db.session.scalars(select(Topic)).one().table_id == cast.south
