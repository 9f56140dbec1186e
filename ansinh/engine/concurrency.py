"""Concurrency: which parts a person may have at once, field by field; what is taken away stays with amount 0 and its reason.

Only persons with several parts of a kind are looked at, in stretches of months in which none of their spans begins or ends.
"""
import narwhals as nw

from .schema import PARTS
from .spans import in_stretches, worked_out

C, INT = nw.col, nw.Int64
# Pháp lệnh 02/2020 Điều 6: one attendant, one support, at most two survivors' allowances.
ONCE, SURVIVOR, ASSISTANCE = ("attendant", "care"), "survivor", "assistance"
# One number orders the claims of a person: martyrs first, then the amount, then the entitlement granted first.
MARTYR_WEIGHT, AMOUNT_WEIGHT, NOTHING = 10**17, 10**9, -(10**18)


def limited(found):
    """The parts of persons under the rules of concurrency of both fields."""
    assistance, merit = found.filter(C("part") == ASSISTANCE), found.filter(C("part").is_in([*ONCE, SURVIVOR]))
    several, alone = _parted(assistance, "person")
    contested, uncontested = _parted(merit, "person", "part")
    untouched = found.filter(~C("part").is_in([*ONCE, SURVIVOR, ASSISTANCE]))
    return nw.concat([
        *(rows.select(*PARTS) for rows in (untouched, alone, uncontested)),
        _cut(_merit(in_stretches(contested, "person", "part"))), _cut(_assistance(in_stretches(several, "person"))),
    ])


def _parted(rows, *same):
    """Rows of who has several entitlements, and of who has one."""
    many = rows.group_by(*same).agg(C("entitlement").min().alias("one"), C("entitlement").max().alias("other"))
    many = many.filter(C("one") != C("other")).select(*same)
    return rows.join(many, on=list(same), how="semi"), rows.join(many, on=list(same), how="anti")


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
    """The highest only; a single parent who is also in group 5, 6 or 8 has both (Nghị định 20/2021 Điều 6 khoản 2).

    Where one other right is more than both together, it is the highest.
    """
    parent = C("standing") == "single_parent"
    kinds = {"parent": parent, "beside": ~parent & C("beside"), "other": ~parent}
    ranked = worked_out(contested.with_columns(order=C("amount") * AMOUNT_WEIGHT - C("entitlement")))
    tops = ranked.group_by("person", "since").agg(*(asked(held, name) for asked in (_top, _most) for name, held in kinds.items()))
    both = (C("most_parent") > 0) & (C("most_beside") > 0) & (C("most_parent") + C("most_beside") >= C("most_other"))
    one = nw.when(C("most_parent") > C("most_other")).then(C("top_parent")).otherwise(C("top_other"))
    tops = tops.select(
        "person", "since", first=nw.when(both).then(C("top_parent")).otherwise(one), second=nw.when(both).then(C("top_beside")).otherwise(one)
    )
    return ranked.join(tops, on=["person", "since"], how="inner").with_columns(cut=(C("order") != C("first")) & (C("order") != C("second")))


def _top(held, name):
    return nw.when(held).then(C("order")).otherwise(nw.lit(NOTHING)).max().alias(f"top_{name}")


def _most(held, name):
    return nw.when(held).then(C("amount")).otherwise(nw.lit(0)).max().alias(f"most_{name}")
