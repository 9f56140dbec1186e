"""What can be asked of findings: their standing now, sums by check and by place, and the decisions that cover them."""
from dataclasses import dataclass

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from ..models import Closing, Finding, Line, PayList, SweepDecision
from ..reasons import of_way, reasons
from .checks import CHECKS

# What may be asked of the work list: open, held back, closed with a reason, paid by decision, no longer found.
OPEN, HELD, CLOSED, DECIDED, GONE = "mo", "giu", "dong", "quyet-dinh", "het"


@dataclass(frozen=True)
class Checked:
    """One check over some findings: people and đồng it found, how many are open and held, and with what reasons the rest closed."""

    code: str
    title: str
    hint: str
    people: int = 0
    amount: int = 0
    open: int = 0
    open_amount: int = 0
    held: int = 0
    closed: int = 0
    reasons: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.open > 0


def with_standing(findings):
    """The findings with ``standing`` (one of the words above) and, for who lists them, the closing in force as ``closing_id``."""
    closings = Closing.objects.current().filter(finding=OuterRef("pk"), facts=OuterRef("facts"))
    lines = Line.objects.filter(person=OuterRef("person"), paylist__month=OuterRef("month"), paylist__field=OuterRef("field"))
    held = lines.exclude(paylist__state=PayList.State.WITHDRAWN).exclude(held_because="")
    rows = findings.annotate(
        closing_id=Subquery(closings.values("pk")[:1]), why=Subquery(closings.values("reason")[:1]),
        is_held=Exists(held), decided=Case(When(why=of_way("decision").code, then=True), default=False, output_field=BooleanField()),
    )
    standing = Case(
        When(gone_in__isnull=False, then=Value(GONE)), When(is_held=True, then=Value(HELD)), When(decided=True, then=Value(DECIDED)),
        When(closing_id__isnull=False, then=Value(CLOSED)), default=Value(OPEN),
    )
    return rows.annotate(standing=standing)


def by_check(findings) -> list[Checked]:
    """Every installed check over these findings, also those that found nothing."""
    rows = with_standing(findings.standing()).order_by().values("check_code", "standing", "why")
    counted = rows.annotate(n=Count("id"), total=Coalesce(Sum("amount"), 0))
    grouped: dict[str, list] = {}
    for row in counted:
        grouped.setdefault(row["check_code"], []).append(row)
    return [_checked(check, grouped.get(check.code, [])) for check in CHECKS.values()]


def _checked(check, rows):
    def n_of(*standings, column="n"):
        return sum(row[column] for row in rows if row["standing"] in standings)

    why = {row["why"] for row in rows if row["standing"] in (CLOSED, DECIDED)}
    return Checked(
        check.code, check.title, check.hint, people=n_of(OPEN, HELD, CLOSED, DECIDED), amount=n_of(OPEN, HELD, CLOSED, DECIDED, column="total"),
        open=n_of(OPEN), open_amount=n_of(OPEN, column="total"), held=n_of(HELD), closed=n_of(CLOSED, DECIDED),
        reasons=tuple(sorted(reasons()[code].title for code in why if code in reasons())),
    )


def by_standing(findings) -> dict[str, tuple[int, int]]:
    """How many findings stand in each way, and their đồng."""
    rows = with_standing(findings).order_by().values("standing").annotate(n=Count("id"), total=Coalesce(Sum("amount"), 0))
    return {row["standing"]: (row["n"], row["total"]) for row in rows}


def by_place(findings) -> list[dict]:
    """Open findings by the commune of their list, the most money at risk first: ``area_path, n, total``."""
    rows = with_standing(findings.standing()).filter(standing=OPEN).order_by().values("area_path")
    return list(rows.annotate(n=Count("id"), total=Sum("amount")).order_by("-total", "area_path"))


def risk_of(lists) -> tuple[int, int]:
    """How many findings of these lists are open and would be paid, and their đồng; a payee found twice counts twice in n, once in đồng."""
    waiting = list(Finding.objects.unpaid_risk(lists).values_list("person", "amount"))
    return len(waiting), sum(dict(waiting).values())


def decisions_of(lists):
    """Decisions that cover findings of these lists still."""
    closings = Closing.objects.current().filter(decision=OuterRef("pk"), finding__in=Finding.objects.of_lists(lists))
    return SweepDecision.objects.filter(Exists(closings)).select_related("recorded_in__by").order_by("pk")


def decided_words(lists) -> list[dict]:
    """Each decision with how many findings of these lists it covers, for pages and printed lists."""
    decisions = list(decisions_of(lists))
    if not decisions:
        return []
    covered = Closing.objects.current().filter(decision__isnull=False, finding__in=Finding.objects.of_lists(lists), facts=F("finding__facts"))
    counts = dict(covered.order_by().values_list("decision").annotate(n=Count("id")))
    return [
        {"number": d.number, "reason": d.reason, "n": counts.get(d.pk, 0), "by": str(d.recorded_in.by), "at": d.recorded_in.at}
        for d in decisions
    ]
