"""A simulated province: three hundred people of both fields, ten years of lists, what is learnt late, wrongly and undone.

Everything is drawn from the month, so that work begun again does the same; what is done already is read in the journal.
"""
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import polars as pl
from django.db.models import Sum

from ansinh.benefits import actions as benefits
from ansinh.benefits import queries
from ansinh.benefits.life_events.acts import record_life_event, undo_life_event
from ansinh.benefits.models import Entitlement
from ansinh.benefits.reckoning import law_for
from ansinh.engine import amounts
from ansinh.engine.law import book
from ansinh.engine.law.book import FIELDS
from ansinh.engine.months import as_date, as_month
from ansinh.engine.text.names import fold, sort_key
from ansinh.office import clock
from ansinh.office.act import action
from ansinh.office.actions import undo
from ansinh.office.models import Account, Entry
from ansinh.payments import actions as payments
from ansinh.payments.models import Item, Line, Movement, Opening, PayList, Posting
from ansinh.payments.queries import verify_ledger
from ansinh.registry.actions.in_bulk import register_many
from ansinh.registry.models import Person
from ansinh.web.refusal import Refusal

FIRST, LAST = date(2021, 7, 1), date(2031, 6, 1)
SEED = 2021
EVENTS_A_MONTH = 4
SURNAMES, GIVEN = ("Dương", "Lý", "Ma", "Tạ", "Trần", "Vi", "Hoàng", "Nông"), ("Lan", "Páo", "Lường", "Lập", "Sửu", "Sao", "Hiền", "Bình")
# Standing: its facts, and what a correction changes.
STANDINGS = {
    "wounded": ({"grade": 61}, {"grade": 81}),
    "chemical": ({"grade": 45}, {"grade": 61}),
    "martyr_relative": ({"martyrs": 1}, {"martyrs": 2}),
    "disabled": ({"severity": "severe", "born": date(1960, 5, 1)}, {"severity": "especially_severe"}),
    "single_parent": ({"children": 1, "poverty": "poor"}, {"children": 2}),
    "elder_80": ({"born": date(1940, 5, 1)}, {"born": date(1943, 9, 15)}),
}
LUMP_SUMS = {"injury_lump": {"grade": 8}, "death_aid": {"people": 1}}
NO_FACTS = {
    "grade": None, "special": False, "attendant": False, "martyrs": None, "care": False, "remarried": False, "medal": "", "full_time": False,
    "seniority": None, "case": "", "severity": "", "children": None, "born": None, "poverty": "", "people": None, "quantity": None,
}
WHOLE = ("grade", "martyrs", "seniority", "children", "people", "quantity")


def _whole_province(*_args, **_more):
    return "19.", ""


@action("benefits.settle_province", label="Dựng tỉnh giả lập", scope=_whole_province)
def settle(area, people):
    """Everybody lives in one commune, is paid by post and was granted one standing on the first day."""
    names = [f"{SURNAMES[n % 8]} {'Thị' if n % 2 else 'Văn'} {GIVEN[n // 8 % 8]} {n}" for n in range(people)]
    ids = register_many(pl.DataFrame({
        "name": names, "search_key": list(map(fold, names)), "sort_key": list(map(sort_key, names)),
        "birth_on": [date(1940, 5, 1) + timedelta(n * 11) for n in range(people)], "birth_precision": ["day"] * people,
        "sex": ["female" if n % 2 else "male" for n in range(people)], "area_path": [area.path] * people, "area_id": [area.pk] * people,
        "address": [""] * people, "household": [""] * people, "phone": [""] * people, "place_since": [date(2000, 1, 1)] * people,
    }), source="Sổ hộ khẩu").to_list()
    standings = [sorted(STANDINGS)[n % len(STANDINGS)] for n in range(people)]
    rows = [
        {"person_id": key, "standing": standing, "since": FIRST, "source": "QĐ 1", "rests_on_id": None, "paid_up_to": None,
         **NO_FACTS, **STANDINGS[standing][0]}
        for key, standing in zip(ids, standings, strict=True)
    ]
    schema = {**dict.fromkeys((*WHOLE, "rests_on_id"), pl.Int64), "born": pl.Date, "paid_up_to": pl.Date}
    benefits.grant_many(pl.DataFrame(rows, schema_overrides=schema))


@dataclass(frozen=True)
class Staff:
    """Who works in the office."""

    preparer: Account
    chief: Account
    accountant: Account


def staff() -> Staff:
    """The accounts of the office."""
    return Staff(*(Account.objects.get(username=name) for name in ("officer", "chief", "accountant")))


def months(last: date) -> list[date]:
    """Every month of a list from the first through ``last``."""
    return [as_date(number) for number in range(as_month(FIRST), as_month(last) + 1)]


def work(last: date):
    """What is not done yet of every month; after each June everything is proved, and what is broken ends the work."""
    here = staff()
    for month in months(last):
        if not _is_done(month):
            with clock.held_at(book().lock_day(month)):
                _month(month, here)


def _month(month, here):
    _life(month, here)
    for field in FIELDS:
        run_of(month, field, here)
    if month.month == LAST.month and (broken := promises(month)):
        raise AssertionError(f"{month:%m/%Y}: {broken}")
    close_month(month, by=here.preparer)


def _is_done(month):
    return Entry.objects.filter(act="benefits.close_month_for_test", key=str(month)).exists()


@action("benefits.close_month_for_test", label="Xong tháng", scope=_whole_province)
def close_month(month):
    """Both fields of the month have been returned."""


def _life(month, here):
    """What the office learns before the month's lists; a lawful refusal is no change."""
    dice = Random(f"{SEED} {month}")
    for place in range(EVENTS_A_MONTH):
        kind = dice.choice(tuple(KINDS))
        said = {"kind": kind, "which": dice.randrange(10**6), "ago": dice.randrange(300)}
        number = f"{month:%Y-%m}/{place}"
        if not Entry.objects.filter(act=change.act_name, key=number).exists():
            _try(change, number, **said, by=here.preparer)


def _try(act, *args, **more):
    try:
        return act(*args, **more)
    except Refusal:
        return None


@action("benefits.change_for_test", label="Đời sống", scope=_whole_province)
def change(number, *, kind, which, ago, by):
    """One thing that is learnt: in one transaction with its number, so that it is learnt once."""
    KINDS[kind](which, clock.today() - timedelta(days=ago), {"source": f"QĐ {number}", "by": by})


def _entitlement(which):
    rows = Entitlement.objects.filter(standing__in=STANDINGS).order_by("pk")
    return rows[which % rows.count()]


def _person(which):
    rows = Person.objects.order_by("pk")
    return rows[which % rows.count()]


def _correct(which, day, paper):
    entitlement = _entitlement(which)
    benefits.correct(entitlement, since=day, **STANDINGS[entitlement.standing][1], **paper)


def _suspend(which, day, paper):
    benefits.suspend(_entitlement(which), since=day, **paper)


def _resume(which, day, paper):
    benefits.resume(_entitlement(which), since=day, **paper)


def _stop(which, day, paper):
    benefits.stop(_entitlement(which), until=day, **paper)


def _die(which, day, paper):
    record_life_event(_person(which), event="death", on=day, **paper)


def _lump_sum(which, day, paper):
    standing = sorted(LUMP_SUMS)[which % len(LUMP_SUMS)]
    benefits.grant(_person(which), standing=standing, since=max(day, FIRST), **LUMP_SUMS[standing], **paper)


def _second(which, day, paper):
    standing = sorted(STANDINGS)[which % len(STANDINGS)]
    benefits.grant(_person(which // 7), standing=standing, since=max(day, FIRST), **STANDINGS[standing][0], **paper)


def _take_back(which, _day, paper):
    """Of the things that were learnt and not yet undone one is undone: a death as an event of a life, others as they are."""
    children = Entry.objects.filter(parent__act=change.act_name, undone_by=None).exclude(act__in=("office.undo", undo_life_event.act_name))
    rows = children.exclude(act__startswith="office.").order_by("-pk")[:12]
    if not rows:
        raise Refusal("chưa có gì để hoàn tác")
    entry = rows[which % len(rows)]
    if entry.act == record_life_event.act_name:
        undo_life_event(entry, by=paper["by"])
    else:
        undo(entry, by=paper["by"])


KINDS = {
    "correct": _correct, "suspend": _suspend, "resume": _resume, "stop": _stop, "die": _die, "lump_sum": _lump_sum, "second": _second,
    "take_back": _take_back,
}


def run_of(month, field, here):
    """One field's lists of a month from reckoning to return, going on from the state in which they stand."""
    lists = PayList.objects.standing().filter(month=month, field=field)
    if not lists.exclude(state=PayList.State.PROPOSED).exists():
        benefits.assess(month, field=field, by=here.preparer)
        if proposed := payments.propose(month, field=field, by=here.preparer):
            _approve(proposed, month, here)
    if approved := list(lists.filter(state=PayList.State.APPROVED)):
        payments.export(approved, by=here.accountant)
    if exported := list(lists.filter(state=PayList.State.EXPORTED)):
        payments.reconcile(exported, answers=_answers(exported, month), by=here.accountant)
        _bring_back(exported, month, here)


def _approve(lists, month, here):
    """What the sweep finds open is paid all the same, by a decision."""
    if _try(payments.approve, lists, by=here.chief) is None:
        payments.decide_open(lists, number=f"TTr {month:%Y-%m}", reason="kiểm thử", by=here.chief)
        payments.approve(lists, by=here.chief)


def _answers(lists, month):
    """The return file: some were not at home, others each month."""
    lines = Line.objects.filter(paylist__in=lists, held_because="", total__gt=0).select_related("paylist").order_by("paylist", "position")
    return [
        payments.Answer(li.paylist.number, li.position, (li.person_id * 31 + as_month(month)) % 23 != 0, "vắng nhà", li.total, row)
        for row, li in enumerate(lines, 2)
    ]


def _bring_back(lists, month, here):
    """The post brings one paid line back."""
    lines = Line.objects.filter(paylist__in=lists, result="paid", total__gt=0).order_by("pk")
    if lines and month.month % 3 == 0:
        _try(payments.record_return, lines[as_month(month) % len(lines)], reason="bưu điện trả lại", by=here.accountant)


def promises(month) -> list[str]:
    """The ledger's broken promises, and every month of every payable that is posted otherwise than today's law says."""
    broken = verify_ledger()
    with clock.held_at(book().lock_day(month)):
        for field in FIELDS:
            law = law_for(month, clock.today(), field)
            due, posted = _due(law, month), _posted(field)
            wrong = sorted(key for key in due.keys() | posted.keys() if due.get(key, 0) != posted.get(key, 0) and key[1] >= law.known_from)
            broken += [f"{key}: posted {posted.get(key, 0)}, due {due.get(key, 0)}" for key in wrong[:3]]
    return broken


def _due(law, month):
    terms = queries.terms_frame(field=law.field)
    spans = amounts.due(amounts.parts(terms, law, until_month=as_month(month))).to_native()
    return {(key, m): amount for key, since, until, amount in spans.iter_rows() for m in range(since, min(until, as_month(month)) + 1)}


def _posted(field):
    rows = Posting.objects.filter(payable__field=field).values_list("payable", "month").annotate(s=Sum("amount")).order_by()
    return {(key, as_month(month)): amount for key, month, amount in rows}


def look(last: date) -> dict:
    """What stands at the end, and what is broken."""
    return {
        "broken": promises(last), "openings": Opening.objects.count(), "postings": Posting.objects.count(), "movements": Movement.objects.count(),
        "posted": Posting.objects.aggregate(s=Sum("amount"))["s"], "moved": Movement.objects.aggregate(s=Sum("amount"))["s"],
        "items": Item.objects.count(), "learnt": Entry.objects.filter(act=change.act_name).count(),
        "undone": Entry.objects.filter(undoes__parent__act=change.act_name).count(),
        "lists": PayList.objects.count(), "states": sorted(set(PayList.objects.values_list("state", flat=True))),
    }
