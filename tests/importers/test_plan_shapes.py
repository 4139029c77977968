"""One invented plan, written in every shape that municipalities use, reads as the same plan."""

import pytest

from app.domain.plans import Counts, FocusArea, Measure, Objective, counts
from app.importers.read import read_pasted, read_plan
from tests.importers.make_documents import comma_file, told, word, xlsx

_FIRST = Measure(
    "Perhekerho kylätaloille\nVertaisryhmät",
    ("Kävijämäärä", "Palaute, kirjallinen"),
    "Kävijämäärä\nPalaute, kirjallinen",
    "2025 syksy-",
    ("Sivistystoimi (nuoriso, liikunta)", "MLL"),
    "Sivistystoimi (nuoriso, liikunta), MLL.",
    "Tilinpäätös",
)
_SECOND = Measure(
    "Harrastusbussi", ("Vuorot",), "Vuorot", "2026", ("Tekninen toimi",), "Tekninen toimi", None
)
_THIRD = Measure("Raati kokoontuu", ("Kokoukset",), "Kokoukset", "Vuosittain", ("Nuva",), "Nuva", "Kysely")
_FOURTH = Measure("Ystävätoiminta", ("Ystävät",), "Ystävät", "Jatkuva", ("SPR",), "SPR", "Talousarvio")
PLAN = (
    FocusArea(
        "PÄÄTAVOITE I: Lapset ja nuoret voivat hyvin",
        "PÄÄTAVOITE I:",
        (
            Objective("Perheet saavat tukea ajoissa", (_FIRST, _SECOND)),
            Objective("Nuoria kuullaan", (_THIRD,)),
        ),
    ),
    # The same number with another title is another focus area.
    FocusArea(
        "PÄÄTAVOITE I: Kukaan ei jää yksin", "PÄÄTAVOITE I:", (Objective("Yksinäisyys vähenee", (_FOURTH,)),)
    ),
)
HEADINGS = ["Tavoite", "Toimen-\npide", "Mittari / toteutuminen", "AIKA-TAULU", "Vastuu- taho", "Seuranta"]
HELP = ["Missä on onnistuttava?", "Mitä tehdään?", "Miten mitataan?", "Millon?", "Kuka?", "Esim. raha"]
SWEDISH = ["Mål", "Åtgärder", "Mätare", "Tidtabell", "Ansvarig instans", "Uppföljning"]


def cells(measure: Measure) -> list[str]:
    rest = (measure.indicators_text, measure.schedule, measure.responsible_text, measure.monitoring)
    return [measure.text, *(text or "" for text in rest)]


def rows(*, merged: object = "") -> list[tuple[FocusArea, list[object]]]:
    """Rows of objective and measure; a repeated objective is `merged`."""
    return [
        (area, [objective.title if at == 0 else merged, *cells(measure)])
        for area in PLAN
        for objective in area.objectives
        for at, measure in enumerate(objective.measures)
    ]


def with_titles(*, across: bool, headings: list[str] = HEADINGS, merged: object = "") -> list[list[object]]:
    """One table; each focus area has a row of its own, `across` the table or in its first cell."""
    table: list[list[object]] = [list(headings)]
    last = None
    for area, row in rows(merged=merged):
        if area is not last:
            table.append([area.title] if across else [area.title, *[""] * 5])
            last = area
        table.append(row)
    return table


def by_area(head, *, numbered: bool = False, per_page: int = 9) -> list[list[list[object]]]:
    """A table for each focus area, a new one on each page; `head(area)` makes its first rows."""
    tables: list[list[list[object]]] = []
    last, number = None, 0
    for area, row in rows():
        number = number + 1 if area is last else 1
        if area is not last or number % per_page == 1:
            tables.append(head(area))
            last = area
        tables[-1].append([number, *row] if numbered else row)
    return tables


def seven_columns(area: FocusArea) -> list[list[object]]:
    return [[area.title, *[""] * 6], ["", *HEADINGS], ["", *HELP]]


def theme_in_heading(area: FocusArea) -> list[list[object]]:
    return [[area.title, *HEADINGS[1:]]]


def stacked(tables: list[list[list[object]]]) -> list[list[object]]:
    return [row for table in tables for row in [*table, []]]


def focus_column(*, repeat: bool) -> list[list[object]]:
    table: list[list[object]] = [["Painopistealue", *HEADINGS]]
    last = None
    for area, row in rows():
        table.append([area.title if repeat or area is not last else "", *row])
        last = area
    return table


def headings_above() -> list[object]:
    parts: list[object] = ["# Mallilan hyvinvointisuunnitelma 2025–2028", "# Tavoitteet ja toimenpiteet"]
    for area in PLAN:
        parts.append(f"## {area.title}")
        for objective in area.objectives:
            table = [HEADINGS[1:], *(cells(measure) for measure in objective.measures)]
            parts.extend([f"### {objective.title}", table])
    return parts


def pasted_from_word() -> str:
    return "\n".join("\t".join(map(str, row)) for row in with_titles(across=True))


def pasted_from_excel() -> str:
    return comma_file(with_titles(across=False), separator="\t").decode()


WIDE = {"Taul1": ["A2:F2", "A3:A4", "A6:F6"]}
SHAPES = {
    "word, merged goals and full-width rows": lambda: read_plan(
        "p.docx", word(with_titles(across=True, merged=None))
    ),
    "excel, merged goals and full-width rows": lambda: read_plan(
        "p.xlsx", xlsx({"Taul1": with_titles(across=False)}, merges=WIDE)
    ),
    "excel, Swedish headings": lambda: read_plan(
        "p.xlsx", xlsx({"Blad1": with_titles(across=False, headings=SWEDISH)})
    ),
    "csv, semicolons, Windows-1252": lambda: read_plan(
        "p.csv", comma_file(with_titles(across=False), encoding="cp1252")
    ),
    "csv, commas, UTF-8 with a mark": lambda: read_plan(
        "p.csv", comma_file(with_titles(across=False), separator=",", encoding="utf-8-sig")
    ),
    "csv, tabs, UTF-16": lambda: read_plan(
        "p.csv", comma_file(with_titles(across=False), separator="\t", encoding="utf-16")
    ),
    "a table per theme, the theme in the heading row": lambda: read_plan(
        "p.csv", comma_file(stacked(by_area(theme_in_heading)))
    ),
    "a sheet per theme and a cover": lambda: read_plan(
        "p.xlsx",
        xlsx(
            {"Kansi": [["Mallilan kunta"], ["Kausi", "2025–2028"]]}
            | {f"Teema {at}": table for at, table in enumerate(by_area(theme_in_heading))}
        ),
    ),
    "a word table per theme": lambda: read_plan(
        "p.docx", word("# Johdanto", "Teksti.", *by_area(theme_in_heading), "Loppusanat.")
    ),
    "seven columns, headings and help on each page, csv": lambda: read_plan(
        "p.csv", comma_file(stacked(by_area(seven_columns, numbered=True, per_page=2)))
    ),
    "seven columns, a sheet per page": lambda: read_plan(
        "p.xlsx",
        xlsx({f"s{at}": t for at, t in enumerate(by_area(seven_columns, numbered=True, per_page=2))}),
    ),
    "focus area as a column, repeated": lambda: read_plan("p.csv", comma_file(focus_column(repeat=True))),
    "focus area as a column, once": lambda: read_plan("p.xlsx", xlsx({"S": focus_column(repeat=False)})),
    "word, focus area and objective as headings above tables": lambda: read_plan(
        "p.docx", word(*headings_above())
    ),
    "pasted from Excel": lambda: read_pasted(pasted_from_excel()),
    "pasted from Word": lambda: read_pasted(pasted_from_word()),
    "pasted from Word, Windows line ends": lambda: read_pasted(pasted_from_word().replace("\n", "\r\n")),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_plan_is_the_same_in_every_shape(shape):
    reading = SHAPES[shape]()
    assert reading.plan.focus_areas == PLAN
    assert reading.problems == ()
    assert reading.kind == "table"


def outline(area_mark: str, objective_mark: str, bullet: str) -> str:
    lines = []
    for area in PLAN:
        lines += ["", area_mark + area.title, ""]
        for objective in area.objectives:
            lines += ["", objective_mark + str(objective.title), ""]
            lines += [bullet + measure.text.replace("\n", " ") for measure in objective.measures]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("p.md", outline("## ", "### ", "- ").encode()),
        ("p.md", outline("## ", "### ", "* ").encode()),
        ("p.txt", outline("", "", "•\t").encode()),
        ("p.txt", outline("", "", "– ").encode("utf-16")),
        ("p.docx", word(*[line for line in outline("# ", "## ", "- ").split("\n") if line])),
        # Nobody used styles: headings and bullets were typed by hand.
        ("p.docx", word(*[line for line in outline("", "", "• ").split("\n") if line])),
    ],
)
def test_headings_and_bullets_are_the_same_plan_without_its_columns(name, data):
    reading = read_plan(name, data)
    assert told(reading) == [
        (area.title, objective.title, measure.text.replace("\n", " "))
        for area in PLAN
        for objective in area.objectives
        for measure in objective.measures
    ]
    assert reading.kind == "outline"
    assert counts(reading.plan) == Counts(2, 3, 4)
