"""Which lines of the law the terms draw, from which month to which: the rules are a table, so this is a join and filters."""
import narwhals as nw

from .law.facts import FLAGS, NEEDED_WORDS
from .law.rules import RANGED
from .months import month_of

C, INT = nw.col, nw.Int64
# What is still asked of a drawn line; the facts that drew it are left behind, so that later joins copy few columns.
DRAWN = ("entitlement", "person", "terms", "standing", "part", "since", "until", "article", "at_most", "beside")
AGED = ("born", "age_from", "age_to", "through_birthday", "or_unknown")


def drawn(months, rules):
    """Terms that are spans of months, once for each rule that holds: ``line``, ``quantity``, and the months of the age asked.

    A rule with an age holds from the month of the birthday on; with ``through_birthday`` also in the month in which the
    upper age is reached. Of an unknown birth only the rule marked ``or_unknown`` holds. Household poverty that nobody
    recorded counts as the decision took it: fulfilled.
    """
    asked = rules.collect_schema().names()
    unasked = [fact for fact in (*FLAGS, *NEEDED_WORDS) if f"when_{fact}" not in asked]
    rows = months.drop(*unasked).join(rules, on="standing", how="inner").filter(*_conditions(asked))
    line = nw.when(C("by_grade")).then(nw.concat_str(C("line"), C("grade").cast(nw.String), separator="_")).otherwise(C("line"))
    weight = (nw.coalesce(C("martyrs_from"), nw.lit(0)) if "martyrs_from" in asked else nw.lit(0)).cast(INT)
    rows = rows.select(*DRAWN, *AGED, line=line, quantity=_quantity(), weight=weight)
    return _in_age(rows)


def _conditions(asked):
    """What the facts must be for a rule to hold; of conditions that no rule has, ``law_of`` has left out the columns."""
    yield from (_null_or(f"{fact}_from", _number(fact) >= C(f"{fact}_from")) for fact in RANGED if f"{fact}_from" in asked)
    yield from (_null_or(f"{fact}_to", _number(fact) <= C(f"{fact}_to")) for fact in RANGED if f"{fact}_to" in asked)
    yield from (_null_or(f"when_{fact}", C(f"when_{fact}") == C(fact)) for fact in (*FLAGS, *NEEDED_WORDS) if f"when_{fact}" in asked)
    if "needs" in asked:
        known = nw.coalesce(C("poverty"), nw.lit("poor"))
        yield _null_or("needs", (known == "poor") | ((C("needs") == "near_poor") & (known == "near_poor")))


def _null_or(condition, met):
    return C(condition).is_null() | met


def _number(fact):
    return nw.coalesce(C(fact), nw.lit(0))


def _quantity():
    """How many times the line is paid; nobody recorded is one person, but no unit of anything else."""
    people, times = nw.coalesce(C("people"), nw.lit(1)), C("times")
    counted = nw.when(times == "people").then(people).otherwise(nw.lit(1))
    for name in ("seniority", "children", "quantity", "martyrs"):
        counted = nw.when(times == name).then(nw.coalesce(C(name), nw.lit(0))).otherwise(counted)
    counted = nw.when(times == "quantity_people").then(nw.coalesce(C("quantity"), nw.lit(0)) * people).otherwise(counted)
    return nw.coalesce(C("times_own"), counted).cast(INT)


def _in_age(rows):
    birth = month_of("born")
    first = birth + C("age_from") * 12
    last = birth + C("age_to") * 12 - nw.when(C("through_birthday")).then(nw.lit(0)).otherwise(nw.lit(1))
    asked, known = ~C("age_from").is_null(), ~C("born").is_null()
    # Without an age that is asked or a birth that is known the other month is empty, and the span stays as it is.
    aged = rows.with_columns(since=nw.max_horizontal(C("since"), first).cast(INT), until=nw.min_horizontal(C("until"), last).cast(INT))
    return aged.filter(~asked | known | C("or_unknown"), C("since") <= C("until"), C("quantity") > 0).drop(*AGED)
