"""What stands in a table: columns declared by the path of their value, cells written in one way everywhere."""
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import reduce

from django.utils.translation import gettext as _

from .templatetags import office_words

WRITTEN = {"dong": office_words.dong, "count": office_words.count, "day": office_words.day, "month": office_words.month}
NUMBERS = ("dong", "count")


@dataclass(frozen=True)
class Cell:
    """One written value with its label and the small second fact under it."""

    label: str
    words: str
    is_number: bool = False
    small: str = ""


@dataclass(frozen=True)
class Column:
    """A column: ``name`` is a path of attributes (``person__name``), ``kind`` how it is written, ``small`` what lies under it."""

    name: str
    label: str = ""
    kind: str = ""
    small: Callable | None = None

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBERS

    @property
    def relation(self) -> str:
        return self.name.rpartition("__")[0]

    def label_of(self, model) -> str:
        """The column's own words, or those of the model's field."""
        if self.label:
            return self.label
        *way, last = self.name.split("__")
        for step in way:
            model = model._meta.get_field(step).related_model
        words = str(model._meta.get_field(last).verbose_name)
        return words[:1].upper() + words[1:]

    def value(self, record):
        """The plain value, for exports; a choice gives its words."""
        *way, last = self.name.split("__")
        owner = reduce(lambda thing, step: getattr(thing, step, None), way, record)
        words = getattr(owner, f"get_{last}_display", None)
        found = words() if words else getattr(owner, last, None)
        return found() if callable(found) else found

    def cell(self, record) -> Cell:
        value = self.value(record)
        kind = self.kind or ("day" if isinstance(value, date) else "")
        words = WRITTEN[kind](value) if kind else _written(value)
        return Cell(self.label_of(type(record)), words, self.is_number, self.small(record) if self.small else "")


def _written(value) -> str:
    if isinstance(value, bool):
        return _("có") if value else _("không")
    return office_words.basis(str(value) if value not in (None, "") else "")


def shown(columns, record) -> tuple[Cell, ...]:
    """The cells of a record in the order of the columns."""
    return tuple(column.cell(record) for column in columns)
