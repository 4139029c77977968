"""A picture that a phone's camera reads as an address."""

import segno


def qr_svg(address: str, title: str) -> str:
    """Return a QR code as SVG for a page; `title` is what a screen reader says of it.

    A fourth of the code may be stained or torn and it still reads (ISO/IEC 18004, level Q).
    """
    code = segno.make(address, error="q", micro=False, boost_error=False)
    return code.svg_inline(title=title, omitsize=True, svgclass=None, lineclass=None, border=4)
