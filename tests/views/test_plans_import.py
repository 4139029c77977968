"""A coordinator gives a document, sees what was found, and only then stores it; nothing is lost between."""

import gc
import io
import secrets
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from itsdangerous import URLSafeSerializer
from sqlalchemy import func, select

from app.domain.plans import canonical
from app.extensions import db
from app.forms.sealed_plans import LONGEST, seal
from app.importers.reading import Problem, Reading
from app.importers.safely import read_safely
from app.models import Person, Plan
from app.services import plans
from tests.cast import Cast
from tests.page import Browser, Page
from tests.plan_stage import ODD, some_documents

TABLE = (
    "Tavoite;Toimenpide;Mittari;Aikataulu;Vastuutaho\n"
    "TURVALLINEN ARKI;;;;\n"
    "Valoisat kylätiet;Kylien valaistus;Valaisimia;2026;Tekninen toimi\n"
    ";Kuljetukset kylistä;Matkoja;Vuosittain;Sosiaalitoimi, kylät\n"
)
PASTE = TABLE.replace(";", "\t")


@pytest.fixture
def form(cast: Cast, browser: Browser) -> Page:
    """The empty import form before Maria."""
    return browser.sign_in(cast.maria).get("/plans/import")


def how_many() -> int:
    return db.session.scalar(select(func.count()).select_from(Plan)) or 0


def upload(name: str, data: bytes) -> tuple[io.BytesIO, str]:
    return io.BytesIO(data), name


@contextmanager
def closing_the_clients_files() -> Iterator[None]:
    """The test client writes a large upload to a file that it leaves open; close it without a word."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()


def error_of(page: Page, field: str) -> str:
    """The sentence at a field."""
    return " ".join("".join(one.itertext()) for one in page.all("p", id=f"{field}-error"))


def test_a_file_is_shown_first_and_stored_when_accepted(form: Page) -> None:
    preview = form.submit("Read the plan", file=upload("suunnitelma.csv", TABLE.encode()), period="2025-2028")
    assert preview.h1 == "Check the plan"
    for words in (
        "Nothing is saved yet.",
        "1 focus area",
        "1 objective",
        "2 measures",
        "Kuljetukset kylistä",
    ):
        assert words in preview.text
    assert "Every line of the document was understood." in preview.text
    assert how_many() == 0
    stored = preview.submit("Import this plan")
    assert "The plan is imported, and everybody can read it." in stored.text
    plan = db.session.scalars(select(Plan)).one()
    assert (plan.source_name, plan.period, stored.url) == (
        "suunnitelma.csv",
        "2025–2028",
        f"/plans/{plan.id}",
    )


def test_a_paste_is_read_with_its_tabs_and_empty_cells(form: Page) -> None:
    preview = form.submit("Read the plan", text=PASTE, title="Kunnan suunnitelma", municipality="Lehmijärvi")
    assert "Kunnan suunnitelma" in preview.text
    preview.submit("Import this plan")
    plan = plans.read_back(plans.current_plan_id() or 0)
    assert (plan.title, plan.municipality) == ("Kunnan suunnitelma", "Lehmijärvi")
    [objective] = plan.focus_areas[0].objectives
    assert [(one.text, one.responsible) for one in objective.measures] == [
        ("Kylien valaistus", ("Tekninen toimi",)),
        ("Kuljetukset kylistä", ("Sosiaalitoimi", "kylät")),
    ]


@pytest.mark.parametrize("document", some_documents())
def test_what_is_stored_is_what_the_file_says(form: Page, document: object) -> None:
    data = document.read_bytes()
    form.submit("Read the plan", file=upload(document.name, data)).submit("Import this plan")
    reading = read_safely(document.name, data)
    assert canonical(plans.read_back(plans.current_plan_id() or 0)) == canonical(reading.plan)


def test_pressing_twice_stores_one_plan(form: Page) -> None:
    preview = form.submit("Read the plan", text=PASTE)
    first = preview.submit("Import this plan")
    assert preview.submit("Import this plan").url == first.url
    assert how_many() == 1


def test_lines_that_were_not_understood_are_named(form: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    problems = (
        Problem(12, "Jokin rivi", "The row has no measure in %(column)s.", {"column": "C"}, "Taul1"),
        Problem(14, "Toinen", "Nobody knows.", {}),
    )
    monkeypatch.setattr(plans, "read_pasted_safely", lambda *_, **__: Reading(ODD, problems, "table"))
    preview = form.submit("Read the plan", text=PASTE)
    for words in (
        "Sheet Taul1, line 12",
        "Jokin rivi",
        "The row has no measure in C.",
        "Line 14",
        "Nobody knows.",
    ):
        assert words in preview.text


def test_a_plan_that_cannot_be_stored_has_no_button(form: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = Reading(replace(ODD, municipality="K" * 201), (), "table")
    monkeypatch.setattr(plans, "read_pasted_safely", lambda *_, **__: reading)
    preview = form.submit("Read the plan", text=PASTE)
    assert "The name of the municipality is too long." in preview.text
    assert "Import this plan" not in preview.text


def office(name: str, body: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, body)
    return made.getvalue()


ENTITY = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
HOSTILE = [
    ("empty.csv", b"", "The file is empty."),
    ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 50, "picture"),
    ("plan.pdf", b"%PDF-1.7\n", "PDF files cannot be read."),
    ("plan.exe", b"MZ" + b"0" * 50, "Choose a .xlsx"),
    ("noname", b"abc", "Choose a .xlsx"),
    ("plan.docx", b"PK\x03\x04broken", "damaged"),
    ("plan.docx", office("xl/workbook.xml", b"<x/>"), "this is an Excel file"),
    ("bomb.xlsx", office("xl/workbook.xml", b"0" * 60_000_000), "too much to be read safely"),
    ("entity.docx", office("word/document.xml", ENTITY), "declarations that are not allowed"),
    ("binary.csv", bytes(range(256)) * 10, "The file is not text"),
    ("words.txt", "Pelkkää tekstiä ilman otsikoita.".encode(), "No measures were found."),
    ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "old Word file"),
    ("page.csv", b"<!doctype html><html></html>", "web page"),
    ("large.csv", b"a;b\n" * 1_400_000, "larger than 5 MB"),
    ("../../etc/passwd\x00.csv", b"\x00\x01", "not text"),
    ("n" * 10_000, b"abc", "Choose a .xlsx"),
]


@pytest.mark.parametrize(
    ("name", "data", "sentence"), HOSTILE, ids=[f"{n[:14]!a}-{s[:9]}" for n, _, s in HOSTILE]
)
def test_a_bad_file_is_refused_in_words_at_its_field(
    form: Page, name: str, data: bytes, sentence: str
) -> None:
    with closing_the_clients_files():
        page = form.submit("Read the plan", 422, file=upload(name, data), title="Minun otsikkoni")
    assert sentence in error_of(page, "file")
    assert page.title.startswith("Error:")
    assert page.all("input", name="title")[0].get("value") == "Minun otsikkoni"
    assert how_many() == 0


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({}, "file", "Choose a file, or paste the plan below."),
        ({"text": "   \n"}, "file", "Choose a file, or paste the plan below."),
        ({"text": "pelkkää puhetta"}, "text", "No measures were found."),
        ({"text": PASTE, "period": "abc"}, "period", "Write the years like 2023–2025."),
        ({"text": PASTE, "period": "-5"}, "period", "Write the years like 2023–2025."),
        ({"text": PASTE, "title": "T" * 10_000}, "title", "The text is too long"),
        ({"text": PASTE, "municipality": "K" * 10_000}, "municipality", "The text is too long"),
        ({"text": PASTE, "title": "a\x00b"}, "title", "characters that cannot be saved"),
    ],
)
def test_what_was_typed_stays_and_the_sentence_is_at_its_field(
    form: Page, typed: dict[str, str], field: str, sentence: str
) -> None:
    page = form.submit("Read the plan", 422, **typed)
    assert sentence in error_of(page, field)
    assert (page.all("textarea", name="text")[0].text or "").strip() == typed.get("text", "").strip()


def test_what_no_person_types_is_left_out_of_a_paste(form: Page) -> None:
    preview = form.submit("Read the plan", text=PASTE.replace("kylistä", "ky\x00lis\x07tä\x0bjoka päivä"))
    assert "Kuljetukset kylistä joka päivä" in preview.text


def test_a_file_and_a_paste_together_are_asked_about(form: Page) -> None:
    page = form.submit("Read the plan", 422, file=upload("a.csv", TABLE.encode()), text=PASTE)
    assert "not both" in error_of(page, "file")


def test_too_large_a_request_has_its_page(form: Page) -> None:
    with closing_the_clients_files():
        page = form.submit("Read the plan", 413, file=upload("a.csv", b"a" * 7_000_000))
    assert "Too much was sent at once" in page.text


def test_a_plan_too_large_for_the_page_is_told_so(form: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    large = replace(ODD, monitoring=secrets.token_hex(LONGEST))
    monkeypatch.setattr(plans, "read_pasted_safely", lambda *_, **__: Reading(large, (), "table"))
    page = form.submit("Read the plan", 422, text=PASTE)
    assert "The plan is too large to be imported on a page." in page.text


def sealed_for(cast: Cast, who: str) -> str:
    person = db.session.scalars(select(Person.id).where(Person.email == getattr(cast, who))).one()
    return seal(ODD, "a.csv", person)


@pytest.mark.parametrize(
    "kind", ["altered", "another's", "another key", "another salt", "empty", "rubbish", "long"]
)
def test_a_forged_preview_is_refused_in_words(form: Page, cast: Cast, kind: str) -> None:
    preview = form.submit("Read the plan", text=PASTE)
    key = preview.browser.app.secret_key or ""
    own = sealed_for(cast, "maria")
    forged = {
        "altered": own[:40] + ("a" if own[40] != "a" else "b") + own[41:],
        "another's": sealed_for(cast, "olli"),
        "another key": str(URLSafeSerializer("x" * 40, salt="previewed-plan").dumps({"for": 1})),
        "another salt": str(URLSafeSerializer(key, salt="something").dumps({"for": 1})),
        "empty": "",
        "rubbish": "\x01ä.ö.ü",
        "long": "a" * 600_000,
    }[kind]
    page = preview.submit("Import this plan", 409, sealed=forged)
    assert "The preview was changed on the way or is not yours." in page.text
    assert how_many() == 0


def test_ones_own_sealed_plan_is_taken(form: Page, cast: Cast) -> None:
    preview = form.submit("Read the plan", text=PASTE)
    preview.submit("Import this plan", sealed=sealed_for(cast, "maria"))
    assert plans.read_back(plans.current_plan_id() or 0) == ODD


def test_only_a_coordinator_of_the_whole_municipality_gets_in(cast: Cast, browser: Browser) -> None:
    assert browser.raw("/plans/import").status_code == 303
    for who in (cast.olli, cast.sari, cast.veikko):
        browser.sign_in(who).get("/plans/import", 403)


def test_without_its_token_nothing_is_stored(form: Page) -> None:
    preview = form.submit("Read the plan", text=PASTE)
    sealed = preview.all("input", name="sealed")[0].get("value")
    preview.browser.post("/plans/import/store", {"sealed": sealed}, 400)
    assert how_many() == 0


def test_the_address_of_storing_leads_back_to_the_form(form: Page) -> None:
    assert form.browser.get("/plans/import/store").h1 == "Import a plan"
