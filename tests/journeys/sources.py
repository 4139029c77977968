"""What the whole loop is walked with: real topics and plans where they lie near, else invented ones."""

import json
from dataclasses import dataclass
from pathlib import Path

SHARED = Path(__file__).resolve().parents[3] / "shared"

INVENTED_TOPICS = (
    "Kylätalon tulevaisuus, tilannekatsaus",
    "Kunnan omistamat rantatontit",
    "Kuka vetää kerhoja talvella?",
    "Kokoushuoneen varustus ja videotykin tarve",
    "Hoitajan vastaanotto kylällä kerran kuussa",
    "Luontopolun kunnostus ja opasteet",
    "Kierrätyspisteet sivukylille",
)

INVENTED_TABLE = """TAVOITE;TOIMENPIDE;MITTARI;AIKATAULU;VASTUUTAHO
ARKI SUJUU KYLISSÄ;;;;
Kylissä on tiloja, joissa kohdataan;Tilojen yhteiskäyttö;Käyttökerrat;Vuosittain;Tekninen toimi
;Esteettömyys;Kartoitetut tilat;2026;Tekninen toimi
"""

INVENTED_OUTLINE = """# LEHMIJÄRVI

## Hyvinvointisuunnitelma 2025–2028

## YHDESSÄ ENEMMÄN

- Kumppanuuspöydät
- Kulttuuria kaikkien ulottuville
"""


@dataclass(frozen=True)
class Sources:
    """Seven topics, two plan documents, and the measures that the follow-ups are tied to."""

    topics: tuple[str, ...]
    table_plan: tuple[str, bytes]
    outline_plan: tuple[str, bytes]
    table_measure: str
    outline_measure: str


def sources() -> Sources:
    """Return the real ones, or the invented ones where the facts folder is absent."""
    if not SHARED.is_dir():
        return Sources(
            INVENTED_TOPICS,
            ("suunnitelma.csv", INVENTED_TABLE.encode()),
            ("suunnitelma.md", INVENTED_OUTLINE.encode()),
            "Esteettömyys",
            "Kumppanuuspöydät",
        )
    topics = json.loads((SHARED / "topics-jappila.json").read_text(encoding="utf-8"))["topics"]
    table = SHARED / "plans" / "rusko-2023" / "rusko-2023.docx"
    outline = SHARED / "plans" / "pieksamaki-2018" / "pieksamaki-2018.md"
    return Sources(
        tuple(one["text"] for one in topics),
        (table.name, table.read_bytes()),
        (outline.name, outline.read_bytes()),
        "Esteettömyys",
        "Kumppanuuspöydät",
    )
