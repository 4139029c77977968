"""An answer laid out by any common program is read as the words of the one who wrote it."""

from email.message import EmailMessage

import pytest

from app.mail.incoming import read
from tests.mail.incoming.layouts import LEAK, NEW, Layout, layouts


def _raw(layout: Layout, *, plain: bool = True) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "aino@kyla.example", "poyta@kunta.example", "VS: Kokous"
    mail["In-Reply-To"] = "<1@kunta.example>"
    if plain and layout.plain:
        mail.set_content(layout.plain)
    if layout.html:
        if plain and layout.plain:
            mail.add_alternative(layout.html, subtype="html")
        else:
            mail.set_content(layout.html, subtype="html")
    return mail.as_bytes()


@pytest.mark.parametrize("layout", layouts(), ids=lambda one: f"{one.program}, {one.language}")
@pytest.mark.parametrize("plain", [True, False], ids=["both faces", "HTML alone"])
def test_only_the_new_words_remain(layout: Layout, plain: bool) -> None:
    if not plain and not layout.html:
        plain = True
    message = read(_raw(layout, plain=plain))
    assert " ".join(message.text.split()) == NEW[layout.language]
    assert LEAK in message.whole
    assert message.language == layout.language
    assert not message.damaged


def test_a_word_list_keeps_its_numbers_and_points() -> None:
    html = """<html><body><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]>
<span style='mso-list:Ignore'>1.<span style='font:7.0pt Times'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>
Katuvalot<o:p></o:p></p><p class=MsoListParagraph><![if !supportLists]><span style='font-family:Symbol'>
<span style='mso-list:Ignore'>·<span style='font:7.0pt Times'>&nbsp;&nbsp; </span></span></span><![endif]>
Bussi<o:p></o:p></p><ul><li>Uimaranta</li></ul></body></html>"""
    text = read(_raw(Layout("Word", "fi", "", html))).text
    assert [" ".join(line.split()) for line in text.split("\n") if line.strip()] == [
        "1. Katuvalot",
        "- Bussi",
        "* Uimaranta",
    ]


def test_what_is_hidden_is_not_read() -> None:
    html = """<body><div style="display:none;max-height:0">Avaa selaimessa</div><span hidden>ei</span>
<p style="mso-hide:all">ei</p><style>p{}</style><script>ei()</script>
<p>Katuvalot&nbsp;puuttuvat.</p></body>"""
    assert read(_raw(Layout("A letter", "fi", "", html))).whole == "Katuvalot puuttuvat."


@pytest.mark.parametrize(
    "stub", ["", "  \n", "Tämä viesti on HTML-muodossa.", "Your program does not show HTML."]
)
def test_html_is_read_where_the_plain_face_says_nothing(stub: str) -> None:
    html = f"<p>{NEW['fi']} {NEW['fi']}</p>"
    assert NEW["fi"] in read(_raw(Layout("A form", "fi", stub or "\n", html))).text


def test_a_plain_face_is_read_before_html() -> None:
    assert (
        read(_raw(Layout("A program", "fi", "Lyhyt asia.", "<p>Lyhyt <b>asia</b>!</p>"))).text
        == "Lyhyt asia."
    )


def test_words_indented_by_their_writer_are_no_quotation() -> None:
    html = "<p>Toiveemme:</p><blockquote style='margin:0 0 0 40px'>Katuvalot.</blockquote>"
    assert "Katuvalot." in read(_raw(Layout("Gmail", "fi", "", html))).text
