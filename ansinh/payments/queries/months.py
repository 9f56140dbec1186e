"""What a month's lists come to: sums and states of lists, payees beside those of the month before, what was not collected."""
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from ..models import Line, PayList
from .changes import previous

# What no page of many lists shows: the sheet of changes of an exported list is as long as the list.
LONG = ("changes",)
SUMS = ("people", "this_month", "arrears", "carried", "deduction", "overpaid", "total")


def lists_of(account, month: date, area_path: str = "", field: str = ""):
    """Lists of a month that count and that the account sees, below an area path, of a field or all, by place and channel."""
    lists = PayList.objects.visible_to(account).standing().filter(month=month, area_path__startswith=area_path)
    lists = lists.filter(field=field) if field else lists
    return lists.select_related("area__parent").defer(*LONG).order_by("area_path", "field", "channel")


def months_listed(account) -> list[date]:
    """Months for which the account sees a list, newest first."""
    return list(PayList.objects.visible_to(account).standing().order_by("-month").values_list("month", flat=True).distinct())


def sums_of(lists) -> dict[str, int]:
    """Payees and đồng of lists together: ``people, this_month, arrears, carried, deduction, overpaid, total``."""
    return lists.order_by().aggregate(**{name: Coalesce(Sum(name), 0) for name in SUMS})


def by_channel(lists) -> dict[str, dict]:
    """Payees and đồng of each channel: ``{"post": {"people": …, "total": …}}``."""
    rows = lists.order_by().values("channel").annotate(n=Sum("people"), s=Sum("total"))
    return {row["channel"]: {"people": row["n"], "total": row["s"]} for row in rows}


def states_of(lists) -> dict[str, int]:
    """How many lists stand in each state."""
    return dict(lists.order_by().values_list("state").annotate(n=Count("id")))


def lines_of(lists):
    """The lines of lists, in the order in which they are printed."""
    return Line.objects.filter(paylist__in=lists.order_by()).order_by("paylist__area_path", "paylist__channel", "position")


def payees(lists):
    """Lines that pay something for the lists' own month."""
    return lines_of(lists).filter(this_month__gt=0)


def came(lists, before):
    """Lines of payees who were not paid by the lists of the month before."""
    return payees(lists).filter(~Exists(_same_person(payees(before))))


def left(lists, before):
    """Last month's lines of payees whom no list of the month pays."""
    return payees(before).filter(~Exists(_same_person(payees(lists))))


def came_and_left(month: date, lists, before) -> tuple[int, int]:
    """How many lines ``came`` and ``left`` find, in one reading of both months."""
    both, here = (lists.order_by() | before.order_by()).values("pk"), Q(paylist__month=month)
    lines = Line.objects.filter(paylist__in=both, this_month__gt=0).order_by().values("person")
    people = lines.annotate(now=Count("id", filter=here), then=Count("id", filter=~here))
    found = people.aggregate(came=Sum("now", filter=Q(then=0), default=0), left=Sum("then", filter=Q(now=0), default=0))
    return found["came"], found["left"]


def _same_person(lines):
    """Asked line by line and not as a list of persons: a hundred thousand of those do not fit into a database's memory for one question."""
    return lines.order_by().filter(person=OuterRef("person"))


def not_collected(lists):
    """Lines that the provider reported as not paid, or not wholly."""
    return lines_of(lists).filter(result__in=(Line.Result.UNPAID, Line.Result.PARTLY, Line.Result.BROUGHT_BACK))


def unpaid_by_place(lists) -> dict[str, int]:
    """How many people did not collect, by the path of the list's commune."""
    rows = not_collected(lists).order_by().values_list("paylist__area_path").annotate(n=Count("id"))
    return dict(rows)


def held(lists):
    """Lines that an officer holds back."""
    return lines_of(lists).exclude(held_because="")


def count_and_sum(lines, column="total") -> tuple[int, int]:
    """How many lines there are, and their đồng."""
    found = lines.order_by().aggregate(n=Count("id"), s=Coalesce(Sum(column), 0))
    return found["n"], found["s"]


def by_month(account, months: list[date], area_path: str = "") -> dict[date, dict]:
    """For each month that has lists: people, people in arrears, people who did not collect."""
    lists = PayList.objects.visible_to(account).standing().filter(month__in=months, area_path__startswith=area_path)
    people = dict(lists.values_list("month").annotate(s=Sum("people")))
    lines = Line.objects.filter(paylist__in=lists).values("paylist__month").annotate(
        late=Count("id", filter=Q(arrears__gt=0)), unpaid=Count("id", filter=Q(result=Line.Result.UNPAID))
    )
    found = {row["paylist__month"]: row for row in lines}
    return {
        month: {"people": people[month], "late": found.get(month, {}).get("late", 0), "unpaid": found.get(month, {}).get("unpaid", 0)}
        for month in sorted(people)
    }


def months_until(month: date, count: int) -> list[date]:
    """The last ``count`` months, ``month`` included, oldest first."""
    found = [month]
    while len(found) < count:
        found.insert(0, previous(found[0]))
    return found
