"""Public holidays of Finland by name; the one place that knows the library of holidays."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays

# The library's own codes. Christmas Eve and Midsummer Eve are among its public holidays of Finland.
CODES = {"fi": "fi", "sv": "sv_FI", "en": "en_US"}
YEARS_KEPT = 60  # a page looks at two years in one language


def holiday_name(day: date, language: str) -> str | None:
    """Return the name of a public holiday in fi, sv or en (Finnish for any other), None on a usual day."""
    return _year(day.year, CODES.get(language, "fi")).get(day)


@lru_cache(maxsize=YEARS_KEPT)
def _year(year: int, code: str) -> Mapping[date, str]:
    return dict(holidays.country_holidays("FI", years=year, language=code))
