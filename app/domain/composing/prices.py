"""Bounds from prices: how much the rest of an evening can bring at most, when topics are paid for.

The best line of topics that may repeat a topic is easily found, minute by minute. Each topic therefore gets a
fee, each organisation a prize and the wish for organisations a weight; whatever they are, the best line with
them gains at least what the best agenda is worth (Lagrangian relaxation). Good ones make that bound tight.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from app.domain.composing.problem import Problem

SCALE = 1 << 16  # prices are whole numbers of 1/SCALE, so that a bound is never rounded the wrong way
ROUNDS = 160
FEWEST_ROUNDS = 20
MOST_WORK = 1_000_000  # steps of all rounds together


@dataclass(frozen=True)
class Aim:
    """What is to be the most: points with at least `organisations` heard, or with None the organisations."""

    organisations: int | None


@dataclass(frozen=True)
class Prices:
    """What each topic gains, and what is lost on it by sets that cannot be made the best of.

    `again` is the gain of a topic whose organisation is heard already, `fees` what is lost when a topic can
    no longer be taken; `rest` is the most that can still be gained from a minute on, `base` is added to all.
    """

    gains: tuple[int, ...]
    again: tuple[int, ...]
    fees: tuple[int, ...]
    rest: tuple[int, ...]
    base: int

    @property
    def bound(self) -> int:
        """No agenda is worth more than this."""
        return (self.rest[0] + self.base) // SCALE

    def eager(self, problem: Problem, haste: float, voices: float) -> "Prices":
        """Return prices for a first look without a goal, which would otherwise meet many sets of one gain.

        `haste` is how much of the price of a minute is added for a topic whose officials leave at once,
        `voices` how much of the dearest prize for a topic whose organisation is not heard yet.
        """
        voice = int(voices * max(gain - again for gain, again in zip(self.gains, self.again, strict=True)))
        gains, again = list(self.gains), list(self.again)
        for index, topic in enumerate(problem.topics):
            if topic.organisation:
                gains[index] += voice
            if topic.possible and topic.shuts < problem.room:
                early = haste * (problem.room - topic.shuts) / problem.room
                more = int(early * self.rest[0] * topic.minutes / problem.room)
                gains[index] += more
                again[index] += more
        return replace(self, gains=tuple(gains), again=tuple(again))


@dataclass(frozen=True)
class _Set:
    """Fees by topic, prizes by organisation and the weight of one organisation more, in points."""

    fees: list[float]
    prizes: list[float]
    weight: float


def price(problem: Problem, aim: Aim, known: int | None, late: Callable[[], bool]) -> Prices:
    """Return prices with a bound as near as may be to `known`, the worth of the best agenda so far."""
    return _Tuning(problem, aim).tuned(known, late)


def nothing_known(problem: Problem) -> Prices:
    """Return prices that say nothing, for looking through everything."""
    nothing = (0,) * len(problem.topics)
    return Prices(nothing, nothing, nothing, (0,) * (problem.room + 1), 0)


class _Tuning:
    def __init__(self, problem: Problem, aim: Aim) -> None:
        self.room = problem.room
        self.aim = aim
        self.topics = [topic for topic in problem.topics if topic.possible]
        self.count = len(problem.topics)
        self.points = [0 if aim.organisations is None else topic.points for topic in self.topics]
        masks = sorted({topic.organisation for topic in self.topics if topic.organisation})
        self.whose = [
            masks.index(topic.organisation) if topic.organisation else None for topic in self.topics
        ]
        self.members = [[k for k, whose in enumerate(self.whose) if whose == g] for g in range(len(masks))]
        self.lone = [k for k, whose in enumerate(self.whose) if whose is None]
        self.steps: list[list[tuple[int, int]]] = [[] for _ in range(self.room + 1)]
        reached = {0}
        for now in range(self.room + 1):
            if now in reached:  # often only every fifth minute is
                self.steps[now] = [
                    (k, now + topic.minutes)
                    for k, topic in enumerate(self.topics)
                    if topic.opens <= now and now + topic.minutes <= topic.shuts
                ]
                reached.update(then for _, then in self.steps[now])
        work = sum(len(steps) for steps in self.steps) + 1
        self.rounds = min(ROUNDS, max(FEWEST_ROUNDS, MOST_WORK // work))

    def tuned(self, known: int | None, late: Callable[[], bool]) -> Prices:
        best, bound = None, float("inf")
        for start in self.starts():
            found, worth = self.followed(start, known, late)
            if worth < bound:
                best, bound = found, worth
            if late() or (known is not None and bound < known + 1):
                break
        assert best is not None  # noqa: S101 - there is always a start
        return self.exact(best)

    def exact(self, prices: _Set) -> Prices:
        """Return the prices as whole numbers, with their bound computed anew."""
        fees = [round(fee * SCALE) for fee in prices.fees]
        prizes = [round(prize * SCALE) for prize in prices.prizes]
        weight = round(prices.weight * SCALE)
        gains = [
            points * SCALE - fee + (0 if whose is None else prizes[whose])
            for points, fee, whose in zip(self.points, fees, self.whose, strict=True)
        ]
        rest: list[int] = [0] * (self.room + 1)
        for now in range(self.room, -1, -1):
            rest[now] = max((gains[k] + rest[then] for k, then in self.steps[now]), default=0)
            rest[now] = max(rest[now], 0)
        base = sum(fees) + sum(max(0, weight - prize) for prize in prizes)
        base -= weight * (self.aim.organisations or 0)
        again = [
            gain - (0 if whose is None else prizes[whose])
            for gain, whose in zip(gains, self.whose, strict=True)
        ]
        return Prices(self.spread(gains), self.spread(again), self.spread(fees), tuple(rest), base)

    def spread(self, values: list[int]) -> tuple[int, ...]:
        """Return the values of the possible topics in the places of all topics, 0 for the others."""
        by_bit = [0] * self.count
        for topic, value in zip(self.topics, values, strict=True):
            by_bit[topic.bit.bit_length() - 1] = value
        return tuple(by_bit)

    def starts(self) -> Iterator[_Set]:
        """Yield the best prices of a meeting without windows, and then prices of nothing."""
        if self.aim.organisations is None:
            rate = _lowest(lambda rate: self.knapsack(rate, 1.0)[0], 0.0, 1.0, 25)
            yield self.knapsack(rate, 1.0)[1]
            yield _Set([0.0] * len(self.topics), [0.0] * len(self.members), 1.0)
            return
        dearest = float(max([*self.points, 1]))
        rates: dict[float, float] = {}

        def at(weight: float) -> float:
            most = dearest + weight
            rates[weight] = _lowest(lambda rate: self.knapsack(rate, weight)[0], 0.0, most, 16)
            return self.knapsack(rates[weight], weight)[0]

        weight = _lowest(at, 0.0, 3 * dearest, 12)
        at(weight)
        yield self.knapsack(rates[weight], weight)[1]
        yield _Set([0.0] * len(self.topics), [0.0] * len(self.members), 0.0)

    def knapsack(self, rate: float, weight: float) -> tuple[float, _Set]:
        """Return the bound and the prices when a minute costs `rate` and windows are not looked at."""
        worth = rate * self.room - weight * (self.aim.organisations or 0)
        fees = [0.0] * len(self.topics)
        prizes = []
        profit = [
            points - rate * topic.minutes for points, topic in zip(self.points, self.topics, strict=True)
        ]
        for members in self.members:
            choices = {0.0, weight, *(min(weight, max(0.0, -profit[k])) for k in members)}
            part, prize = min(
                (
                    weight
                    - choice
                    + sum(
                        profit[k] + choice for k in members if self.topics[k].must or profit[k] + choice > 0
                    ),
                    choice,
                )
                for choice in choices
            )
            worth += part
            prizes.append(prize)
            for k in members:
                fees[k] = profit[k] + prize if self.topics[k].must else max(0.0, profit[k] + prize)
        for k in self.lone:
            fees[k] = profit[k] if self.topics[k].must else max(0.0, profit[k])
            worth += fees[k]
        return worth, _Set(fees, prizes, weight)

    def followed(self, start: _Set, known: int | None, late: Callable[[], bool]) -> tuple[_Set, float]:
        """Return better prices than the start, by steps against what the best line of topics does wrong."""
        best, bound, boldness, since = start, float("inf"), 1.5, 0
        prices, first = start, None
        fixed = self.aim.organisations is None
        wanted = self.aim.organisations or 0
        for _ in range(self.rounds):
            uses, worth = self.line(prices)
            if first is None:
                first = worth
            if worth < bound - 1e-9:
                best, bound, since = prices, worth, 0
            else:
                since += 1
                if since == 8:
                    prices, boldness, since = best, boldness * 0.7, 0
                    continue
            goal = first * 0.95 if known is None else known
            if (known is not None and bound < known + 1) or late():
                break
            heard = [1 if prices.weight > prize else 0 for prize in prices.prizes]
            fee_steps = [
                0 if used == 0 and fee <= 0 and not topic.must else 1 - used
                for used, fee, topic in zip(uses, prices.fees, self.topics, strict=True)
            ]
            prize_steps = [
                sum(uses[k] for k in members) - said
                for members, said in zip(self.members, heard, strict=True)
            ]
            prize_steps = [
                0 if step > 0 and prize <= 0 else step
                for step, prize in zip(prize_steps, prices.prizes, strict=True)
            ]
            weight_step = 0 if fixed else sum(heard) - wanted
            length = sum(s * s for s in fee_steps) + sum(s * s for s in prize_steps) + weight_step**2
            if length == 0:
                break
            step = boldness * max(worth - goal, 0.05) / length
            prices = _Set(
                [
                    fee - step * s if topic.must else max(0.0, fee - step * s)
                    for fee, s, topic in zip(prices.fees, fee_steps, self.topics, strict=True)
                ],
                [max(0.0, prize - step * s) for prize, s in zip(prices.prizes, prize_steps, strict=True)],
                prices.weight if fixed else max(0.0, prices.weight - step * weight_step),
            )
        return best, bound

    def line(self, prices: _Set) -> tuple[list[int], float]:
        """Return how often the best line of topics uses each of them, and the bound."""
        gains = [
            points - fee + (0.0 if whose is None else prices.prizes[whose])
            for points, fee, whose in zip(self.points, prices.fees, self.whose, strict=True)
        ]
        rest = [0.0] * (self.room + 1)
        taken = [-1] * (self.room + 1)
        for now in range(self.room, -1, -1):
            most, choice = 0.0, -1
            for k, then in self.steps[now]:
                gain = gains[k] + rest[then]
                if gain > most:
                    most, choice = gain, k
            rest[now], taken[now] = most, choice
        uses = [0] * len(self.topics)
        now = 0
        while taken[now] >= 0:
            uses[taken[now]] += 1
            now += self.topics[taken[now]].minutes
        worth = rest[0] + sum(prices.fees) + sum(max(0.0, prices.weight - prize) for prize in prices.prizes)
        return uses, worth - prices.weight * (self.aim.organisations or 0)


def _lowest(bound: Callable[[float], float], low: float, high: float, rounds: int) -> float:
    """Return about where a function with one valley is lowest."""
    for _ in range(rounds):
        left, right = low + (high - low) * 0.382, low + (high - low) * 0.618
        if bound(left) <= bound(right):
            high = right
        else:
            low = left
    return (low + high) / 2
