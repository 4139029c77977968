"""A page of HTML becomes a file to print, and the room for handwriting fills its sheet."""

import hashlib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from urllib.parse import quote

MM = 96 / 25.4  # CSS pixels
LEAST_ROOM = 5  # mm after each item, where a sheet is full
ROOM_OF_MANY = 12  # mm, where the items take more than one sheet anyway
A_LINE = 9  # mm that a line of handwriting takes
SPARE = 1.5  # mm that rounding may eat
SMALLER = (11, 10, 9, 8)  # points, where 12 are too many for the one sheet of a notice
KEPT = 64
SHEETS = ("paper", "agenda", "letter", "notice", "form")  # of css/, in their order

# Paper costs a third of a second of one core, and Pango's fonts are not made for threads: one at a time.
_ONE_AT_A_TIME = Lock()


class NoPrinter(Exception):
    """The system lacks a library that PDF files are drawn with; the text is the loader's own."""


@dataclass(frozen=True)
class Layout:
    """How words and sheets are fitted to each other.

    `rooms` is how many elements of class `room` share what is left of a single sheet, each at least `least`
    mm high. With `one_sheet` letters get smaller, down to two thirds, until one sheet holds them all.
    """

    rooms: int = 0
    least: int = LEAST_ROOM
    one_sheet: bool = False


PLAIN = Layout()


def pdf(html: str, layout: Layout = PLAIN, *, keep: bool = True) -> bytes:
    """Return the HTML as PDF/UA-1 on A4; raise NoPrinter where the system cannot make one.

    The page has a `lang` and a title; elements with the ids `end` and `bottom` mark where its words and its
    sheet end. The same page is drawn once and kept in memory; `keep=False` is for what holds anybody's name.
    """
    return (_kept if keep else _drawn)(html, layout)


def mark_of(html: str) -> str:
    """Return a mark of what the paper of this HTML looks like, for browsers that have it already."""
    return hashlib.sha256(f"{_style()}{html}".encode()).hexdigest()[:32]


@cache
def _style() -> str:
    folder = Path(__file__).with_name("css")
    return "\n".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS)


def _drawn(html: str, layout: Layout) -> bytes:
    try:
        # Inside, not on top: without the system's Pango the import fails, and the pages must still open.
        from app.documents import printer  # noqa: PLC0415 - needs Pango, which may be missing
    except OSError as error:
        raise NoPrinter(str(error)) from error
    with _ONE_AT_A_TIME:
        css = _style()
        pages = printer.lay_out(html, css + _room(layout.least))
        for size in SMALLER if layout.one_sheet else ():
            if len(pages.pages) == 1:
                break
            css = f"{_style()} html {{ font-size: {size}pt; }}"
            pages = printer.lay_out(html, css + _room(layout.least))
        if layout.rooms:
            room = float(max(ROOM_OF_MANY, layout.least))
            if len(pages.pages) == 1:
                free = (printer.down_to(pages, "bottom") - printer.down_to(pages, "end")) / MM - SPARE
                room = layout.least + max(free, 0) / layout.rooms
            pages = printer.lay_out(html, css + _room(room))
        return printer.written(pages)


_kept = lru_cache(KEPT)(_drawn)


def _room(height: float) -> str:
    """Return the style of rooms so high (mm), ruled for as many lines of handwriting as they hold.

    The lines are one picture: a small one that repeats shows hairs at its edges in several readers.
    """
    count = max(int(height / A_LINE), 1)
    lines = "".join(f"M0 {height * (place - 0.1) / count:.2f}h100" for place in range(1, count + 1))
    picture = quote(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 {height:.2f}" preserveAspectRatio="none">'
        f'<path d="{lines}" stroke="#999" stroke-width=".1"/></svg>'
    )
    image = f'background-image: url("data:image/svg+xml,{picture}")'
    return f".room {{ height: {height:.2f}mm; background-size: 100% {height:.2f}mm; {image} }}"
