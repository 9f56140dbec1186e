"""Lập lại dòng chờ duyệt: what an act changes of a person's money changes the proposed list on which the person stands, in the same act."""
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db.models import Exists, OuterRef, Q

from ansinh.office import bulk
from ansinh.registry.models import Person, Residence

from ..models import Batch, Line, PayList
from .batches import replace_person
from .proposing import LINE_COLUMNS, SUMS, list_of, lock_day, payees
from .sweeping import record_sweep

# What follows the money; name, address and account stay as they were at the lock.
FOLLOWING = ("standing", "notes", "arrears_months", *SUMS)


@dataclass(frozen=True)
class LineChange:
    """One proposed list that was made anew for a person: what the line paid before and pays now (đồng), ``None`` where it was not there."""

    number: str
    month: date
    field: str
    before: int | None
    after: int | None
    overpaid: int
    is_held: bool


def open_batches(fields) -> list[Batch]:
    """The batches of these fields of which some list waits for approval, the earliest month first."""
    waiting = PayList.objects.filter(state=PayList.State.PROPOSED, field=OuterRef("field"), month=OuterRef("month"))
    return list(Batch.objects.filter(Exists(waiting), field__in=fields).order_by("month", "field"))


def lock_lists(person: Person):
    """Before the payables are: the proposed lists on which the person stands or may come to stand, and their batches, as approvals do."""
    homes = Residence.objects.filter(person=person).exclude(area=None).values("area")
    lists = PayList.objects.filter(Q(lines__person=person) | Q(area__in=homes), state=PayList.State.PROPOSED)
    keys = list(lists.order_by("pk").values_list("pk", flat=True).distinct())
    locked = list(PayList.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("field", "month"))
    batches = Q(pk__in=[])
    for field, month in set(locked):
        batches |= Q(field=field, month=month)
    len(Batch.objects.select_for_update().filter(batches).order_by("pk").values_list("pk", flat=True))


def relist(batch: Batch, person: Person, before: pl.DataFrame, after: pl.DataFrame) -> LineChange | None:
    """Inside an act: the person's proposals of a batch become others, and the proposed list follows; ``None`` where no list does.

    Who stands on a list of the month that is approved already is left alone: what changed goes to the next month. A line that is
    held stays with its reason, also where nothing is left of it, and so does the last line of a list.
    """
    lines = Line.objects.filter(person=person, paylist__month=batch.month, paylist__field=batch.field)
    standing = list(lines.exclude(paylist__state=PayList.State.WITHDRAWN).select_related("paylist__area"))
    if any(line.paylist.state != PayList.State.PROPOSED for line in standing):
        return None
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if not before.equals(after):
        replace_person(batch, person, before, after)
    own = payees(batch, lock_day(batch), person)
    line = standing[0] if standing else None
    paylist = line.paylist if line else _list_for(batch, own)
    return _made_anew(batch, person, paylist, line, own) if paylist else None


def _list_for(batch, own) -> PayList | None:
    """The proposed list of the commune and channel by which the person would be paid."""
    found = own.select("area_id", "channel").to_dicts()
    proposed = PayList.objects.select_related("area").filter(field=batch.field, month=batch.month, state=PayList.State.PROPOSED)
    return proposed.filter(area=found[0]["area_id"], channel=found[0]["channel"]).first() if found else None


def _made_anew(batch, person, paylist, line, own):
    others = bulk.frame(paylist.lines.exclude(person=person), *LINE_COLUMNS, "person__sort_key").rename({"person__sort_key": "sort_key"})
    mine = _row(own, line, is_kept=line is not None and (bool(line.held_because) or others.is_empty()))
    rows = pl.concat([others.drop("position"), mine.select(name for name in others.columns if name != "position")], how="vertical_relaxed")
    rows = rows.sort("sort_key", "person_id").with_row_index("position", offset=1)
    made, proposed_in = list_of(batch, paylist.area, paylist.channel, rows, paylist), paylist.proposed_in_id
    if made.pk != paylist.pk:
        PayList.objects.filter(pk=made.pk).update(proposed_in=proposed_in)
        record_sweep([made])
    now = made.lines.filter(person=person).first()
    if made.pk == paylist.pk or not (line or now):
        return None
    total = now.total if now and not _is_empty(now) else None
    return LineChange(
        made.number, made.month, made.field, line.total if line and not _is_empty(line) else None, total, now.overpaid if now else 0,
        bool(now and now.held_because),
    )


def _is_empty(line):
    """A line that only keeps its place."""
    return not any(getattr(line, name) for name in SUMS)


def _row(own, line, *, is_kept) -> pl.DataFrame:
    """The person's row of the new list: the money of now, everything else as it stood; nothing where nothing is left and it is not kept."""
    if line is None:
        return own
    if own.is_empty() and not is_kept:
        return own
    snapshot = {name: getattr(line, name) for name in LINE_COLUMNS if name != "position"} | {"sort_key": line.person.sort_key}
    money = own.select(FOLLOWING).to_dicts()[0] if len(own) else {**dict.fromkeys(SUMS, 0), "arrears_months": ""}
    return pl.DataFrame([snapshot | money])
