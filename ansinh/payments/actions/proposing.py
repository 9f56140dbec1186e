"""Lập danh sách: one list a commune and channel from the month's batch and the amounts carried over."""
import hashlib
from datetime import date, timedelta

import polars as pl
from django.db.models import Q
from django.utils.translation import gettext as _

from ansinh.office import bulk, clock
from ansinh.office.act import action, current_entry
from ansinh.registry.models import Area, Identifier, Person, Residence, Succession
from ansinh.web.refusal import Refusal

from ..models import Batch, Channel, Line, PayList
from ..queries.carried import carry_overs
from ..queries.deductions import planned
from ..queries.proposed import amounts_by_person
from .sweeping import record_sweep

# What marks a list's number besides place, month and channel.
FIELD_KEYS = {"merit": "", "assistance": "XH-"}
KEYS = {Channel.Kind.POST: "BĐ", Channel.Kind.BANK: "NH"}
SUMS = ("this_month", "arrears", "carried", "deduction", "overpaid", "total")
FEW = 500
LINE_COLUMNS = (
    "person_id", "position", "name", "birth", "file_number", "standing", "address", "receiver", "bank", "account_number",
    "notes", "arrears_months", *SUMS,
)


def _whole_field(_month, *, field="merit", area_path="19.", **_other):
    return area_path, field


@action("payments.propose", label=_("Lập danh sách"), scope=_whole_field, undoable=False)
def propose(month: date, *, field="merit", area_path="19."):
    """Lập danh sách: make the lists of a month from its batch; unchanged proposed lists stay, changed ones are made anew.

    Returns the lists that are proposed now. A commune and channel whose list is approved already is left alone: what
    became known since goes to the next month.
    """
    batch = Batch.objects.filter(field=field, month=month).first()
    if batch is None:
        raise Refusal(_("Chưa tính tháng %(month)s; tính danh sách tháng trước khi lập.") % {"month": f"{month:%m/%Y}"})
    standing = _standing(batch)
    found = [
        list_of(batch, area, channel, lines, standing.get((area.pk, channel)))
        for (area, channel), lines in _grouped(payees(batch, lock_day(batch)), area_path)
    ]
    _drop_empty(batch, area_path, {paylist.pk for paylist in found})
    proposed = [paylist for paylist in found if paylist.state == PayList.State.PROPOSED]
    record_sweep(proposed)
    return proposed


def _standing(batch) -> dict:
    """The month's lists by commune and channel; locked, so that an approval in hand is waited for, and then seen."""
    lists = PayList.objects.standing().select_for_update().filter(field=batch.field, month=batch.month).order_by("pk")
    return {(paylist.area_id, paylist.channel): paylist for paylist in lists}


def lock_day(batch) -> date:
    """The day up to whose end the batch knows things; never a day to come."""
    known = (batch.known_at - timedelta(microseconds=1)).astimezone(clock.ZONE).date()
    return min(known, clock.today())


def payees(batch, day) -> pl.DataFrame:
    """One row a payee, with snapshot, commune, channel and sums; who has no home that is known is refused by name."""
    found = payees_of(batch, day)
    if homeless := found.filter(pl.col("area_id").is_null())["name"].to_list():
        raise Refusal(_("Chưa ghi nơi cư trú của %(names)s; ghi nơi cư trú rồi lập lại.") % {"names": ", ".join(homeless[:5])})
    return found


def payees_of(batch, day, only=None) -> pl.DataFrame:
    """One row a payee, or of ``only`` these persons, as ``payees`` has it; without a commune where no home is known."""
    carried = carry_overs(batch.month, batch.field, only)
    sums = amounts_by_person(batch, only).join(carried, on="person_id", how="full", coalesce=True)
    sums = sums.with_columns(pl.col("this_month", "arrears", "overpaid", "carried").fill_null(0))
    sums = sums.join(planned(batch, sums), on="person_id", how="left").with_columns(pl.col("deduction").fill_null(0))
    sums = sums.with_columns(total=pl.col("this_month") + pl.col("arrears") + pl.col("carried") - pl.col("deduction"))
    persons = sums.select("person_id").unique()
    joined = sums.join(_persons(persons), on="person_id")
    joined = joined.join(_residences(persons, day), on="person_id", how="left").join(_channels(persons, day), on="person_id", how="left")
    return joined.with_columns(
        pl.col("channel").fill_null(Channel.Kind.POST.value), pl.col("bank", "account_number", "receiver").fill_null(""),
        pl.col("standing", "arrears_months", "notes").fill_null(""),
    )


def _about(rows, persons, person="person"):
    """Of a few persons their rows only; of many all rows, which is one plain reading."""
    return rows.filter(**{f"{person}__in": persons["person_id"].to_list()}) if len(persons) < FEW else rows


def _persons(persons):
    chosen = _about(Person.objects.all(), persons, "pk")
    frame = bulk.frame(chosen, "id", "name", "sort_key", "birth_on", "birth_precision").rename({"id": "person_id"})
    birth = (
        pl.when(pl.col("birth_precision") == "day").then(pl.col("birth_on").dt.to_string("%d/%m/%Y"))
        .when(pl.col("birth_precision") == "month").then(pl.col("birth_on").dt.to_string("%m/%Y"))
        .when(pl.col("birth_precision") == "year").then(pl.col("birth_on").dt.to_string("%Y")).otherwise(pl.lit(""))
    )
    files = Identifier.objects.current().filter(kind=Identifier.Kind.FILE, until=None)
    numbers = bulk.frame(_about(files, persons), "person_id", "number").group_by("person_id").agg(file_number=pl.col("number").sort().str.join(", "))
    frame = frame.with_columns(birth=birth.fill_null("")).join(numbers, on="person_id", how="left")
    return frame.with_columns(pl.col("file_number").fill_null("")).join(persons, on="person_id", how="semi")


def _residences(persons, day):
    # Who is owed something after leaving the province is paid where they lived last.
    lived = Residence.objects.current().filter(since__lte=day).exclude(area=None)
    rows = bulk.frame(_about(lived, persons), "person_id", "area_id", "address", "since").join(persons, on="person_id", how="semi")
    rows = rows.sort("person_id", "since").unique("person_id", keep="last", maintain_order=True).drop("since")
    ended = bulk.frame(Area.objects.exclude(until=None).filter(until__lt=day), "id").rename({"id": "area_id"})
    follow = bulk.frame(Succession.objects.filter(on__lte=day, is_split=False), "predecessor_id", "successor_id")
    # A unit may have been merged more than once since the residence was written down.
    for _step in range(4):
        rows = rows.join(follow, left_on="area_id", right_on="predecessor_id", how="left")
        moved = pl.col("area_id").is_in(ended["area_id"].implode()) & pl.col("successor_id").is_not_null()
        rows = rows.with_columns(area_id=pl.when(moved).then("successor_id").otherwise("area_id")).drop("successor_id").unique("person_id")
    return rows


def _channels(persons, day):
    rows = bulk.frame(
        _about(Channel.objects.on(day), persons),
        "person_id", "kind", "bank", "account_number", "receiver", "receiver_relation", "receiver_until",
    )
    valid = pl.col("receiver_until").is_null() | (pl.col("receiver_until") >= day)
    relation = pl.when(pl.col("receiver_relation") != "").then(pl.format("{} ({})", "receiver", "receiver_relation")).otherwise("receiver")
    receiver = pl.when(valid & (pl.col("receiver") != "")).then(relation).otherwise(pl.lit(""))
    return rows.with_columns(receiver=receiver, channel="kind").drop("receiver_relation", "receiver_until", "kind").join(
        persons, on="person_id", how="semi"
    )


def _grouped(payees, area_path):
    areas = {area.pk: area for area in Area.objects.filter(pk__in=payees["area_id"].unique().to_list())}
    for (area_id, channel), lines in sorted(payees.partition_by("area_id", "channel", as_dict=True).items()):
        area = areas[area_id]
        if area.path.startswith(area_path):
            yield (area, channel), lines.sort("sort_key", "person_id").with_row_index("position", offset=1)


def list_of(batch, area, channel, lines, standing) -> PayList:
    """The list of a commune and channel with these lines: the standing one where it says the same or is past proposing, else made anew."""
    digest = _digest(lines)
    if standing and standing.state != PayList.State.PROPOSED:
        return standing
    if standing and standing.content_digest == digest:
        PayList.objects.filter(pk=standing.pk).update(batch_digest=batch.content_digest)
        return standing
    held = dict(standing.lines.exclude(held_because="").values_list("person_id", "held_because")) if standing else {}
    if standing:
        standing.delete()
    return _write(batch, area, channel, lines, digest, held)


def _write(batch, area, channel, lines, digest, held):
    sums = {name: int(lines[name].sum()) for name in SUMS}
    keys = FIELD_KEYS.get(batch.field, "") + KEYS[channel]
    paylist = PayList.objects.create(
        number=f"{area.code}-{batch.month:%Y-%m}-{keys}", field=batch.field, month=batch.month, area=area,
        area_path=area.path, channel=channel, known_at=batch.known_at, law_digest=batch.law_digest,
        is_provisional=batch.is_provisional, people=int((lines["total"] > 0).sum()), content_digest=digest,
        batch_digest=batch.content_digest, proposed_in=current_entry(), **sums,
    )
    reasons = pl.Series([held.get(person, "") for person in lines["person_id"]], dtype=pl.String)
    bulk.write(
        lines.select(*LINE_COLUMNS).with_columns(
            paylist_id=pl.lit(paylist.pk, dtype=pl.Int64), held_because=reasons, result=pl.lit(""), result_reason=pl.lit("")
        ),
        Line,
    )
    return paylist


def _digest(lines):
    return hashlib.sha256(lines.select(*LINE_COLUMNS).write_csv().encode()).hexdigest()


def _drop_empty(batch, area_path, kept):
    """Proposed lists that nobody is on any more are deleted; they were never approved."""
    gone = PayList.objects.filter(
        Q(area_path__startswith=area_path), field=batch.field, month=batch.month, state=PayList.State.PROPOSED
    ).exclude(pk__in=kept)
    for paylist in gone:
        paylist.delete()
