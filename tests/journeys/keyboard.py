"""A person without a mouse: Tab, Enter and Space only, and at every stop the focus can be seen."""

from __future__ import annotations

from playwright.sync_api import Page

MOST_STOPS = 400

# What the focused element is, whether it carries a ring of its own, and what would hide it from a person
# who looks for it. Of a tall text box it is enough that its first lines are in the window.
LOOK = """
() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one);
  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const ring = outlined || style.boxShadow !== "none";
  const box = one.getBoundingClientRect();
  const inside = box.width > 0 && box.height > 0 && box.left >= 0 && box.right <= innerWidth + 1
    && box.top >= 0 && Math.min(box.bottom, box.top + 40) <= innerHeight;
  const part = one.getClientRects()[0] ?? box;
  const top = document.elementFromPoint(part.left + part.width / 2,
    Math.min(part.top + part.height / 2, innerHeight - 2));
  const clear = top !== null && (one === top || one.contains(top) || top.contains(one)
    && top.tagName === "LABEL");
  const label = one.getAttribute("aria-label") || one.labels?.[0]?.innerText || one.innerText || "";
  return {
    words: label.replaceAll("\\u00ad", "").replaceAll(/\\s+/g, " ").trim(),
    tag: one.tagName.toLowerCase() + (one.type ? ":" + one.type : ""),
    off: one.getAttribute("aria-disabled") === "true",
    marked: one.matches(":focus-visible") && ring,
    inside, clear,
    where: [box.left, box.top, box.right, box.bottom].map(Math.round).join(),
    over: top ? top.outerHTML.slice(0, 120) : "nothing",
  };
}
"""


class Keyboard:
    """Walks a page by keys; `to` names a stop by its words, as a screen reader would say them."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self, address: str) -> None:
        """Type an address: the only thing that is not on the page."""
        self.page.goto(address)

    def to(self, words: str, tag: str = "") -> None:
        """Press Tab until the stop with these words has the focus; every stop on the way is looked at."""
        passed: list[str] = []
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            stop = self.page.evaluate(LOOK)
            if stop is None:
                passed.append("(the end)")
                if passed.count("(the end)") > 1:
                    break
                continue
            passed.append(stop["words"])
            assert stop["marked"], f"the focus does not show on {stop}"
            assert stop["inside"], f"the focus is outside the window: {stop}"
            assert stop["clear"], f"something covers the focus: {stop}"
            if stop["words"].startswith(words) and stop["tag"].startswith(tag):
                return
        raise AssertionError(f"Tab never comes to {words!r} on {self.page.url}: {passed}")

    def press(self, words: str, key: str = "Enter") -> None:
        """Go to a link or button and press it; the next page is waited for."""
        self.to(words)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def press_here(self, words: str, key: str = "Enter") -> None:
        """Go to a button and press it, where a script answers on the same page."""
        self.to(words)
        self.answered(key)

    def answered(self, key: str) -> None:
        """Press a key and wait until the page holds the answer."""
        with self.page.expect_response(lambda one: one.request.method == "POST"):
            self.page.keyboard.press(key)
        self.page.wait_for_selector("form:not([aria-busy])")

    def write(self, words: str, text: str) -> None:
        """Go to a field and type over what is in it (Tab selects a line’s text itself)."""
        self.to(words)
        self.page.keyboard.type(text)

    def choose(self, words: str, option: str) -> None:
        """Go to a list and type the first letters of a choice."""
        self.to(words, "select")
        self.page.keyboard.type(option)
