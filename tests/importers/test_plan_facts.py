"""What a document says of the plan as a whole, in running text and on covers."""

import pytest

from app.importers.facts import Said, find_facts, title_of
from app.importers.places import find_municipality, genitive


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Pieksämäki", "Pieksämäen"),
        ("Äänekoski", "Äänekosken"),
        ("Rusko", "Ruskon"),
        ("Lahti", "Lahden"),
        ("Turku", "Turun"),
        ("Huittinen", "Huittisten"),
        ("Kirkkonummi", "Kirkkonummen"),
        ("Alavus", "Alavuksen"),
        ("Harjavalta", "Harjavallan"),
        ("Uusikaupunki", "Uusikaupungin"),
    ],
)
def test_a_municipality_is_known_in_the_genitive(name, form):
    assert genitive(name) == form
    assert find_municipality(f"{form} kunnan hyvinvointisuunnitelma") == name
    assert find_municipality(f"{form.upper()} KAUPUNKI") == name


def test_a_bare_name_counts_on_a_cover_only():
    assert find_municipality("Kävimme Salossa ja Rusko kävi mielessä") is None
    assert find_municipality("PIEKSÄMÄKI", alone=True) == "Pieksämäki"
    assert find_municipality("Karleby stads välfärdsplan") == "Karleby"


def test_the_title_is_the_plans_name_in_the_nominative():
    assert (
        title_of("Hyvinvointisuunnitelman 2018 – 2021 painopistealueet")
        == "Hyvinvointisuunnitelma 2018 – 2021"
    )
    assert title_of("HYVINVOINTIOHJELMA") == "HYVINVOINTIOHJELMA"


def test_the_approval_of_another_plan_is_not_the_plans_own():
    prose = "Ohjelman pohjalla on valtuuston 29.1.2018 hyväksymä strategia."
    assert find_facts([Said(prose)]).approved is None
    assert find_facts([Said("Hyväksytty valtuustossa 9.12.2024", title=True)]).approved == "2024-12-09"
    assert find_facts([Said("Hyväksytty valtuustossa 39.12.2024", title=True)]).approved is None


def test_years_and_follow_up_are_found_in_running_text():
    facts = find_facts(
        [
            Said("HYVINVOINTIOHJELMA", title=True),
            Said("Toimenpiteet toteutetaan vuosina 2023 – 2025. Muuta tekstiä on tässä."),
            Said("Mittari on asetettu. Etenemisestä raportoidaan kunnanvaltuustolle vuosittain. Loppu."),
        ]
    )
    assert facts.period is not None
    assert (facts.title, facts.period.text) == ("HYVINVOINTIOHJELMA", "2023–2025")
    assert facts.monitoring == "Etenemisestä raportoidaan kunnanvaltuustolle vuosittain."
