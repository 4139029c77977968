"""The welfare plan of Kuovinsalmi, for the council term that runs today."""

from datetime import date

from app.domain.plans import FocusArea, Measure, Objective, WelfarePlan
from app.services.demo.focus_areas import AREAS, Row

TERM = 4  # years of a council term
FIRST_TERM = 2025


def key_of() -> dict[str, str]:
    """Return the key of each measure by its text."""
    return {row.text: row.key for _, goals in AREAS for _, rows in goals for row in rows}


def welfare_plan(today: date) -> WelfarePlan:
    """Return the plan of the council term that runs today."""
    first = FIRST_TERM + TERM * ((today.year - FIRST_TERM) // TERM)
    years = [str(first + more) for more in range(TERM)]
    period = f"{years[0]}–{years[-1]}"
    return WelfarePlan(
        title=f"Kuovinsalmen hyvinvointisuunnitelma {period}",
        municipality="Kuovinsalmi",
        period=period,
        period_start=first,
        period_end=first + TERM - 1,
        approved=f"{first - 1}-12-10",
        monitoring="Hyvinvointiryhmä seuraa suunnitelmaa kaksi kertaa vuodessa ja raportoi siitä "
        "valtuustolle.",
        indicators=("kokee hyvinvointinsa hyväksi (% asukkaista)", "kokee voivansa vaikuttaa (% asukkaista)"),
        focus_areas=tuple(
            FocusArea(
                title,
                f"Painopiste {number}",
                tuple(Objective(goal, tuple(_measure(row, years) for row in rows)) for goal, rows in goals),
            )
            for number, (title, goals) in enumerate(AREAS, start=1)
        ),
    )


def _measure(row: Row, years: list[str]) -> Measure:
    return Measure(
        text=row.text,
        indicators=row.indicators,
        indicators_text="\n".join(row.indicators),
        schedule=row.schedule.format(*years),
        responsible=row.responsible,
        responsible_text=", ".join(row.responsible),
        monitoring=row.monitoring,
    )
