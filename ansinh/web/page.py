"""The one object that a template gets, and its small parts."""
from dataclasses import dataclass, field

from .refusal import Refusal


@dataclass(frozen=True)
class Crumb:
    """A step of the path above the title; the last one may have no address."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Button:
    """An act or link at the head of a page: ``solid`` for the one main button, ``stop`` for undoing and giving up."""

    label: str
    url: str
    solid: bool = False
    stop: bool = False

    @property
    def tone(self) -> str:
        return "stop" if self.stop else "" if self.solid else "plain"


@dataclass(frozen=True)
class Chip:
    """A state as a shape and a word; ``tone`` is one of the classes of the style sheet (ok, half, hold, warn, owe, due, bad)."""

    words: str
    tone: str = ""


@dataclass(frozen=True)
class Pager:
    """What lies under a list: its words, and the addresses of its first and next part."""

    words: str
    first: str = ""
    next: str = ""


@dataclass(frozen=True)
class Page:
    """Title, one line that says of what, where, as known when; the rail entry it belongs to; then its content."""

    title: str
    note: str = ""
    rail: str = ""
    crumbs: tuple[Crumb, ...] = ()
    buttons: tuple[Button, ...] = ()
    content: object = field(default=None)
    chip: Chip | None = None
    refusal: Refusal | None = None
    asked: str = ""


@dataclass(frozen=True)
class Effect:
    """One consequence of an act, before it happens: ``+`` due to the person, ``−`` taken, ``✎`` changed; đồng or words aside."""

    sign: str
    words: str
    small: str = ""
    amount: int | None = None
    aside: str = ""

    @property
    def tone(self) -> str:
        return {"+": "due-n", "−": "owe-n"}.get(self.sign, "")


@dataclass(frozen=True)
class EffectGroup:
    """Consequences of one kind: at once and reversible, already exported, still due."""

    title: str
    effects: tuple[Effect, ...]
    note: str = ""


@dataclass(frozen=True)
class FormPage(Page):
    """A form: its one verb with what it changes, where one goes without writing, and what the foot explains.

    ``tone`` is ``stop`` for undoing and giving up.
    """

    form: object = None
    verb: str = ""
    back: str = ""
    foot: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Choice:
    """What is asked beside the consequences of an act: a class of form, and the consequences that its answer brings."""

    form: type
    groups: tuple[EffectGroup, ...] = ()


@dataclass(frozen=True)
class ConfirmPage(FormPage):
    """Consequences before an act; ``kept`` carries what was typed to the second step, ``form`` asks what is only asked there."""

    groups: tuple[EffectGroup, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()


def parts(*amounts: tuple[str, int]) -> list[dict]:
    """The parts of a total as places in a bar 1000 wide: ``(tone, amount)`` in, for ``web/_parts.html``."""
    total = sum(abs(amount) for _tone, amount in amounts) or 1
    places, x = [], 0.0
    for tone, amount in amounts:
        width = abs(amount) * 1000 / total
        places.append({"tone": tone, "x": f"{x:.1f}", "width": f"{max(width - 2, 0):.1f}"})
        x += width
    return places
