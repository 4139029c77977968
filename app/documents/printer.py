"""The one module that knows WeasyPrint; importing it needs the system's Pango, so only `pdf` does."""

from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.urls import URLFetcher, URLFetcherResponse


class NothingFromOutside(URLFetcher):  # type: ignore[misc]  # the package carries no types
    """Refuses every address but data: within the page itself; the style is given as text."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return what a data: address holds; raise ValueError for any other, so that it stays empty."""
        if not url.startswith("data:"):
            raise ValueError("Paper is made of its own page alone.")
        return super().fetch(url, headers)


def lay_out(html: str, css: str) -> Document:
    """Return the pages of some HTML in a style."""
    fetcher = NothingFromOutside()
    style = CSS(string=css, url_fetcher=fetcher)
    page = HTML(string=html, base_url=None, url_fetcher=fetcher)
    return page.render(stylesheets=[style], pdf_variant="pdf/ua-1")


def written(pages: Document) -> bytes:
    """Return the pages as PDF/UA-1 (ISO 14289-1): tagged, with language and title."""
    return bytes(pages.write_pdf(pdf_variant="pdf/ua-1"))


def down_to(pages: Document, name: str) -> float:
    """Return how far down the last page an element with an id stands, in CSS pixels."""
    return float(pages.pages[-1].anchors[name][1])
