"""What a check of the sweep is; modules above put their own checks here, since payments may not know them."""
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl
from django.db.models import CharField, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from ansinh.office import bulk, clock

from ..models import Line, PayList

FOUND = {"person_id": pl.Int64, "facts": pl.String}
BETWEEN = "|"
LONGEST = 300


@dataclass(frozen=True)
class Scope:
    """Phạm vi soát: lists of one month and one field, and the day as of which residences and papers are read."""

    month: date
    field: str
    lists: tuple[PayList, ...]

    @cached_property
    def lines(self) -> QuerySet:
        """The lines of the lists that would pay something."""
        return Line.objects.filter(paylist__in=self.lists, total__gt=0)

    @property
    def persons(self) -> QuerySet:
        """The payees of those lines, for a subquery."""
        return self.lines.order_by().values("person")

    @property
    def month_lines(self) -> QuerySet:
        """The lines of every list of the month that counts, in any field and place."""
        return Line.objects.filter(paylist__month=self.month, total__gt=0).exclude(paylist__state=PayList.State.WITHDRAWN)

    @property
    def day(self) -> date:
        return clock.today()


def scope_of(lists) -> Scope:
    """The scope of lists, all of one month and one field."""
    return Scope(lists[0].month, lists[0].field, tuple(lists))


@dataclass(frozen=True)
class Check:
    """Phép soát: what is asked of the payees of lists in one query, and how what was found is said.

    ``find(scope)`` gives a frame ``person_id, facts``; it may name payees of other lists as well. ``say(facts)`` makes
    words of the parts of ``facts``.
    """

    code: str
    title: str
    hint: str
    place: int
    find: Callable[[Scope], pl.DataFrame]
    say: Callable[..., str]


CHECKS: dict[str, Check] = {}


def put_checks(*checks: Check):
    """Make checks part of every sweep, in the order of their places."""
    known = {**CHECKS, **{check.code: check for check in checks}}
    CHECKS.clear()
    CHECKS.update(sorted(known.items(), key=lambda item: (item[1].place, item[0])))


def said(code: str, facts: str) -> str:
    """What was found, in words; of a check that is no longer installed the bare facts."""
    return str(CHECKS[code].say(*facts.split(BETWEEN))) if code in CHECKS else facts


def joined(*parts) -> Concat:
    """Values of a row as one text, the same on every database."""
    texts = [Cast(part, TextField()) for part in parts]
    mixed = [piece for text in texts for piece in (Value(BETWEEN, CharField()), text)][1:]
    return Concat(*mixed, output_field=TextField()) if len(mixed) > 1 else texts[0]


def found(rows: QuerySet, *, person="person_id") -> pl.DataFrame:
    """The rows of a query with an annotation ``facts`` as a check gives them, one a person."""
    frame = bulk.frame(rows.order_by(), person, "facts").rename({person: "person_id"})
    return as_found(frame)


def as_found(frame: pl.DataFrame) -> pl.DataFrame:
    """``person_id, facts`` once a person; of several facts the first in order counts."""
    facts = pl.col("facts").fill_null("").str.slice(0, LONGEST)
    return frame.select(pl.col("person_id").cast(pl.Int64), facts).sort("person_id", "facts").unique("person_id", keep="first", maintain_order=True)
