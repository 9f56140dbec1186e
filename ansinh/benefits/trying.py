"""Thử mức: a draft on a snapshot of what the office knew at a moment, read once; nothing is written."""
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db.models import Max

from ansinh.engine.law import Book
from ansinh.engine.law.texts import LawText, fields_of, with_texts
from ansinh.engine.months import as_date, as_month
from ansinh.engine.what_if import PLACE, Comparison, compare, snapshot
from ansinh.office import clock
from ansinh.payments.models import PayList

from .law_text import base_and_text, refuse_bad_law
from .models import LawDraft
from .snapshots import Taken, taken

MONTHS, MOST_MONTHS = 12, 120
POSTED = (PayList.State.APPROVED, PayList.State.EXPORTED, PayList.State.RETURNED, PayList.State.CLOSED)


@dataclass(frozen=True, eq=False)
class Trial:
    """A draft tried in one field on what was taken: its months, the last month with an approved list, and what came of it."""

    draft: LawDraft
    text: LawText
    field: str
    posted_until: date | None
    found: Comparison
    taken: Taken
    first: int
    last: int

    @property
    def level(self) -> int | None:
        """The level that was tried, where the draft is one level only."""
        return self.text.single_level and self.text.single_level.amount

    @property
    def months(self) -> list[dict]:
        """Each month: đồng by both laws, people up and down, whether its lists are approved already."""
        rows = self.found.by_month().iter_rows(named=True)
        return [{**row, "month": as_date(row["month"]), "is_posted": self._is_posted(row["month"])} for row in rows]

    @property
    def posted(self) -> dict:
        """Over the months whose lists are approved: what would be made up and what would be owed back."""
        changed = [row for row in self.months if row["is_posted"] and row["up"] + row["down"]]
        return {
            "months": len(changed), "arrears": sum(row["more"] for row in changed), "overpayment": sum(row["less"] for row in changed),
            "up": max((row["up"] for row in changed), default=0), "down": max((row["down"] for row in changed), default=0),
        }

    @property
    def standings(self) -> list[dict]:
        """Each standing over all months of the trial; people up and down in the month in which there are most."""
        return _over_months(self.found.by_standing, "standing")

    @property
    def places(self) -> list[dict]:
        """Each commune over all months of the trial."""
        return _over_months(self.found.by_place, PLACE)

    def _is_posted(self, month):
        return self.posted_until is not None and month <= as_month(self.posted_until)


def fields_of_draft(draft: LawDraft) -> list[str]:
    """The fields whose amounts a draft changes."""
    base, text = base_and_text(draft)
    return fields_of(text, base)


def try_draft(
    draft: LawDraft, field: str, account, *, last: date | None = None, beside: Trial | None = None, fresh: bool = False,
    amount: int | None = None,
) -> Trial:
    """What a draft would give and take in a field, within what the account sees.

    ``beside`` gives the snapshot and the months of another trial, so that two drafts are of the same people at the same
    moment; ``fresh`` takes a new one. ``amount`` tries another figure than the one level that the draft holds.
    """
    base, text = base_and_text(draft)
    if amount is not None and text.single_level:
        text = text.at(amount)
    first, until = (beside.first, beside.last) if beside else _window(text, last)
    laws = _laws(base, text, field, until)
    people = beside.taken if beside else taken(field, account, fresh=fresh)
    found = compare(snapshot([people.terms], laws, first=first, last=until), *laws)
    posted = PayList.objects.filter(field=field, state__in=POSTED).aggregate(last=Max("month"))["last"]
    return Trial(draft, text, field, posted, found, people, first, until)


def _window(text, last) -> tuple[int, int]:
    """From the first month that the draft touches: a year, and never less than up to now."""
    first = as_month(text.since)
    wanted = as_month(last) if last else max(first + MONTHS - 1, as_month(clock.today()))
    return first, max(first, min(wanted, first + MOST_MONTHS - 1))


def _laws(base: Book, text: LawText, field, until):
    """The law as it will stand when the draft is in force, without it and with it."""
    with refuse_bad_law():
        tried = with_texts(base, [text], trial=not text.is_in_force)
        texts = {row.instrument for row in text.rows}
        month = max([as_date(until), *(i.in_force for i in texts if i.in_force)])
        asked = {"month": month.replace(day=1), "locked_on": max([clock.today(), *(i.signed for i in texts)]), "field": field}
        return base.known_for(**asked), tried.known_for(**asked, drafts=not text.is_in_force)


def _over_months(frame, by):
    summed = frame.group_by(by).agg(
        pl.col("before", "after", "more", "less").sum(), pl.col("people", "up", "down").max(),
    ).sort(pl.col("after") - pl.col("before"), by, descending=[True, False])
    return summed.to_dicts()
