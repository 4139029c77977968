"""Agendas published in a browser, published again, and cancelled: who gets which letter."""

from sqlalchemy import func, select

from app.domain.meetings import MeetingState
from app.domain.topics import TopicState
from app.extensions import db
from app.models import Invitation, OutgoingMail, PartnershipTable, Topic
from tests import make
from tests.cast import Cast
from tests.letter_stage import send
from tests.page import Browser, words
from tests.views.meeting_stage import SOON, letters, only_meeting, ready

# Publishing


def test_publishing_tells_what_will_happen_and_then_does_it(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/publish")
    assert "Invitation with the whole agenda 5 people" in page.text
    assert "Their topic is on the agenda 1 proposer" in page.text
    assert "1 has no e-mail address: Koivurannan kyläyhdistys." in page.text
    assert "6 letters are written when you press the button. They wait in the outbox" in page.text
    page = page.submit("Publish the agenda")
    assert "The agenda is published. 6 letters wait in the outbox until you send them." in page.text
    row = only_meeting()
    assert (row.state, row.sequence) == (MeetingState.PUBLISHED, 0)
    assert row.published_at is not None
    told = letters()
    assert sorted(to for kind, to in told if kind == "agenda_published") == sorted(
        [cast.maria, cast.timo, cast.sari, cast.kaisa, cast.aino]  # Pekka is asked to own items only
    )
    assert [to for kind, to in told if kind == "topic_on_agenda"] == ["eeva@example.org"]
    assert db.session.scalar(select(func.count(Invitation.id))) == 7  # five people, one association, Eeva
    letter = db.session.scalars(select(OutgoingMail).where(OutgoingMail.kind == "agenda_published")).first()
    assert letter is not None
    assert "18.05 Kylätien valaistus on pimeä" in letter.body
    assert f"/meetings/{meeting}.ics" in letter.body


def test_whom_no_letter_reaches_is_told_by_what_they_are(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast)
    for title in ("Uimaranta", "Koulutie"):
        by_phone = make.topic(
            cast.north,
            title,
            state=TopicState.ON_AGENDA,
            contact_name="Aino Mäkelä",  # who is invited and gets her letter
            contact_email=None,
            contact_phone="040 765 4321",
        )
        make.item(only_meeting(), about=by_phone)
    numbers = [str(one.number) for one in db.session.scalars(select(Topic).order_by(Topic.id))][-2:]
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/publish")
    assert "1 has no e-mail address: Koivurannan kyläyhdistys." in page.text
    assert f"The proposers of 2 topics left no e-mail address: {', '.join(numbers)}." in page.text
    assert "Aino Mäkelä" not in page.text
    assert "040 765 4321" in page.follow(numbers[0]).text


def test_titles_without_swedish_are_one_finding(cast: Cast, browser: Browser) -> None:
    db.session.get_one(PartnershipTable, cast.north).languages = "fi sv"
    db.session.commit()
    meeting = ready(cast)
    for title in ("Uimaranta", "Koulutie", "Silta"):
        make.item(only_meeting(), title, presenter="Maria")
    swedish = make.topic(cast.north, "Badstranden", state=TopicState.ON_AGENDA, language="sv")
    make.item(only_meeting(), about=swedish)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/publish")
    said = [words(one) for one in page.all("p") if "Swedish" in words(one)]
    first, second = (one.title for one in only_meeting().items[:2])
    assert said[0] == f"No Swedish title: {first}; {second}; Uimaranta and 2 more."
    assert len([one for one in said if one.startswith("No Swedish")]) == 1


def test_a_double_press_publishes_once(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/publish")
    for _ in range(2):
        page.submit("Publish the agenda")
    assert len(letters()) == 6
    assert only_meeting().sequence == 0


def test_another_time_is_told_to_everybody_with_a_higher_sequence(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast)
    browser.sign_in(cast.maria).get(f"/meetings/{meeting}/publish").submit("Publish the agenda")
    send()
    page = browser.get(f"/meetings/{meeting}")
    assert "You have changed this meeting" not in page.text
    page = browser.get(f"/meetings/{meeting}/details").submit("Save the details", starts="17.30")
    assert "The details are saved." in page.text
    assert "You have changed this meeting" in browser.get(f"/meetings/{meeting}").text
    assert only_meeting().sequence == 1
    page = browser.get(f"/meetings/{meeting}/publish")
    assert "When or where has changed 5 people, 1 proposer" in page.text
    assert "The time: 17:30–19:00, earlier 18:00–19:30." in page.text
    page.submit("Publish the changes")
    assert only_meeting().sequence == 1  # the release alone moves nothing in a calendar
    assert [kind for kind, _ in letters()[6:]] == ["agenda_changed"] * 6
    assert db.session.scalar(select(func.count(Invitation.id))) == 7
    assert "You have changed this meeting" not in browser.get(f"/meetings/{meeting}").text


def test_nothing_new_is_said_and_nobody_is_told(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast)
    browser.sign_in(cast.maria).get(f"/meetings/{meeting}/publish").submit("Publish the agenda")
    send()
    page = browser.get(f"/meetings/{meeting}/publish")
    assert "Nothing has changed since release 1." in page.text
    assert "Nobody: nothing has changed that concerns anybody who was told before." in page.text
    assert "No letters are written when you press the button." in page.text
    page = page.submit("Publish the changes", comment="Pullaa on tarjolla.")
    assert "The agenda is published. There was nobody to write to." in page.text
    assert "Pullaa on tarjolla." in Browser(browser.app).get(f"/meetings/{meeting}").text
    assert len(letters()) == 6


def test_letters_that_have_not_left_are_replaced_and_mended_ones_are_named(
    cast: Cast, browser: Browser
) -> None:
    meeting = ready(cast)
    browser.sign_in(cast.maria).get(f"/meetings/{meeting}/publish").submit("Publish the agenda")
    db.session.scalars(select(OutgoingMail)).first().revision = 2
    db.session.commit()
    page = browser.get(f"/meetings/{meeting}/publish")
    assert "6 letters about this meeting have not left yet." in page.text
    assert "1 of them was mended by hand. What was written there is lost" in page.text
    page.submit("Publish the changes")
    assert len(letters()) == 6
    assert "mended" not in browser.get(f"/meetings/{meeting}/publish").text


def test_an_agenda_over_time_needs_one_choice(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast, minutes=20)
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/publish")
    assert "25 / 20 min – 5 minutes too many" in page.text
    page = page.submit("Publish the agenda", 422)
    assert "Shorten the agenda, or tick that you publish it all the same." in page.text
    assert only_meeting().state is MeetingState.DRAFT
    assert letters() == []
    page.submit("Publish the agenda", anyway="y")
    assert only_meeting().state is MeetingState.PUBLISHED


def test_an_empty_agenda_is_not_published(cast: Cast, browser: Browser) -> None:
    meeting = make.meeting(cast.north, SOON).id
    page = browser.sign_in(cast.maria).get(f"/meetings/{meeting}/publish")
    assert "The agenda is empty. Add at least one item first." in page.text
    token = next(one.get("value") for one in page.all("input", name="csrf_token"))
    browser.post(f"/meetings/{meeting}/publish", {"csrf_token": token, "seen": "1"}, 422)
    assert only_meeting().state is MeetingState.DRAFT


def test_an_agenda_that_changed_meanwhile_is_looked_at_again(cast: Cast, app) -> None:
    meeting = ready(cast)
    page = Browser(app).sign_in(cast.maria).get(f"/meetings/{meeting}/publish")
    Browser(app).sign_in(cast.maria).get(f"/meetings/{meeting}/edit").submit("More minutes: Avaus")
    page = page.submit("Publish the agenda", 422)
    assert "Somebody else changed the agenda meanwhile." in page.text
    page.submit("Publish the agenda")
    assert only_meeting().state is MeetingState.PUBLISHED


# Cancelling


def test_cancelling_tells_those_who_knew_and_frees_the_topics(cast: Cast, browser: Browser) -> None:
    meeting = ready(cast)
    browser.sign_in(cast.maria).get(f"/meetings/{meeting}/publish").submit("Publish the agenda")
    send()
    page = browser.get(f"/meetings/{meeting}/cancel")
    assert "1 topic goes back to waiting for a meeting." in page.text
    page = page.submit("Cancel the meeting", 422, reason="  ")
    assert "Write why the meeting is cancelled." in page.text
    page = page.submit("Cancel the meeting", reason="Lumimyrsky.")
    assert "The meeting is cancelled. 6 letters wait in the outbox until you send them." in page.text
    assert [kind for kind, _ in letters()[6:]] == ["meeting_cancelled"] * 6
    topic = db.session.scalars(select(Topic)).one()
    assert topic.state is TopicState.ACCEPTED
    assert topic.steps[-1].words == "Lumimyrsky."
    public = Browser(browser.app).get(f"/meetings/{meeting}")
    assert "The meeting is cancelled" in public.text
    assert "Lumimyrsky." in public.text
    assert "Cancelled" in Browser(browser.app).get("/").text
    browser.get(f"/meetings/{meeting}/cancel", 409)


def test_a_draft_is_cancelled_in_silence(cast: Cast, app) -> None:
    meeting = ready(cast)
    browser = Browser(app).sign_in(cast.maria)
    browser.get(f"/meetings/{meeting}/cancel").submit("Cancel the meeting", reason="Turha.")
    assert letters() == []
    Browser(app).get(f"/meetings/{meeting}", 404)
