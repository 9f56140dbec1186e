"""How often entering goes wrong: by field and by officer, from what was entered twice, with its confidence interval."""
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import sqrt

from django.db.models import Max

from ansinh.office import clock
from ansinh.office.models import Account

from ..catalogue import catalogue
from ..models import Entering
from ..rounds import FIRST, SECOND, THIRD
from ..values import same

# Of a hundred intervals made so, ninety-five hold the true share.
SCORE = 1.959963984540054
CHUNK = 2_000


@dataclass(frozen=True)
class Rate:
    """Share of wrong enterings among those of which the right value is known, and the interval in which it lies (95 %)."""

    key: str
    words: str
    entered: int
    wrong: int

    @property
    def share(self) -> float:
        return self.wrong / self.entered if self.entered else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.wrong, self.entered)


@dataclass(frozen=True)
class Judged:
    """One blind entering beside what was decided in the end."""

    paper: int
    name: str
    account: int
    value: str
    right: str
    is_wrong: bool


def wilson(wrong: int, entered: int) -> tuple[float, float]:
    """Wilson's interval of a share: holds also for few cases and for none wrong."""
    if not entered:
        return 0.0, 1.0
    share, square = wrong / entered, SCORE**2
    middle = (share + square / (2 * entered)) / (1 + square / entered)
    half = SCORE / (1 + square / entered) * sqrt(share * (1 - share) / entered + square / (4 * entered**2))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def judged(account, since: date) -> Iterator[Judged]:
    """Blind enterings since a day, in the account's areas, of which the right value is known: both agree, or a third decided."""
    start = clock.end_of(since)
    seen = Entering.objects.visible_to(account).filter(round__in=(SECOND, THIRD), entered_at__gte=start).values("paper")
    newest = Entering.objects.filter(paper__in=seen).values("paper", "name", "round").annotate(newest=Max("id")).values("newest")
    # What was entered elsewhere came in a package: it says nothing of whoever took that in.
    rows = Entering.objects.filter(pk__in=newest, entered_elsewhere_by="").order_by("paper_id", "name", "round").iterator(CHUNK)
    for (_paper, name), group in groupby(rows, lambda row: (row.paper_id, row.name)):
        field = catalogue().fields.get(name)
        if field:
            yield from _judged(field, {row.round: row for row in group})


def rates(account, since: date) -> tuple[list[Rate], list[Rate], Rate]:
    """By field, by officer, and over all; the most often wrong first."""
    fields, officers = defaultdict(lambda: [0, 0]), defaultdict(lambda: [0, 0])
    for one in judged(account, since):
        for counts in (fields[one.name], officers[one.account]):
            counts[0] += 1
            counts[1] += one.is_wrong
    names = {row.pk: str(row) for row in Account.objects.filter(pk__in=officers)}
    by_field = [Rate(code, catalogue().fields[code].title, *counts) for code, counts in fields.items()]
    by_officer = [Rate(str(pk), names[pk], *counts) for pk, counts in officers.items()]
    total = Rate("", "", sum(rate.entered for rate in by_field), sum(rate.wrong for rate in by_field))
    return sorted(by_field, key=_worst), sorted(by_officer, key=_worst), total


def _worst(rate):
    return -rate.share, rate.words


def _judged(field, by_round) -> Iterator[Judged]:
    first, second, third = (by_round.get(number) for number in (FIRST, SECOND, THIRD))
    if first is None or second is None:
        return
    differ = first.is_unreadable != second.is_unreadable or not same(field, first.value, second.value)
    if third and third.is_unreadable or differ and third is None or not differ and first.is_unreadable:
        return
    right = third.value if differ else first.value
    for row in (first, second):
        wrong = row.is_unreadable or not same(field, row.value, right)
        yield Judged(row.paper_id, row.name, row.entered_by_id, row.value, right, wrong)
