"""Where every đồng is, added up by hand: due by law, posted, handed over, brought back, kept, paid back, waived, waiting."""
from collections import Counter
from datetime import date

from ansinh.engine.law import book
from ansinh.office import clock
from ansinh.payments.models import Item, Line, Movement, PayList, Posting, RecoveryStep
from ansinh.payments.queries.whereabouts import sum_of, whereabouts

from . import people
from .books import rights
from .by_hand import due

OUT = ("exported", "returned", "closed")


def faults(until: date, page_of=None) -> list[str]:
    """What does not reconcile, of all months through ``until``; the first few of each kind.

    ``page_of(month)`` gives the page "Tiền của tháng ở đâu" as a reader sees it.
    """
    handed, lines = _provider(until)
    checks = (_due_is_posted(until), _month_adds_up(), _lines_as_handed(handed, lines), _persons_as_handed(handed, lines), _cases_as_said(), _whereabouts(handed, lines, page_of))
    return [fault for check in checks for fault in check[:3]]


def _due_is_posted(until):
    ours = (people.LEVEL_SINCE, people.LEVEL) if until >= people.LEVEL_LEARNT else None
    return due_is_posted(until, ours)


def due_is_posted(until: date, ours: tuple[date, int] | None) -> list[str]:
    """Of each person, month and field what the law gives, by hand and with the province's own level, is what was posted."""
    posted = Counter()
    for name, field, month, amount in Posting.objects.values_list("payable__person__name", "payable__field", "month", "amount"):
        posted[name, field, month] += amount
    lawful = {
        (name, field, month): amount
        for name, held in rights().items() for month in people.months(until) for field, amount in due(held, month, ours).items() if amount
    }
    wrong = [key for key in posted.keys() | lawful.keys() if posted[key] != lawful.get(key, 0)]
    return [f"{key}: due {lawful.get(key, 0)}, posted {posted[key]}" for key in sorted(wrong)]


def _moved() -> dict[tuple, Counter]:
    """Of each person and month the net of every way that money took."""
    rows = Movement.objects.exclude(payable=None).values_list("payable__person__name", "month", "debit", "credit", "amount")
    ways = {}
    for name, month, debit, credit, amount in rows:
        way = ways.setdefault((name, month), Counter())
        way[debit, credit] += amount
        way[credit, debit] -= amount
    return ways


def _month_adds_up():
    """What was posted for a person's month is handed over, kept or waiting, less what is owed back, was paid back or waived."""
    waiting, posted = Counter(), Counter()
    for name, month, amount in _open_items():
        waiting[name, month] += amount
    for name, month, amount in Posting.objects.values_list("payable__person__name", "month", "amount"):
        posted[name, month] += amount
    faults = []
    for key, way in _moved().items():
        owed_back = way["claim", "cost"] + way["claim", "owed"] + way["claim", "kept"] + way["claim", "fund"] + way["claim", "waived"]
        # What had been waived and is due after all is in the person's hands already.
        settled = way["kept", "claim"] + way["fund", "claim"] + way["waived", "claim"] + way["waived", "cost"]
        total = waiting[key] + way["owed", "provider"] + way["owed", "kept"] - owed_back - settled
        if total != posted[key] or owed_back < 0:
            faults.append(f"{key}: posted {posted[key]}, but {total} found")
    return faults


def _open_items():
    """What is listed or waits, of each person and month of which it is."""
    items = Item.objects.filter(carried_to=None).exclude(result__in=("paid", "kept"))
    return items.values_list("posting__payable__person__name", "posting__month", "amount")


def _provider(until):
    """The provider's own book: what it handed over of each line that went out, less what the post brought back since."""
    rows = list(Line.objects.filter(paylist__state__in=OUT, held_because="", total__gt=0).values_list("pk", "paylist__number", "position", "total", "paylist__month", "name"))
    handed = {key: people.handed_over(number, position, total) for key, number, position, total, _month, _name in rows}
    for month in people.months(until):
        earlier = [(number, position, total) for _key, number, position, total, of, _name in rows if of == people.before(month, 3)]
        if chosen := people.brought_back(earlier, month):
            handed |= {key: 0 for key, number, position, *_rest in rows if (number, position) == chosen}
    return handed, rows


def _lines_as_handed(handed, lines):
    """What is noted as paid on each line is what the provider says that it handed over."""
    paid = Counter()
    for line, amount in Item.objects.filter(result="paid").values_list("line", "amount"):
        paid[line] += amount
    return [
        f"{number} {position}: handed over {handed[key]}, noted {paid[key]}" for key, number, position, *_rest in lines if handed[key] != paid[key]
    ]


def _persons_as_handed(handed, lines):
    """Everybody has in hand what the ledger says that they have been paid."""
    in_hand, ledger = Counter(), Counter()
    for key, _number, _position, _total, _month, name in lines:
        in_hand[name] += handed[key]
    for (name, _month), way in _moved().items():
        ledger[name] += way["owed", "provider"]
    return [f"{name}: has {in_hand[name]}, ledger {ledger[name]}" for name in in_hand.keys() | ledger.keys() if in_hand[name] != ledger[name]]


def _cases_as_said():
    """Receipts, waivers and deductions of all cases are what was moved."""
    ways = sum(_moved().values(), Counter())
    said = Counter()
    for kind, amount in RecoveryStep.objects.filter(kind__in=("repayment", "waiver"), withdrawn_in=None).values_list("kind", "amount"):
        said[kind] += amount
    refunds = sum(Movement.objects.filter(debit="fund", credit="claim", recorded_in__act="payments.record_refund").values_list("amount", flat=True))
    deducted = sum(Line.objects.filter(paylist__state__in=("approved", *OUT), held_because="").values_list("deduction", flat=True))
    told = {
        "paid back": (said["repayment"] + refunds, ways["fund", "claim"]), "waived": (said["waiver"], ways["waived", "claim"]),
        "deducted": (deducted, ways["owed", "kept"]), "given": (deducted, ways["kept", "claim"]),
    }
    return [f"{name}: papers say {paper}, ledger {moved}" for name, (paper, moved) in told.items() if paper != moved]


def _whereabouts(handed, lines, page_of):
    """What is said of each month's money is what the lines and the provider's book say; the page, where asked, in Junes."""
    faults = []
    for month in sorted({of for *_rest, of, _name in lines}):
        mine = [(total, handed[key]) for key, _number, _position, total, of, _name in lines if of == month]
        out, given = sum(total for total, _given in mine), sum(given for _total, given in mine)
        shown = sum_of(whereabouts(PayList.objects.filter(month=month)).values())
        told = (shown.exported, shown.at["paid"], sum(shown.at.values()))
        if told != (out, given, out):
            faults.append(f"whereabouts {month:%m/%Y}: {told}, by hand {out} and {given}")
        text = page_of(month) if page_of and month.month == people.LAST.month else ""
        if text and not all(f"{amount:,}".replace(",", ".") in text for amount in (out, given)):
            faults.append(f"the page of {month:%m/%Y} does not say {out} and {given}")
    return faults


def at_lock_day(until: date):
    """Hold the clock at the day of the last list."""
    return clock.held_at(book().lock_day(until))
