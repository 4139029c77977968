"""Tables as people fill them in: what is understood, and what is told as not understood."""

import pytest

from app.domain.errors import Invalid
from app.importers.headings import heading
from app.importers.read import read_plan
from tests.importers.make_documents import comma_file, told, word, xlsx

HEAD = ["Tavoite", "Toimenpide", "Mittari", "Vastuutaho"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("TAVOITE", "objective"),
        ("Välitavoite", "objective"),
        ("Delmål", "objective"),
        ("Päämäärä", "objective"),
        ("Toimen-\npide", "measure"),
        ("Tomenpide", "measure"),
        ("Keinot", "measure"),
        ("Åtgärder", "measure"),
        ("Konkreettiset toimet", "measure"),
        ("Mitä tehdään?", "measure"),
        ("MITTARI / SEURANTA", "indicators"),
        ("Toteutumisen mittarit", "indicators"),
        ("Indikatorer", "indicators"),
        ("Arviointimittarit", "indicators"),
        ("mittari / toteutuminen", "indicators"),
        ("Mätare", "indicators"),
        ("AIKA-TAULU", "schedule"),
        ("Tidsplan", "schedule"),
        ("Ajankohta", "schedule"),
        ("VASTUU-TAHO", "responsible"),
        ("toimija(t) / toteuttaja(t)", "responsible"),
        ("Ansvarig instans", "responsible"),
        ("Aktiivinen vastuutaho", "responsible"),
        ("Toimenpiteen vastuutaho", "responsible"),
        ("Seuranta, raportointi", "monitoring"),
        ("seuranta / arviointi / ohjaus", "monitoring"),
        ("Uppföljning och utvärdering", "monitoring"),
        ("Toimenpiteen toteutuminen", "monitoring"),
        ("Painopistealue", "focus"),
        ("Insatsområde", "focus"),
        ("Kehittämiskohde", "focus"),
        ("Resurssit", "other"),
        ("Toimenpiteen tila", "other"),
        ("Målgrupp", "other"),
        ("Nro", "number"),
        ("1 ASIAKSLÄHTÖISYYS", None),
        ("Vastuullisuus", None),
        ("Lasten hyvinvointi", None),
    ],
)
def test_headings_are_read_by_meaning(text, role):
    assert heading(text).role == role


def test_a_column_that_no_plan_has_is_told_with_all_its_cells():
    rows = [
        ["Painopiste 1: Arki"],
        [*HEAD, "Resurssit"],
        ["Ilo", "Kerho", "kpl", "Siv", "1000 €"],
        ["", "Leiri", "", "", "2000 €"],
    ]
    [problem] = read_plan("p.csv", comma_file(rows)).problems
    assert problem.message % problem.values == "The column “Resurssit” was not understood; cells left out: 2."
    assert (problem.line, problem.text) == (3, "1000 €\n2000 €")


def test_a_row_without_a_measure_is_told_and_its_cells_are_not_lost():
    rows = [
        ["Painopiste 1: Arki"],
        HEAD,
        ["Ilo", "Kerho", "kpl", "Siv"],
        ["", "", "palaute", ""],
        ["Rauha", "", "melu", ""],
    ]
    reading = read_plan("p.csv", comma_file(rows))
    [(_, _, measure)] = [
        (o, a, o.measures[0]) for a in reading.plan.focus_areas for o in a.objectives if o.measures
    ]
    assert measure.indicators == ("kpl", "palaute")
    assert [(p.line, p.text, p.message) for p in reading.problems] == [
        (4, "palaute", "This row has no measure. Its cells were added to the measure above."),
        (5, "melu", "This row has no measure."),
    ]


def test_a_merged_measure_takes_the_lines_beside_it_and_a_merged_party_counts_for_each_row():
    table = [
        HEAD,
        ["LAPSET JA NUORET"],
        ["Ilo", "Kerho", "kpl", "Siv"],
        [None, None, "palaute", None],
        [None, "Leiri", "päivät", None],
    ]
    [area] = read_plan("p.docx", word(table)).plan.focus_areas
    first, second = area.objectives[0].measures
    assert (first.indicators, first.responsible) == (("kpl", "palaute"), ("Siv",))
    assert (second.indicators, second.responsible) == (("päivät",), ("Siv",))


def test_two_heading_rows_are_one_where_a_wide_heading_has_parts():
    rows = [
        ["Teema"],
        ["Tavoite", "Toimenpide", "Toteutus", ""],
        ["", "", "Aikataulu", "Vastuutaho"],
        ["Ilo", "Kerho", 2025, "Siv"],
    ]
    reading = read_plan("p.xlsx", xlsx({"S": rows}, merges={"S": ["C2:D2"]}))
    measure = reading.plan.focus_areas[0].objectives[0].measures[0]
    assert (measure.schedule, measure.responsible, reading.problems) == ("2025", ("Siv",), ())


def test_focus_and_objective_rows_are_told_apart_by_their_labels():
    rows = [
        ["Mallilan hyvinvointisuunnitelma 2025-2028"],
        ["Toimenpide", "Mittari", "Vastuutaho"],
        ["Painopiste 1: Lapset"],
        ["Tavoite 1.1: Ilo"],
        ["Kerho", "kpl", "Siv"],
        ["Tavoite 1.2: Rauha"],
        ["Leiri", "kpl", "Siv"],
        ["Painopiste 2: Vanhat"],
        ["Tavoite 2.1: Lepo"],
        ["Keinutuoli", "kpl", "Sote"],
    ]
    reading = read_plan("p.csv", comma_file(rows))
    assert told(reading) == [
        ("Painopiste 1: Lapset", "Tavoite 1.1: Ilo", "Kerho"),
        ("Painopiste 1: Lapset", "Tavoite 1.2: Rauha", "Leiri"),
        ("Painopiste 2: Vanhat", "Tavoite 2.1: Lepo", "Keinutuoli"),
    ]
    assert (reading.plan.title, reading.plan.period) == (
        "Mallilan hyvinvointisuunnitelma 2025-2028",
        "2025–2028",
    )


def test_title_rows_without_capitals_or_labels_are_focus_areas_where_the_next_row_names_its_objective():
    rows = [
        HEAD,
        ["Lapset", "", "", ""],
        ["Ilo", "a", "", ""],
        ["", "b", "", ""],
        ["Vanhat", "", "", ""],
        ["Lepo", "c", "", ""],
    ]
    assert told(read_plan("p.csv", comma_file(rows))) == [
        ("Lapset", "Ilo", "a"),
        ("Lapset", "Ilo", "b"),
        ("Vanhat", "Lepo", "c"),
    ]


def test_sheets_named_by_theme_are_the_focus_areas_and_hidden_ones_are_told():
    data = xlsx({"Lapset": [HEAD, ["Ilo", "a"]], "Vanhat": [HEAD, ["Lepo", "b"]], "Apu": [["x"]]})
    assert told(read_plan("p.xlsx", data)) == [("Lapset", "Ilo", "a"), ("Vanhat", "Lepo", "b")]


def test_measures_without_any_focus_area_are_kept_and_that_is_told():
    data = comma_file([HEAD, ["Ilo", "a", "", ""]])
    reading = read_plan("p.csv", data, title="Mallilan suunnitelma")
    assert told(reading) == [("Mallilan suunnitelma", "Ilo", "a")]
    assert [p.message % p.values for p in reading.problems] == [
        "The file names no focus area, so the measures are under “Mallilan suunnitelma”."
    ]


def test_floating_text_boxes_and_a_table_of_figures_add_no_measures():
    figures = [["Tunnusluku", "2021", "2022"], ["Työttömyys", "9,1", "8,7"]]
    reading = read_plan(
        "p.docx", word("# Nykytila", figures, "# Painopiste 1: Arki", [HEAD, ["Ilo", "a", "b", "c"]])
    )
    assert told(reading) == [("Painopiste 1: Arki", "Ilo", "a")]
    assert {p.text for p in reading.problems} == {"Tunnusluku", "2021", "2022", "Työttömyys", "9,1", "8,7"}


def test_every_cell_is_in_the_plan_or_told_or_recognised():
    rows = [
        ["Suunnitelma 2025-2026"],
        ["Painopiste 1: Arki"],
        ["", *HEAD, "Huom"],
        ["", "Missä?", "Mitä?", "Miten?", "Kuka?", ""],
        [1, "Ilo", "Kerho", "kpl", "Siv", "kysy"],
        ["", "", "", "vain mittari", "", ""],
        ["Alaviite: x"],
    ]
    reading = read_plan("p.csv", comma_file(rows))
    known = "\n".join(
        [*(p.text for p in reading.problems), *(p.text for p in reading.passed), repr(reading.plan)]
    )
    assert [cell for row in rows for cell in row if cell and str(cell) not in known] == []


def test_years_days_and_shares_in_cells_read_as_people_see_them():
    from datetime import date

    rows = [
        ["Painopiste 1: Arki"],
        ["Tavoite", "Toimenpide", "Aikataulu"],
        ["Ilo", "a", 2025],
        ["", "b", date(2025, 3, 1)],
        ["", "c", 2.5],
    ]
    [area] = read_plan("p.xlsx", xlsx({"S": rows})).plan.focus_areas
    assert [m.schedule for m in area.objectives[0].measures] == ["2025", "1.3.2025", "2,5"]


def test_a_formula_without_its_value_is_told():
    data = xlsx({"S": [["Painopiste 1: Arki"], HEAD, ["Ilo", "a", "=1+1", "Siv"]]})
    [problem] = read_plan("p.xlsx", data).problems
    assert (problem.line, problem.text, problem.sheet) == (3, "=1+1", "S")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("p.csv", comma_file([["a", "b"], ["c", "d"]]), "One column must be headed “Toimenpide”."),
        ("p.csv", comma_file([HEAD]), "One column must be headed “Toimenpide”."),
        ("p.md", b"# Otsikko\n\nTeksti.", "Put them as a list under headings."),
    ],
)
def test_a_file_without_measures_says_what_to_do(name, data, sentence):
    with pytest.raises(Invalid) as refusal:
        read_plan(name, data)
    assert refusal.value.field == "file"
    assert str(refusal.value) == f"No measures were found. {sentence}"


def test_four_times_the_measures_do_not_take_the_square_of_the_time():
    import time

    def seconds(measures: int) -> float:
        rows = [HEAD, *([f"Tavoite nro {n // 5}", f"Toimenpide {n}", "kpl", "Siv"] for n in range(measures))]
        data = xlsx({"S": [["Painopiste 1: Arki"], *rows]})
        start = time.process_time()
        assert len(told(read_plan("p.xlsx", data))) == measures
        return time.process_time() - start

    few = min(seconds(500) for _ in range(3))
    assert seconds(2000) < 10 * few  # 4 when each line costs the same, 16 when each is held against all
