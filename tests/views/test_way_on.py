"""Where signing in may lead: to pages of ours, in no spelling to another site."""

import pytest

from app.views.way_on import safe_next

ELSEWHERE = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/ /evil.example",
    "https://evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "/%0d%0aSet-Cookie:x",
    "/%5cevil.example",
    "/.//evil.example",
    "/a//evil.example",
    "/a\n",
    "evil.example",
    "/@evil.example",
    "/sign-out",
    "/" + "a" * 400,
    "",
]


@pytest.mark.parametrize("text", ELSEWHERE)
def test_no_spelling_of_next_leads_elsewhere(text: str) -> None:
    assert safe_next(text) is None


@pytest.mark.parametrize(
    "text", ["/", "/inbox", "/meetings/12/edit?lang=sv", "/tables/etela", "/outbox?page=2&state=sent"]
)
def test_pages_of_ours_may_be_next(text: str) -> None:
    assert safe_next(text) == text
