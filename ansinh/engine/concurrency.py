"""Concurrency: which parts a person may have at once, field by field; what is taken away stays with amount 0 and its reason.

Only persons with several parts of a kind are looked at, in stretches of months in which none of their spans begins or ends.
"""
import narwhals as nw

from .spans import in_stretches, worked_out

C, INT = nw.col, nw.Int64
# Pháp lệnh 02/2020 Điều 6: one attendant, one support, at most two survivors' allowances.
ONCE, SURVIVOR, ASSISTANCE = ("attendant", "care"), "survivor", "assistance"
# One number orders the claims of a person: martyrs first, then the amount, then the entitlement granted first.
MARTYR_WEIGHT, AMOUNT_WEIGHT, NOTHING = 10**17, 10**9, -(10**18)


def contested(rows):
    """Drawn lines with ``contested``: whether the person has a part of the same kind by another entitlement too."""
    kind = ("person", "part")
    several = C("entitlement").min().over(*kind) != C("entitlement").max().over(*kind)
    return rows.with_columns(contested=C("part").is_in([*ONCE, SURVIVOR, ASSISTANCE]) & several)


def limited(found):
    """The parts of persons under the rules of concurrency of both fields, with the columns that they came with."""
    columns, among = found.collect_schema().names(), found.filter(C("contested"))
    merit, assistance = among.filter(C("part") != ASSISTANCE), among.filter(C("part") == ASSISTANCE)
    return nw.concat([
        found.filter(~C("contested")),
        _cut(_merit(in_stretches(merit, "person", "part"))).select(*columns),
        _cut(_assistance(in_stretches(assistance, "person"))).select(*columns),
    ])


def _cut(ranked):
    return ranked.with_columns(
        amount=nw.when(C("cut")).then(nw.lit(0)).otherwise(C("amount")).cast(INT),
        cut_by=nw.when(C("cut")).then(C("part")).otherwise(C("cut_by")),
    )


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
    return ranked.join(tops, on=["person", "since"], how="left").with_columns(cut=(C("order") != C("first")) & (C("order") != C("second")))


def _top(held, name):
    return nw.when(held).then(C("order")).otherwise(nw.lit(NOTHING)).max().alias(f"top_{name}")


def _most(held, name):
    return nw.when(held).then(C("amount")).otherwise(nw.lit(0)).max().alias(f"most_{name}")
