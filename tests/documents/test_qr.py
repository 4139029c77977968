"""The code on the notice board says the address, and says in words what it is."""

import re
from xml.etree import ElementTree

import segno

from app.documents.qr import qr_svg

URL = "https://kumppanuus.lehmijarvi.example/topics/propose?table=pohjoinen&lang=sv"


def dark(path: str) -> set[tuple[int, int]]:
    """The dark squares of a path that segno draws: strokes to the right, each one square high."""
    found, x, y = set(), 0.0, 0.0
    for verb, numbers in re.findall(r"([Mmh])([-\d. ]*)", path):
        values = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", numbers)]
        if verb == "M":
            x, y = values
        elif verb == "m":
            x, y = x + values[0], y + values[1]
        else:
            found |= {(int(x) + step, int(y)) for step in range(int(values[0]))}
            x += values[0]
    return found


def test_the_squares_are_those_of_the_address() -> None:
    svg = ElementTree.fromstring(qr_svg(URL, "Ehdota"))
    drawn = dark(svg.findall("path")[-1].get("d", ""))
    code = segno.make(URL, error="q", micro=False, boost_error=False)
    wanted = {(x + 4, y + 4) for y, row in enumerate(code.matrix) for x, square in enumerate(row) if square}
    assert drawn == wanted
    assert code.error == "Q"
    other = segno.make(URL.replace("pohjoinen", "etela"), error="q", micro=False, boost_error=False)
    assert drawn != {(x + 4, y + 4) for y, row in enumerate(other.matrix) for x, one in enumerate(row) if one}


def test_a_rim_of_four_squares_stays_white() -> None:
    svg = ElementTree.fromstring(qr_svg(URL, "Ehdota"))
    side = int(svg.get("viewBox", "").split()[2])
    squares = dark(svg.findall("path")[-1].get("d", ""))
    assert min(min(one) for one in squares) == 4  # ISO/IEC 18004, 5.3.8
    assert max(max(one) for one in squares) == side - 5


def test_its_name_is_text_whatever_it_holds() -> None:
    svg = ElementTree.fromstring(qr_svg("https://a.example/?a=1&b=<", "<script>alert(1)</script> & co"))
    assert svg.findtext("title") == "<script>alert(1)</script> & co"
    assert not list(svg.iter("script"))
