"""Turns the Markdown that people write in notes into HTML that is safe to show, and into plain text.

Everything that Markdown would drop or that could harm stays visible as text: raw HTML, pictures,
reference definitions. What remains passes one small allow-list.
"""

import html
import re
from xml.etree.ElementTree import Element, SubElement

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

LONGEST = 10_000  # the length of one note
MOST_BRACKETS = 200  # one after another
MOST_OPENED = 1_000  # opening brackets in all: Markdown's time grows with their square
# Each list mark or quote on a line doubles the time that Markdown takes: twenty take half a minute.
MOST_NESTED = 8
MOST_INDENTED = 20

TAGS = frozenset(
    (
        *("p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a", "code", "pre", "hr"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    )
)
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
REL = "noopener nofollow ugc"
HEADINGS = {f"h{level}" for level in range(1, 7)}

_BRACKETS = re.compile(rf"[\[\]]{{{MOST_BRACKETS + 1},}}")
_NESTED = re.compile(rf"^(?:[ \t]*(?:\d{{1,9}}[.)]|[-*+>])[ \t]*){{{MOST_NESTED + 1},}}", re.MULTILINE)
_INDENT = re.compile(rf"^(?:\t| {{4}}){{{MOST_INDENTED + 1},}}", re.MULTILINE)
_NOWHERE = re.compile(rf'<a(?: title="[^"]*")? rel="{REL}">(.*?)</a>', re.DOTALL)
_WORDLESS = re.compile(rf'<a href="([^"]*)"((?: title="[^"]*")? rel="{REL}")>\s*</a>')
_BLANK = re.compile("\n{3,}")


class _BoldHeadings(Treeprocessor):
    """A heading of a note becomes a bold paragraph: the headings of the page stay the page's own."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag in HEADINGS:
                children, words, tail = list(element), element.text, element.tail
                element.clear()
                element.tag, element.tail = "p", tail
                strong = SubElement(element, "strong")
                strong.text = words
                strong.extend(children)


class _Notes(Extension):
    """Markdown as notes use it."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        md.preprocessors.deregister("html_block")
        md.parser.blockprocessors.deregister("reference")
        for name in (
            "html",
            "reference",
            "short_reference",
            "image_link",
            "image_reference",
            "short_image_ref",
        ):
            md.inlinePatterns.deregister(name)
        md.treeprocessors.register(_BoldHeadings(md), "bold_headings", 30)


def rendered(markdown: str) -> str:
    """Return safe HTML of some Markdown; text that is too long or too knotty is shown as it was typed."""
    if not markdown.strip():
        return ""
    if _is_hostile(markdown):
        return _as_typed(markdown)
    try:
        made = Markdown(extensions=[_Notes(), "sane_lists", "nl2br", "tables"]).convert(markdown)
    except RecursionError:
        return _as_typed(markdown)
    return _clean(made)


def plain(markdown: str) -> str:
    """Return Markdown as the text of a letter: no tags, no marks, no addresses of links."""
    made = rendered(markdown)
    made = re.sub(r"<li>\s*(?:<p>)?", "- ", made)
    made = re.sub(r"</p>|</blockquote>|</table>|</pre>", "\n\n", made)
    made = re.sub(r"<br>\n?", "\n", made)
    made = re.sub(r"</t[hd]>", " ", made)
    text = html.unescape(nh3.clean(made, tags=set()))
    return _BLANK.sub("\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip()


def _is_hostile(markdown: str) -> bool:
    return (
        len(markdown) > LONGEST
        or markdown.count("[") > MOST_OPENED
        or any(pattern.search(markdown) for pattern in (_BRACKETS, _NESTED, _INDENT))
    )


def _as_typed(text: str) -> str:
    escaped = html.escape(text.strip(), quote=False).replace("\n", "<br>\n")
    return _clean(f"<p>{escaped}</p>")


def _clean(made: str) -> str:
    clean = nh3.clean(
        made,
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        url_relative="deny",
        link_rel=REL,
    )
    clean = _NOWHERE.sub(r"\1", clean)  # an address that may not be followed leaves its words
    return _WORDLESS.sub(r'<a href="\1"\2>\1</a>', clean)  # and a link without words shows its address
