"""Finds the heading row of a table and tells what each of its columns holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from app.importers.headings import FOCUS, MAIN_GOAL, MEASURE, NUMBER, OBJECTIVE, OTHER, Heading, heading
from app.importers.source import Row, one_line

MAX_HEADING = 90
MAX_THEME = 300  # a focus area's name in the heading row
_A_NUMBER = re.compile(r"^\(?(?:\d+|[IVX]+)(?:[.)]\d+)*[.)]?$", re.IGNORECASE)


@dataclass(frozen=True)
class Columns:
    """Which column holds what: `by_role` has column positions, `unknown` the headings not understood.

    `theme` is a focus area's name found in the heading row's first cell.
    """

    by_role: dict[str, int]
    unknown: dict[int, str]
    theme: str | None = None
    guessed: dict[int, str] = field(default_factory=dict)  # roles told by a column's place alone

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
    if len(texts) < 2:
        return None
    first = min(texts)
    if any(len(text) > (MAX_THEME if at == first else MAX_HEADING) for at, text in texts.items()):
        return None
    if known and not (_repeats(texts, known) or _all_pure(texts)):
        return None
    read = {at: heading(text) for at, text in texts.items()}
    recognised = [at for at, found in read.items() if found.role]
    only_measures = len(texts) == 2 and read[max(texts)] == Heading(MEASURE, True, True)
    if len(recognised) < (1 if only_measures else 2) or len(recognised) * 2 < len(texts):
        return None
    roles = _one_column_each(read)
    theme: int | None = None
    guessed: dict[int, str] = {}
    if _is_theme(texts[first], read, roles, first):
        roles = {role: at for role, at in roles.items() if at != first}
        if OBJECTIVE in roles and any(first in filled(other) and len(filled(other)) > 1 for other in below):
            # The objectives have a column of their own, so what stands left of them is wider.
            guessed[first] = FOCUS
        else:
            theme = first
    if MEASURE not in roles:
        guess = _guess_measures(texts, read, roles, first)
        if guess is None:
            return None
        guessed[guess] = MEASURE
    roles |= {role: at for at, role in guessed.items() if role not in roles}
    if len(roles) < 2 and theme is None:
        return None
    width = max(len(row.cells), *(len(other.cells) for other in below), 1)
    _place_unheaded(roles, texts, below, width, theme)
    unknown = {at: one_line(text) for at, text in texts.items() if at not in roles.values() and at != theme}
    return Columns(roles, unknown, None if theme is None else one_line(texts[theme]), guessed)


def extend_columns(columns: Columns, row: Row) -> Columns | None:
    """Read a second heading row, whose headings stand under a wider one; None where `row` is not one."""
    texts = filled(row)
    read = {at: heading(text) for at, text in texts.items()}
    measures = columns.by_role[MEASURE]
    if not texts or measures in texts or not all(found.role and found.pure for found in read.values()):
        return None
    if not any(at not in columns.by_role.values() for at in texts):
        return None
    roles = {role: at for role, at in columns.by_role.items() if at not in texts}
    for role, at in _one_column_each(read).items():
        roles.setdefault(role, at)
    unknown = {at: text for at, text in columns.unknown.items() if at not in texts}
    unknown |= {at: one_line(text) for at, text in texts.items() if at not in roles.values()}
    return replace(columns, by_role=roles, unknown=unknown)


def _is_theme(text: str, read: dict[int, Heading], roles: dict[str, int], first: int) -> bool:
    """Tell whether the first heading is a focus area's name and not the name of its column."""
    named = read[first]
    if named.role == MEASURE and named.pure:
        return False
    if named.role is None or not named.pure or re.match(r"^\d+\.?\s+\S", one_line(text)):
        return True
    others = {found.role for at, found in read.items() if at != first}
    if named.role == OTHER:
        return OBJECTIVE not in roles
    return named.role in others and named.role not in (NUMBER, FOCUS, OBJECTIVE, MAIN_GOAL)


def _repeats(texts: dict[int, str], known: Columns) -> bool:
    """A later heading row says the same of the measures' column, and most cells are headings."""
    at = known.column(MEASURE)
    found = heading(texts[at]) if at is not None and at in texts else None
    pure = sum(1 for text in texts.values() if heading(text).pure)
    return found is not None and found.role == MEASURE and found.pure and pure >= 2 and pure * 2 >= len(texts)


def _all_pure(texts: dict[int, str]) -> bool:
    rest = sorted(texts)[1:]
    return len(texts) >= 3 and all(heading(texts[at]).pure for at in rest)


def _one_column_each(read: dict[int, Heading]) -> dict[str, int]:
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
    texts: dict[int, str], read: dict[int, Heading], roles: dict[str, int], first: int
) -> int | None:
    """Take the column right of the objectives for measures where no heading says so."""
    if len(set(roles) - {NUMBER}) < 3 or OBJECTIVE not in roles:
        return None
    free = [at for at in sorted(texts) if read[at].role is None and at != first and at > roles[OBJECTIVE]]
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
        elif at < roles[OBJECTIVE]:
            roles.setdefault(FOCUS, at)
    if (
        theme is not None
        and OBJECTIVE not in roles
        and theme not in roles.values()
        and theme < roles[MEASURE]
    ):
        roles[OBJECTIVE] = theme
