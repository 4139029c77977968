"""Whatever people write, reading answers with a plan or a sentence, and no cell disappears in silence."""

import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import Invalid
from app.domain.plans import canonical, from_canonical
from app.importers.read import read_pasted, read_plan
from app.importers.reading import Reading, from_json, to_json
from app.importers.source import one_line
from tests.importers.make_documents import comma_file, word, xlsx

_PIECES = [
    "Tavoite",
    "Toimenpide",
    "Mittari",
    "Aikataulu",
    "Vastuutaho",
    "Seuranta",
    "Painopiste 1: Arki",
    "LAPSET JA NUORET",
    "Painopiste",
    "1",
    "2.",
    "II",
    "",
    "",
    "",
    "Kerho kylille",
    "kpl",
    "2025",
    "Missä onnistutaan?",
    "Mittarit:",
    "# Lapset",
    "## Ilo",
    "- Kerho",
    "  - Vastuu: Siv",
    "• Leiri",
    "PÄÄTAVOITE II:",
    "| Tavoite | Toimenpide |",
    "|---|---|",
    "Resurssit",
    "Yhteensä",
    "Tavoite 1.1: Ilo",
    "Seuranta ja arviointi",
    "✓ Osuus (%)",
    "1. JOHDANTO\t3",
]
_cells = st.sampled_from(_PIECES) | st.text(max_size=8)
_rows = st.lists(st.lists(_cells, max_size=6), max_size=12)
_HEAD = ["Tavoite", "Toimenpide", "Mittari", "Vastuutaho"]
_SMALL = [_HEAD, ["Ilo", "Kerho", "kpl", "Siv"]]
_WHOLE = {"p.xlsx": xlsx({"S": _SMALL}), "p.docx": word(_SMALL)}


def everything(reading: Reading) -> str:
    """All that the reading tells: plan, problems, what was passed over."""
    texts: list[str] = []

    def gather(value) -> None:
        if isinstance(value, str):
            texts.append(one_line(value))
        elif isinstance(value, dict):
            for item in value.values():
                gather(item)
        elif isinstance(value, list | tuple):
            for item in value:
                gather(item)

    gather(to_json(reading))
    return "\n".join(texts)


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W_]+", re.sub(r"[`*_~]", "", one_line(text)).casefold()))


@settings(max_examples=200, deadline=None)
@given(_rows)
def test_no_cell_of_a_table_disappears(rows):
    data = comma_file([["PAINOPISTE 1: ARKI"], _HEAD, ["Ilo", "Kerho", "", ""], *rows])
    try:
        reading = read_plan("p.csv", data)
    except Invalid:
        return
    told = everything(reading).casefold()
    lost = [cell for row in rows for cell in row if one_line(cell) and one_line(cell).casefold() not in told]
    assert lost == []


@settings(max_examples=200, deadline=None)
@given(st.lists(_cells, max_size=25))
def test_no_line_of_a_text_disappears(lines):
    text = "\n".join(["# Painopiste 1: Arki", "- Kerho", *lines])
    try:
        reading = read_pasted(text)
    except Invalid:
        return
    told = words(everything(reading))
    lost = [line for line in lines if not words(line) <= told]
    assert lost == []


@settings(max_examples=60, deadline=None)
@given(_rows)
def test_a_reading_survives_the_way_from_the_child_process(rows):
    try:
        reading = read_plan("p.csv", comma_file([["PAINOPISTE 1: ARKI"], _HEAD, ["Ilo", "Kerho"], *rows]))
    except Invalid:
        return
    assert from_json(to_json(reading)) == reading
    assert from_canonical(canonical(reading.plan)) == reading.plan


@pytest.mark.parametrize("name", ["p.xlsx", "p.docx"])
@settings(max_examples=60, deadline=None)
@given(cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_damaged_office_file_gives_a_plan_or_a_sentence(name, cuts):
    data = bytearray(_WHOLE[name])
    for where, byte in cuts:
        data[int(where * (len(data) - 1))] = byte
    try:
        read_plan(name, io.BytesIO(data).getvalue())
    except Invalid:
        return
