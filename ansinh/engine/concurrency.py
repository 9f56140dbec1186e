"""Concurrency: which parts a person may have at once, field by field; what is taken away stays with amount 0 and its reason.

Only persons with several parts of a kind are taken month by month.
"""
import narwhals as nw

from .schema import PARTS
from .spans import by_month

C, INT = nw.col, nw.Int64
# Pháp lệnh 02/2020 Điều 6: one attendant, one support, at most two survivors' allowances.
ONCE, SURVIVOR, ASSISTANCE = ("attendant", "care"), "survivor", "assistance"
# One number orders the claims of a person: martyrs first, then the amount, then the entitlement granted first.
MARTYR_WEIGHT, AMOUNT_WEIGHT = 10**17, 10**9


def limited(found, months):
    """The parts of persons under the rules of concurrency of both fields; ``months`` is the table of all their months."""
    several = (
        found.filter(C("part").is_in([*ONCE, SURVIVOR, ASSISTANCE])).group_by("person", "part")
        .agg(C("entitlement").n_unique().alias("count")).filter(C("count") > 1).select("person", "part")
    )
    contested = by_month(found.join(several, on=["person", "part"], how="inner"), months)
    rest = found.join(several, on=["person", "part"], how="anti")
    merit = _cut(_merit(contested.filter(C("part") != ASSISTANCE)))
    assistance = _cut(_assistance(contested.filter(C("part") == ASSISTANCE)))
    return nw.concat([rest.select(*PARTS), merit, assistance])


def _cut(ranked):
    return ranked.with_columns(
        amount=nw.when(C("cut")).then(nw.lit(0)).otherwise(C("amount")).cast(INT),
        cut_by=nw.when(C("cut")).then(C("part")).otherwise(C("cut_by")),
    ).select(*PARTS)


def _merit(contested):
    order = nw.when(C("part") == SURVIVOR).then(C("weight") * MARTYR_WEIGHT).otherwise(nw.lit(0)) + C("amount") * AMOUNT_WEIGHT
    same = ("person", "part", "since")
    ranked = contested.with_columns(order=order - C("entitlement")).with_columns(
        place=C("order").rank("ordinal", descending=True).over(*same), most=C("weight").max().over(*same)
    )
    allowed = nw.when((C("part") == SURVIVOR) & (C("most") < 2)).then(nw.lit(2)).otherwise(nw.lit(1))
    return ranked.with_columns(cut=C("place") > allowed)


def _assistance(contested):
    """The highest only; a single parent who is also in group 5, 6 or 8 has both (Nghị định 20/2021 Điều 6 khoản 2)."""
    parent = C("standing") == "single_parent"
    same = ("person", "since")
    # Of two equal amounts the one that may stand beside a parent's is kept: it leaves the person more.
    order = (C("amount") * 2 + nw.when(C("beside")).then(nw.lit(1)).otherwise(nw.lit(0))) * AMOUNT_WEIGHT - C("entitlement")
    ranked = contested.with_columns(order=order, is_parent=parent).with_columns(
        place=C("order").rank("ordinal", descending=True).over(*same, "is_parent")
    )
    first = C("place") == 1
    others = nw.when(~C("is_parent")).then(C("amount")).otherwise(nw.lit(0))
    own = nw.when(C("is_parent")).then(C("amount")).otherwise(nw.lit(0))
    beside = nw.when(~C("is_parent") & first & C("beside")).then(nw.lit(1)).otherwise(nw.lit(0))
    ranked = ranked.with_columns(first=first, others=others, own=own, top_beside=beside).with_columns(
        others=C("others").max().over(*same), own=C("own").max().over(*same), top_beside=C("top_beside").max().over(*same)
    )
    lost = nw.when(C("is_parent")).then(C("others") >= C("own")).otherwise(C("own") > C("others"))
    return ranked.with_columns(cut=~C("first") | ((C("top_beside") == 0) & (C("others") > 0) & lost))
