"""The same letter as a page: what people typed stays text, and only our own addresses can be pressed."""

import html5lib
import pytest

from app.mail.composing import LANGUAGES, Letter
from app.mail.examples import EXAMPLES, SIGNED
from app.mail.html import html_of, pieces

HOME = "https://poyta.lehmijarvi.fi"


def page(body: str, language: str = "fi") -> str:
    return html_of(Letter("x", language, "Aihe <b>", body), HOME)


def links(html: str) -> list[str]:
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    return [one.get("href") for one in root.iter("a")]


@pytest.mark.parametrize("kind", EXAMPLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_is_a_whole_page_with_all_its_words(kind: str, language: str) -> None:
    letter = EXAMPLES[kind](language, SIGNED[language])
    html = html_of(letter, HOME)
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    shown = "".join(root.find("body").itertext()).split()
    assert shown == letter.body.split()
    assert root.get("lang") == language
    assert not list(root.iter("img")) + list(root.iter("script")) + list(root.iter("link"))


HOSTILE = [
    "[lue](http://paha.example)",
    '<a href="http://paha.example">Lue</a>',
    "http://paha.example/kirjaudu",
    "https://poyta.lehmijarvi.fi.paha.example/",
    "https://poyta.lehmijarvi.fi@paha.example/",
    "https://poyta.lehmijarvi.fi:443@paha.example/",
    "javascript:alert(1)",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    '"><a href=http://paha.example>',
    "&lt;b&gt; &amp; 'x'",
]


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.parametrize("place", ["Aihe 2027-014: {}", "{}", "  {}", "Lue {} ja muut"])
def test_what_people_type_stays_text_and_leads_nowhere(title: str, place: str) -> None:
    html = page(place.format(title) + "\n")
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    assert links(html) == []
    assert {one.tag for one in root.find("body").iter()} <= {"body", "div", "p", "br"}
    assert title in "".join(root.find("body").itertext())


@pytest.mark.parametrize(
    ("line", "leads_to"),
    [
        (f"{HOME}/meetings/14", f"{HOME}/meetings/14"),
        (f"Lue: {HOME}/topics/abc?lang=sv&x=1.", f"{HOME}/topics/abc?lang=sv&x=1"),
        (f"({HOME}/meetings/14)", f"{HOME}/meetings/14"),
        (HOME, HOME),
        (f"<{HOME}/memo>, tai soita", f"{HOME}/memo"),
    ],
)
def test_an_address_of_ours_can_be_pressed(line: str, leads_to: str) -> None:
    assert links(page(line)) == [leads_to]
    assert "".join(one.text for one in pieces(line, HOME)) == line


def test_nothing_is_a_link_where_our_address_is_not_known() -> None:
    assert links(html_of(Letter("x", "fi", "x", f"{HOME}/a\n"), "")) == []


def test_what_a_person_wrote_stands_apart() -> None:
    html = page("Syy:\n\n  Ensin tehdään tie.\n  Sitten valot.\n\nTerveisin\n")
    assert html.count("border-left") == 1
    assert ">Ensin tehdään tie.<br>\nSitten valot.</p>" in html
