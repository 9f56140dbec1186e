"""What is due and what differs from what was posted: frames in, frames out, for one person or a million.

Only operations that Polars, DuckDB and Spark share (equal joins, filters, groups, windows); months are whole numbers.
"""
import narwhals as nw

from .concurrency import contested, limited
from .drawing import drawn
from .law.rules import OWN_MONTHLY
from .months import month_of
from .schema import CLAIMS, DIFFERENCES, DUE, PARTS, SPANS, TERMS, check
from .spans import by_month, is_empty, month_table, without, worked_out

C, INT = nw.col, nw.Int64
# What a lump sum of so many times the own monthly amounts counts; the attendant's part is left out (Pháp lệnh 02/2020).
OWN_PARTS = ("allowance", "supplement", "seniority")
PRICED = (
    "entitlement", "person", "terms", "standing", "part", "since", "until", "amount", "quantity", "article", "cut_by", "weight",
    "beside", "contested", "law_row",
)
FIRST_PARTS = ("allowance", "survivor", "assistance", "care_support", "lump_sum")


def parts(terms, law, *, until_month: int):
    """The parts of every amount through ``until_month`` as spans of months, with the law they rest on.

    A month is due in full when the entitlement is in force on at least one of its days, by the terms of the last such
    day. A part that a rule of concurrency takes away stays with amount 0 and the rule in ``cut_by``.
    """
    return of_months(in_months(check(terms, TERMS), until_month), law, until_month=until_month)


def of_months(spans, law, *, until_month: int):
    """The parts of terms that are spans of months already; see ``parts``."""
    rows, months = _of_law(spans, law), _months_of(law.months, spans, law.known_from, until_month)
    found = _said_in_full(limited(worked_out(_priced(contested(rows), law))), law)
    return nw.concat([found, _times_own(rows.filter(C("line") == OWN_MONTHLY), found, months)])


def _priced(rows, law):
    """Drawn lines with their amounts; the words of the law stay behind, so that what concurrency copies is narrow."""
    amounts = nw.from_native(law.amounts).select("line", "law_row", "law_since", "law_until", "unit_amount", "round_to")
    met = rows.join(amounts, on="line", how="inner").filter(C("since") <= C("law_until"), C("law_since") <= C("until"))
    return met.with_columns(
        since=nw.max_horizontal("since", "law_since"), until=nw.min_horizontal("until", "law_until"),
        amount=_rounded(C("unit_amount") * C("quantity")), cut_by=nw.lit(None, dtype=nw.String),
    ).select(*PRICED)


def _said_in_full(found, law):
    """Parts with the row of the law that each rests on; every one has its row, so the join may keep the order and costs half."""
    return found.drop("weight", "standing", "beside", "contested").join(nw.from_native(law.amounts), on="law_row", how="left").select(*PARTS)


def without_line(terms, law, *, until_month: int):
    """Terms for which the law's tables have no line (a grade outside of them): entitlement, standing, grade, terms."""
    months = in_months(check(terms, TERMS), until_month)
    rows = _of_law(months, law).filter(C("part").is_in(FIRST_PARTS))
    matched = rows.join(nw.from_native(law.lines), on="line", how="semi")
    return months.join(matched.select("terms"), on="terms", how="anti").select("entitlement", "standing", "grade", "terms")


def _of_law(months, law):
    return drawn(months, nw.from_native(law.rules))


def _rounded(amount):
    """Rounded half up to the schedule's ``round_to`` and never above the rule's ``at_most``, once an item."""
    unit = C("round_to")
    rounded = (amount + unit // 2) // unit * unit
    return nw.when(rounded > C("at_most")).then(C("at_most")).otherwise(rounded).cast(INT)


def _months_of(given, like, first, last):
    """The table of months: the one given for frames of another engine, else made beside the frame."""
    if given is None:
        return month_table(like, first, last)
    return nw.from_native(given).filter(C("month") >= first, C("month") <= last)


def _times_own(rows, found, months):
    """Lump sums of so many times what the person's own allowances give in that month (Nghị định 131/2021 Điều 121)."""
    if is_empty(rows):
        return found.head(0)
    own = by_month(found.join(rows.select("person").unique(), on="person", how="semi").filter(C("part").is_in(OWN_PARTS)), months)
    sums = own.group_by("person", "since").agg(
        C("amount").sum().cast(INT).alias("unit_amount"), C("basis").max(), C("signed").max(), C("in_force").max(), C("applies_since").max(),
        C("verified").min(),
    )
    return by_month(rows, months).join(sums, on=["person", "since"], how="inner").with_columns(
        amount=(C("unit_amount") * C("quantity")).cast(INT), title=nw.lit("Trợ cấp, phụ cấp hằng tháng đang hưởng"),
        **{name: nw.lit(None, dtype=kind) for name, kind in (("cut_by", nw.String), ("level", INT), ("factor", nw.String), ("national", INT))},
    ).select(*PARTS)


def due(found):
    """Totals of parts as spans of months; adjacent equal spans are one."""
    return _levels(_edges(check(found, DUE), 1)).filter(C("amount") != 0)


def differences(due_spans, posted, claims, unknown, *, month: int, known_from: int, months=None):
    """What is due less what was posted, as spans with their kind.

    ``posted``: signed amounts as spans (openings and postings). ``claims``: what is still owed back, by month.
    ``unknown``: openings of which no table of that time is loaded; they, and months before ``known_from`` (the first
    month of which the law has a table), are neither due nor settled. For ``month`` itself a first amount is ``due``;
    before it more is ``arrears`` after it has cancelled an open claim of the same month, less is ``overpayment``.
    ``amount`` is positive, đồng a month; ``before`` and ``after`` are the totals of the month.
    """
    due_spans, posted = check(due_spans, DUE), check(posted, DUE)
    both = nw.concat([_sided(_edges(due_spans, 1), 1, 0), _sided(_edges(posted, 1), 0, 1)])
    steps = _two_levels(both).filter(C("after") != C("before"), C("since") <= month, C("until") >= known_from)
    steps = steps.with_columns(
        since=nw.max_horizontal("since", nw.lit(known_from)), until=nw.min_horizontal("until", nw.lit(month))
    )
    months = _months_of(months, steps, known_from, month)
    steps = without(steps, check(unknown, SPANS), months)
    now, past = _split(steps, month)
    found = nw.concat([_this_month(now), _past(past, check(claims, CLAIMS), months)])
    return found.select(*DIFFERENCES)


def in_months(terms, until_month):
    """Rows of terms in force as spans of months; of two rows that touch one month the later holds."""
    rows = terms.filter(C("state") == "in_force").with_columns(
        first=month_of("since"), last=nw.min_horizontal(nw.coalesce(month_of("until"), nw.lit(until_month)), nw.lit(until_month))
    )
    rows = _without_shared_ends(rows).filter(C("first") <= C("last"))
    return rows.drop("since", "until").rename({"first": "since", "last": "until"})


def _without_shared_ends(rows):
    """A row whose last month another row of the entitlement begins in, later than on its first day, ends a month earlier."""
    late = rows.filter(C("since").dt.day() != 1).select("entitlement", C("first").alias("last"), C("since").alias("later"))
    if is_empty(late):
        return rows
    shared = rows.join(late, on=["entitlement", "last"], how="inner").filter(C("later") > C("since"))
    shared = shared.select("entitlement", "since").unique()
    cut = rows.join(shared, on=["entitlement", "since"], how="semi").with_columns(last=C("last") - 1)
    return nw.concat([rows.join(shared, on=["entitlement", "since"], how="anti"), cut])


def _edges(spans, sign):
    """Each span as two steps: up at its first month, down after its last."""
    up = spans.select("entitlement", month=C("since"), step=C("amount") * sign)
    down = spans.select("entitlement", month=C("until") + 1, step=C("amount") * -sign)
    return nw.concat([up, down])


def _levels(edges):
    steps = edges.group_by("entitlement", "month").agg(C("step").sum().cast(INT)).filter(C("step") != 0)
    return steps.with_columns(
        amount=C("step").cum_sum().over("entitlement", order_by="month").cast(INT),
        until=C("month").shift(-1).over("entitlement", order_by="month") - 1,
    ).select("entitlement", C("month").alias("since"), "until", "amount")


def _sided(edges, due_side, posted_side):
    return edges.select("entitlement", "month", up=C("step") * due_side, booked=C("step") * posted_side)


def _two_levels(edges):
    """Running totals of both sides between the months where either changes; open ends have both at zero."""
    steps = edges.group_by("entitlement", "month").agg(C("up").sum().cast(INT), C("booked").sum().cast(INT))
    steps = steps.filter((C("up") != 0) | (C("booked") != 0))
    return steps.with_columns(
        after=C("up").cum_sum().over("entitlement", order_by="month").cast(INT),
        before=C("booked").cum_sum().over("entitlement", order_by="month").cast(INT),
        until=nw.coalesce(C("month").shift(-1).over("entitlement", order_by="month") - 1, C("month")),
    ).select("entitlement", C("month").alias("since"), "until", "before", "after")


def _split(steps, month):
    """The month itself, and what lies before it."""
    now = steps.filter(C("until") >= month).with_columns(since=nw.lit(month).cast(INT))
    past = steps.with_columns(until=nw.min_horizontal("until", nw.lit(month - 1))).filter(C("since") <= C("until"))
    return now, past


def _this_month(now):
    first = (C("before") == 0) & (C("after") > 0)
    kind = nw.when(first).then(nw.lit("due")).when(C("after") > C("before")).then(nw.lit("arrears")).otherwise(nw.lit("overpayment"))
    return now.with_columns(kind=kind, amount=(C("after") - C("before")).abs()).select(*DIFFERENCES)


def _past(past, claims, months):
    less = past.filter(C("after") < C("before")).with_columns(kind=nw.lit("overpayment"), amount=C("before") - C("after"))
    more = past.filter(C("after") > C("before")).with_columns(kind=nw.lit("arrears"), amount=C("after") - C("before"))
    claims = claims.filter(C("amount") > 0).select("entitlement", C("month").alias("since"), claim=C("amount"))
    keys = claims.select("entitlement").unique()
    touched = by_month(more.join(keys, on="entitlement", how="semi"), months).join(claims, on=["entitlement", "since"], how="left")
    touched = touched.with_columns(cancelled=nw.min_horizontal("amount", nw.coalesce(C("claim"), nw.lit(0))))
    cancelled = touched.filter(C("cancelled") > 0).with_columns(
        kind=nw.lit("cancellation"), amount=C("cancelled"), after=C("before") + C("cancelled")
    )
    left = touched.filter(C("amount") > C("cancelled")).with_columns(
        before=C("before") + C("cancelled"), amount=C("amount") - C("cancelled")
    )
    rest = more.join(keys, on="entitlement", how="anti")
    return nw.concat([piece.select(*DIFFERENCES) for piece in (less, rest, cancelled, left)])
