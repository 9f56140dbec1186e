"""Lập lại dòng chờ duyệt: what an act changes of persons' money changes the proposed lists on which they stand, in the same act."""
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db.models import Exists, OuterRef, Q

from ansinh.office import bulk

from ..models import Batch, Line, Payable, PayList
from .batches import replace_persons
from .proposing import LINE_COLUMNS, SUMS, list_of, lock_day, payees_of
from .sweeping import record_sweep

# What follows the money; name, address and account stay as they were at the lock.
FOLLOWING = ("standing", "notes", "arrears_months", *SUMS)
ROW = (*(name for name in LINE_COLUMNS if name != "position"), "sort_key")


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


def open_batches(fields: Iterable[str]) -> list[Batch]:
    """The batches of these fields of which some list waits for approval, the earliest month first."""
    waiting = PayList.objects.filter(state=PayList.State.PROPOSED, field=OuterRef("field"), month=OuterRef("month"))
    return list(Batch.objects.filter(Exists(waiting), field__in=fields).order_by("month", "field"))


def lock_lists(batches: Iterable[Batch]):
    """Before the payables are: the batches with all their proposed lists, in the order in which proposing and approving take them.

    All lists, because each of them follows its batch: two acts in two communes would wait for each other's.
    """
    chosen, held = Q(pk__in=[]), None
    for batch in batches:
        chosen |= Q(field=batch.field, month=batch.month)
    lists = PayList.objects.filter(chosen, state=PayList.State.PROPOSED).order_by("pk")
    # Whoever held one of them meanwhile may have made it anew, under another key.
    while (keys := list(lists.values_list("pk", flat=True))) != held:
        held = list(lists.filter(pk__in=keys).select_for_update().values_list("pk", flat=True))
    len(Batch.objects.select_for_update().filter(pk__in=[batch.pk for batch in batches]).order_by("pk").values_list("pk", flat=True))


def relist(batch: Batch, persons: Iterable[int], before: pl.DataFrame, after: pl.DataFrame) -> list[LineChange]:
    """Inside an act that holds the lists: the persons' proposals of a batch become others, and the proposed lists follow.

    Who stands on a list of the month that is approved already is left alone: what changed goes to the next month. A line that is
    held stays with its reason, also where nothing is left of it, and so do the last lines of a list. Who is new comes onto the
    list of the commune and channel, where one waits. Each list is made anew once, however many stand on it.
    """
    standing = _standing(batch, persons)
    settled = set(standing.filter(pl.col("paylist__state") != PayList.State.PROPOSED.value)["person_id"])
    moving = sorted(set(persons) - settled)
    if not moving:
        return []
    own = Payable.objects.filter(field=batch.field, person__among=bulk.Values(moving))
    keys = bulk.frame(own, "id")["id"].implode()
    before, after = (frame.filter(pl.col("payable_id").is_in(keys)) for frame in (before, after))
    batch = Batch.objects.get(pk=batch.pk)
    if not before.equals(after):
        replace_persons(batch, moving, before, after)
    now = payees_of(batch, lock_day(batch), moving)
    made, changes = [], []
    for paylist, rows in _by_list(batch, standing.filter(pl.col("person_id").is_in(moving)), now):
        anew, changed = _made_anew(batch, paylist, moving, rows)
        made += [anew] if anew.pk != paylist.pk else []
        changes += changed
    record_sweep(made)
    return changes


def _standing(batch, persons) -> pl.DataFrame:
    """Where these persons stand on lists of the batch's month that count."""
    lines = Line.objects.filter(person__among=bulk.Values(persons), paylist__month=batch.month, paylist__field=batch.field)
    return bulk.frame(lines.exclude(paylist__state=PayList.State.WITHDRAWN), "person_id", "paylist_id", "paylist__state")


def _by_list(batch, standing, now) -> Iterator[tuple[PayList, pl.DataFrame]]:
    """The proposed lists on which they stand or by which they would be paid, each with what it pays of them now."""
    proposed = PayList.objects.filter(field=batch.field, month=batch.month, state=PayList.State.PROPOSED)
    touched = Q(pk__in=standing["paylist_id"].unique().to_list()) | Q(area__in=now["area_id"].drop_nulls().unique().to_list())
    lists = list(proposed.filter(touched).select_related("area").order_by("pk"))
    where = {"area_id": [p.area_id for p in lists], "channel": [p.channel for p in lists], "paylist_there": [p.pk for p in lists]}
    there = pl.DataFrame(where, schema={"area_id": pl.Int64, "channel": pl.String, "paylist_there": pl.Int64})
    placed = now.join(standing.drop("paylist__state"), on="person_id", how="left").join(there, on=["area_id", "channel"], how="left")
    placed = placed.with_columns(pl.coalesce("paylist_id", "paylist_there").alias("paylist_id"))
    mine = {*standing["paylist_id"], *placed["paylist_id"].drop_nulls()}
    for paylist in lists:
        if paylist.pk in mine:
            yield paylist, placed.filter(pl.col("paylist_id") == paylist.pk)


def _made_anew(batch, paylist, moving, now) -> tuple[PayList, list[LineChange]]:
    """The list with the money of now, and what changed on it of those who were touched."""
    lines = bulk.frame(paylist.lines.all(), *LINE_COLUMNS, "held_because", "person__sort_key").rename({"person__sort_key": "sort_key"})
    is_touched = pl.col("person_id").is_in(moving)
    touched, others = lines.filter(is_touched), lines.filter(~is_touched)
    own = _rows(touched, now, keep_all=others.is_empty() and now.is_empty())
    rows = pl.concat([others.select(ROW), own], how="vertical_relaxed").sort("sort_key", "person_id").with_row_index("position", offset=1)
    proposed_in = paylist.proposed_in_id
    made = list_of(batch, paylist.area, paylist.channel, rows, paylist)
    if made.pk == paylist.pk:
        return made, []
    # The proposer stays the same: who changed a line has not made the list.
    PayList.objects.filter(pk=made.pk).update(proposed_in=proposed_in)
    return made, list(_changes(made, touched, own))


def _rows(touched, now, *, keep_all) -> pl.DataFrame:
    """Their rows of the new list: the money of now, everything else as it stood; nothing where nothing is left and it is not kept."""
    both = touched.join(now.select("person_id", *FOLLOWING), on="person_id", how="left", suffix="_now", maintain_order="left")
    kept = both.filter(pl.col("total_now").is_not_null() | (pl.col("held_because") != "") | pl.lit(keep_all)).with_columns(
        pl.coalesce("standing_now", "standing").alias("standing"), pl.coalesce("notes_now", "notes").alias("notes"),
        pl.col("arrears_months_now").fill_null("").alias("arrears_months"), *(pl.col(f"{name}_now").fill_null(0).alias(name) for name in SUMS),
    )
    return pl.concat([kept.select(ROW), now.join(touched, on="person_id", how="anti").select(ROW)], how="vertical_relaxed")


def _changes(made, touched, own) -> Iterator[LineChange]:
    was, now = ({row["person_id"]: row for row in rows.iter_rows(named=True)} for rows in (touched, own))
    for person in sorted({*was, *now}):
        before, after = was.get(person), now.get(person)
        is_held = bool(after and before and before["held_because"])
        yield LineChange(
            made.number, made.month, made.field, _paid(before), _paid(after), after["overpaid"] if after else 0, is_held,
        )


def _paid(row) -> int | None:
    """What a row pays; ``None`` where there is none, or where it only keeps its place."""
    return row["total"] if row and any(row[name] for name in SUMS) else None
