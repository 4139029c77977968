"""The HTML part of a message becomes readable text: what is hidden is left out, quotes are marked."""

import html
import re

from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.html_engine import Inscriptis
from inscriptis.model.config import ParserConfig
from lxml.etree import Comment, ProcessingInstruction, strip_elements
from lxml.html import HtmlElement, document_fromstring

from app.mail.quoting import HISTORY, MARKS
from app.mail.signatures import SIGNATURE, SIGNATURE_END

LONGEST = 500_000  # characters of one message; what stands behind them is not read
MOST_ELEMENTS = 20_000

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
_HIDDEN = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|font-size:0(?:px|pt|em|%)?(?:;|$|!)|max-height:0(?:px|pt)?(?:;|$|!)"
)
_UNSEEN = frozenset(("head", "script", "style", "template", "title", "noscript", "svg", "math", "object"))
# Where mail programs begin the history: Outlook on the web and on phones, and old Outlooks.
_HISTORY_IDS = frozenset(
    ("divrplyfwdmsg", "appendonsend", "x_divrplyfwdmsg", "mail-editor-reference-message-container")
)
_HISTORY_CLASSES = frozenset(("outlookmessageheader", "yahoo_quoted", "protonmail_quote"))
_SIGNATURE_IDS = frozenset(("signature", "ms-outlook-mobile-signature", "x_signature"))
_SIGNATURE_CLASSES = frozenset(("gmail_signature", "moz-signature", "protonmail_signature_block"))
_BLOCKS = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6])\b[^>]*>", re.IGNORECASE)
_TAGS = re.compile(r"<(?:style|script)\b.*?(?:</(?:style|script)>|$)|<[^>]*>?", re.IGNORECASE | re.DOTALL)
_BLANK = re.compile(r"\n{3,}")
# Marks of where a quotation begins and ends, until its lines have got their ">".
_QUOTE, _QUOTE_END = "\ue003", "\ue004"
_DROPPED = "dropped"  # the name of elements that nobody sees, until they are taken out
_CSS = CSS_PROFILES["relaxed"]


def html_text(source: str) -> str:
    """Return the text of HTML with the marks of `quoting` in it; never raises.

    Quotations of mail programs get ">" before each line, as in a plain message.
    """
    source = MARKS.sub("", _DECLARATION.sub("", source[:LONGEST])).replace("\x00", "")
    if not source.strip():
        return ""
    try:
        return _tidy(_read(source))
    except Exception:  # whatever a broken page does to the reader, its words are wanted
        return _tidy(html.unescape(_TAGS.sub(" ", _BLOCKS.sub("\n", source))))


def _read(source: str) -> str:
    tree: HtmlElement = document_fromstring(source)
    elements = list(tree.iter())
    if len(elements) > MOST_ELEMENTS:
        raise ValueError("too many elements")
    for element in elements:
        if isinstance(element.tag, str):
            _prepare(element)
    for quote in [one for one in elements if one.tag == "blockquote" and _is_quote(one)]:
        _mark_quote(quote)
    # All at once: one by one each would copy the words before it once more.
    strip_elements(tree, _DROPPED, Comment, ProcessingInstruction, with_tail=False)
    text: str = Inscriptis(tree, ParserConfig(css=_CSS, display_images=False, display_links=False)).get_text()
    return text


def _prepare(element: HtmlElement) -> None:
    style = "".join(element.get("style", "").split()).casefold()
    if element.tag in _UNSEEN or _HIDDEN.search(style) or element.get("hidden") is not None:
        if element.tag not in ("html", "body"):
            element.tag = _DROPPED
        return
    if "mso-list:ignore" in style and not any(sign.isalnum() for sign in _words_of(element)):
        # Word draws its list points as a character of another font.
        for child in list(element):
            element.remove(child)
        element.text = "- "
    name, classes = element.get("id", "").casefold(), set(element.get("class", "").casefold().split())
    if name in _HISTORY_IDS or classes & _HISTORY_CLASSES:
        _insert_line(element, HISTORY)
    elif name in _SIGNATURE_IDS or classes & _SIGNATURE_CLASSES:
        _insert_line(element, SIGNATURE)
        end = element.makeelement("div")
        end.text = SIGNATURE_END
        element.append(end)


def _words_of(element: HtmlElement) -> str:
    # Word writes a hollow point as the letter o.
    text = "".join(element.itertext()).strip()
    return "" if text in ("o", "§", "·", "ü", "Ø", "v", "q") else text


def _insert_line(element: HtmlElement, mark: str) -> None:
    line = element.makeelement("div")
    line.text, line.tail = mark, element.text
    element.text = None
    element.insert(0, line)


def _is_quote(quote: HtmlElement) -> bool:
    """Whether a mail program quotes here; people use the same element to indent their own words."""
    return quote.get("type", "").casefold() == "cite" or "gmail_quote" in quote.get("class", "").split()


def _mark_quote(quote: HtmlElement) -> None:
    _insert_line(quote, _QUOTE)
    end = quote.makeelement("div")
    end.text = _QUOTE_END
    quote.append(end)


def _tidy(text: str) -> str:
    lines: list[str] = []
    depth = 0
    for line in text.replace("\xa0", " ").split("\n"):
        opened, closed = line.count(_QUOTE), line.count(_QUOTE_END)
        words = line.replace(_QUOTE, "").replace(_QUOTE_END, "").rstrip()
        if words or not (opened or closed):
            level = max(depth + (opened if words else 0), 0)
            lines.append((">" * level + " " + words.lstrip()).rstrip() if level else words)
        depth = max(depth + opened - closed, 0)
    return _BLANK.sub("\n\n", "\n".join(lines)).strip("\n")
