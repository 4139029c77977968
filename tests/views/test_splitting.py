"""A message with several matters becomes several topics, and its writer hears of all in one letter."""

import pytest
from sqlalchemy import select

from app.domain.outbox import MailState
from app.domain.splitting import MOST
from app.domain.topics import Channel, TopicAct, TopicState
from app.extensions import db
from app.models import Event, Topic, TopicStep
from tests import make
from tests.cast import Cast
from tests.mail_stage import attach, topic_by_mail
from tests.page import Browser, Page, fields_of
from tests.topic_stage import letters, one_topic, stored

SEVERAL = "Hei!\n\n1. Katuvalot puuttuvat.\n2. Bussi ei kulje lauantaisin.\n\nTerveisin Eeva"


def _topics() -> list[Topic]:
    return list(db.session.scalars(select(Topic).order_by(Topic.id)))


def _typed(page: Page) -> dict[str, object]:
    return fields_of(page.form_of("Make these topics")[0])


def test_parts_are_proposed_and_made_topics(browser: Browser, cast: Cast) -> None:
    topic_id, mail_id = topic_by_mail(cast.north, text=SEVERAL, language="sv", contact_phone="040 123 4567")
    attach(mail_id, topic_id)
    page = browser.sign_in(cast.maria).get(f"/inbox/{topic_id}").follow("Split into several topics")
    assert _typed(page)["parts-0"] == "Katuvalot puuttuvat."
    page = page.submit("Make these topics", **{"parts-1": "Bussi ei kulje."})
    first, second = _topics()
    assert (first.text, first.title) == ("Katuvalot puuttuvat.", "Katuvalot puuttuvat")
    assert (second.text, second.split_from_id, second.state) == (
        "Bussi ei kulje.",
        first.id,
        TopicState.RECEIVED,
    )
    for field in (
        "table_id",
        "language",
        "channel",
        "contact_name",
        "contact_email",
        "contact_phone",
        "created_at",
    ):
        assert getattr(first, field) == getattr(second, field)
    assert second.channel is Channel.EMAIL
    assert first.token != second.token
    assert str(second.number) in page.text
    shown = browser.get(f"/inbox/{second.id}")
    assert "kutsu.pdf" in shown.links()
    assert "Show the whole message" in shown.text


def test_the_text_as_it_was_stays_with_the_topic(browser: Browser, cast: Cast) -> None:
    topic_id, _ = topic_by_mail(cast.north, text=SEVERAL)
    browser.sign_in(cast.maria).get(f"/inbox/{topic_id}/split").submit("Make these topics")
    step = db.session.scalars(select(TopicStep)).one()
    assert (step.act, step.words, step.topic_id) == (TopicAct.SPLIT, SEVERAL, topic_id)
    assert "Made into several topics" in browser.get(f"/topics/{stored(topic_id).token}").text
    noted = db.session.scalars(select(Event).where(Event.act == "topic.split_into")).one()
    assert "Katuvalot" not in str(noted.__dict__)


def test_one_letter_tells_of_all_and_waits_to_be_sent(browser: Browser, cast: Cast) -> None:
    topic_id, _ = topic_by_mail(cast.north, text=SEVERAL)
    browser.sign_in(cast.maria).get(f"/inbox/{topic_id}/split").submit("Make these topics")
    (letter,) = letters()
    assert (letter.kind, letter.to_address, letter.state) == (
        "topic_split",
        "eeva@koivuranta.example",
        MailState.DRAFT,
    )
    for one in _topics():
        assert str(one.number) in letter.body
        assert f"/topics/{one.token}" in letter.body


def test_without_an_address_there_is_no_letter(browser: Browser, cast: Cast) -> None:
    topic_id = make.topic(cast.north, SEVERAL, contact_phone="040 123 4567").id
    page = browser.sign_in(cast.maria).get(f"/inbox/{topic_id}/split")
    assert "Call 040 123 4567." in page.text
    page = page.submit("Make these topics")
    assert "Tell the proposer yourself" in page.text
    assert (len(_topics()), letters()) == (2, [])


def test_sent_twice_it_is_split_once(browser: Browser, cast: Cast) -> None:
    topic_id, _ = topic_by_mail(cast.north, text=SEVERAL)
    page = browser.sign_in(cast.maria).get(f"/inbox/{topic_id}/split")
    page.submit("Make these topics")
    page.submit("Make these topics")
    assert len(_topics()) == 2


def test_one_more_part_is_added_and_what_was_typed_stays(browser: Browser, cast: Cast) -> None:
    topic_id, _ = topic_by_mail(cast.north, text=SEVERAL)
    page = browser.sign_in(cast.maria).get(f"/inbox/{topic_id}/split")
    page = page.submit("One more part", **{"parts-1": "Bussi ei kulje."})
    assert (_typed(page)["parts-1"], _typed(page)["parts-2"]) == ("Bussi ei kulje.", "")
    assert len(_topics()) == 1
    page.submit("Make these topics", **{"parts-2": "Uimaranta on likainen."})
    assert len(_topics()) == 3


def test_no_more_parts_than_the_most_are_offered(browser: Browser, cast: Cast) -> None:
    text = "\n".join(f"{n}. Asia numero {n}" for n in range(1, MOST))
    topic_id, _ = topic_by_mail(cast.north, text=text)
    page = browser.sign_in(cast.maria).get(f"/inbox/{topic_id}/split").submit("One more part")
    assert "One more part" not in page.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"parts-1": ""}, "Write at least two topics."),
        ({"parts-1": "ab"}, "Write what you want to talk about."),
        ({"parts-1": "Asia 131052-308T"}, "personal identity code"),
    ],
)
def test_a_part_that_cannot_be_a_topic_is_refused_and_kept(
    browser: Browser, cast: Cast, typed: dict[str, str], sentence: str
) -> None:
    topic_id, _ = topic_by_mail(cast.north, text=SEVERAL)
    page = browser.sign_in(cast.maria).get(f"/inbox/{topic_id}/split")
    page = page.submit("Make these topics", 422, **typed)
    assert sentence in page.text
    assert _typed(page)["parts-1"] == typed["parts-1"]
    assert one_topic().text == SEVERAL


def test_a_topic_that_changed_meanwhile_is_not_split(browser: Browser, cast: Cast) -> None:
    topic_id, _ = topic_by_mail(cast.north, text=SEVERAL)
    page = browser.sign_in(cast.maria).get(f"/inbox/{topic_id}/split")
    row = stored(topic_id)
    row.changed_at = make.days_ago(1)
    db.session.commit()
    page = page.submit("Make these topics", status=409)
    assert "Somebody else changed this topic meanwhile." in page.text
    page.submit("Make these topics")
    assert len(_topics()) == 2


def test_an_answered_topic_is_not_split(browser: Browser, cast: Cast) -> None:
    topic_id, _ = topic_by_mail(cast.north, text=SEVERAL, state=TopicState.ACCEPTED)
    browser.sign_in(cast.maria)
    assert "Split into several topics" not in browser.get(f"/inbox/{topic_id}").text
    browser.get(f"/inbox/{topic_id}/split", status=409)


def test_another_table_s_topic_is_not_split(browser: Browser, cast: Cast) -> None:
    topic_id, _ = topic_by_mail(cast.north, text=SEVERAL)
    browser.sign_in(cast.olli).get(f"/inbox/{topic_id}/split", status=404)
    browser.sign_in(cast.sari).get(f"/inbox/{topic_id}/split", status=403)


@pytest.mark.parametrize(
    "name", ["parts-²", "parts-" + "9" * 5000, "parts-10000", "parts-١", "partsx1", "parts-"]
)
def test_a_strange_name_of_a_field_is_no_part(browser: Browser, cast: Cast, name: str) -> None:
    topic_id, _ = topic_by_mail(cast.north, text=SEVERAL)
    page = browser.sign_in(cast.maria).get(f"/inbox/{topic_id}").follow("Split into several topics")
    answer = browser.client.post(
        f"/inbox/{topic_id}/split",
        data={**_typed(page), name: "Kolmas asia."},
        base_url="http://127.0.0.1:5000",
    )
    assert answer.status_code == 303
    assert [one.text for one in _topics()] == ["Katuvalot puuttuvat.", "Bussi ei kulje lauantaisin."]
