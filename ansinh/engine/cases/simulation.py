"""Cases reckoned list by list with the same functions as the office's lists; all cases of a month in one frame."""
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import polars as pl

from .. import amounts, terms
from ..law import Book, Law
from ..law.book import FIELDS
from ..months import as_date
from ..schema import CLAIMS, DUE, SPANS, TERMS
from .reading import NO_NUMBER, Case

NUMBERS = {"due": "due", "arrears": "arrears", "overpayment": "recovery", "cancellation": "cancelled"}


class Ledger:
    """What has been posted, is owed back and is not known, for all cases together."""

    def __init__(self):
        self.posted = pl.DataFrame(schema=polars_schema(DUE))
        self.claims = pl.DataFrame(schema=polars_schema(CLAIMS))
        self.unknown = pl.DataFrame(schema=polars_schema(SPANS))

    def open(self, settled: pl.DataFrame, unknown: pl.DataFrame):
        """Months before the first list, taken as settled by what could be known."""
        self.posted = pl.concat([self.posted, settled])
        self.unknown = pl.concat([self.unknown, unknown])

    def post(self, found: pl.DataFrame):
        """One list's differences."""
        signed = found.with_columns(amount=pl.col("after") - pl.col("before")).select(*DUE)
        self.posted = pl.concat([self.posted, signed])
        owed = found.filter(pl.col("kind").is_in(["overpayment", "cancellation"]))
        owed = owed.with_columns(month=pl.int_ranges("since", pl.col("until") + 1)).explode("month")
        sign = pl.when(pl.col("kind") == "overpayment").then(1).otherwise(-1)
        owed = owed.with_columns(amount=pl.col("amount") * sign).select(*CLAIMS)
        self.claims = pl.concat([self.claims, owed]).group_by("entitlement", "month").agg(pl.col("amount").sum())


def polars_schema(columns: dict) -> dict:
    """The Polars types of an engine schema."""
    return {name: getattr(pl, str(kind)) for name, kind in columns.items()}


@dataclass(frozen=True)
class Step:
    """What one list of one field is reckoned from: terms as known, the law, and what stands in the ledger before it."""

    month: int
    terms: pl.DataFrame
    law: Law
    posted: pl.DataFrame
    claims: pl.DataFrame
    unknown: pl.DataFrame

    def reckoned(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """The differences of the list, and the parts of what is due."""
        parts = amounts.parts(self.terms, self.law, until_month=self.month)
        found = amounts.differences(
            amounts.due(parts), self.posted, self.claims, self.unknown, month=self.month, known_from=self.law.known_from
        )
        return found.to_native(), parts.to_native()


def simulate(cases: list[Case], book: Book, *, without: frozenset[int] = frozenset()):
    """Yield (month, frame of differences, their parts) for every list month of any case, in order of month.

    In the months ``without`` no list was made; the next list makes up for them.
    """
    for month, reckoned in groupby(steps(cases, book, without), key=lambda pair: pair[0].month):
        yield month, *(pl.concat(frames) for frames in zip(*(both for _step, both in reckoned), strict=True))


def steps(cases: list[Case], book: Book, without: frozenset[int] = frozenset()):
    """Yield each step of every list month with what came out of it, in order of month; what came out is posted."""
    numbers, ledger = _numbers(cases), Ledger()
    groups = [(group, own_book, field) for group, own_book in _by_local(cases, book) for field in FIELDS]
    for month in sorted(set(range(min(c.first for c in cases), max(c.last for c in cases) + 1)) - without):
        for group, own_book, field in groups:
            _open(ledger, [c for c in group if c.first == month], own_book, numbers, month - 1, field)
            if active := [c for c in group if c.first <= month <= c.last]:
                step = _step(ledger, active, own_book, numbers, month, field)
                both = step.reckoned()
                ledger.post(both[0])
                yield step, both


def _by_local(cases, book):
    """Cases with the same provincial levels together, with the book that holds them."""
    groups = defaultdict(list)
    for case in cases:
        groups[case.local].append(case)
    for local, group in groups.items():
        own_book = book
        for decided, since, amount in local:
            own_book = own_book.with_local(amount, decided=decided, since=since)
        yield group, own_book


def _step(ledger, cases, book, numbers, month, field):
    frame, law = _known(cases, book, numbers, month, field)
    # Also those of which nothing is left: what was posted to them is owed back.
    mine = pl.col("entitlement").is_in([
        numbers[id(case), id(event)] for case in cases for event in case.events
        if event.verb == "standing" and book.standing(event.standing).field == field
    ])
    return Step(month, frame, law, ledger.posted.filter(mine), ledger.claims.filter(mine), ledger.unknown.filter(mine))


def _numbers(cases):
    """A number for each entitlement: (case, standing event) → number; and the case of each number."""
    pairs = [(c, e) for c in cases for e in c.events if e.verb == "standing"]
    return {(id(case), id(event)): number for number, (case, event) in enumerate(pairs, 1)}


def owner_of(cases: list[Case]) -> dict[int, Case]:
    """Whose each entitlement is."""
    by_id = {id(case): case for case in cases}
    return {number: by_id[case] for (case, _event), number in _numbers(cases).items()}


def _known(cases, book, numbers, month, field) -> tuple[pl.DataFrame, object]:
    locked_on = book.lock_day(as_date(month))
    rows = [
        row for index, case in enumerate(cases) for row in _rows(case, index, locked_on, numbers, book)
        if book.standing(row["standing"]).field == field
    ]
    law = book.known_for(month=as_date(month), locked_on=locked_on, field=field)
    return pl.DataFrame(rows, schema=polars_schema(TERMS), orient="row"), law


def _open(ledger, cases, book, numbers, month, field):
    if not cases:
        return
    frame, law = _known(cases, book, numbers, month, field)
    settled = amounts.due(amounts.parts(frame, law, until_month=month)).to_native()
    first = frame.group_by("entitlement").agg(pl.col("since").min())
    since = pl.col("since").dt.year().cast(pl.Int64) * 12 + pl.col("since").dt.month() - 1
    unknown = first.select("entitlement", since=since, until=pl.lit(min(month, law.known_from - 1), dtype=pl.Int64))
    ledger.open(settled, unknown.filter(pl.col("since") <= pl.col("until")))


def _rows(case: Case, person: int, locked_on: date, numbers, book: Book):
    """The case's terms as known on a day, as rows of the engine's frame."""
    for number, standing, rows in _entitlements(case, locked_on, numbers, book):
        for row in rows:
            facts = {name: value or None if isinstance(value, str) else value for name, value in row.values.items() if name in TERMS}
            yield {
                "entitlement": number, "person": person, "standing": standing, "since": row.since, "until": row.until, "state": row.state,
                "terms": number, **facts,
            }


@dataclass
class Held:
    """An entitlement as it is known so far: its terms without an end, and the last stop that the office learnt of.

    The stop is put on at the end, so that a stop learnt later leaves nothing out that was decided for days between.
    """

    number: int
    standing: str
    rows: list[terms.TermsRow]
    until: date | None = None
    once: bool = False

    def apply(self, event):
        if event.verb == "stop":
            self.until = event.day
        elif event.verb == "correct":
            self.rows = terms.correct(self.rows, since=event.day, values=event.facts)
        else:
            change = terms.suspend if event.verb == "suspend" else terms.resume
            self.rows = change(self.rows, since=event.day)

    def known_rows(self, died: date | None):
        rows = terms.stop(self.rows, until=self.until) if self.until else self.rows
        return terms.die(rows, on=died) if died and rows and not self.once else rows


def _entitlements(case, locked_on, numbers, book):
    """The case's entitlements as known on a day; a standing granted again is another entitlement."""
    held: list[Held] = []
    last: dict[str, Held] = {}
    household: list = []
    died = None
    for event in (e for e in case.events if e.is_known(locked_on)):
        if event.verb == "died":
            died = event.day
        elif event.verb == "standing":
            rows = terms.grant(since=event.day, values={**NO_NUMBER.get(event.standing, {}), **event.facts})
            once = book.standing(event.standing).once
            until = terms.last_of(event.day) if once else None
            last[event.standing] = Held(numbers[id(case), id(event)], event.standing, rows, until, once)
            held.append(last[event.standing])
        elif event.verb == "household":
            household.append(event)
        elif event.standing in last:  # of a grant that was undone nothing is left to change
            last[event.standing].apply(event)
    for entitlement in held:
        if "poverty" in book.standing(entitlement.standing).facts:
            entitlement.rows = _with_household(entitlement.rows, household, _enough(book, entitlement.standing))
        yield entitlement.number, entitlement.standing, entitlement.known_rows(died)


def _enough(book, standing) -> set[str]:
    """The states of a household that the standing's rules ask for."""
    asked = {row["poverty"] for row in book.rules[book.field_of(standing)].iter_rows(named=True) if row["standing"] == standing}
    return {"poor", "near_poor"} if "near_poor" in asked else {"poor"}


def _with_household(rows, household, enough):
    """The household's poverty over time on the terms.

    Before the first that is known the decision counts, unless that first one is what begins to fulfil the condition. A
    loss counts from the month after it, a gain from its own month (Nghị định 20/2021 Điều 8).
    """
    if not household:
        return rows
    if min(household, key=lambda event: event.day).facts["poverty"] in enough:
        rows = terms.correct(rows, since=rows[0].since, values={"poverty": "none"})
    steps = [(max(_counts_from(event, enough), rows[0].since), event.facts) for event in sorted(household, key=lambda event: event.day)]
    for place, (since, facts) in enumerate(steps):
        # A change that counts no sooner than a later one of the household never counts.
        if all(since < following for following, _facts in steps[place + 1:]):
            rows = terms.correct(rows, since=since, values=facts)
    return rows


def _counts_from(event, enough) -> date:
    return event.day if event.facts["poverty"] in enough else terms.first_after(event.day)


def by_case(found: pl.DataFrame, owners: dict[int, Case]) -> dict[str, dict[str, int]]:
    """Sums of each kind for each case, in đồng."""
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in found.iter_rows(named=True):
        months = row["until"] - row["since"] + 1
        sums[owners[row["entitlement"]].name][NUMBERS[row["kind"]]] += row["amount"] * months
    return sums
