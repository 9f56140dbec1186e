"""Figures for leaders: each with its definition, its cut-off, its places, and the page of the rows behind it."""
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib import import_module
from pathlib import Path

import yaml
from django.conf import settings
from django.db.models import Sum

from ansinh.engine.law import book
from ansinh.office import clock
from ansinh.payments.models import Kind, LedgerAccount, Movement, Payable, PayList, Posting
from ansinh.registry.models import Area

INDICATORS_FILE = Path(__file__).resolve().parents[1] / "law" / "indicators.yaml"


@dataclass(frozen=True)
class Cut:
    """Of which day, as known at which moment, and for whose eyes."""

    account: object
    as_of: date
    known_at: datetime

    @property
    def month(self) -> date:
        """The month whose list is meant."""
        return self.as_of.replace(day=1)

    @property
    def lists(self):
        """Lists that the account sees."""
        return PayList.objects.visible_to(self.account)


@dataclass(frozen=True)
class Indicator:
    """Chỉ tiêu as indicators.yaml states it."""

    code: str
    title: str
    short: str
    unit: str
    measure: str
    definition: str
    opens: str
    only: str = ""


@dataclass(frozen=True)
class Figure:
    """One figure: ``value`` is the sum of ``places`` (area path → value); ``opens`` and ``query`` lead to its rows."""

    indicator: Indicator
    value: int
    places: dict[str, int]
    opens: str
    query: dict[str, str]


@dataclass(frozen=True)
class PlaceRow:
    """One commune or district with its value of each indicator, by code."""

    area: Area
    values: dict[str, int]


@dataclass(frozen=True)
class Brief:
    """One page of figures: of which day, as known when, by which law, for communes and districts."""

    as_of: date
    known_at: datetime
    month: date
    law_digest: str
    is_provisional: bool
    figures: tuple[Figure, ...]
    districts: tuple[PlaceRow, ...] = field(default=())
    communes: tuple[PlaceRow, ...] = field(default=())


@cache
def indicators() -> tuple[Indicator, ...]:
    """The indicators of indicators.yaml, in its order, whose programme is installed."""
    found = (Indicator(**row) for row in yaml.safe_load(INDICATORS_FILE.read_text("utf-8")))
    return tuple(indicator for indicator in found if measure_named(indicator.measure))


def brief(account, *, as_of: date, known_on: date | None = None) -> Brief:
    """The figures of a day in the account's areas, by what was known at the end of ``known_on`` (``None``: now)."""
    cut = Cut(account, as_of, clock.end_of(known_on) if known_on else clock.now())
    figures = tuple(_figure(indicator, cut) for indicator in indicators())
    places = {path for figure in figures for path in figure.places}
    areas = {area.path: area for area in Area.objects.on(as_of).filter(path__in=places | {_district(path) for path in places})}
    return Brief(
        as_of=as_of, known_at=cut.known_at, month=cut.month, law_digest=book().digest, is_provisional=book().is_provisional(cut.month),
        figures=figures, districts=_rows(figures, areas, _district), communes=_rows(figures, areas, str),
    )


def month_amount(cut: Cut) -> dict[str, int]:
    """What the month's approved lists say is due for the month itself."""
    return _posted(cut, kind=Kind.DUE, month=cut.month)


def arrears(cut: Cut) -> dict[str, int]:
    """What the month's approved lists pay for earlier months."""
    return _posted(cut, kind=Kind.ARREARS)


def unpaid(cut: Cut) -> dict[str, int]:
    """What stood on returned lists and was not collected until then."""
    moved = Movement.objects.filter(
        at__lt=cut.known_at, posting__paylist__in=cut.lists, posting__paylist__returned_in__at__lt=cut.known_at
    )
    return _balance(moved, LedgerAccount.OWED, "posting__paylist__area_path", credit_side=True)


def recovery(cut: Cut) -> dict[str, int]:
    """What persons still owe back."""
    moved = Movement.objects.filter(at__lt=cut.known_at, payable__in=Payable.objects.visible_to(cut.account))
    return _balance(moved, LedgerAccount.CLAIM, "payable__person__area_path", credit_side=False)


MEASURES = {f"indicators.{measure.__name__}": measure for measure in (month_amount, arrears, unpaid, recovery)}


def measure_named(name: str) -> Callable[[Cut], dict[str, int]] | None:
    """The measure that the data name: one of ours, or a query of a programme; ``None`` where that is not installed."""
    module, _, query = name.partition(".")
    if name in MEASURES or f"ansinh.{module}" not in settings.INSTALLED_APPS:
        return MEASURES.get(name)
    return getattr(import_module(f"ansinh.{module}.queries"), query)


def _figure(indicator, cut):
    places = {path: value for path, value in measure_named(indicator.measure)(cut).items() if value}
    query = {"thang": f"{cut.month:%Y-%m}", **({"loc": indicator.only} if indicator.only else {})}
    return Figure(indicator, sum(places.values()), places, indicator.opens, query)


def _posted(cut, **kind):
    rows = Posting.objects.filter(paylist__month=cut.month, paylist__in=cut.lists, recorded_in__at__lt=cut.known_at, **kind)
    return _summed(rows.values_list("paylist__area_path").annotate(s=Sum("amount")))


def _balance(moved, account, place, *, credit_side):
    """Debit less credit of an account by place; turned round for accounts of what we owe."""
    debits = _summed(moved.filter(debit=account).values_list(place).annotate(s=Sum("amount")))
    credits = _summed(moved.filter(credit=account).values_list(place).annotate(s=Sum("amount")))
    sign = -1 if credit_side else 1
    return {path: sign * (debits.get(path, 0) - credits.get(path, 0)) for path in debits.keys() | credits.keys()}


def _summed(pairs):
    return {path: value for path, value in pairs.order_by() if path}


def _rows(figures, areas, place_of):
    sums: dict[str, dict[str, int]] = {}
    for figure in figures:
        for path, value in figure.places.items():
            row = sums.setdefault(place_of(path), {})
            row[figure.indicator.code] = row.get(figure.indicator.code, 0) + value
    return tuple(PlaceRow(areas[path], sums[path]) for path in sorted(sums) if path in areas)


def _district(path):
    """The path of the unit above a commune."""
    return path.rstrip(".").rpartition(".")[0] + "."
