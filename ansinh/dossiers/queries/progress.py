"""How far the digitising has come: dossiers by category, place and state, pages an hour, and when the queue may end."""
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.db.models.functions import TruncDate, TruncHour

from ansinh.office import clock, rights

from ..models import Dossier, Page

HOURS, DAYS, RATE_DAYS = 24, 14, 7
LEAST_ELAPSED = timedelta(hours=1)
Reading = Page.Reading


@dataclass(frozen=True)
class Speed:
    """Pages read or dossiers verified: by hour or day, what is still to do, how many a day, and the day it may be done."""

    by_day: dict[date, int]
    left: int
    a_day: float

    @property
    def ends_on(self) -> date | None:
        """The day on which nothing is left at this speed; nobody knows without any speed."""
        if not self.left or not self.a_day:
            return None
        days = min(self.left / self.a_day, 36_500)
        return (clock.now() + timedelta(days=days)).astimezone(clock.ZONE).date()


def dossiers_by(account, column: str, place: str = "") -> dict[tuple[str, str], int]:
    """Dossiers that the account sees, by a column and state."""
    rows = _within(Dossier.objects.visible_to(account), place).order_by().values_list(column, "state").annotate(n=Count("pk"))
    return {(value, state): n for value, state, n in rows}


def reading_speed(account, place: str = "") -> tuple[Speed, int]:
    """How fast pages are read and how many wait; beside it how many could not be read."""
    pages = _pages(account, place)
    # Two questions, because each has an index of its own among millions of pages.
    waiting, failed = (pages.filter(reading=reading).count() for reading in (Reading.WAITING, Reading.FAILED))
    return _speed(pages, "read_at", waiting), failed


def verifying_speed(account, place: str = "") -> Speed:
    """How fast dossiers are verified, and how many are not yet."""
    rows = _within(Dossier.objects.visible_to(account), place)
    return _speed(rows, "verified_at", rows.exclude(state=Dossier.State.VERIFIED).count())


def pages_by_hour(account, place: str = "") -> dict[datetime, int]:
    """Pages read in each of the last 24 hours."""
    first = clock.now().astimezone(clock.ZONE).replace(minute=0, second=0, microsecond=0) - timedelta(hours=HOURS - 1)
    rows = _pages(account, place).filter(read_at__gte=first).order_by()
    found = dict(rows.values_list(TruncHour("read_at", tzinfo=clock.ZONE)).annotate(n=Count("pk")))
    hours = [first + timedelta(hours=n) for n in range(HOURS)]
    return {hour: found.get(hour, 0) for hour in hours}


def with_pages(batches, reading: str):
    """Batches that have pages in this state of reading."""
    return batches.filter(Exists(Page.objects.filter(scan__batch=OuterRef("pk"), reading=reading)))


def _speed(rows, column, left):
    first_day = clock.today() - timedelta(days=DAYS - 1)
    recent = rows.filter(**{f"{column}__gte": clock.end_of(first_day - timedelta(days=1))}).order_by()
    found = Counter(dict(recent.values_list(TruncDate(column, tzinfo=clock.ZONE)).annotate(n=Count("pk"))))
    by_day = {day: found[day] for day in (first_day + timedelta(days=n) for n in range(DAYS))}
    return Speed(by_day, left, _a_day(recent, column))


def _a_day(recent, column):
    """What a day brings, by the last seven; where the work began later, by the time since then."""
    since = clock.now() - timedelta(days=RATE_DAYS)
    said = recent.filter(**{f"{column}__gte": since}).aggregate(n=Count("pk"), first=Min(column))
    if not said["n"]:
        return 0.0
    elapsed = max(clock.now() - said["first"], LEAST_ELAPSED)
    return said["n"] / (elapsed / timedelta(days=1))


def _pages(account, place):
    rows = Page.objects.visible_to(account)
    inside = rights.within([place], "dossier__area_path") | Q(dossier=None) & rights.within([place], "scan__batch__area_path")
    return rows.filter(inside) if place else rows


def _within(rows, place):
    return rows.filter(rights.within([place])) if place else rows
