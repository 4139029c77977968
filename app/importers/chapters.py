"""Puts the lines of a document under its headings and chooses the chapters that are focus areas."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.importers import facts
from app.importers.builder import is_labelled, split_label
from app.importers.headings import FOCUS, MAIN_GOAL, OTHER, heading
from app.importers.sections import is_aside, is_indicators, without_number
from app.importers.source import BULLET, HEADING, Line, key

BULLETS = (BULLET, "check")


@dataclass
class Section:
    """A heading with the lines right under it; `number` is its place among the sections."""

    head: Line | None
    lines: list[Line] = field(default_factory=list)
    parent: "Section | None" = None

    @property
    def title(self) -> str:
        return self.head.text if self.head else ""

    @property
    def has_bullets(self) -> bool:
        return any(line.kind in BULLETS for line in self.lines)

    def above(self) -> "list[Section]":
        """The sections that this one is in, the nearest first."""
        return [self.parent, *self.parent.above()] if self.parent else []


def join_labels(lines: Sequence[Line]) -> list[Line]:
    """Make a heading of each label ("PAINOPISTEALUE 1.") and of the title that stands on its next line."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        alone = last is not None and is_labelled(last.text) and not split_label(last.text)[1]
        if last and alone and not is_labelled(line.text):
            joined[-1] = Line(last.number, f"{last.text} {line.text}", HEADING, last.level)
        elif is_labelled(line.text) and line.kind != HEADING and len(line.text) < 400:
            level = 0 if line.kind in BULLETS else line.level
            joined.append(Line(line.number, line.text, HEADING, level))
        else:
            joined.append(line)
    return joined


def sections_of(lines: Sequence[Line]) -> list[Section]:
    """Put each line under its heading, and each heading under the nearest higher one."""
    sections = [Section(None)]
    open_: list[Section] = []
    for line in lines:
        if line.kind != HEADING:
            sections[-1].lines.append(line)
            continue
        # A label that stood in a list is as high as the heading of that list's chapter allows.
        level = line.level or (
            open_[-1].head.level + 1 if open_ and open_[-1].head and open_[-1].head.level else 9
        )
        if not line.level and open_ and open_[-1].head and is_labelled(open_[-1].title):
            level = open_[-1].head.level
        head = Line(line.number, line.text, HEADING, level)
        while open_ and open_[-1].head and open_[-1].head.level >= level and not _holds(open_[-1], head):
            open_.pop()
        section = Section(head, parent=open_[-1] if open_ else None)
        sections.append(section)
        open_.append(section)
    return sections


def _holds(section: Section, head: Line) -> bool:
    """In plain text a chapter and the goals in it may look alike ("4. TAVOITTEET", then "1. ...")."""
    if not section.head or section.head.level != head.level or head.level not in (3, 4):
        return False
    if not facts.announces(without_number(section.title)) or section.has_bullets:
        return False
    text = without_number(head.text)
    return not (is_aside(text) or is_indicators(text) or facts.announces(text))


def declared_in(sections: Sequence[Section]) -> set[str]:
    """Titles that the document lists as its focus areas: by a label, or in a chapter that only lists them."""
    titles = {key(split_label(s.title)[1]) for s in sections if s.head and is_labelled(s.title)}
    heads = {key(without_number(s.title)) for s in sections if s.head}
    for section in sections:
        if section.head and _announces_focuses(section.title):
            bullets = [key(without_number(line.text)) for line in section.lines if line.kind in BULLETS]
            if any(text in heads for text in bullets):
                titles.update(bullets)
    return {title for title in titles if title}


def _announces_focuses(title: str) -> bool:
    words = re.findall(r"[^\W\d_]+", title)
    return facts.is_container(without_number(title)) and any(
        heading(word).role in (FOCUS, MAIN_GOAL) for word in words
    )


def choose_focuses(sections: Sequence[Section], declared: set[str]) -> set[int]:
    """Choose the sections (by id) that are focus areas.

    Labelled ones where there are any; else those right under a chapter that announces them; else
    every chapter with bullets that tells of nothing else.
    """
    named = [s for s in sections if s.head and not is_role(s.title)]
    by_label = [
        s for s in named if is_labelled(s.title) or key(without_number(split_label(s.title)[1])) in declared
    ]
    if by_label:
        return {id(s) for s in by_label}
    under = [
        s
        for s in named
        if s.parent
        and _is_container(s.parent, sections)
        and not facts.is_container(without_number(s.title))
        and not is_aside(s.title)
    ]
    if any(s.has_bullets or any(o.has_bullets for o in sections if s in o.above()) for s in under):
        return {id(s) for s in under}
    bearing = [
        s
        for s in sections
        if s.head and s.has_bullets and not any(is_aside_chapter(o) for o in (s, *s.above()))
    ]
    chosen: set[int] = set()
    for section in bearing:
        path = [s for s in (section, *section.above()) if not is_role(s.title) and _can_be_focus(s, sections)]
        if path:
            chosen.add(id(path[1] if len(path) > 1 else path[0]))
    return chosen


def is_aside_chapter(section: Section) -> bool:
    return is_aside(section.title) and not is_labelled(section.title)


def _is_container(section: Section, sections: Sequence[Section]) -> bool:
    """Tell whether a chapter announces focus areas; not where its neighbours are called alike."""
    title = without_number(section.title)
    if facts.is_container(title):
        return True
    alike = [
        other
        for other in sections
        if other.parent is section.parent and other.head and facts.announces(without_number(other.title))
    ]
    return facts.announces(title) and len(alike) == 1


def _can_be_focus(section: Section, sections: Sequence[Section]) -> bool:
    """A plan's title over all chapters, and a chapter that announces others, are not focus areas."""
    if facts.is_plan_title(section.title) or _is_container(section, sections):
        return False
    only_top = section.parent is None and section.head is not None and section.head.level == 1
    children = [other for other in sections if other.parent is section]
    siblings = [other for other in sections if other.parent is None and other.head]
    return not (only_top and len(siblings) == 1 and bool(children))


def is_role(title: str) -> bool:
    """Tell whether a heading is only the name of what follows ("Toimenpiteet", "Mittarit:")."""
    found = heading(title)
    return (
        found.pure
        and found.role != OTHER
        and len(title) < 60
        and not is_labelled(title)
        and not re.search(r"\d", title)
    )
