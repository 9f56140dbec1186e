"""The books as plain rows, without keys that differ between two runs: for the account by hand and for comparing two ends."""
import hashlib
import json
from datetime import date

from ansinh.benefits.models import Entitlement, Terms
from ansinh.office.models import Entry
from ansinh.payments.models import Item, Line, Movement, Payable, PayList, Posting, RecoveryCase, RecoveryMonth, RecoveryStep
from ansinh.registry.models import Person

from . import people
from .by_hand import ONCE, Right

FACTS = ("grade", "martyrs", "severity", "children", "born", "poverty", "people", "remarried")
STATES = {"benefits.suspend": "suspended", "benefits.resume": "in_force"}


def payables() -> dict[int, tuple[str, str, int]]:
    """Each payable by whose it is, its field, and its place among the person's."""
    found, places = {}, {}
    for key, name, field in Payable.objects.order_by("pk").values_list("pk", "person__name", "field"):
        places[name, field] = places.get((name, field), 0) + 1
        found[key] = (name, field, places[name, field])
    return found


def digest() -> dict[str, str]:
    """A fingerprint of every table of money, rights and cases; two runs that end alike have the same."""
    whose = payables()
    ends = {
        "postings": _of_postings(whose), "movements": _of_movements(whose), "items": _of_items(whose), "lines": _of_lines(), "lists": _of_lists(),
        "cases": _of_cases(whose), "terms": _of_terms(),
        "people": list(Person.objects.values_list("name", "birth_on", "died_on", "area_path")),
    }
    return {name: f"{len(rows)} {_fingerprint(rows)}" for name, rows in ends.items()}


def _fingerprint(rows):
    told = sorted(json.dumps(row, default=str, ensure_ascii=False) for row in rows)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def _of_postings(whose):
    rows = Posting.objects.values_list("payable", "month", "number", "kind", "amount", "total", "paylist__number", "paylist__state")
    return [(whose[key], *rest) for key, *rest in rows]


def _of_movements(whose):
    columns = ("payable", "month", "debit", "credit", "amount", "paylist__number", "line__position", "channel", "posting__number")
    return [(whose.get(key), *rest) for key, *rest in Movement.objects.values_list(*columns)]


def _of_items(whose):
    columns = (
        "posting__payable", "posting__month", "posting__number", "amount", "result", "line__paylist__number", "line__position",
        "carried_from__line__paylist__number", "split_from__amount",
    )
    return [(whose[key], *rest) for key, *rest in Item.objects.values_list(*columns)]


def _of_lines():
    return list(Line.objects.values_list(
        "paylist__number", "paylist__state", "position", "name", "this_month", "arrears", "carried", "deduction", "overpaid", "total",
        "arrears_months", "standing", "held_because", "result", "result_reason",
    ))


def _of_lists():
    return list(PayList.objects.values_list("number", "state", "people", "this_month", "arrears", "carried", "deduction", "overpaid", "total"))


def _of_cases(whose):
    places = {key: place for place, key in enumerate(RecoveryCase.objects.order_by("pk").values_list("pk", flat=True))}
    steps = RecoveryStep.objects.values_list(
        "case", "number", "kind", "on", "paper", "amount", "way", "monthly", "percent", "first_month", "withdrawn_in__act"
    )
    months = RecoveryMonth.objects.values_list("case", "payable", "month", "amount", "is_open")
    cases = RecoveryCase.objects.values_list("pk", "person__name", "field", "state", "opened_on")
    return [
        *((places[key], *rest) for key, *rest in cases), *((places[key], *rest) for key, *rest in steps),
        *((places[key], whose[payable], *rest) for key, payable, *rest in months),
    ]


def _of_terms():
    facts = ("grade", "martyrs", "severity", "children", "born", "poverty", "people", "remarried")
    columns = ("entitlement__payable__person__name", "entitlement__standing", "since", "until", "state", "source", "decides", *facts)
    return list(Terms.objects.current().values_list(*columns))


def rights() -> dict[str, list[Right]]:
    """Everybody's rights as the journal tells them: acts in their order, without what was undone."""
    made = _granted()
    lines = Entry.objects.filter(act__in=people.ACTS_ON_RIGHTS, undone_by=None).exclude(act="benefits.grant").order_by("pk")
    for act, key, said in lines.values_list("act", "key", "facts"):
        if right := made.get(int(key.split(":")[1])):
            _tell(right, act, said)
    found = {}
    for right in made.values():
        found.setdefault(right.person, []).append(right)
    return found


def _granted() -> dict[int, Right]:
    """By entitlement; those of the first day by what everybody was granted then."""
    first = {name: people.standing_of(place) for place, name in enumerate(people.names())}
    entries = {line.pk: line for line in Entry.objects.filter(act="benefits.grant")}
    undone = set(Entry.objects.filter(act="benefits.grant").exclude(undone_by=None).values_list("pk", flat=True))
    made = {}
    for key, name, standing in Entitlement.objects.order_by("pk").values_list("pk", "payable__person__name", "standing"):
        entry = Terms.objects.filter(entitlement=key).order_by("pk").values_list("recorded_in", flat=True).first()
        if entry not in entries:
            made[key] = Right(name, first[name], people.FIRST, people.STANDINGS[first[name]][0])
        elif entry not in undone:
            made[key] = _right(name, standing, entries[entry].facts)
    return made


def _right(name, standing, said) -> Right:
    since = date.fromisoformat(said["since"])
    right = Right(name, standing, since, _values(said))
    if standing in ONCE:
        right.until = people.before(since.replace(day=1), -1) - (date(2000, 1, 2) - date(2000, 1, 1))
    return right


def _tell(right, act, said):
    if act == "benefits.stop":
        right.stop(date.fromisoformat(said["until"]))
    else:
        values = {"state": STATES[act]} if act in STATES else _values(said)
        right.change(date.fromisoformat(said["since"]), values)


def _values(said):
    facts = {name: said[name] for name in FACTS if said.get(name) not in (None, "", False)}
    return {**facts, "born": date.fromisoformat(facts["born"])} if "born" in facts else facts
