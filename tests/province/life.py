"""What the office of the province learns: acts on rights in the office's own process, events of lives there or on the pages."""
from dataclasses import dataclass
from datetime import date, timedelta

from ansinh.benefits import actions as benefits
from ansinh.benefits.life_events.acts import record_life_event, undo_life_event
from ansinh.benefits.models import Entitlement
from ansinh.office import clock
from ansinh.office.act import action
from ansinh.office.actions import undo
from ansinh.office.models import Account, Entry
from ansinh.registry.models import Area, Person
from ansinh.web.refusal import Forbidden, Refusal

from . import people
from .people import Thing


@dataclass(frozen=True)
class Staff:
    """Who works in the office."""

    preparer: Account
    chief: Account
    accountant: Account
    administrator: Account


def staff() -> Staff:
    """The accounts of the office."""
    return Staff(*(Account.objects.get(username=name) for name in ("officer", "chief", "accountant", "administrator")))


def whole_province(*_args, **_more):
    """Acts of the simulation itself belong to no commune."""
    return people.PROVINCE, ""


@action("benefits.change_for_test", label="Đời sống", scope=whole_province)
def once(number, *, do, by):
    """One thing in one transaction with its number, so that it is done once however often it is begun."""
    return do()


def surely(number, do):
    """Do a thing once."""
    if not Entry.objects.filter(act=once.act_name, key=number).exists():
        once(number, do=do, by=Account.objects.get(username="officer"))


def tried(number, do):
    """Do a thing once; what the office refuses did not happen."""
    try:
        surely(number, do)
    except Forbidden:
        raise
    except Refusal:
        return


@dataclass(frozen=True)
class Said:
    """What happened in a life, for the act and for the form: the address of the form, and what is typed besides day and paper."""

    person: Person
    event: str
    slug: str
    more: dict
    typed: dict


def person_at(which: int) -> Person:
    """One of those who were there from the first day."""
    return Person.objects.order_by("pk")[which % people.PEOPLE]


def _entitlement(which):
    rows = Entitlement.objects.filter(standing__in=people.FURTHER).order_by("pk")
    return rows[which % rows.count()]


def _correct(which, day, paper):
    entitlement = _entitlement(which)
    if entitlement.standing not in people.STANDINGS:
        raise Refusal("chế độ này không có gì để sửa")
    benefits.correct(entitlement, since=day, **people.STANDINGS[entitlement.standing][1], **paper)


def _suspend(which, day, paper):
    benefits.suspend(_entitlement(which), since=day, **paper)


def _resume(which, day, paper):
    benefits.resume(_entitlement(which), since=day, **paper)


def _stop(which, day, paper):
    benefits.stop(_entitlement(which), until=day, **paper)


def _lump_sum(which, day, paper):
    standing = sorted(people.LUMP_SUMS)[which % len(people.LUMP_SUMS)]
    benefits.grant(person_at(which), standing=standing, since=max(day, people.FIRST), **people.LUMP_SUMS[standing], **paper)


def _second(which, day, paper):
    standing = sorted(people.FURTHER)[which % len(people.FURTHER)]
    benefits.grant(person_at(which // 7), standing=standing, since=max(day, people.FIRST), **people.FURTHER[standing], **paper)


def _take_back(which, _day, paper):
    """Of the acts on rights by themselves that were not yet undone one is undone."""
    rows = Entry.objects.filter(parent__act=once.act_name, act__in=people.ACTS_ON_RIGHTS, undone_by=None).order_by("-pk")[:12]
    if not rows:
        raise Refusal("chưa có gì để hoàn tác")
    undo(rows[which % len(rows)], by=paper["by"])


ACTS = {
    "correct": _correct, "suspend": _suspend, "resume": _resume, "stop": _stop, "lump_sum": _lump_sum, "second": _second,
    "take_back": _take_back,
}


def recorded(*events) -> list[Entry]:
    """Events that were recorded, undone or not, so that whoever begins again counts the same."""
    return [line for line in Entry.objects.filter(act=record_life_event.act_name).order_by("pk") if not events or line.facts["event"] in events]


def _of_event(which, *events) -> Person:
    """The person of one of the events recorded so far."""
    lines = recorded(*events)
    if not lines:
        raise Refusal("chưa có sự kiện như vậy")
    return Person.objects.get(pk=int(lines[which % len(lines)].key.split(":")[1]))


def commune_of(which: int, day: date) -> Area:
    """A commune of the day."""
    rows = [area for area in Area.objects.filter(level=3).order_by("code") if area.since <= day and (area.until is None or area.until >= day)]
    return rows[which % len(rows)]


def _move(which, day):
    area = commune_of(which // 3, day)
    return Said(person_at(which), "move", "chuyen-trong-tinh", {"area": area, "address": "tổ 2"}, {"place": area.code, "address": "tổ 2"})


def _imprisonment(which, _day):
    cause = ("sentenced", "detained")[which // 3 % 2]
    return Said(person_at(which), "imprisonment", "phat-tu-tam-giam", {"cause": cause}, {"cause": cause})


def _birth(which, _day):
    child = {"name": f"Trần Thị {people.GIVEN[which % 8]}", "sex": "female"}
    return Said(person_at(which), "birth", "sinh-con", child, child)


def _return_home(which, day):
    person, area = _of_event(which, "move_out"), commune_of(which // 3, day)
    last = people.before(day.replace(day=1), 1)
    return Said(
        person, "return_home", "chuyen-ve", {"area": area, "address": "tổ 3", "paid_up_to": last},
        {"place": area.code, "address": "tổ 3", "paid_up_to": f"{last:%m/%Y}"},
    )


def _simple(event, slug):
    return lambda which, _day: Said(person_at(which), event, slug, {}, {})


EVENTS = {
    "death": _simple("death", "mat"),
    "marriage": _simple("marriage", "ket-hon"),
    "move": _move,
    "imprisonment": _imprisonment,
    "birth": _birth,
    "release": lambda which, _day: Said(_of_event(which, "imprisonment"), "release", "man-han-tu", {}, {}),
    "move_out": lambda which, _day: Said(
        person_at(which), "move_out", "chuyen-tinh-khac", {"address": "Cà Mau"}, {"address": "Cà Mau"}
    ),
    "return_home": _return_home,
}


def learn(thing: Thing, desk, here: Staff):
    """Learn one thing, on the pages where there is a desk and the die says so."""
    if thing.kind in ACTS:
        day = clock.today() - timedelta(days=thing.ago)
        return tried(thing.number, lambda: ACTS[thing.kind](thing.which, day, {"source": thing.paper, "by": here.preparer}))
    try:
        return _undo_event(thing, desk, here) if thing.kind == "undo_event" else _event(thing, desk, here)
    except Refusal:
        return None


def _event(thing, desk, here):
    day = clock.today() - timedelta(days=thing.ago)
    said = EVENTS[thing.kind](thing.which, day)
    if desk and desk.takes(thing.number):
        return desk.record_event(said, day, thing.paper)
    more = {"on": day, "source": thing.paper, "by": here.preparer, **said.more}
    return tried(thing.number, lambda: record_life_event(said.person, event=said.event, **more))


def _undo_event(thing, desk, here):
    lines = recorded()[-12:]
    if not lines:
        return None
    line = lines[thing.which % len(lines)]
    if desk and desk.takes(thing.number):
        return desk.undo_event(line.pk)
    return tried(thing.number, lambda: undo_life_event(line, by=here.preparer))
