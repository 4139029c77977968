"""What people write in notes becomes HTML that cannot harm, and nothing of it vanishes."""

import time
from xml.etree.ElementTree import Element

import html5lib
import pytest

from app.text import TAGS, plain, rendered

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#x73;cript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox(1))",
    "[x](//evil.example/)",
    '[x](https://ok.example "t" onclick=alert(1))',
    '[x](https://ok.example "a"onmouseover="alert(1)")',
    "<javascript:alert(1)>",
    "![x](https://evil.example/pixel.png)",
    "![x](javascript:alert(1))",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "<style>@import 'https://evil.example'</style>",
    "<form action=https://evil.example><input name=password></form>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "a|b\n-|-\n<script>alert(1)</script>|x",
    "> <object data=javascript:alert(1)>",
    "- <meta http-equiv=refresh content=0;url=javascript:alert(1)>",
    "\x02klzzwxh:0000\x03 <b onclick=alert(1)>",
    "[](javascript:alert(1)) [ ](https://ok.example)",
    "<!-- --!><img src=x onerror=alert(1)>-->",
    "**<b onmouseover=alert(1)>x</b>**",
]


def elements(html: str) -> list[Element]:
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return [one for one in tree.iter() if isinstance(one.tag, str) and one is not tree]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_hostile_text_becomes_more_than_words(text: str) -> None:
    for one in elements(rendered(text)):
        assert one.tag in TAGS
        assert set(one.attrib) <= ({"href", "title", "rel"} if one.tag == "a" else {"start"})
        if one.tag == "a":
            assert one.get("href", "").startswith(("https://", "http://", "mailto:"))
            assert one.get("rel") == "noopener nofollow ugc"
            assert "".join(one.itertext()).strip()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Valo < hinta & <aika>", "Valo < hinta & <aika>"),
        ("<b>lihava</b>", "<b>lihava</b>"),
        ("[1]: Kirkkotie", "[1]: Kirkkotie"),
        ("![kartta](https://kartta.example/a.png)", "![kartta](https://kartta.example/a.png)"),
        ("[kartta](javascript:alert(1))", "kartta"),
        ("rivi yksi\nrivi kaksi", "rivi yksi\nrivi kaksi"),
        ("# Sovittiin *näin*\nteksti", "Sovittiin näin\n\nteksti"),
        ("- yksi\n- kaksi", "- yksi\n- kaksi"),
        ("[ohje](https://ohje.example)", "ohje"),
    ],
)
def test_every_word_reaches_the_letter(text: str, kept: str) -> None:
    assert plain(text) == kept


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**Kuusi** lamppua", "<p><strong>Kuusi</strong> lamppua</p>"),
        ("Pekka:\nhinta", "<p>Pekka:<br>\nhinta</p>"),
        ("# Otsikko", "<p><strong>Otsikko</strong></p>"),
        ("Otsikko\n===", "<p><strong>Otsikko</strong></p>"),
        ("3. kolmas\n4. neljäs", '<ol start="3">\n<li>kolmas</li>\n<li>neljäs</li>\n</ol>'),
        ("<a@b.example>", '<p><a href="mailto:a@b.example" rel="noopener nofollow ugc">a@b.example</a></p>'),
        (
            "[](https://a.example)",
            '<p><a href="https://a.example" rel="noopener nofollow ugc">https://a.example</a></p>',
        ),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_markdown_that_notes_use(text: str, html: str) -> None:
    assert rendered(text) == html


@pytest.mark.parametrize(
    "text",
    [
        "[" * 4000,
        "[a](b " * 1_600,
        "1. " * 500,
        "- " * 20 + "a",
        ("- " * 20 + "a\n\n") * 200,
        ("- " * 8 + "a\n\n") * 500,
        "> " * 3000,
        "\t" * 5000 + "- a",
        "a\n=\n" * 2_500,
        "*a**b" * 2_000,
        "<" * 10_000,
        "|" * 10_000,
        "[x](<" * 2_000,
        "a" * 100_000,
    ],
)
def test_knotted_text_takes_no_time_and_shows_itself(text: str) -> None:
    began = time.perf_counter()
    html = rendered(text)
    assert time.perf_counter() - began < 5
    assert html


def test_text_too_knotty_for_markdown_is_shown_as_typed() -> None:
    assert rendered("1. " * 30 + "<i>\nb") == f"<p>{'1. ' * 30}&lt;i&gt;<br>\nb</p>"
    assert rendered("x" * 10_001) == f"<p>{'x' * 10_001}</p>"
