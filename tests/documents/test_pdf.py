"""Paper out of HTML: tagged, filled to the foot of the sheet, and made of nothing but its own page."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise
from pathlib import Path

import pytest
from weasyprint import HTML

from app.documents import pdf as drawing
from app.documents import printer
from app.documents.pdf import Layout, mark_of, pdf
from tests.paper import Paper

HOUSE = Path(__file__).resolve().parents[2]
ENDS = '<div id="end"></div><div id="bottom"></div>'


def page(body: str, language: str = "fi") -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>Kylän paperi</title>'
        f"</head><body>{body}{ENDS}</body></html>"
    )


def items(count: int) -> str:
    row = '<div class="row"><p class="clock">18.00</p><p class="what">Kohta</p></div>'
    all_of_them = f'<li>{row}<div class="room"></div></li>' * count
    return f'<h1>Asialista</h1><ol class="items">{all_of_them}</ol><p class="last-words">Viimeiset sanat</p>'


def test_a_paper_says_its_language_title_and_structure() -> None:
    paper = Paper(pdf(page("<h1>Asialista</h1><p>Tervetuloa</p><ul><li><p>Kohta</p></li></ul>", "sv")))
    assert paper.root["/Lang"] == "sv"
    assert paper.title == "Kylän paperi"
    assert bool(paper.root["/MarkInfo"]["/Marked"]) is True
    assert bool(paper.root["/ViewerPreferences"]["/DisplayDocTitle"]) is True
    assert 'pdfuaid:part="1"' in paper.metadata  # ISO 14289-1, 5
    tags = paper.tags()
    assert [one for one in tags if one in ("H1", "P", "L", "LI")] == ["H1", "P", "L", "LI", "P"]


def test_a_sheet_is_a4() -> None:
    box = Paper(pdf(page("<h1>Asialista</h1>"))).reader.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 842)


@pytest.mark.parametrize("count", [1, 3, 6, 8])
def test_room_for_handwriting_fills_the_sheet(count: int) -> None:
    paper = Paper(pdf(page(items(count)), Layout(rooms=count)))
    assert paper.sheets == 1
    last = next(one for one in paper.words() if one.text == "Viimeiset sanat")
    # the rooms of few items have their own limit: a bigger one is a hole
    assert last.down > 262 if count > 3 else last.down > 100
    assert last.down < 277


def test_room_gets_smaller_as_items_get_more() -> None:
    def pitch(count: int) -> float:
        downs = [
            one.down
            for one in Paper(pdf(page(items(count)), Layout(rooms=count))).words()
            if one.text == "Kohta"
        ]
        return downs[1] - downs[0]

    assert pitch(3) > pitch(6) > pitch(9) > pitch(12) > 12


def test_many_items_take_more_sheets_and_each_has_its_line() -> None:
    paper = Paper(pdf(page(items(40)), Layout(rooms=40)))
    assert paper.sheets > 1
    downs = [one.down for one in paper.words() if one.text == "Kohta" and one.page == 1]
    assert all(below - above > 19 for above, below in pairwise(downs))


def test_letters_get_smaller_until_one_sheet_holds_them() -> None:
    body = "<h1>Ilmoitus</h1>" + "<p>Puhumme tästä.</p>" * 45
    assert Paper(pdf(page(body))).sheets == 2
    paper = Paper(pdf(page(body), Layout(one_sheet=True)))
    assert paper.sheets == 1
    sizes = {one.size for one in paper.words() if one.text == "Puhumme tästä."}
    assert sizes < {11.0, 10.0, 9.0, 8.0}
    assert {
        one.size for one in Paper(pdf(page("<p>Puhumme tästä.</p>"), Layout(one_sheet=True))).words()
    } == {12.0}


class Listener:
    """A server that remembers what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        asked = self.asked

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200)
                self.send_header("Content-Type", "text/css")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.server.shutdown()
    found.server.server_close()


def reaching_out(address: str) -> str:
    """A page that asks for an address in every way that HTML and CSS know."""
    return page(
        f'<h1>x</h1><img src="{address}/img" alt="a"><object data="{address}/object"></object>'
        f'<embed src="{address}/embed"><link rel="stylesheet" href="{address}/link">'
        f'<link rel="attachment" href="{address}/attached"><a rel="attachment" href="{address}/more">a</a>'
        f"<style>@import url({address}/import); @font-face {{ font-family: x; src: url({address}/font) }}"
        f"p {{ font-family: x; background: url({address}/background) }}"
        f"li {{ list-style: url({address}/list) }}</style><p>y</p><ul><li>z</li></ul>"
        f'<svg viewBox="0 0 1 1"><title>s</title><image href="{address}/svg" width="1" height="1"/>'
        f'<use href="{address}/use#x"/></svg>'
    )


def test_nothing_is_fetched_from_other_machines(listener: Listener) -> None:
    Paper(pdf(reaching_out(listener.url)))
    assert listener.asked == []


def test_the_same_page_would_reach_out_by_itself(listener: Listener) -> None:
    """The twin: without our fetcher these addresses are really asked for."""
    HTML(string=reaching_out(listener.url)).write_pdf()
    assert {"/img", "/link", "/import", "/background", "/attached"} <= set(listener.asked)


def test_no_file_of_the_server_gets_into_a_paper(tmp_path: Path) -> None:
    (tmp_path / "img").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 9"><text y="8">SALAISUUS</text></svg>'
    )
    (tmp_path / "attached").write_text("SALAISUUS")
    (tmp_path / "link").write_text("h1::after { content: 'SALAISUUS' }")
    html = reaching_out(tmp_path.as_uri())
    paper = Paper(pdf(html))
    assert "SALAISUUS" not in paper.text()
    assert not paper.reader.attachments
    assert "SALAISUUS" in Paper(HTML(string=html).write_pdf() or b"").text()  # the twin


@pytest.mark.parametrize(
    "address", ["http://a.example/", "file:///etc/passwd", "ftp://a/", "DATA:x", "/etc/passwd"]
)
def test_every_address_but_data_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="its own page"):
        printer.NothingFromOutside().fetch(address)


def test_public_papers_are_drawn_once_and_private_ones_never_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    lay_out = printer.lay_out
    monkeypatch.setattr(printer, "lay_out", lambda html, css: drawn.append(html) or lay_out(html, css))
    public, private = page("<h1>Kaikille</h1>"), page("<h1>Aino Postinen</h1>")
    assert pdf(public) == pdf(public)
    assert drawn == [public]
    pdf(private, keep=False)
    pdf(private, keep=False)
    assert drawn == [public, private, private]


def test_a_mark_follows_what_the_paper_says_and_how_it_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    first = mark_of(page("<h1>Asialista</h1>"))
    assert first == mark_of(page("<h1>Asialista</h1>"))
    assert first != mark_of(page("<h1>Asialista 2</h1>"))
    monkeypatch.setattr(drawing, "_style", lambda: "h1 { color: red }")
    assert first != mark_of(page("<h1>Asialista</h1>"))


WITHOUT_PANGO = """
import cffi

def gone(self, *names, **options):
    raise OSError("cannot load library 'libpango-1.0-0'")

cffi.FFI.dlopen = gone
from app.documents.pdf import NoPrinter, pdf
import app.views  # the pages open all the same

for attempt in range(2):
    try:
        pdf("<html lang=fi><title>x</title><h1>x</h1></html>")
    except NoPrinter as error:
        print(error)
"""


def test_without_pango_the_pages_open_and_a_paper_says_why() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_PANGO], cwd=HOUSE, capture_output=True, text=True, check=False
    )
    assert done.stdout.count("cannot load library") == 2, done.stderr
