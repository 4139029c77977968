"""Measures the composer on invented piles of 6 to 40 topics: processor time, and how much is proven."""

import random
import statistics
import time

from app.domain.composing import Candidate, Infeasible, Instance, compose

SIZES = (6, 10, 15, 20, 30, 40)
EACH = 12
OFFICIALS = ("Tekninen", "Sivistys", "Terveys", "Vapaa-aika", "Maankäyttö")


def pile(many: int, seed: int) -> Instance:
    """Return a meeting of many topics, always the same for a seed; every third has odd minutes."""
    dice = random.Random(seed)  # noqa: S311 - an invented pile
    length = dice.choice((60, 90, 90, 90, 120, 180))
    lengths = range(3, 26) if seed % 3 == 0 else (5, 5, 10, 10, 10, 15, 15, 20, 25)
    windows = {}
    for name in OFFICIALS:
        if dice.random() < 0.7:
            comes = dice.randrange(0, length - 20)
            windows[name] = (comes, comes + dice.randint(15, 60))
    return Instance(
        tuple(
            Candidate(
                number,
                dice.choice(lengths),
                5 if seed % 5 == 0 else dice.randint(1, 20),
                f"organisation {dice.randrange(max(3, many // dice.choice((1, 3))))}",
                tuple(dice.sample(OFFICIALS, dice.choice((0, 0, 1, 1, 2)))),
            )
            for number in range(many)
        ),
        length,
        windows=windows,
    )


def measure() -> list[dict[str, object]]:
    """Print a line per size of pile and return the figures."""
    rows: list[dict[str, object]] = []
    print(f"{'topics':<16}{'median ms':>10}{'worst ms':>10}{'proven':>10}")
    for many in SIZES:
        times, proven = [], 0
        for seed in range(EACH):
            began = time.process_time()
            answer = compose(pile(many, 100 * many + seed), clock=time.process_time)
            times.append(time.process_time() - began)
            proven += isinstance(answer, Infeasible) or answer.proven
        median, worst = statistics.median(times) * 1000, max(times) * 1000
        print(f"{many:<16}{median:>10.1f}{worst:>10.1f}{f'{proven} of {EACH}':>10}")
        rows.append({"composing": many, "median_ms": median, "worst_ms": worst, "proven": proven, "of": EACH})
    return rows
