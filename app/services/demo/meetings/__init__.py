"""What was told and said at each table, a file per table and year."""

from app.services.demo.meetings import (
    church_first_year,
    church_second_year,
    coast_first_year,
    coast_second_year,
    coming,
    north_first_year,
    north_second_year,
    services_first_year,
    services_second_year,
    spring,
)
from app.services.demo.values import Evening, Told

EVENINGS: tuple[Evening, ...] = (
    *north_first_year.EVENINGS,
    *north_second_year.EVENINGS,
    *coast_first_year.EVENINGS,
    *coast_second_year.EVENINGS,
    *church_first_year.EVENINGS,
    *church_second_year.EVENINGS,
    *services_first_year.EVENINGS,
    *services_second_year.EVENINGS,
    *coming.EVENINGS,
    *spring.EVENINGS,
)

JOINED: tuple[Told, ...] = (*coming.JOINED, *spring.JOINED)  # to topics of these evenings
