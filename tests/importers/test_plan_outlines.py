"""Plans without tables: which bullets are measures, and which are something else."""

from app.importers.read import read_plan
from tests.importers.make_documents import told, word

CHAPTERS = """MALLILAN KAUPUNKI

PERUSTURVAN PALVELUOHJELMA 2025 – 2027

SISÄLLYS

1. JOHDANTO	2
2. TOIMINTAYMPÄRISTÖ	3
4. KÄRKITAVOITTEET JA TOIMENPITEET	6

1. JOHDANTO

Palveluohjelma ohjaa perusturvan työtä.

2. TOIMINTAYMPÄRISTÖ

Hyvää:
- Vahva kolmas sektori

Haasteita:
- Väestö vanhenee

3. PALVELULUPAUKSET

1. Saat palvelua ajallaan.
2. Sinua kuullaan.

4. KÄRKITAVOITTEET JA TOIMENPITEET

1. ENNALTAEHKÄI-SEVÄT PALVELUT VAHVISTUVAT

- Lisätään neuvontaa kylillä

- Kootaan vertaisryhmiä, myös
  haja-asutusalueella

2. IKÄIHMISTEN KOTONA ASUMINEN

- Kotiin vietävät palvelut

5. SEURANTA

Palveluohjelman toteutumista seurataan vuosittain kaupunginhallituksessa.

Ohjelman mittarit:

✓ Kotona asuvat yli 75-vuotiaat (%)
✓ Neuvonnan asiakkaat (kpl)
"""
MEASURES = [
    ("1. ENNALTAEHKÄI-SEVÄT PALVELUT VAHVISTUVAT", None, "Lisätään neuvontaa kylillä"),
    ("1. ENNALTAEHKÄI-SEVÄT PALVELUT VAHVISTUVAT", None, "Kootaan vertaisryhmiä, myös haja-asutusalueella"),
    ("2. IKÄIHMISTEN KOTONA ASUMINEN", None, "Kotiin vietävät palvelut"),
]


def test_only_the_bullets_of_the_goals_chapter_are_measures():
    reading = read_plan("p.txt", CHAPTERS.encode())
    assert told(reading) == MEASURES
    assert reading.plan.indicators == ("Kotona asuvat yli 75-vuotiaat (%)", "Neuvonnan asiakkaat (kpl)")
    assert reading.problems == ()
    assert [p.text for p in reading.passed if p.why == "list"] == [
        "Vahva kolmas sektori",
        "Väestö vanhenee",
        "1. Saat palvelua ajallaan.",
        "2. Sinua kuullaan.",
    ]
    assert [p.line for p in reading.passed if p.why == "contents"] == [7, 8, 9]


def test_the_same_chapters_in_markdown_and_in_word_are_the_same_plan():
    lines = []
    for line in CHAPTERS.replace("\n  haja", " haja").split("\n")[10:]:
        chapter = line[:2] in ("1.", "2.", "3.", "4.", "5.")
        goal = "ENNALTA" in line or "IKÄIHM" in line
        lines.append(f"{'###' if goal else '##'} {line}" if chapter and line.isupper() else line)
    assert told(read_plan("p.md", "\n".join(lines).encode())) == MEASURES
    in_word = read_plan("p.docx", word("# Perusturvan palveluohjelma", *(line for line in lines if line)))
    assert told(in_word) == MEASURES
    assert in_word.plan.indicators == ("Kotona asuvat yli 75-vuotiaat (%)", "Neuvonnan asiakkaat (kpl)")


def test_what_the_document_says_of_the_whole_plan():
    plan = read_plan("p.txt", CHAPTERS.encode()).plan
    assert (plan.title, plan.municipality) == ("PERUSTURVAN PALVELUOHJELMA 2025 – 2027", None)
    assert (plan.period, plan.period_start, plan.period_end) == ("2025–2027", 2025, 2027)
    assert plan.monitoring is not None
    assert plan.monitoring.startswith("Palveluohjelman toteutumista seurataan vuosittain")
    said = read_plan("p.txt", CHAPTERS.encode(), title="Oma", municipality="Rusko", period="2026-2029").plan
    assert (said.title, said.municipality, said.period_end) == ("Oma", "Rusko", 2029)


def test_slides_name_focus_areas_once_in_a_list_and_once_as_a_slide():
    slides = (
        "# Kylien pöydät\n- Esittely\n\n# Hyvinvointisuunnitelman 2022–2025 painopisteet\n- Mieli\n"
        "- Yhteisö\n\n# Yhteisö\n- Kylätalot auki\n"
    )
    reading = read_plan("p.md", slides.encode())
    assert [area.title for area in reading.plan.focus_areas] == ["Mieli", "Yhteisö"]
    assert told(reading) == [("Yhteisö", None, "Kylätalot auki")]
    assert reading.plan.title == "Hyvinvointisuunnitelma 2022–2025"
    assert [(p.line, p.message) for p in reading.problems] == [(2, "This bullet is under no focus area.")]


def test_labels_on_lines_of_their_own_join_their_titles():
    text = (
        "•\tPAINOPISTEALUE 1.\nMIELEN HYVINVOINTI. MYÖS UNI.\n\n•\tPAINOPISTEALUE 2.\nYHTEISÖ\n\n"
        "YHTEISÖ\n\n•\tKylätalot\n•\tTalvipöydät\n"
    )
    reading = read_plan("p.txt", text.encode())
    assert [area.title for area in reading.plan.focus_areas] == [
        "PAINOPISTEALUE 1. MIELEN HYVINVOINTI. MYÖS UNI.",
        "PAINOPISTEALUE 2. YHTEISÖ",
    ]
    assert [measure for _, _, measure in told(reading)] == ["Kylätalot", "Talvipöydät"]


def test_fields_under_a_bullet_belong_to_that_measure():
    text = (
        "# Mallilan välfärdsplan\n\n## Painopiste 1: Arki\n\n### Tavoite 1.1: Ilo\n\n**Toimenpiteet:**\n"
        "- Kerho\n  - Vastuu: Siv, MLL\n  - Mittari: käynnit\n  - Aikataulu: 2025-\n- Leiri\n\n"
        "Mittarit:\n- Koululaiskysely (%)\n"
    )
    reading = read_plan("p.md", text.encode())
    kerho, leiri = reading.plan.focus_areas[0].objectives[0].measures
    assert (kerho.responsible, kerho.indicators, kerho.schedule) == (("Siv", "MLL"), ("käynnit",), "2025-")
    assert leiri.responsible == ()
    assert reading.plan.indicators == ("Koululaiskysely (%)",)
    assert [p.text for p in reading.problems] == ["Koululaiskysely (%)"]


def test_objectives_may_use_words_that_also_name_chapters():
    text = (
        "# Hyvinvointisuunnitelma\n## Lapset\n### Yhdenvertaiset mahdollisuudet\n- a\n"
        "### Lapsen asema erotilanteessa\n- b\n### Palveluohjaus\n- c\n## Seuranta\n- d\n"
    )
    assert [objective for _, objective, _ in told(read_plan("p.md", text.encode()))] == [
        "Yhdenvertaiset mahdollisuudet",
        "Lapsen asema erotilanteessa",
        "Palveluohjaus",
    ]


def test_a_swedish_outline():
    text = (
        "# Karleby välfärdsplan 2025–2029\n\n## Inledning\n- Text\n\n## Insatsområde 1: Barn\n\n"
        "### Mål 1: Ro\n\nÅtgärder:\n- Klubb\n\n## Uppföljning\n"
        "Planen följs upp årligen av fullmäktige.\n"
    )
    plan = (reading := read_plan("p.md", text.encode())).plan
    assert told(reading) == [("Insatsområde 1: Barn", "Mål 1: Ro", "Klubb")]
    assert (plan.municipality, plan.monitoring) == ("Karleby", "Planen följs upp årligen av fullmäktige.")
