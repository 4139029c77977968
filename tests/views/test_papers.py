"""Papers: the agenda on one A4, letters by post, the notice board and the blank form, opened as PDF files."""

from datetime import time

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.agenda import ItemKind
from app.domain.clock import utc_now
from app.domain.meetings import MeetingState
from app.domain.permissions import Role
from app.domain.topics import TopicState
from app.extensions import db
from app.models import Meeting, Municipality, Organisation, PartnershipTable, Person, PersonRole
from tests import make
from tests.cast import Cast
from tests.counting import queries_of
from tests.page import Browser, Page
from tests.paper import Paper
from tests.views.meeting_stage import SOON, TYPED

LONG = (
    "Koivurannan ja Kirkonkylän välisen kevyen liikenteen väylän valaistuksen uusiminen ennen talvea",
    "Hyvinvointisuunnitelman toimenpiteiden seurantaindikaattorit ja kylien turvallisuussuunnitelmat",
)


def paper_of(browser: Browser, url: str) -> Paper:
    answer = browser.raw(url)
    assert answer.status_code == 200, answer.text[:500]
    assert answer.mimetype == "application/pdf"
    return Paper(answer.data)


def evening(cast: Cast, *titles: str, **fields: object) -> int:
    """A published meeting in the north: an opening, topics with these titles, a closing."""
    now = utc_now()
    values = {"state": MeetingState.PUBLISHED, "published_at": now, "changed_at": now, **fields}
    meeting = make.meeting(cast.north, SOON, **values)
    make.item(meeting, "Avaus ja esittäytyminen", 5)
    for title in titles:
        make.item(meeting, title, 10, kind=ItemKind.TOPIC, presenter="Tekninen johtaja")
    make.item(meeting, "Lopetus", 5, kind=ItemKind.CLOSING)
    return meeting.id


@pytest.fixture
def bodies_with_email(cast: Cast) -> None:
    """Villages and associations get their letters by e-mail, so that those by post are the people's alone."""
    for one in db.session.scalars(select(Organisation)):
        one.email = f"body{one.id}@lehmijarvi.example"
    db.session.commit()


def by_post(cast: Cast, name: str, language: str = "fi") -> None:
    """Somebody of the northern table without an e-mail address."""
    person = Person(name=name, language=language)
    person.roles.append(PersonRole(role=Role.REPRESENTATIVE, table_id=cast.north))
    db.session.add(person)
    db.session.commit()


# The agenda


def test_an_agenda_of_eight_items_is_one_sheet_at_twelve_points(browser: Browser, cast: Cast) -> None:
    meeting = evening(cast, *LONG * 3)
    paper = paper_of(browser, f"/meetings/{meeting}/agenda.pdf?lang=fi")
    assert paper.sheets == 1
    items = [one for one in paper.words() if one.text.startswith(("1. ", "2. ", "8. ", "Tekninen"))]
    assert {one.size for one in items} == {12.0}
    assert len(items) > 8
    text = paper.text()
    for words in ("Lehmijärven kunta", "Pohjoinen lähikumppanuuspöytä", "Koivurannan koulu", "18.00–19.30"):
        assert words in text
    assert f"{TYPED} kello" in text
    assert "040 123 4567" in text
    assert f"http://127.0.0.1:5000/meetings/{meeting} " in text
    assert "/topics/propose?table=pohjoinen" in text


@pytest.mark.parametrize("count", [10, 11, 12])
def test_an_agenda_of_one_line_titles_is_one_sheet_up_to_twelve_items(
    browser: Browser, cast: Cast, count: int
) -> None:
    meeting = evening(cast, *[f"Kylätien {place} valaistus" for place in range(count - 2)])
    paper = paper_of(browser, f"/meetings/{meeting}/agenda.pdf?lang=fi")
    assert paper.sheets == 1
    items = [one for one in paper.words() if "Kylätien" in one.text]
    assert len(items) == count - 2
    assert {one.size for one in items} == {12.0}


def test_the_agenda_is_read_in_its_order(browser: Browser, cast: Cast) -> None:
    meeting = evening(cast, "Kylätien valot", "Uimaranta")
    text = paper_of(browser, f"/meetings/{meeting}/agenda.pdf").text()
    wanted = [
        "Agenda",
        "Pohjoinen lähikumppanuuspöytä",
        "Koivurannan koulu",
        "18:00 5 min 1. Avaus ja esittäytyminen",
        "18:05 10 min 2. Kylätien valot Tekninen johtaja",
        "18:15 10 min 3. Uimaranta Tekninen johtaja",
        "18:25 5 min 4. Lopetus",
        "Dialogue before decision-making: the table talks together and makes no decisions.",
        "Propose a topic by phone, 040 123 4567",
        "Page 1 / 1",
    ]
    places = [text.find(words) for words in wanted]
    assert -1 not in places, dict(zip(wanted, places, strict=True))
    assert places == sorted(places)


@pytest.mark.parametrize("query", ["size=18", "iso=1"])
def test_large_print_is_eighteen_points(browser: Browser, cast: Cast, query: str) -> None:
    meeting = evening(cast, "Kylätien valot")
    paper = paper_of(browser, f"/meetings/{meeting}/agenda.pdf?{query}")
    sizes = {one.size for one in paper.words() if "Kylätien" in one.text or "18:05" in one.text}
    assert sizes == {18.0}
    assert min(one.size for one in paper.words()) >= 12


@pytest.mark.parametrize(
    ("language", "word", "day"), [("fi", "Asialista", "kello 18.00"), ("sv", "Ärendelista", "kl. 18.00")]
)
def test_a_paper_speaks_the_language_that_was_asked(
    browser: Browser, cast: Cast, language: str, word: str, day: str
) -> None:
    paper = paper_of(browser, f"/meetings/{evening(cast, 'Valot')}/agenda.pdf?lang={language}")
    assert paper.root["/Lang"] == language
    assert paper.title.startswith(word)
    assert day in paper.text()


def test_a_paper_is_tagged(browser: Browser, cast: Cast) -> None:
    paper = paper_of(browser, f"/meetings/{evening(cast, 'Valot')}/agenda.pdf")
    assert bool(paper.root["/MarkInfo"]["/Marked"]) is True
    assert 'pdfuaid:part="1"' in paper.metadata
    tags = paper.tags()
    assert tags.count("H1") == 1
    assert tags.count("LI") == 3
    assert tags.count("TH") == 2


def test_what_people_typed_stays_text(browser: Browser, cast: Cast) -> None:
    typed = '<img src="file:///etc/passwd" alt="x"> & <script>alert(1)</script> {{ 7*7 }}'
    meeting = evening(cast, typed, place="<b>Koulu</b>", heading="<style>* { display: none }</style>")
    paper = paper_of(browser, f"/meetings/{meeting}/agenda.pdf")
    assert typed.replace(" ", "") in paper.text().replace(" ", "")
    assert "<b>Koulu</b>" in paper.text()
    assert "root:" not in paper.text()
    assert "Figure" not in paper.tags()


def test_a_draft_is_a_paper_for_its_builder_alone(app: Flask, browser: Browser, cast: Cast) -> None:
    meeting = evening(cast, "Kylätien valot", state=MeetingState.DRAFT, published_at=None)
    for url in ("agenda.pdf", "notice.pdf"):
        browser.get(f"/meetings/{meeting}/{url}", 404)
    for email in (cast.sari, cast.olli):
        Browser(app).sign_in(email).get(f"/meetings/{meeting}/agenda.pdf", 404)
    answer = Browser(app).sign_in(cast.maria).raw(f"/meetings/{meeting}/agenda.pdf")
    assert "Draft: not published" in Paper(answer.data).text()
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_cancelled_meeting_says_so_on_paper(browser: Browser, cast: Cast) -> None:
    state = {"state": MeetingState.CANCELLED, "cancelled_at": utc_now(), "cancel_reason": "Lumimyrsky."}
    meeting = evening(cast, "Kylätien valot", **state)
    for url in ("agenda.pdf", "notice.pdf"):
        assert (
            "The meeting is cancelled: Lumimyrsky." in paper_of(browser, f"/meetings/{meeting}/{url}").text()
        )


def test_an_empty_agenda_and_a_municipality_without_a_phone(browser: Browser, cast: Cast) -> None:
    db.session.get_one(Municipality, 1).phone = None
    now = utc_now()
    fields = {"published_at": now, "place": None, "remote_url": "https://video.example/huone"}
    meeting = make.meeting(cast.north, SOON, state=MeetingState.PUBLISHED, **fields)
    text = paper_of(browser, f"/meetings/{meeting.id}/agenda.pdf").text()
    assert "The agenda is empty." in text
    assert "https://video.example/huone" in text
    assert "Propose a topic on paper at the municipality’s service point, or here:" in text
    assert "None" not in text
    for url in ("/tables/pohjoinen/notice.pdf", "/topics/propose.pdf"):
        assert "None" not in paper_of(browser, url).text()


@pytest.mark.timeout(60)  # two minutes, where the widths of a row are weighed instead of given
def test_sixty_items_with_the_longest_titles_are_drawn_all(browser: Browser, cast: Cast) -> None:
    titles = [f"{number} {'kumppanuuspöytätoimintamalli' * 9}"[:200] for number in range(58)]
    paper = paper_of(browser, f"/meetings/{evening(cast, *titles)}/agenda.pdf?size=18")
    assert paper.text().count("Tekninen johtaja") == 58
    assert paper.sheets > 10


def test_an_agenda_asks_the_database_as_often_for_any_length(browser: Browser, cast: Cast) -> None:
    short, long = evening(cast, "a" * 9), evening(cast, *LONG * 5)
    counts = {queries_of(lambda url=one: browser.raw(f"/meetings/{url}/agenda.pdf")) for one in (short, long)}
    assert len(counts) == 1


# How a paper is answered


def test_a_public_paper_is_kept_by_its_mark(browser: Browser, cast: Cast) -> None:
    meeting = evening(cast, "Kylätien valot")
    url = f"/meetings/{meeting}/agenda.pdf"
    first = browser.raw(url)
    assert first.headers["Content-Type"] == "application/pdf"
    assert first.headers["Content-Disposition"] == f'inline; filename="agenda-{meeting}.pdf"'
    assert first.headers["Cache-Control"] == "no-cache"
    mark = {"If-None-Match": first.headers["ETag"]}
    again = browser.raw(url, headers=mark)
    assert (again.status_code, again.data) == (304, b"")
    db.session.get_one(Meeting, meeting).place = "Kirjasto"
    db.session.commit()
    assert browser.raw(url, headers=mark).status_code == 200


def test_where_no_pdf_can_be_made_the_page_is_offered(
    browser: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    import builtins

    importing = builtins.__import__

    def without_pango(name: str, *rest: object) -> object:
        if name == "app.documents" and "printer" in (rest[2] or ()):  # type: ignore[operator]  # the import hook's own loose types
            raise OSError("cannot load library 'libpango-1.0-0'")
        return importing(name, *rest)  # type: ignore[arg-type]  # as above

    monkeypatch.setattr(builtins, "__import__", without_pango)
    meeting = evening(cast, "Aihe, jota ei ole vielä piirretty")
    answer = browser.raw(f"/meetings/{meeting}/agenda.pdf")
    assert answer.status_code == 503
    page = Page(browser, "/", answer.text)
    page.inspect()
    assert "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in page.text
    assert page.links()["Open the page to print"] == f"/meetings/{meeting}"


# Letters


@pytest.mark.usefixtures("bodies_with_email")
def test_a_letter_to_each_who_has_no_email_in_her_language(app: Flask, cast: Cast) -> None:
    by_post(cast, "Aino Postinen")
    by_post(cast, "Åke Lindström", "sv")
    meeting = evening(cast, "Kylätien valot")
    answer = Browser(app).sign_in(cast.maria).raw(f"/meetings/{meeting}/invitation.pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    paper = Paper(answer.data)
    assert paper.sheets == 2
    first, second = paper.text(1), paper.text(2)
    assert "Aino Postinen" in first
    assert "Åke Lindström" not in first
    assert "Asialista" in first
    assert "Koivurannan koulu" in first
    assert "Kylätien valot" in first
    assert "040 123 4567" in first
    assert "Åke Lindström" in second
    assert "Ärendelista" in second
    assert "Norra lokala partnerskapsbordet" in second
    for text in (first, second):
        assert text.endswith(" 1")  # each counts its own pages
        assert "Aino Mäkelä" not in text  # she has an e-mail address


def test_the_name_stands_where_an_envelope_has_its_window(app: Flask, cast: Cast) -> None:
    by_post(cast, "Aino Postinen")
    meeting = evening(cast, "Kylätien valot")
    paper = paper_of(Browser(app).sign_in(cast.maria), f"/meetings/{meeting}/invitation.pdf")
    name = next(one for one in paper.words() if one.text == "Aino Postinen")
    assert 45 < name.down < 60
    below = min(one.down for one in paper.words() if one.down > name.down + 1)
    assert below > 80  # three lines for the address stay free


def test_a_letter_without_a_name_is_made_for_copying(app: Flask, cast: Cast) -> None:
    by_post(cast, "Aino Postinen")
    meeting = evening(cast, "Kylätien valot")
    url = f"/meetings/{meeting}/invitation.pdf?blank=1"
    paper = paper_of(Browser(app).sign_in(cast.maria), url)
    assert paper.sheets == 1
    assert "Postinen" not in paper.text()
    assert "Kylätien valot" in paper.text()


@pytest.mark.usefixtures("bodies_with_email")
def test_a_letter_is_one_page_however_long_the_agenda(app: Flask, cast: Cast) -> None:
    by_post(cast, "Aino Postinen")
    meeting = evening(cast, *(f"Aihe numero {number}" for number in range(1, 31)))
    paper = paper_of(Browser(app).sign_in(cast.maria), f"/meetings/{meeting}/invitation.pdf?lang=en")
    assert paper.sheets == 1
    text = paper.text()
    assert "Aihe numero 9 " in text
    assert "Aihe numero 10" not in text
    assert " 22 " in text  # so many more are on the agenda, told in Finnish


def test_letters_are_for_those_who_build_the_agenda(app: Flask, browser: Browser, cast: Cast) -> None:
    by_post(cast, "Aino Postinen")
    meeting = evening(cast, "Kylätien valot")
    url = f"/meetings/{meeting}/invitation.pdf"
    assert "/sign-in" in browser.raw(url).headers["Location"]
    Browser(app).sign_in(cast.sari).get(url, 403)
    Browser(app).sign_in(cast.olli).get(url, 404)  # he builds at the other table


@pytest.mark.usefixtures("bodies_with_email")
def test_letters_that_nobody_needs(app: Flask, cast: Cast) -> None:
    maria = Browser(app).sign_in(cast.maria)
    meeting = evening(cast, "Kylätien valot")
    url = f"/meetings/{meeting}/invitation.pdf"
    assert "Everybody who is invited has an e-mail address." in maria.get(url, 409).text
    cancelled = evening(cast, "Valot", state=MeetingState.CANCELLED, cancelled_at=utc_now())
    page = maria.get(f"/meetings/{cancelled}/invitation.pdf?blank=1", 409)
    assert "The meeting is cancelled, so nobody is invited to it." in page.text


def test_letters_ask_the_database_as_often_for_any_number(app: Flask, cast: Cast) -> None:
    maria = Browser(app).sign_in(cast.maria)
    url = f"/meetings/{evening(cast, 'Kylätien valot')}/invitation.pdf"
    by_post(cast, "Aino Postinen")
    by_post(cast, "Åke Lindström", "sv")
    maria.raw(url)
    few = queries_of(lambda: maria.raw(url))
    for number in range(4):
        by_post(cast, f"Kyläläinen {number}", ("fi", "sv")[number % 2])
    assert queries_of(lambda: maria.raw(url)) == few


# The notice board


def test_a_notice_tells_the_next_meeting_and_how_to_tell_a_topic(browser: Browser, cast: Cast) -> None:
    evening(cast, "Perunajauhot", state=MeetingState.CANCELLED, cancelled_at=utc_now(), starts=time(8))
    evening(cast, *(f"Aihe numero {number}" for number in range(1, 8)))
    paper = paper_of(browser, "/tables/pohjoinen/notice.pdf?lang=fi")
    assert paper.sheets == 1
    text = paper.text()
    assert f"{TYPED} kello 18.00–19.30 Koivurannan koulu" in text
    assert "Aihe numero 5" in text
    assert "Aihe numero 6" not in text
    assert "Perunajauhot" not in text
    assert "Avaus" not in text  # topics are what people come for
    assert "040 123 4567" in text
    assert "http://127.0.0.1:5000/topics/propose?table=pohjoinen" in text.replace("? ", "?")
    day = next(one for one in paper.words() if "18.00–19.30" in one.text)
    assert day.size == 24.0


@pytest.mark.parametrize(("language", "more"), [("fi", ""), ("sv", "&lang=sv")])
def test_the_code_of_a_notice_is_the_address_of_the_form(
    browser: Browser, cast: Cast, language: str, more: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.views import papers

    said = []
    draw = papers.qr_svg
    monkeypatch.setattr(papers, "qr_svg", lambda url, title: said.append(url) or draw(url, title))
    paper = paper_of(browser, f"/tables/pohjoinen/notice.pdf?lang={language}")
    assert said == [f"http://127.0.0.1:5000/topics/propose?table=pohjoinen{more}"]
    assert len(paper.alts()) == 1
    assert "http://127.0.0.1:5000/topics/propose?table=pohjoinen" in paper.alts()[0]
    browser.get(said[0].removeprefix("http://127.0.0.1:5000"))


def test_a_notice_without_a_meeting_still_asks_for_topics(browser: Browser, cast: Cast) -> None:
    text = paper_of(browser, "/tables/etela/notice.pdf").text()
    assert "No meeting has been announced yet." in text
    assert "Tell us a topic" in text


@pytest.mark.parametrize("state", [MeetingState.PUBLISHED, MeetingState.CANCELLED])
def test_a_notice_stays_one_sheet_with_the_longest_words(
    browser: Browser, cast: Cast, state: MeetingState
) -> None:
    table = db.session.get_one(PartnershipTable, cast.north)
    table.name = "Lähikumppanuuspöytätoimintamallin " * 5
    long = {"heading": "Hyvinvointisuunnitelma " * 8, "place": "Koivurannan kyläkoulu " * 9}
    reason = {"cancel_reason": "Lumimyrsky esti kaiken. " * 40} if state is MeetingState.CANCELLED else {}
    topics = [f"{one} {'ja muuta ' * 8}" for one in LONG * 3]
    meeting = evening(cast, *topics, state=state, **long, **reason)
    paper = paper_of(browser, f"/meetings/{meeting}/notice.pdf")
    assert paper.sheets == 1
    text = paper.text()
    assert "Tell us a topic" in text
    assert ("Hyvinvointisuunnitelman toimenpiteiden" in text) == (state is MeetingState.PUBLISHED)


def test_no_notice_of_a_table_that_no_longer_meets(browser: Browser, cast: Cast) -> None:
    db.session.get_one(PartnershipTable, cast.north).archived_at = utc_now()
    db.session.commit()
    browser.get("/tables/pohjoinen/notice.pdf", 404)
    browser.get("/tables/nobody/notice.pdf", 404)


# The blank form


def test_the_blank_form_asks_what_the_web_form_asks(browser: Browser, cast: Cast) -> None:
    web = browser.get("/topics/propose")
    paper = paper_of(browser, "/topics/propose.pdf")
    assert paper.sheets == 1
    asked = [
        *(" ".join("".join(one.itertext()).replace("(optional)", "").split()) for one in web.all("label")),
        *(" ".join("".join(one.itertext()).replace("(optional)", "").split()) for one in web.all("legend")),
    ]
    left_out = {"Leave this field empty"}  # a trap for machines
    assert len(asked) > 8
    text = paper.text()
    for question in asked:
        assert question in text or question in left_out, question
    assert "We never publish your name, e-mail address or phone number." in text
    assert "You can also tell your topic by phone: 040 123 4567." in text


def test_the_blank_form_of_one_table_names_it_and_asks_no_other(browser: Browser, cast: Cast) -> None:
    text = paper_of(browser, "/topics/propose.pdf?table=pohjoinen").text()
    assert "Pohjoinen lähikumppanuuspöytä" in text
    assert "Which partnership table?" not in text
    assert "/topics/propose?table=pohjoinen" in text
    unknown = paper_of(browser, "/topics/propose.pdf?table=<b>").text()
    assert "Which partnership table?" in unknown
    assert "<b>" not in unknown


def test_lines_to_write_the_topic_on_take_a_fifth_of_the_sheet(browser: Browser, cast: Cast) -> None:
    paper = paper_of(browser, "/topics/propose.pdf")
    above = next(one for one in paper.words() if "in your own words" in one.text)
    below = next(one for one in paper.words() if one.text == "Which partnership table?")
    assert below.down - above.down > 45


# Who may read what


def test_no_private_persons_name_is_on_a_public_paper(browser: Browser, cast: Cast) -> None:
    by_post(cast, "Aino Postinen")
    secret = {"contact_name": "Eeva Salainen", "contact_phone": "050 765 4321"}
    topic = make.topic(cast.north, "Kylätien valot", state=TopicState.ON_AGENDA, **secret)
    meeting = db.session.get_one(Meeting, evening(cast, "Uimaranta"))
    make.item(meeting, about=topic)
    urls = (
        f"/meetings/{meeting.id}/agenda.pdf",
        f"/meetings/{meeting.id}/notice.pdf",
        "/tables/pohjoinen/notice.pdf",
        "/topics/propose.pdf",
    )
    texts = [paper_of(browser, url).text() for url in urls]
    assert "Kylätien valot" in texts[0]
    for text in texts:
        for name in ("Eeva", "Salainen", "765 4321", "Postinen", "Maria", "Sund"):
            assert name not in text


@pytest.mark.usefixtures("bodies_with_email")
def test_pages_lead_to_their_papers(app: Flask, browser: Browser, cast: Cast) -> None:
    meeting = evening(cast, "Kylätien valot")
    links = browser.get(f"/meetings/{meeting}").links()
    assert links["Agenda"] == f"/meetings/{meeting}/agenda.pdf"
    assert links["Agenda in large print"] == f"/meetings/{meeting}/agenda.pdf?size=18"
    assert links["For the notice board"] == f"/meetings/{meeting}/notice.pdf"
    assert "Letters to those without e-mail" not in links
    links = Browser(app).sign_in(cast.maria).get(f"/meetings/{meeting}").links()
    assert "Letters to those without e-mail" not in links  # nobody needs one
    by_post(cast, "Aino Postinen")
    links = Browser(app).sign_in(cast.maria).get(f"/meetings/{meeting}").links()
    assert links["Letters to those without e-mail"] == f"/meetings/{meeting}/invitation.pdf"
    assert links["Invitation without a name"] == f"/meetings/{meeting}/invitation.pdf?blank=1"
    links = browser.get("/tables/pohjoinen").links()
    assert links["For the notice board"] == "/tables/pohjoinen/notice.pdf"
    assert links["Blank form to propose a topic"] == "/topics/propose.pdf?table=pohjoinen"
    links = browser.get("/topics/propose?table=pohjoinen").links()
    assert links["Print the form to write on paper (PDF)"] == "/topics/propose.pdf?table=pohjoinen"
