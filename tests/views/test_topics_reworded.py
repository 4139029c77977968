"""Eeva changes her topic by its private link; what is kept of how to reach her is never shown."""

import pytest

from app.domain.clock import utc_now
from app.domain.topics import TopicState
from app.extensions import db
from app.models import Knock, Organisation
from tests.cast import Cast
from tests.page import Browser
from tests.topic_stage import edit, letters, rewordings, send, stored, told

EDITABLE = (TopicState.RECEIVED, TopicState.ASKED)
CONTACTS = {
    "contact_name": "Eeva Kanarialintu",
    "contact_email": "kanaria@example.fi",
    "contact_phone": "050 7777777",
}
CODE = "131052-308T"


class TestChanging:
    @pytest.mark.parametrize("state", EDITABLE)
    def test_words_wish_and_village(self, browser: Browser, cast: Cast, state: TopicState) -> None:
        topic = told(cast.north, state=state, wished_minutes=5)
        page = edit(browser, topic)
        assert "Kylätie on pimeä." in page.html
        done = page.submit(
            "Save", text="Valot pois. Silta keinuu.", minutes="15", organisation=str(cast.koivuranta)
        )
        assert "Your changes are saved." in done.text
        assert "Silta keinuu." in done.text
        row = stored(topic.id)
        assert (row.text, row.title, row.wished_minutes, row.organisation_id, row.state) == (
            "Valot pois. Silta keinuu.",
            "Valot pois",
            15,
            cast.koivuranta,
            state,
        )
        assert [one.detail["fields"] for one in rewordings()] == ["text wished_minutes organisation_id"]
        assert row.steps == []
        assert letters() == []

    def test_the_wish_and_the_village_can_be_taken_back(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north, wished_minutes=20, organisation_id=cast.koivuranta, granted_minutes=10)
        edit(browser, topic).submit("Save", minutes="", organisation="")
        row = stored(topic.id)
        assert (row.wished_minutes, row.organisation_id, row.granted_minutes) == (None, None, 10)

    def test_a_title_that_the_coordinator_wrote_stays(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north, title="Kylätien valaistus")
        edit(browser, topic).submit("Save", text="Silta keinuu.")
        assert (stored(topic.id).title, stored(topic.id).text) == ("Kylätien valaistus", "Silta keinuu.")

    def test_saved_as_it_was_changes_nothing(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north, organisation_id=cast.koivuranta, wished_minutes=45, **CONTACTS)
        page = edit(browser, topic)
        assert "45 minutes" in page.text  # a wish that is not on the list of today
        page.submit("Save")
        row = stored(topic.id)
        assert (row.changed_at, row.wished_minutes, rewordings()) == (topic.changed_at, 45, [])

    def test_a_village_of_former_days_stays_and_no_other_such_is_taken(
        self, browser: Browser, cast: Cast
    ) -> None:
        for one in (cast.koivuranta, cast.rantala):
            db.session.get_one(Organisation, one).archived_at = utc_now()
        topic = told(cast.north, organisation_id=cast.koivuranta)
        edit(browser, topic).submit("Save", text="Silta keinuu.")
        assert stored(topic.id).organisation_id == cast.koivuranta
        page = edit(browser, topic).submit("Save", status=422, organisation=str(cast.rantala))
        assert "Choose from the list." in page.text

    def test_pressed_twice_is_done_once(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north)
        page = edit(browser, topic)
        for _ in range(2):
            assert "Your changes are saved." in page.submit("Save", text="Silta keinuu.").text
        assert len(rewordings()) == 1

    def test_looking_changes_nothing_and_is_never_found_by_searching(
        self, browser: Browser, cast: Cast
    ) -> None:
        topic = told(cast.north)
        answer = browser.raw(f"/topics/{topic.token}/edit")
        assert 'content="noindex, nofollow"' in answer.text
        assert (answer.headers["Cache-Control"], answer.headers["Referrer-Policy"]) == (
            "no-store",
            "no-referrer",
        )
        assert stored(topic.id).changed_at == topic.changed_at

    @pytest.mark.parametrize("token", ["x" * 24, "a" * 65, "1"])
    def test_a_guessed_address_opens_nothing(self, browser: Browser, cast: Cast, token: str) -> None:
        told(cast.north)
        assert browser.raw(f"/topics/{token}/edit").status_code == 404
        send(browser, {"text": "Silta keinuu."}, f"/topics/{token}/edit", status=404)


class TestWhatIsTyped:
    @pytest.mark.parametrize(
        ("field", "typed", "said"),
        [
            ("text", " ", "Write what you want to talk about."),
            ("text", "ab", "Write what you want to talk about."),
            ("text", "b" * 4001, "too long"),
            ("text", f"Olen {CODE}, asun täällä.", "personal identity code"),
            ("name", f"Eeva {CODE}", "personal identity code"),
            ("phone", "soita", "Check the phone number."),
            ("email", "eeva(at)koivuranta", "Check the e-mail address."),
            ("minutes", "-5", "Choose from the list."),
            ("organisation", "999999", "Choose from the list."),
        ],
    )
    def test_is_refused_at_its_field_and_kept(
        self, browser: Browser, cast: Cast, field: str, typed: str, said: str
    ) -> None:
        topic = told(cast.north, "Vanhat sanat.", **CONTACTS)
        fields = {"text": "Uudet sanat.", "name": "Uusi Nimi"} | {field: typed}
        page = edit(browser, topic).submit("Save", status=422, **fields)
        assert page.title.startswith("Error:")
        (error,) = page.all("p", id=f"{field}-error") or page.all("div", id=f"{field}-error")
        assert said in "".join(error.itertext())
        if typed.strip() and field not in ("minutes", "organisation"):
            assert typed in page.html
        if field != "text":
            assert "Uudet sanat." in page.html
        assert stored(topic.id).text == "Vanhat sanat."
        assert rewordings() == []

    def test_a_mistake_first_still_notices_what_changed_meanwhile(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north)
        page = edit(browser, topic)
        edit(browser, topic).submit("Save", text="Toinen ikkuna.")
        page = page.submit("Save", status=422, text=f"Olen {CODE}.")
        page.submit("Save", status=409, text="Ensimmäinen ikkuna.")
        assert stored(topic.id).text == "Toinen ikkuna."

    def test_twenty_changes_an_hour_from_one_network(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north)
        browser.client.environ_base["REMOTE_ADDR"] = "198.51.100.7"
        for count in range(20):
            edit(browser, topic).submit("Save", email=f"eeva{count}@example.fi")
        last = edit(browser, topic).submit("Save", status=429, email="viimeinen@example.fi")
        assert "too many tries" in last.text
        assert "viimeinen@example.fi" in last.html
        assert (len(letters()), db.session.query(Knock).filter_by(door="reword").count()) == (20, 20)


class TestContacts:
    def test_what_is_kept_is_said_and_never_shown(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north, **CONTACTS)
        page = edit(browser, topic)
        for canary in ("Kanarialintu", "kanaria", "7777777"):
            assert canary not in page.html
        for said in ("A name is kept.", "An e-mail address is kept.", "A phone number is kept."):
            assert said in page.text
        refused = page.submit("Save", status=422, text="", email="uusi@example.fi")
        assert "uusi@example.fi" in refused.html  # what she has just typed is hers to mend
        assert "kanaria" not in refused.html

    def test_nothing_kept_asks_as_the_first_form_does(self, browser: Browser, cast: Cast) -> None:
        page = edit(browser, told(cast.north))
        assert "is kept" not in page.text
        assert "Another" not in page.text

    def test_left_empty_they_stay(self, browser: Browser, cast: Cast) -> None:
        topic = told(cast.north, **CONTACTS)
        edit(browser, topic).submit("Save", text="Silta keinuu.")
        row = stored(topic.id)
        assert {name: getattr(row, name) for name in CONTACTS} == CONTACTS
        assert letters() == []

    def test_a_new_address_gets_the_link_once_and_the_log_keeps_no_address(
        self, browser: Browser, cast: Cast
    ) -> None:
        topic = told(cast.north, language="sv")
        for typed in ("EEVA@Example.fi", "toinen@example.fi", "eeva@example.fi"):
            done = edit(browser, topic).submit("Save", email=typed, phone="040 555 0101", name="Eeva A")
            assert "example.fi" not in done.html
            assert "555" not in done.html
        row = stored(topic.id)
        assert (row.contact_email, row.contact_phone, row.contact_name) == (
            "eeva@example.fi",
            "040 555 0101",
            "Eeva A",
        )
        assert [(one.to_address, one.language, one.kind) for one in letters()] == [
            ("eeva@example.fi", "sv", "topic_received"),
            ("toinen@example.fi", "sv", "topic_received"),
        ]
        assert topic.token in letters()[0].body
        assert [one.detail["fields"] for one in rewordings()] == [
            "contact_name contact_email contact_phone",
            "contact_email",
            "contact_email",
        ]
