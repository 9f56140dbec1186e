"""The one object that a template gets."""
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Crumb:
    """A step of the path above the title."""

    label: str
    url: str


@dataclass(frozen=True)
class Button:
    """An act or link at the head of a page; ``solid`` for the one main button."""

    label: str
    url: str
    solid: bool = False


@dataclass(frozen=True)
class Page:
    """Title, one line that says of what, where, as known when; the rail entry it belongs to; then its content."""

    title: str
    note: str = ""
    rail: str = ""
    crumbs: tuple[Crumb, ...] = ()
    buttons: tuple[Button, ...] = ()
    content: object = field(default=None)
