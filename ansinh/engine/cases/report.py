"""What the cases gave beside what was expected of them, as lines for a person and as JSON."""
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ..law import Book
from ..law import book as office_book
from ..months import as_date
from .reading import SUMS, Case, read_cases
from .simulation import by_case, owner_of, simulate


@dataclass(frozen=True)
class MonthResult:
    """One expected month of one case."""

    case: str
    month: int
    expected: dict[str, int]
    got: dict[str, int]
    arrears_of: list[dict]
    provisional: bool

    @property
    def is_right(self) -> bool:
        return self.expected == self.got


@dataclass(frozen=True)
class Report:
    """The results of a file of cases."""

    cases: int
    months: list[MonthResult]

    @property
    def wrong(self) -> int:
        return sum(not month.is_right for month in self.months)

    def lines(self) -> list[str]:
        """Each difference, then ``n cases, m months, k wrong``."""
        differences = [_difference(month, name) for month in self.months for name in SUMS if month.expected[name] != month.got[name]]
        return [*differences, f"{self.cases} cases, {len(self.months)} months, {self.wrong} wrong"]

    def as_json(self) -> dict:
        """Cases with their months: due, arrears, recovery, cancelled, and whose months and article the arrears are."""
        cases: dict[str, dict] = {}
        for month in self.months:
            entry = {**month.got, "expected": month.expected, "arrears_of": month.arrears_of}
            if month.provisional:
                entry["provisional"] = True
            cases.setdefault(month.case, {"case": month.case, "months": {}})["months"][f"{as_date(month.month):%Y-%m}"] = entry
        return {"cases": list(cases.values()), "count": self.cases, "months": len(self.months), "wrong": self.wrong}


def run(path: Path, book: Book | None = None) -> Report:
    """Reckon every case of a file; refused (``LawError``) where the file cannot be read."""
    book = book or office_book()
    cases = read_cases(Path(path), book)
    return Report(len(cases), _results(cases, book) if cases else [])


def _results(cases: list[Case], book: Book) -> list[MonthResult]:
    owners = owner_of(cases)
    wanted = {month for case in cases for month in case.expect}
    results = []
    for month, found, parts in simulate(cases, book):
        if month not in wanted:
            continue
        sums, late = by_case(found, owners), _arrears_of(found, parts, owners)
        for case in cases:
            if month in case.expect:
                got = {name: sums[case.name][name] for name in SUMS}
                fields = {book.standing(event.standing).field for event in case.events if event.standing}
                provisional = any(book.is_provisional(as_date(month), field) for field in fields)
                results.append(MonthResult(case.name, month, case.expect[month], got, late.get(case.name, []), provisional))
    order = {case.name: place for place, case in enumerate(cases)}
    return sorted(results, key=lambda r: (order[r.case], r.month))


def _arrears_of(found, parts, owners) -> dict[str, list[dict]]:
    """The months that arrears belong to, with the articles of the amounts due in them."""
    late = found.filter(pl.col("kind") == "arrears").sort("entitlement", "since")
    bases = parts.filter(pl.col("amount") > 0).select("entitlement", "basis", p_since="since", p_until="until")
    rows: dict[str, list[dict]] = {}
    for row in late.iter_rows(named=True):
        mine = bases.filter(
            (pl.col("entitlement") == row["entitlement"]) & (pl.col("p_since") <= row["until"]) & (pl.col("p_until") >= row["since"])
        )
        rows.setdefault(owners[row["entitlement"]].name, []).append({
            "from": f"{as_date(row['since']):%Y-%m}", "to": f"{as_date(row['until']):%Y-%m}", "each": row["amount"],
            "articles": sorted(set(mine["basis"])),
        })
    return rows


def _difference(month: MonthResult, name: str) -> str:
    return f"{month.case}: {as_date(month.month):%Y-%m} {name} {month.got[name]}, expected {month.expected[name]}"
