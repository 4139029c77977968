"""Drafts in the outbox: one press for one occasion, and the press says how many letters leave."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.domain.clock import utc_now
from app.domain.letter_choices import LetterGroup, Rhythm
from app.domain.outbox import STOPPED, MailState
from app.extensions import db
from app.models import Event, Municipality, OutgoingMail, Person
from app.services import drafts, letter_choices
from tests import make
from tests.cast import Cast
from tests.outbox_stage import store
from tests.page import Browser, Page


def row(letter_id: int) -> OutgoingMail:
    db.session.rollback()
    return db.session.get_one(OutgoingMail, letter_id)


def states(*ids: int) -> list[MailState]:
    return [row(one).state for one in ids]


def agenda_letters(cast: Cast, number: int = 14) -> list[int]:
    """A release of one meeting in the north, with so many letters."""
    meeting = make.meeting(cast.north)
    return [
        store(one, kind="agenda_published", meeting_id=meeting.id, batch=f"release:{meeting.id}:1")
        for one in range(number)
    ]


def ticked(page: Page, *ids: int) -> list[str]:
    """What a browser sends of these letters alone."""
    values = [one.get("value", "") for one in page.all("input", name="letters")]
    return [one for one in values if int(one.split(":")[0]) in ids]


def test_maria_sends_an_agenda_with_one_press_that_says_how_many(browser: Browser, cast: Cast) -> None:
    letters = agenda_letters(cast)
    other = store(90, kind="topic_accepted")
    page = browser.sign_in(cast.maria).get("/outbox")
    headings = [" ".join("".join(one.itertext()).replace("\u00ad", "").split()) for one in page.all("h2")]
    assert "Agenda 12 February 2027, Pohjoinen lähikumppanuuspöytä: 14 letters" in headings
    assert "Answers to topics: 1 letter" in headings
    page = page.submit("Send 14 letters", letters=ticked(page, *letters))
    assert "14 letters leave now." in page.text
    assert set(states(*letters)) == {MailState.QUEUED}
    assert states(other) == [MailState.DRAFT]
    assert row(letters[0]).approved_at is not None
    assert db.session.scalar(select(func.count()).where(Event.act == "letter.send")) == 14
    assert "Outbox (1)" in page.text


def test_a_double_press_sends_once(browser: Browser, cast: Cast) -> None:
    letters = agenda_letters(cast, 3)
    page = browser.sign_in(cast.maria).get("/outbox")
    for _ in range(2):
        assert "3 letters leave now." in page.submit("Send 3 letters", letters=ticked(page, *letters)).text
    assert db.session.scalar(select(func.count()).where(Event.act == "letter.send")) == 3


def test_choosing_some_the_button_counts_anew_before_anything_leaves(browser: Browser, cast: Cast) -> None:
    letters = agenda_letters(cast, 4)
    page = browser.sign_in(cast.maria).get("/outbox")
    page = page.submit("Send 4 letters", 409, letters=ticked(page, *letters[:2]))
    assert "Check it on the button and press." in page.text
    assert set(states(*letters)) == {MailState.DRAFT}
    page = page.submit("Send 2 letters", letters=ticked(page, *letters[:2]))
    assert states(*letters) == [MailState.QUEUED] * 2 + [MailState.DRAFT] * 2


def test_nothing_leaves_where_one_letter_was_mended_or_sent_meanwhile(browser: Browser, cast: Cast) -> None:
    mended, sent, same = agenda_letters(cast, 3)
    page = browser.sign_in(cast.maria).get("/outbox")
    drafts.mend(make.visitor(cast.maria), mended, "Asialista korjattu", "Hei!", 1)
    drafts.send(make.visitor(cast.maria), {sent: 1})
    page = page.submit("Send 3 letters", 409, letters=ticked(page, mended, sent, same))
    assert "Some of these letters have changed meanwhile. Nothing was sent." in page.text
    assert "Asialista korjattu to person0@x.example: another text" in page.text
    assert "Muistio 1 to person1@x.example: Waiting to be sent" in page.text
    assert states(mended, sent, same) == [MailState.DRAFT, MailState.QUEUED, MailState.DRAFT]
    page.submit("Send 2 letters", letters=ticked(page, mended, same))
    assert states(mended, same) == [MailState.QUEUED] * 2


def test_nothing_leaves_where_a_letter_was_taken_back_with_its_act(browser: Browser, cast: Cast) -> None:
    gone, same = agenda_letters(cast, 2)
    page = browser.sign_in(cast.maria).get("/outbox")
    db.session.delete(row(gone))
    db.session.commit()
    page.submit("Send 2 letters", 409, letters=[f"{gone}:1", f"{same}:1"])
    assert states(same) == [MailState.DRAFT]


def test_a_press_without_any_letter_says_so(browser: Browser, cast: Cast) -> None:
    letters = agenda_letters(cast, 2)
    page = browser.sign_in(cast.maria).get("/outbox")
    for nothing in ([], ["x"], ["0:1"], ["1:1:1"], ["²:1"]):
        assert "Choose at least one letter." in page.submit("Send 2 letters", 422, letters=nothing).text
    assert set(states(*letters)) == {MailState.DRAFT}


def test_all_drafts_leave_after_a_page_that_counts_them(browser: Browser, cast: Cast) -> None:
    letters = [*agenda_letters(cast, 3), store(90, kind="topic_accepted")]
    page = browser.sign_in(cast.maria).get("/outbox").follow("Send all drafts")
    assert "4 letters leave when you press." in page.text
    assert "Pohjoinen lähikumppanuuspöytä: 3 letters" in page.text
    late = store(91, kind="topic_accepted")
    page = page.submit("Send 4 letters", 409)
    assert set(states(*letters, late)) == {MailState.DRAFT}
    page.submit("Send 5 letters")
    assert set(states(*letters, late)) == {MailState.QUEUED}
    assert "No letters wait for you." in browser.get("/outbox/send-all").text


def test_all_drafts_pressed_twice_leave_once_with_the_same_answer(browser: Browser, cast: Cast) -> None:
    letters = agenda_letters(cast, 2)
    page = browser.sign_in(cast.maria).get("/outbox/send-all")
    for _ in range(2):
        assert "2 letters leave now." in page.submit("Send 2 letters").text
    assert set(states(*letters)) == {MailState.QUEUED}
    assert db.session.scalar(select(func.count()).where(Event.act == "letter.send")) == 2


def test_a_letter_that_does_not_hold_stays_and_the_answer_says_so(browser: Browser, cast: Cast) -> None:
    letter = store(1, kind="follow_up_given", to=cast.timo)
    page = browser.sign_in(cast.maria).get("/outbox")
    person = db.session.scalars(select(Person).where(Person.email == cast.timo)).one()
    person.deactivated_at = utc_now()
    db.session.commit()
    page = page.submit("Send 1 letter")
    assert "1 letter is not sent, as it does not hold any more." in page.text
    assert "leaves now" not in page.text
    page = browser.get(f"/outbox/{letter}")
    assert "The reader is not here any more." in page.text
    assert "Try again now" not in page.text


def test_olli_sees_and_sends_the_drafts_of_his_table_alone(browser: Browser, cast: Cast) -> None:
    his, hers = store(1, table_id=cast.south), store(2, table_id=cast.north)
    page = browser.sign_in(cast.olli).get("/outbox")
    assert "Outbox (1)" in page.text
    assert "person2@x.example" not in page.text
    page.submit("Send 1 letter", 404, letters=[f"{hers}:1"])
    browser.get("/outbox/send-all").submit("Send 1 letter")
    assert states(his, hers) == [MailState.QUEUED, MailState.DRAFT]


def test_letters_beyond_a_page_are_said(browser: Browser, cast: Cast) -> None:
    meeting = make.meeting(cast.north)
    for number in range(drafts.ON_A_PAGE + 2):
        store(number, kind="agenda_published", meeting_id=meeting.id)
    page = browser.sign_in(cast.maria).get("/outbox")
    assert f"{drafts.ON_A_PAGE + 2} letters {drafts.ON_A_PAGE} of them are on this page." in page.text
    assert "Outbox (99+)" in page.text
    assert "Send 2 letters" in page.follow("Next page").text


# Where a letter goes that may leave


@pytest.mark.parametrize(
    ("unwanted", "rhythm", "kind", "state"),
    [
        ((), Rhythm.AT_ONCE, "memo_published", MailState.QUEUED),
        ((LetterGroup.MEMOS,), Rhythm.AT_ONCE, "memo_published", MailState.SKIPPED),
        ((LetterGroup.MEMOS,), Rhythm.AT_ONCE, "meeting_cancelled", MailState.QUEUED),
        ((), Rhythm.DAILY, "memo_published", MailState.GATHERED),
        ((), Rhythm.DAILY, "agenda_published", MailState.QUEUED),
    ],
)
def test_each_reader_gets_what_she_wants(
    cast: Cast, unwanted: tuple[LetterGroup, ...], rhythm: Rhythm, kind: str, state: MailState
) -> None:
    letter = store(1, kind=kind, to="Eeva@koivuranta.example")
    choice = letter_choices.choice_of("eeva@koivuranta.example")
    choice.unwanted, choice.rhythm = " ".join(unwanted), rhythm
    db.session.commit()
    drafts.send(make.visitor(cast.maria), {letter: 1}, 1)
    assert states(letter) == [state]


def test_a_change_waits_for_the_next_change_and_everything_else_leaves_now(cast: Cast) -> None:
    changed, other = store(1, kind="agenda_changed"), store(2, kind="agenda_published")
    db.session.get_one(Municipality, 1).fold_minutes = 7
    db.session.commit()
    now = utc_now()
    drafts.send(make.visitor(cast.maria), {changed: 1, other: 1}, 2, now=now)
    assert row(changed).due_at == now + timedelta(minutes=7)
    assert row(other).due_at == now


# One letter


def test_maria_mends_a_letter_and_sends_it(browser: Browser, cast: Cast) -> None:
    letter = store(1, calendar="BEGIN:VCALENDAR\r\n", calendar_method="REQUEST")
    page = browser.sign_in(cast.maria).get(f"/outbox/{letter}").follow("Edit")
    page = page.submit("Save", subject="Muistio: korjattu", text="Hei!\r\n\r\nKahvia on.")
    assert "The letter is saved." in page.text
    assert (row(letter).subject, row(letter).body, row(letter).revision) == (
        "Muistio: korjattu",
        "Hei!\n\nKahvia on.\n",
        2,
    )
    assert row(letter).calendar == "BEGIN:VCALENDAR\r\n"
    assert "1 letter leaves now." in page.submit("Send 1 letter").text
    assert states(letter) == [MailState.QUEUED]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"subject": ""}, "Write a subject."),
        ({"text": " "}, "Write the letter."),
        ({"subject": "x" * 151}, "The text is too long"),
        ({"text": "x" * 10_001}, "The text is too long"),
        ({"text": "Tunnus 131052-308T"}, "personal identity code"),
        ({"subject": "131052-308T"}, "personal identity code"),
    ],
)
def test_what_cannot_be_a_letter_is_said_at_its_field(
    browser: Browser, cast: Cast, typed: dict[str, str], says: str
) -> None:
    letter = store(1)
    page = browser.sign_in(cast.maria).get(f"/outbox/{letter}/edit").submit("Save", 422, **typed)
    assert says in page.text
    assert row(letter).revision == 1


def test_two_texts_of_one_letter_are_both_kept(browser: Browser, cast: Cast) -> None:
    letter = store(1)
    page = browser.sign_in(cast.maria).get(f"/outbox/{letter}/edit")
    drafts.mend(make.visitor(cast.maria), letter, "Toisen otsikko", "Toisen teksti.", 1)
    page = page.submit("Save", 409, text="Minun tekstini.")
    assert "Toisen teksti." in page.text
    assert page.all("textarea", name="text")[0].text == "Minun tekstini."
    page.submit("Save my text")
    assert row(letter).body == "Minun tekstini.\n"


def test_a_title_in_a_letter_is_text_and_only_our_own_page_a_link(browser: Browser, cast: Cast) -> None:
    evil = "[x](http://paha.example) <a href='http://paha.example'>x</a> http://paha.example"
    letter = store(1, body=f"Hei!\n\nAihe: {evil}\n\nhttp://127.0.0.1:5000/meetings/1\n")
    page = browser.sign_in(cast.maria).get(f"/outbox/{letter}")
    assert evil in page.text
    assert "http://127.0.0.1:5000/meetings/1" in page.links()
    assert not [one for one in page.links().values() if "paha" in one]


def test_what_maria_stopped_is_not_among_what_failed(browser: Browser, cast: Cast) -> None:
    store(1, MailState.PARKED, last_answer=STOPPED)
    page = browser.sign_in(cast.maria).get("/outbox")
    assert "Could not be sent (0)" in page.text
    assert "Not sent (1)" in page.text


def test_the_menu_counts_drafts_for_coordinators_alone(browser: Browser, cast: Cast) -> None:
    store(1, table_id=cast.north)
    assert "Outbox (1)" in browser.sign_in(cast.maria).get("/inbox").text
    assert "Outbox" not in browser.sign_in(cast.timo).get("/inbox").text
    assert "Outbox (" not in browser.sign_in(cast.olli).get("/inbox").text


def test_an_answer_says_at_once_that_its_letter_waits(browser: Browser, cast: Cast) -> None:
    topic = make.topic(cast.north, contact_email="eeva@koivuranta.example").id
    form = browser.sign_in(cast.maria).get(f"/inbox/{topic}/ask")
    page = form.submit("Ask for more", reason="Missä kohtaa?")
    assert "1 letter waits for you in the outbox." in page.text
    assert "waits for you" not in browser.get(f"/inbox/{topic}").text
    assert "eeva@koivuranta.example" in page.follow("Outbox (1)").text
