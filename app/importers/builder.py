"""Puts a plan together while its document is read from top to bottom."""

import re
from dataclasses import dataclass, field

from app.domain.plans import FocusArea, Measure, Objective
from app.importers.headings import INDICATORS, MONITORING, RESPONSIBLE, SCHEDULE
from app.importers.reading import Passed, Problem
from app.importers.source import key, one_line, tidy

_LABEL = re.compile(
    r"""^(?P<label>
        (?:painopiste(?:alue)?|kehittämiskohde|teema|kärki(?:tavoite|teema)?|päätavoite
          |strateginen\ (?:tavoite|päämäärä)|päämäärä|osa-?alue|ohjelma-?alue
          |tyngdpunkt(?:sområde)?|insatsområde|fokusområde|utvecklingsområde|tema|huvudmål)
        (?:\s*\d+(?:\.\d+)*\b|\s*[IVX]+\b|\s+[A-H]\b)?\s*[.:)–-]?
    )(?:\s+|$)(?P<core>.*)$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_OBJECTIVE_LABEL = re.compile(
    r"^(?:(?:osa|väli|tavoite)?tavoite|delmål|mål|målsättning|päämäärä)\s*(?:\d+(?:\.\d+)*|[IVX]+)?\s*[.:)–-]\s*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"^(?P<label>(?:\d+(?:\.\d+)*|[IVX]+)[.:)]?)\s+(?P<core>\S.*)$", re.DOTALL)
_GOES_ON = re.compile(r"\s*[(–-]*\s*(?:jatkuu|jatkoa|jatk\.|forts(?:ättning|\.)?)\s*\)?\s*$", re.IGNORECASE)


def split_label(title: str) -> tuple[str | None, str]:
    """Split a focus area's title: ("PÄÄTAVOITE I:", "Lasten ..."); the core is "" for a label alone."""
    match = _LABEL.match(title)
    if match and (match["label"][-1] in ".:)–-" or re.search(r"\s(?:\d|[IVX]+$|[A-H]$)", match["label"])):
        return match["label"].strip(), match["core"].strip()
    if match and not match["core"]:
        return match["label"].strip(), ""
    match = _NUMBER.match(title)
    return (match["label"], match["core"].strip()) if match else (None, title)


def is_labelled(title: str) -> bool:
    """Tell whether a title says by a word that it is a focus area ("Painopiste 2: ...")."""
    label, _ = split_label(title)
    return label is not None and label[0].isalpha() and len(label) > 4 and bool(_LABEL.match(title))


def is_labelled_objective(title: str) -> bool:
    """Tell whether a title says by a word that it is an objective ("Tavoite 1.2: ...")."""
    return bool(_OBJECTIVE_LABEL.match(title))


def split_parties(text: str) -> tuple[str, ...]:
    """Split a cell of responsible parties at line breaks and at commas outside brackets; "ja" never."""
    parties: list[str] = []
    for line in text.split("\n"):
        depth, start = 0, 0
        for at, char in enumerate(line + ","):
            depth += (char == "(") - (char == ")")
            if char == "," and (depth <= 0 or at == len(line)):
                parties.append(line[start:at].strip().rstrip(".").strip())
                start = at + 1
    return tuple(party for party in parties if party)


@dataclass
class _Objective:
    title: str | None
    measures: list[Measure] = field(default_factory=list)


@dataclass
class _Area:
    title: str
    label: str | None
    objectives: list[_Objective] = field(default_factory=list)


@dataclass
class Builder:
    """The plan so far, where in it the reading is, and what was not understood."""

    areas: list[_Area] = field(default_factory=list)
    indicators: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)
    area: _Area | None = None
    objective: _Objective | None = None

    def enter_focus(self, title: str) -> None:
        """Go to the focus area of this title; the same title again is the same focus area.

        Titles are compared whole, because two main goals may carry the same number. A title without
        its label continues the labelled one.
        """
        title = _GOES_ON.sub("", one_line(title))
        label, core = split_label(title)
        for area in self.areas:
            known = split_label(area.title)[1]
            if key(area.title) == key(title) or (label is None and key(known) == key(title)):
                self.objective = self.objective if area is self.area else None
                self.area = area
                return
        self.area = _Area(title, label if core else None)
        self.objective = None
        self.areas.append(self.area)

    def enter_objective(self, title: str | None) -> None:
        """Go to an objective of the present focus area; the same title again is the same objective."""
        if self.area is None:
            raise ValueError("an objective needs a focus area")
        title = one_line(title) if title else None
        wanted = key(title or "")
        for objective in self.area.objectives:
            if key(objective.title or "") == wanted:
                self.objective = objective
                return
        self.objective = _Objective(title)
        self.area.objectives.append(self.objective)

    def add_measure(self, fields: dict[str, str]) -> None:
        """Add a measure; `fields` are whole cells by role (headings.MEASURE and so on)."""
        if self.objective is None:
            self.enter_objective(None)
        if self.objective is None:
            raise ValueError("a measure needs an objective")
        self.objective.measures.append(measure_of(fields))

    def add_to_last(self, fields: dict[str, str]) -> bool:
        """Add further lines to the last measure; False where there is none yet."""
        if self.objective is None or not self.objective.measures:
            return False
        self.objective.measures[-1] = measure_of(_joined(self.objective.measures[-1], fields))
        return True

    def problem(self, line: int, text: str, message: str, sheet: str | None = None, **values: object) -> None:
        """Note a line that was not understood."""
        self.problems.append(Problem(line, tidy(text), message, values, sheet))

    def pass_over(self, line: int, text: str, why: str, sheet: str | None = None) -> None:
        """Note a line that is rightly not in the plan."""
        self.passed.append(Passed(line, tidy(text), why, sheet))

    def focus_areas(self) -> tuple[FocusArea, ...]:
        """Return what was built."""
        return tuple(
            FocusArea(a.title, a.label, tuple(Objective(o.title, tuple(o.measures)) for o in a.objectives))
            for a in self.areas
        )


def measure_of(fields: dict[str, str]) -> Measure:
    """Make a measure of whole cells by role; empty cells are None or ()."""
    cells = {role: tidy(text) for role, text in fields.items()}
    indicators = cells.get(INDICATORS) or None
    responsible = cells.get(RESPONSIBLE) or None
    return Measure(
        text=cells.get("measure", ""),
        indicators=tuple(indicators.split("\n")) if indicators else (),
        indicators_text=indicators,
        schedule=cells.get(SCHEDULE) or None,
        responsible=split_parties(responsible) if responsible else (),
        responsible_text=responsible,
        monitoring=cells.get(MONITORING) or None,
    )


def _joined(measure: Measure, fields: dict[str, str]) -> dict[str, str]:
    known = {
        "measure": measure.text,
        INDICATORS: measure.indicators_text or "",
        SCHEDULE: measure.schedule or "",
        RESPONSIBLE: measure.responsible_text or "",
        MONITORING: measure.monitoring or "",
    }
    return {role: f"{text}\n{fields.get(role, '')}".strip() for role, text in known.items()}
