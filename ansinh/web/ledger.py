"""The figures of a month: one leading total with its parts as a bar and as lines, and up to three figures beside it."""
from dataclasses import dataclass

from .page import parts

WIDTH, HEIGHT, MARGIN = 100, 34, 3


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere; without an address they are only words."""

    label: str
    url: str = ""
    is_here: bool = False


@dataclass(frozen=True)
class Part:
    """One part of a total in đồng; ``tone`` is month, due, keep or owe."""

    tone: str
    label: str
    amount: int
    url: str = ""

    @property
    def figure_tone(self) -> str:
        return {"due": "due-n", "owe": "owe-n"}.get(self.tone, "")

    @property
    def form(self) -> str:
        return "" if self.tone == "month" else "+"


@dataclass(frozen=True)
class Bar:
    """A bar of a trend; the last one is the month in hand."""

    x: str
    y: str
    height: str
    is_now: bool


@dataclass(frozen=True)
class Trend:
    """A small trend: a line of points, or bars that start at nought; its words give the first and the last value."""

    words: str
    points: str = ""
    bars: tuple[Bar, ...] = ()
    tone: str = ""


@dataclass(frozen=True)
class Figure:
    """One figure with its sentence, the links that the sentence ends in, and its trend."""

    label: str
    value: int
    unit: str = ""
    url: str = ""
    note: str = ""
    links: tuple[Link, ...] = ()
    tone: str = ""
    trend: Trend | None = None


@dataclass(frozen=True)
class Ledger:
    """A total with its parts, and the figures beside it."""

    label: str
    total: int
    url: str
    parts: tuple[Part, ...]
    figures: tuple[Figure, ...]

    @property
    def bar(self) -> list[dict]:
        return parts(*((f"c-{part.tone}", part.amount) for part in self.parts if part.amount))


def line(values: list[int], words: str) -> Trend | None:
    """A trend as a line between its lowest and highest value; one value has no trend."""
    if len(values) < 2:
        return None
    low, reach = min(values), max(values) - min(values) or 1
    step = (WIDTH - 4) / (len(values) - 1)
    points = (f"{2 + i * step:.1f},{HEIGHT - MARGIN - (value - low) * (HEIGHT - 2 * MARGIN) / reach:.1f}" for i, value in enumerate(values))
    return Trend(words, points=" ".join(points))


def bars(values: list[int], words: str, tone: str = "") -> Trend | None:
    """A trend as bars that start at nought, the last one in full colour."""
    if len(values) < 2:
        return None
    highest, width = max(*values, 1), WIDTH / len(values)
    heights = [max(value * HEIGHT / highest, 1.5) for value in values]
    made = tuple(
        Bar(f"{i * width:.1f}", f"{HEIGHT - height:.1f}", f"{height:.1f}", i == len(values) - 1) for i, height in enumerate(heights)
    )
    return Trend(words, bars=made, tone=tone)
