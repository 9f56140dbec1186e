"""Mức đổi theo tuổi: whose allowance changes in a month because of a birthday, from how much to how much, and who was told."""
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db.models import Q

from ansinh.documents.models import Letter
from ansinh.engine import amounts
from ansinh.engine.law import book
from ansinh.engine.law.limits import first_lines
from ansinh.engine.months import as_date, as_month
from ansinh.office import clock

from .models import Entitlement, Terms
from .queries import of_same_persons, terms_frame
from .reckoning import law_for

ABOUT = "benefits.level_change"


@dataclass(frozen=True)
class LevelChange:
    """One entitlement whose amount (đồng a month) changes from ``month`` on, at a full age, by an article."""

    entitlement: Entitlement
    month: date
    age: int
    article: str
    before: int
    after: int

    @property
    def about(self) -> str:
        """The subject of the letter that tells of it."""
        return about(self.entitlement.pk, self.month)


def about(entitlement: int, month: date) -> str:
    """How letters on a change name it."""
    return f"{ABOUT}:{entitlement}-{month:%Y%m}"


def level_changes(field: str, month: date, entitlements: Iterable[int] | None = None) -> list[LevelChange]:
    """Entitlements of a field that run on and whose amount is another in ``month`` than in the month before, by age.

    ``entitlements`` narrows to some. The law is the one that the list of the month may use today.
    """
    crossing = list(_crossing(field, month, entitlements))
    if not crossing:
        return []
    law = law_for(month, clock.today(), field)
    terms = terms_frame(field=field, entitlements=list(of_same_persons([row.entitlement_id for row in crossing])))
    spans = amounts.due(amounts.parts(terms, law, until_month=as_month(month))).to_native()
    before, after = _of_month(spans, as_month(month) - 1), _of_month(spans, as_month(month))
    found = [
        _change(row.entitlement, month, month.year - row.born.year, before.get(row.entitlement_id, 0), after.get(row.entitlement_id, 0))
        for row in crossing
    ]
    # What begins or ends altogether has a task of its own.
    return [change for change in found if change.before and change.after and change.before != change.after]


def _change(entitlement, month, age, before, after):
    article = next(line["article"] for line in first_lines(book(), entitlement.standing) if line["age_from"] == age)
    return LevelChange(entitlement, month, age, article, before, after)


def untold(changes: Iterable[LevelChange]) -> list[LevelChange]:
    """Changes of which no letter that stands tells."""
    changes = list(changes)
    told = set(Letter.objects.standing().filter(about__in=[change.about for change in changes]).values_list("about", flat=True))
    return [change for change in changes if change.about not in told]


def ages_of_change(standing: str) -> list[int]:
    """Full years of age at which another line of the law takes over for a standing."""
    lines = first_lines(book(), standing)
    return sorted({line["age_from"] for line in lines if line["age_from"]} & {line["age_to"] for line in lines})


def _crossing(field, month, entitlements):
    """Running terms whose counting birthday falls into the month at such an age."""
    wanted = Q(pk__in=[])
    for code in (code for code, law in book().standings.items() if law.field == field):
        for age in ages_of_change(code):
            wanted |= Q(entitlement__standing=code, born__year=month.year - age, born__month=month.month)
    rows = Terms.objects.current().filter(wanted, until=None, state=Terms.State.IN_FORCE, entitlement__payable__field=field)
    rows = rows if entitlements is None else rows.filter(entitlement__in=list(entitlements))
    return rows.select_related("entitlement__payable__person").order_by("entitlement__payable__person__sort_key", "pk")


def _of_month(spans, number):
    now = spans.filter(pl.col("since") <= number, pl.col("until") >= number)
    return dict(now.group_by("entitlement").agg(pl.col("amount").sum()).iter_rows())


def coming(person) -> list[LevelChange]:
    """The changes of a person in the next two months."""
    next_month = as_month(clock.today()) + 1
    own = list(Entitlement.objects.filter(payable__person=person).values_list("pk", "payable__field"))
    return [
        change for field in sorted({field for _pk, field in own}) for number in (next_month, next_month + 1)
        for change in level_changes(field, as_date(number), [pk for pk, its in own if its == field])
    ]
