"""An office that pays by hand: payees of Tân Kim and Bá Xuyên, what each is due, and a list run in one word a step."""
import json
from dataclasses import dataclass, field
from datetime import date

import polars as pl
import pytest

from ansinh.engine import amounts
from ansinh.engine.months import as_month
from ansinh.office import clock
from ansinh.office.act import action
from ansinh.payments import actions
from ansinh.payments.models import Line, Payable, PayList
from ansinh.payments.queries import cancellable_claims, settled
from ansinh.payments.queries.changes import previous
from ansinh.registry import actions as registry
from tests.people import COMMUNE, PROVINCE

FIRST = date(2023, 1, 1)
# What a posting keeps of its reasons, the same for every month.
PART = {
    "basis": "Điều 1", "title": "Thương binh, 61 %", "article": "", "since": 0, "until": 99_999, "amount": 0, "unit_amount": 0, "quantity": 1,
    "applies_since": None, "in_force": None, "learnt": None, "paper": "", "verified": True, "cut_by": None,
}
ANYWHERE = {"scope": lambda *_, **__: (PROVINCE, "merit")}


@action("payments.propose_payable_for_test", label="Mở khoản", **ANYWHERE)
def _open(person):
    return actions.open_payable(person, field="merit", title="Thương binh, 61 %")


@action("payments.propose_end_for_test", label="Thôi", **ANYWHERE)
def end(payable, on):
    actions.keep_payable(payable, title=payable.title, ends_on=on)


@action("payments.propose_openings_for_test", label="Mở sổ", **ANYWHERE)
def open_before(payable, since, until, amount):
    row = {"payable_id": payable.pk, "since": since, "until": until, "amount": amount}
    actions.record_openings(pl.DataFrame([row], schema_overrides={"amount": pl.Int64}))


@action("payments.propose_batch_for_test", label="Tính", **ANYWHERE)
def reckon(month, dues):
    """A batch from what is due: ``{payable key: {month: đồng}}``."""
    spans = [(key, as_month(m), as_month(m), amount) for key, months in dues.items() for m, amount in months.items() if amount]
    due = pl.DataFrame(spans, schema=dict.fromkeys(("entitlement", "since", "until", "amount"), pl.Int64), orient="row")
    posted, unknown = settled()
    found = amounts.differences(due, posted, cancellable_claims(), unknown, month=as_month(month), known_from=as_month(FIRST)).to_native()
    frame = found.select(
        "kind", _day("since"), _day("until"), "before", "after", payable_id="entitlement", rests_on=pl.lit(None, dtype=pl.Int64),
        parts=pl.lit(json.dumps([PART])), is_provisional=pl.lit(False),
    )
    return actions.replace_batch([frame], field="merit", month=month, known_at=clock.now(), law_digest="0")


def _day(column):
    return pl.date(pl.col(column) // 12, pl.col(column) % 12 + 1, 1).alias(column)


@dataclass
class PayOffice:
    """Who works here, what is due, and the steps of a month's lists."""

    preparer: object
    chief: object
    accountant: object
    areas: dict
    dues: dict[int, dict[date, int]] = field(default_factory=dict)

    def payee(self, name, *, amount=1_000_000, until=12, area=COMMUNE, channel="post", **way) -> Payable:
        """A person with one payable, due ``amount`` each month of 2023 through ``until``."""
        person = registry.register_person(
            name=name, area=self.areas[area], since=date(2012, 1, 1), source="Sổ hộ khẩu", birth_on=date(1950, 5, 1),
            birth_precision="day", sex="female", address="xóm Quyết Tiến", by=self.preparer,
        )
        if channel:
            bank = {"bank": "Agribank", "account_number": f"8500{person.pk}"} if channel == "bank" else {}
            actions.set_channel(person, since=date(2010, 1, 1), kind=channel, **bank, **way, by=self.preparer)
        payable = _open(person, by=self.preparer)
        self.dues[payable.pk] = {date(2023, m, 1): amount for m in range(1, until + 1)}
        return payable

    def due(self, payable, month, amount):
        self.dues[payable.pk][month] = amount

    def end(self, payable, on: date):
        """The right ends on a day: later months are not due."""
        end(payable, on, by=self.preparer)
        self.dues[payable.pk] = {m: amount for m, amount in self.dues[payable.pk].items() if m <= on}

    def reckon(self, month):
        return reckon(month, self.dues, by=self.preparer)

    def propose(self, month) -> list[PayList]:
        with clock.held_at(lock_day(month)):
            self.reckon(month)
            return actions.propose(month, by=self.preparer)

    def approve(self, lists):
        return actions.approve(lists, by=self.chief)

    def export(self, lists):
        return actions.export(lists, by=self.accountant)

    def reconcile(self, lists, unpaid=()):
        return actions.reconcile(lists, answers=answers(lists, unpaid), by=self.accountant)

    def paid(self, month, unpaid=()) -> list[PayList]:
        """A whole month; ``unpaid`` names who did not collect."""
        lists = self.exported(month)
        self.reconcile(lists, unpaid)
        return fresh(lists)

    def exported(self, month) -> list[PayList]:
        return fresh(self.export(self.approve(self.propose(month))))


def lock_day(month) -> date:
    """The 25th of the month before."""
    return previous(month).replace(day=25)


def fresh(lists) -> list[PayList]:
    """The lists as the database has them now."""
    return list(PayList.objects.filter(pk__in=[paylist.pk for paylist in lists]).order_by("pk"))


def line_of(name, month) -> Line:
    """A person's line of a month's standing list."""
    return Line.objects.exclude(paylist__state="withdrawn").get(name=name, paylist__month=month)


def answers(lists, unpaid=()) -> list[actions.Answer]:
    """The return file of these lists in which some did not collect."""
    lines = Line.objects.filter(paylist__in=lists, held_because="", total__gt=0).select_related("paylist").order_by("paylist", "position")
    return [
        actions.Answer(li.paylist.number, li.position, li.name not in unpaid, "vắng nhà" if li.name in unpaid else "", li.total, row)
        for row, li in enumerate(lines, 2)
    ]


@pytest.fixture
def office(areas, appoint, chief, accountant):
    """The office of Thái Nguyên; nobody is due anything yet."""
    return PayOffice(appoint("clerk_of_lists", "officer", PROVINCE), chief, accountant, areas)


@pytest.fixture
def overpaid(office):
    """Lan, who was paid 600.000 đồng too much for June, and whose list of July has said so."""
    may, june, july = (date(2023, month, 1) for month in (5, 6, 7))
    lan = office.payee("Dương Thị Lan")
    open_before(lan, date(2023, 1, 1), may, 1_000_000, by=office.preparer)
    office.paid(june)
    office.due(lan, june, 400_000)
    office.paid(july)
    return lan
