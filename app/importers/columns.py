"""Finds the heading row of a table and tells what each of its columns holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.importers import headings
from app.importers.headings import FOCUS, MAIN_GOAL, MEASURE, NUMBER, OBJECTIVE, OTHER, heading
from app.importers.source import Row, one_line

MAX_HEADING = 90
_A_NUMBER = re.compile(r"^\(?(?:\d+|[IVX]+)(?:[.)]\d+)*[.)]?$", re.IGNORECASE)


@dataclass(frozen=True)
class Columns:
    """Which column holds what: `by_role` has column positions, `unknown` the headings not understood.

    `theme` is a focus area's name found in the heading row's first cell.
    """

    by_role: dict[str, int]
    unknown: dict[int, str]
    theme: str | None = None
    guessed: str | None = None  # the heading of a column taken for measures by its place alone

    def column(self, role: str) -> int | None:
        """Return the column of `role`, None where the table has none."""
        return self.by_role.get(role)


def filled(row: Row) -> dict[int, str]:
    """Return the texts of a row's cells that say something of their own, by column."""
    return {at: cell.text for at, cell in enumerate(row.cells) if cell.text and not cell.above}


def is_number(text: str) -> bool:
    """Tell whether a cell holds a row's number ("3", "2.1", "IV")."""
    return bool(_A_NUMBER.match(text.strip()))


def find_columns(row: Row, below: Sequence[Row], known: Columns | None = None) -> Columns | None:
    """Read `row` as a heading row; None where it is not one.

    `below` are the rows under it, which tell a column of numbers from an objective without a
    heading. `known` are the columns in force: a heading row on a later page repeats them.
    """
    texts = filled(row)
    if len(texts) < 2 or any(len(text) > MAX_HEADING for text in texts.values()):
        return None
    if known and not (_repeats(texts, known) or _all_pure(texts)):
        return None
    read = {at: heading(text) for at, text in texts.items()}
    recognised = [at for at, found in read.items() if found.role]
    if len(recognised) < 2 or len(recognised) * 10 < len(texts) * 5:
        return None
    roles = _one_column_each(read)
    theme, first = None, min(texts)
    named = read[first]
    numbered = re.match(r"^\d+\.?\s+\S", one_line(texts[first])) is not None
    if (
        (named.role is None or not named.pure or numbered)
        and named.role != MEASURE
        and first < max(recognised)
    ):
        theme = one_line(texts[first])
        roles = {role: at for role, at in roles.items() if at != first}
    guessed = None
    if MEASURE not in roles:
        guess = _guess_measures(texts, read, roles, first if theme else None)
        if guess is None:
            return None
        roles[MEASURE], guessed = guess, one_line(texts[guess])
    if len(roles) < 2 and theme is None:
        return None
    width = max(len(row.cells), *(len(other.cells) for other in below), 1)
    _place_unheaded(roles, texts, below, width, first if theme else None)
    unknown = {
        at: one_line(text)
        for at, text in texts.items()
        if at not in roles.values() and not (theme and at == first)
    }
    return Columns(roles, unknown, theme, guessed)


def _repeats(texts: dict[int, str], known: Columns) -> bool:
    """A later heading row says the same of the measures' column, and most cells are headings."""
    at = known.column(MEASURE)
    found = heading(texts[at]) if at is not None and at in texts else None
    pure = sum(1 for text in texts.values() if heading(text).pure)
    return found is not None and found.role == MEASURE and found.pure and pure >= 2 and pure * 2 >= len(texts)


def _all_pure(texts: dict[int, str]) -> bool:
    rest = sorted(texts)[1:]
    return len(texts) >= 3 and all(heading(texts[at]).pure for at in rest)


def _one_column_each(read: dict[int, headings.Heading]) -> dict[str, int]:
    """Give each role to one column: the one that says it most plainly, else the leftmost."""
    roles: dict[str, int] = {}
    for at in sorted(read):
        found = read[at]
        if found.role is None or found.role == OTHER:
            continue
        role = found.role
        if role not in roles or (found.strong and not read[roles[role]].strong):
            roles[role] = at
    if MAIN_GOAL in roles:
        at = roles.pop(MAIN_GOAL)
        if OBJECTIVE in roles:
            roles.setdefault(FOCUS, at)
        else:
            roles[OBJECTIVE] = at
    if MEASURE not in roles and OBJECTIVE in roles:
        # "Tavoitteet ja toimenpiteet" in one column: what is written there is what will be done.
        both = [at for at, found in read.items() if at == roles[OBJECTIVE] and found.strong]
        if both:
            roles[MEASURE] = roles.pop(OBJECTIVE)
    return roles


def _guess_measures(
    texts: dict[int, str], read: dict[int, headings.Heading], roles: dict[str, int], theme: int | None
) -> int | None:
    """Take the column right of the objectives for measures where no heading says so."""
    if len(set(roles) - {NUMBER}) < 3 or OBJECTIVE not in roles:
        return None
    free = [at for at in sorted(texts) if read[at].role is None and at != theme and at > roles[OBJECTIVE]]
    return free[0] if free and free[0] == min(at for at in texts if at > roles[OBJECTIVE]) else None


def _place_unheaded(
    roles: dict[str, int], texts: dict[int, str], below: Sequence[Row], width: int, theme: int | None
) -> None:
    """Find the number column and the objectives' column among columns without a heading."""
    bare = [at for at in range(width) if at == theme or at not in texts]
    for at in bare:
        values = [filled(row)[at] for row in below if at in filled(row) and len(filled(row)) > 1]
        if not values or at > roles[MEASURE]:
            continue
        if all(is_number(value) for value in values) and at != theme:
            roles.setdefault(NUMBER, at)
        elif OBJECTIVE not in roles:
            roles[OBJECTIVE] = at
    if (
        theme is not None
        and OBJECTIVE not in roles
        and theme not in roles.values()
        and theme < roles[MEASURE]
    ):
        roles[OBJECTIVE] = theme
