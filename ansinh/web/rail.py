"""The rail: entries that modules put there; a module that is not installed leaves no trace."""
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class RailItem:
    """One entry: its words, the name of its address, its place, who sees it and a number beside it."""

    label: str
    url_name: str
    place: int
    shown_to: Callable
    number: Callable | None = None


ITEMS: list[RailItem] = []


def put(*items: RailItem):
    """Put entries on the rail."""
    for item in items:
        if item not in ITEMS:
            ITEMS.append(item)


def items_for(account) -> list[RailItem]:
    """The entries that an account sees, in their order."""
    return sorted((item for item in ITEMS if item.shown_to(account)), key=lambda item: item.place)
