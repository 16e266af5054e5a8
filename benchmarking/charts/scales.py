"""From figures to places, and figures to write beside an axis."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10


@dataclass(frozen=True)
class Scale:
    """From figures between `low` and `high` to places between `begin` and `end`."""

    low: float
    high: float
    begin: float
    end: float

    def __call__(self, value: float) -> float:
        if self.high == self.low:
            return (self.begin + self.end) / 2
        return self.begin + (value - self.low) / (self.high - self.low) * (self.end - self.begin)


@dataclass(frozen=True)
class Powers(Scale):
    """The same for figures above nought of very different size: equal steps multiply."""

    def __call__(self, value: float) -> float:
        low, high = log10(self.low), log10(self.high)
        return self.begin + (log10(value) - low) / (high - low) * (self.end - self.begin)


def known(values: Iterable[float | None]) -> list[float]:
    return [value for value in values if value is not None and isfinite(value)]


def extent(values: Iterable[float | None], *, zero: bool = False) -> tuple[float, float]:
    """Lowest and highest figure, never the same; 0 to 1 where there are none."""
    found = known(values) + ([0.0] if zero else [])
    low, high = (min(found), max(found)) if found else (0.0, 1.0)
    if low == high:
        room = abs(low) * 0.1 or 1.0
        return low - room, high + room
    return low, high


def step_of(low: float, high: float, wanted: int) -> float:
    """1, 2 or 5 times a power of ten, so that about as many steps fit as are wanted."""
    raw = (high - low) / max(1, wanted)
    power = 10 ** floor(log10(raw))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= raw * 0.999)


def ticks(low: float, high: float, wanted: int = 5) -> list[float]:
    """Round figures between both ends."""
    if not high > low:
        return [low]
    step = step_of(low, high, wanted)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [round(number * step, 12) for number in range(first, last + 1)]


def powers(low: float, high: float) -> list[float]:
    """Powers of ten between both ends; where fewer than two lie there, also twice and five times one."""
    first, last = floor(log10(low)), ceil(log10(high))
    tens = [10.0**power for power in range(first, last + 1) if low <= 10.0**power <= high]
    if len(tens) > 1:
        return tens
    every = [times * 10.0**power for power in range(first, last + 1) for times in (1, 2, 5)]
    return [tick for tick in every if low <= tick <= high]


def rank_ticks(last: int, wanted: int = 5) -> list[int]:
    """Ranks to write beside an axis; the first and the last always."""
    if last <= wanted:
        return list(range(1, last + 1))
    inner = [int(tick) for tick in ticks(1, last, wanted) if 1 < tick < last - last / wanted / 2]
    return [1, *inner, last]
