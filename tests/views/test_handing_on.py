"""A topic that does not wait for a meeting: handed on, answered by the body, read by its proposer."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.clock import today, utc_now
from app.domain.topics import TopicState
from app.extensions import db
from app.models import Event, Organisation, OutgoingMail, Statement, Topic
from tests import make
from tests.cast import Cast
from tests.page import Browser, Page
from tests.statement_stage import CONTACT, days_pass, with_email
from tests.topic_stage import letters, stored, told

EMAIL = "kirjaamo@hyvinvointialue.example"
TEXT = "Terveysaseman ovi ei aukea rollaattorilla. T. Eeva Koski 040 765 4321"
REASON = "Ovi on hyvinvointialueen. Se voi korjata sen heti."
TICK = "The proposer has agreed that her contact details are passed on"


def hand_on(browser: Browser, topic_id: int, body: int, status: int = 200, **typed: object) -> Page:
    page = browser.get(f"/inbox/{topic_id}/hand-on")
    return page.submit("Hand the topic on", status, organisation=str(body), **{"reason": REASON, **typed})


def handed(cast: Cast, app: Flask, **typed: object) -> tuple[Browser, Topic, str]:
    """A topic handed on to the wellbeing services county: browser, topic, the body's link."""
    with_email(cast.county, EMAIL)
    topic = told(cast.north, TEXT, **CONTACT)
    browser = Browser(app).sign_in(cast.maria)
    hand_on(browser, topic.id, cast.county, **typed)
    return browser, topic, link()


def link() -> str:
    db.session.rollback()
    newest = select(Statement.token).order_by(Statement.id.desc()).limit(1)
    return f"/statements/{db.session.scalar(newest)}"


def letter(kind: str) -> OutgoingMail:
    db.session.rollback()
    return next(one for one in reversed(letters()) if one.kind == kind)


def test_a_topic_is_handed_on_and_everybody_is_told(cast: Cast, app: Flask) -> None:
    browser, topic, _ = handed(cast, app)
    row = stored(topic.id)
    assert (row.state, row.addressee_id) == (TopicState.HANDED_ON, cast.county)
    to_body, to_proposer = letter("topic_handed_on"), letter("topic_handed_on_told")
    assert (to_body.to_address, to_proposer.to_address) == (EMAIL, "eeva@koivuranta.example")
    assert "Järvi-Suomen hyvinvointialue" in to_proposer.body
    assert REASON.split(". ")[0] in to_proposer.body
    assert REASON.split(". ")[0] not in to_body.body
    page = browser.get(f"/inbox/{topic.id}")
    assert "The topic was handed on to this body." in page.text
    assert "Take to the table" in page.links()
    assert "This does not wait for a meeting" not in page.links()


def test_the_proposer_follows_it_on_her_own_page_until_the_answer_is_there(cast: Cast, app: Flask) -> None:
    browser, topic, answer_page = handed(cast, app)
    own = Browser(app).get(f"/topics/{topic.token}")
    assert "Handed on – Now" in own.text
    assert "Järvi-Suomen hyvinvointialue" in own.text
    assert REASON in own.text
    assert "You get an answer" in own.text
    body = Browser(app).get(answer_page)
    assert "The proposer reads your answer and your name." in body.text
    body.submit(
        "Send the answer", text="Ovi korjataan tällä viikolla.", name="Anna Virta, kiinteistöpäällikkö"
    )
    own = Browser(app).get(f"/topics/{topic.token}")
    assert "Ovi korjataan tällä viikolla." in own.text
    assert "Anna Virta" in own.text
    assert "You get an answer" not in own.text
    assert "Ended" not in own.text
    told_her, told_maria = letter("topic_body_answered"), letter("statement_answered")
    assert told_her.to_address == "eeva@koivuranta.example"
    assert "Ovi korjataan tällä viikolla." in told_her.body
    assert told_maria.to_address == cast.maria
    assert "omalta sivultaan" in told_maria.body
    assert stored(topic.id).state is TopicState.HANDED_ON
    assert "You have an answer" in browser.get(f"/inbox/{topic.id}").text


def test_a_corrected_answer_replaces_the_letter_that_had_not_left(cast: Cast, app: Flask) -> None:
    _, topic, answer_page = handed(cast, app)
    page = Browser(app).get(answer_page).submit("Send the answer", text="Huomenna.", name="Anna")
    page.submit("Save the correction", text="Ylihuomenna.", name="Anna")
    assert [one.body.count("Ylihuomenna.") for one in letters() if one.kind == "topic_body_answered"] == [1]
    own = Browser(app).get(f"/topics/{topic.token}")
    assert "Ylihuomenna." in own.text
    assert "Huomenna." not in own.text


@pytest.mark.parametrize("agreed", [False, True])
def test_contact_details_go_along_only_where_the_proposer_agreed(
    cast: Cast, app: Flask, agreed: bool
) -> None:
    _, _, answer_page = handed(cast, app, **({"agreed": "y"} if agreed else {}))
    body = letter("topic_handed_on").body
    for secret in ("Eeva Koski", "040 765 4321", "eeva@koivuranta.example"):
        assert (secret in body) is agreed
        assert secret not in Browser(app).get(answer_page).html
    said = {False: "Emme kertoneet nimeäsi", True: "Kerroimme yhteystietosi"}
    assert said[agreed] in letter("topic_handed_on_told").body
    event = db.session.scalars(select(Event).where(Event.act == "statement.hand_on")).one()
    assert event.detail["contact_given"] is agreed


def test_a_reminder_never_carries_contact_details(cast: Cast, app: Flask) -> None:
    browser, topic, _ = handed(cast, app, agreed="y")
    days_pass(2)
    browser.get(f"/inbox/{topic.id}").submit("Remind: Järvi-Suomen hyvinvointialue")
    body = letter("statement_reminder").body
    assert "ehdottaja odottaa" in body
    assert not any(secret in body for secret in ("Eeva", "765 4321", "koivuranta.example"))


def test_the_tick_is_off_at_first_and_absent_where_there_is_nothing_to_pass_on(
    cast: Cast, app: Flask
) -> None:
    browser = Browser(app).sign_in(cast.maria)
    page = browser.get(f"/inbox/{told(cast.north, TEXT, **CONTACT).id}/hand-on")
    assert TICK in page.text
    assert page.all("input", id="agreed")[0].get("checked") is None
    assert TICK not in browser.get(f"/inbox/{told(cast.north).id}/hand-on").text


def test_nothing_is_given_where_no_letter_goes_to_the_body(cast: Cast, app: Flask) -> None:
    topic = told(cast.north, TEXT, **CONTACT)
    page = hand_on(Browser(app).sign_in(cast.maria), topic.id, cast.county, agreed="y")
    assert "This body has no e-mail address. Give this link to it:" in page.text
    assert "Emme kertoneet nimeäsi" in letter("topic_handed_on_told").body
    event = db.session.scalars(select(Event).where(Event.act == "statement.hand_on")).one()
    assert event.detail["contact_given"] is False


def test_everybody_who_follows_a_joined_topic_is_told_in_her_own_language(cast: Cast, app: Flask) -> None:
    with_email(cast.technical, EMAIL)
    main = told(cast.north, TEXT, **CONTACT)
    told(
        cast.north,
        "Dörren går inte upp.",
        state=TopicState.MERGED,
        merged_into_id=main.id,
        contact_email="stina@koivuranta.example",
        language="sv",
    )
    hand_on(Browser(app).sign_in(cast.maria), main.id, cast.technical, agreed="y")
    told_to = {one.to_address: one for one in letters() if one.kind == "topic_handed_on_told"}
    assert {email: one.language for email, one in told_to.items()} == {
        "eeva@koivuranta.example": "fi",
        "stina@koivuranta.example": "sv",
    }
    assert "Tekniska sektorn" in told_to["stina@koivuranta.example"].body
    assert "varken ditt namn" in told_to["stina@koivuranta.example"].body  # only Eeva's were given
    Browser(app).get(link()).submit("Send the answer", text="Korjataan.", name="Pekka")
    answered = {one.to_address for one in letters() if one.kind == "topic_body_answered"}
    assert answered == set(told_to)


def test_the_coordinator_takes_it_to_the_table_after_all(cast: Cast, app: Flask) -> None:
    browser, topic, answer_page = handed(cast, app)
    open_page = Browser(app).get(answer_page)
    browser.get(f"/inbox/{topic.id}/accept").submit("Take to the table")
    assert stored(topic.id).state is TopicState.ACCEPTED
    assert "comes to the partnership table after all" in Browser(app).get(answer_page).text
    open_page.submit("Send the answer", text="Korjataan.", name="Anna")
    assert "topic_body_answered" not in [one.kind for one in letters()]  # it is for the table now
    assert "Korjataan." not in Browser(app).get(f"/topics/{topic.token}").text
    assert "Korjataan." in browser.get(f"/inbox/{topic.id}").text


def test_a_topic_handed_on_anew_is_answered_by_the_new_body_alone(cast: Cast, app: Flask) -> None:
    browser, topic, first = handed(cast, app)
    browser.get(f"/inbox/{topic.id}/accept").submit("Take to the table")
    with_email(cast.technical, "tekninen@lehmijarvi.example")
    hand_on(browser, topic.id, cast.technical)
    assert "This answer is no longer needed." in Browser(app).get(first).text
    Browser(app).get(first).submit("Send the answer", text="Vanha vastaus.", name="Anna")
    assert "Vanha vastaus." not in Browser(app).get(f"/topics/{topic.token}").text
    Browser(app).get(link()).submit("Send the answer", text="Uusi vastaus.", name="Pekka")
    assert "Uusi vastaus." in Browser(app).get(f"/topics/{topic.token}").text


def test_what_the_body_told_by_phone_reaches_the_proposer(cast: Cast, app: Flask) -> None:
    browser, topic, _ = handed(cast, app)
    row = db.session.scalars(select(Statement)).one()
    page = browser.get(f"/inbox/{topic.id}/statements/{row.id}/answer")
    assert "The proposer reads this answer as it is" in page.text
    page.submit("Save the answer", text="Ovi on jo korjattu.", name="Anna Virta puhelimessa")
    assert "Ovi on jo korjattu." in letter("topic_body_answered").body


def test_a_proposer_without_an_address_is_told_by_phone(cast: Cast, app: Flask) -> None:
    with_email(cast.county, EMAIL)
    topic = told(cast.north, TEXT, contact_phone="040 765 4321")
    page = hand_on(Browser(app).sign_in(cast.maria), topic.id, cast.county)
    assert "Tell the proposer yourself" in page.text
    assert "040 765 4321" in page.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reason": ""}, "Write a sentence that the proposer can read."),
        ({"words": ""}, "Write what you want to ask."),
        ({"due_on": "1.1.2020"}, "The day has gone already."),
        ({"organisation": ""}, "Choose from the list."),
    ],
)
def test_what_must_be_there(cast: Cast, app: Flask, typed: dict[str, object], sentence: str) -> None:
    topic = told(cast.north, TEXT, **CONTACT)
    browser = Browser(app).sign_in(cast.maria)
    data = {"organisation": str(cast.county), "reason": REASON, **typed}
    page = browser.get(f"/inbox/{topic.id}/hand-on").submit("Hand the topic on", 422, **data)
    assert sentence in page.text
    assert stored(topic.id).state is TopicState.RECEIVED
    assert letters() == []


def test_the_same_press_twice_hands_on_once(cast: Cast, app: Flask) -> None:
    with_email(cast.county, EMAIL)
    topic = told(cast.north, TEXT, **CONTACT)
    page = Browser(app).sign_in(cast.maria).get(f"/inbox/{topic.id}/hand-on")
    for _ in range(2):
        page.submit("Hand the topic on", organisation=str(cast.county), reason=REASON)
    kinds = [one.kind for one in letters()]
    assert sorted(kinds) == ["topic_handed_on", "topic_handed_on_told"]


def test_a_topic_that_moved_on_or_a_body_that_was_archived_meanwhile(cast: Cast, app: Flask) -> None:
    topic = told(cast.north, TEXT, **CONTACT)
    browser = Browser(app).sign_in(cast.maria)
    page = browser.get(f"/inbox/{topic.id}/hand-on")
    db.session.get_one(Organisation, cast.county).archived_at = utc_now()
    db.session.commit()
    refused = page.submit("Hand the topic on", 422, organisation=str(cast.county), reason=REASON)
    assert REASON in refused.all("textarea", id="reason")[0].text
    row = stored(topic.id)
    row.state, row.changed_at = TopicState.WITHDRAWN, utc_now()
    db.session.commit()
    refused = page.submit("Hand the topic on", 409, organisation=str(cast.technical), reason=REASON)
    assert REASON in refused.all("textarea", id="reason")[0].text
    browser.get(f"/inbox/{topic.id}/hand-on", 409)
    assert letters() == []


def test_a_topic_on_an_agenda_is_not_handed_on(cast: Cast, app: Flask) -> None:
    topic = told(cast.north, TEXT, state=TopicState.ON_AGENDA)
    make.item(make.meeting(cast.north, today() + timedelta(days=9)), about=stored(topic.id))
    browser = Browser(app).sign_in(cast.maria)
    browser.get(f"/inbox/{topic.id}/hand-on", 409)
    assert "This does not wait for a meeting" not in browser.get(f"/inbox/{topic.id}").links()
