"""Repeatable chance by columns: the same seed gives the same people on every machine and version of the libraries."""
from collections.abc import Sequence
from itertools import accumulate
from zlib import crc32

import polars as pl

STEP, FIRST, SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


class Dice:
    """Draws whole columns; each draw has a name, so that adding one changes no other."""

    def __init__(self, seed: int):
        self.seed = seed

    def uniform(self, what: str, count: int) -> pl.Series:
        """Numbers in [0, 1): SplitMix64 of the row's number, in wrapping 64-bit arithmetic."""
        z = pl.int_range(count, dtype=pl.UInt64, eager=True) + (crc32(f"{self.seed}:{what}".encode()) << 31)
        z = z * _one(STEP)
        z = (z ^ (z // 2**30)) * _one(FIRST)
        z = (z ^ (z // 2**27)) * _one(SECOND)
        z = z ^ (z // 2**31)
        return ((z // 2**11).cast(pl.Float64) / 2**53).alias(what)

    def whole(self, what: str, count: int, low: int, high: int) -> pl.Series:
        """Whole numbers from low to high, both included."""
        return (self.uniform(what, count) * (high - low + 1)).floor().cast(pl.Int64) + low

    def happens(self, what: str, count: int, share: float) -> pl.Series:
        """True for about this share."""
        return self.uniform(what, count) < share

    def pick(self, what: str, count: int, choices: dict | Sequence) -> pl.Series:
        """Values by weight (a mapping value → weight) or each as likely as the others."""
        weights = choices if isinstance(choices, dict) else dict.fromkeys(choices, 1)
        return spread(self.uniform(what, count), weights).alias(what)


def spread(uniform: pl.Series, weights: dict) -> pl.Series:
    """The value into whose part of the unit interval each number falls."""
    total = sum(weights.values())
    edges = pl.Series([sum_ / total for sum_ in accumulate(weights.values())])
    places = edges.search_sorted(uniform, side="right").clip(0, len(weights) - 1)
    return pl.Series(list(weights))[places.cast(pl.Int64)]


def _one(number):
    return pl.Series([number], dtype=pl.UInt64)
