"""Thử mức: a draft on a snapshot of what the office knows now, read once; nothing is written."""
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db.models import Max

from ansinh.engine.law import Book
from ansinh.engine.law.texts import LawText, fields_of, with_texts
from ansinh.engine.months import as_date, as_month
from ansinh.engine.schema import TERMS
from ansinh.engine.what_if import PLACE, Comparison, Snapshot, compare, snapshot
from ansinh.office import bulk, clock, rights
from ansinh.payments.models import PayList

from .law_text import base_and_text, refuse_bad_law
from .models import LawDraft, Terms
from .queries import FRAME_COLUMNS, UNKNOWN_WORDS

MONTHS, MOST_MONTHS = 12, 120
AREA_PATH = "entitlement__payable__person__area_path"
POSTED = (PayList.State.APPROVED, PayList.State.EXPORTED, PayList.State.RETURNED, PayList.State.CLOSED)


@dataclass(frozen=True, eq=False)
class Trial:
    """A draft tried in one field: its months, the last month for which a list was approved, and what came of it."""

    draft: LawDraft
    text: LawText
    field: str
    posted_until: date | None
    found: Comparison
    taken: Snapshot

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


def try_draft(draft: LawDraft, field: str, account, *, last: date | None = None, beside: Trial | None = None) -> Trial:
    """What a draft would give and take in a field, within what the account sees.

    ``beside`` gives the snapshot of another trial, so that two drafts are of the same people at the same moment.
    """
    base, text = base_and_text(draft)
    first, until = (beside.taken.first, beside.taken.last) if beside else _window(text, last)
    before, after = _laws(base, text, field, until)
    taken = beside.taken if beside else snapshot([_terms(field, account)], before, first=first, last=until)
    posted = PayList.objects.filter(field=field, state__in=POSTED).aggregate(last=Max("month"))["last"]
    return Trial(draft, text, field, posted, compare(taken, before, after), taken)


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


def _terms(field, account) -> pl.DataFrame:
    """Terms of a field with the commune of each person, in one read."""
    seen = rights.within(rights.sees(account, "money", field), AREA_PATH)
    rows = Terms.objects.known(None).filter(seen, entitlement__payable__field=field)
    names = {column: name for column, name in FRAME_COLUMNS.items() if name in TERMS} | {AREA_PATH: PLACE}
    frame = bulk.frame(rows, *names).rename(names)
    return frame.with_columns(pl.when(pl.col(word) != "").then(pl.col(word)).alias(word) for word in UNKNOWN_WORDS)


def _over_months(frame, by):
    summed = frame.group_by(by).agg(
        pl.col("before", "after", "more", "less").sum(), pl.col("people", "up", "down").max(),
    ).sort(pl.col("after") - pl.col("before"), by, descending=[True, False])
    return summed.to_dicts()
