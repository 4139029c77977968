"""A page of HTML becomes a file to print, and the room for handwriting fills its sheet."""

import hashlib
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock

MM = 96 / 25.4  # CSS pixels
LEAST_ROOM = 5  # mm after each item, where a sheet is full
ROOM_OF_MANY = 12  # mm, where the items take more than one sheet anyway
A_LINE = 9  # mm that a line of handwriting takes
SPARE = 1.5  # mm that rounding may eat
SMALLER = (11, 10, 9, 8)  # points, where 12 are too many for the one sheet of a notice
KEPT = 64
SHEET = Path(__file__).with_name("paper.css")

# Paper costs a third of a second of one core, and Pango's fonts are not made for threads: one at a time.
_ONE_AT_A_TIME = Lock()


class NoPrinter(Exception):
    """The system lacks a library that PDF files are drawn with; the text is the loader's own."""


def pdf(html: str, *, rooms: int = 0, one_sheet: bool = False, keep: bool = True) -> bytes:
    """Return the HTML as PDF/UA-1 on A4; raise NoPrinter where the system cannot make one.

    The page has a `lang` and a title; elements with the ids `end` and `bottom` mark where its words and
    its sheet end. `rooms` is how many elements of class `room` share what is left between the two. With
    `one_sheet` letters get smaller, down to two thirds, until one sheet holds them all. The same page is
    drawn once and kept in memory; `keep=False` is for pages that hold anybody's name.
    """
    return (_kept if keep else _drawn)(html, rooms, one_sheet)


def mark_of(html: str) -> str:
    """Return a mark of what the paper of this HTML looks like, for browsers that have it already."""
    return hashlib.sha256(f"{_sheet()}{html}".encode()).hexdigest()[:32]


@cache
def _sheet() -> str:
    return SHEET.read_text(encoding="utf-8")


def _drawn(html: str, rooms: int, one_sheet: bool) -> bytes:
    try:
        # Inside, not on top: without the system's Pango the import fails, and the pages must still open.
        from app.documents import printer  # noqa: PLC0415
    except OSError as error:
        raise NoPrinter(str(error)) from error
    with _ONE_AT_A_TIME:
        css = _sheet()
        pages = printer.lay_out(html, css + _room(LEAST_ROOM))
        for size in SMALLER if one_sheet else ():
            if len(pages.pages) == 1:
                break
            css = f"{_sheet()} html {{ font-size: {size}pt; }}"
            pages = printer.lay_out(html, css + _room(LEAST_ROOM))
        if rooms:
            room = float(ROOM_OF_MANY)
            if len(pages.pages) == 1:
                free = (printer.down_to(pages, "bottom") - printer.down_to(pages, "end")) / MM - SPARE
                room = LEAST_ROOM + max(free, 0) / rooms
            pages = printer.lay_out(html, css + _room(room))
        return printer.written(pages)


_kept = lru_cache(KEPT)(_drawn)


def _room(height: float) -> str:
    """Return the style of rooms so high (mm), ruled for as many lines of handwriting as they hold."""
    lines = max(int(height / A_LINE), 1)
    return f".room {{ height: {height:.2f}mm; background-size: 100% {height / lines:.2f}mm; }}"
