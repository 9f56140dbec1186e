"""Việc báo đến kỳ chi: a task ahead of the month in which a round gave a lump sum the last time; closed when the round is made."""
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ansinh.engine.law import book
from ansinh.engine.months import as_month, last_day
from ansinh.engine.text.money import dotted
from ansinh.office import clock
from ansinh.office.act import reacts_to
from ansinh.office.actions import close_task, raise_task, reword_task
from ansinh.office.models import Entry, Task
from ansinh.registry.models import Area

from .limits import limits_of
from .rounds import is_for_rounds, round_of

ACT, ABOUT = "benefits.grant_round", "benefits.round"
# A month that nobody worked out ahead is still asked about so many months later.
LATE = 2


@dataclass(frozen=True)
class DueRound:
    """Kỳ chi: a lump sum that a place got by a round ``last`` time, to ``people``, and may get again from ``day`` on."""

    standing: str
    area_path: str
    day: date
    last: date
    people: int

    @property
    def key(self) -> str:
        return f"{ABOUT}:{self.standing}-{self.area_path}"

    @property
    def cause(self) -> str:
        return f"round:{self.day:%Y-%m}"

    @property
    def left(self) -> int:
        """How many of all who have had it before the law allows it now."""
        return round_of(self.standing, since=self.day, area_path=self.area_path).people


def ask_about_rounds(field: str, month: date):
    """Keep the tasks of rounds that come due through a month: raised once, reworded while open, closed when nobody is left."""
    if last_day(as_month(month)) < clock.today():
        return
    seen = set()
    for due in rounds_due(field, as_month(month) - LATE, as_month(month)):
        seen.add(due.key)
        _keep(due)
    for task in Task.objects.open().filter(act=ACT, field=field).exclude(key__in=seen):
        _look_again(task)


def rounds_due(field: str, first: int, last: int) -> list[DueRound]:
    """Rounds of a field whose day of the year comes again between two months (numbers), the earliest first; of several the newest leads.

    The law says a year, some years or a school year, and no date: when in it a place pays is the custom of its own last round.
    """
    found: dict[tuple, list[tuple[date, int]]] = {}
    made = Entry.objects.filter(act=ACT, field=field, undone_by=None).order_by("pk").values_list("key", "facts")
    for standing, facts in made:
        day = date.fromisoformat(facts["since"])
        for number in _comes_again(standing, day):
            if first <= number <= last:
                found.setdefault((number, standing, facts["area_path"]), []).append((day, facts["people"]))
    return _by_place_of_today(found)


def _comes_again(standing: str, day: date) -> Iterable[int]:
    """The months in which it may be due once more: each year for twice the term of the law, then the custom has ended."""
    years = [limit.years for limit in limits_of(standing) if limit.years] if standing in book().standings and is_for_rounds(standing) else []
    return range(as_month(day) + 12, as_month(day) + 24 * max(years, default=0) + 1, 12)


def _by_place_of_today(found) -> list[DueRound]:
    """One a month, lump sum and place; where a place is no more, the nearest above it that stands."""
    named = {part for _number, _standing, path in found for part in _upwards(path)}
    standing_today = set(Area.objects.on(clock.today()).filter(path__in=named).values_list("path", flat=True))
    merged: dict[tuple, list[tuple[date, int]]] = {}
    for (number, standing, path), rounds in sorted(found.items()):
        place = next((part for part in _upwards(path) if part in standing_today), path)
        merged.setdefault((number, standing, place), []).extend(rounds)
    return [_due(number, standing, place, rounds) for (number, standing, place), rounds in merged.items()]


def _due(number, standing, place, rounds):
    newest = max(as_month(day) for day, _people in rounds)
    last = max(day for day, _people in rounds)
    end = last_day(number)
    people = sum(people for day, people in rounds if as_month(day) == newest)
    return DueRound(standing, place, end.replace(day=min(last.day, end.day)), last, people)


def _upwards(path: str) -> list[str]:
    """``19.173.`` and ``19.``: a place and all above it, the nearest first."""
    codes = path.rstrip(".").split(".")
    return [".".join(codes[:length]) + "." for length in range(len(codes), 0, -1)]


def _keep(due: DueRound):
    """One open task a lump sum and place; one that somebody answered for this month is not raised again."""
    asked, left = Task.objects.open().filter(act=ACT, key=due.key).first(), due.left
    if asked and not left:
        close_task(asked)
    elif asked:
        reword_task(asked, title=_title(due, left), facts=_facts(due))
    elif left and not Task.objects.filter(act=ACT, key=due.key, cause=due.cause, done_in__act__in=(ACT, "office.dismiss_task")).exists():
        # Without a term: the day is the custom of the office, no day of the law.
        raise_task(
            ACT, key=due.key, cause=due.cause, title=_title(due, left), area_path=due.area_path, field=book().field_of(due.standing),
            facts=_facts(due),
        )


def _title(due, left):
    what, place = book().standing(due.standing).short, Area.objects.on(clock.today()).filter(path=due.area_path).first() or due.area_path
    told = {
        "what": what[:1].lower() + what[1:], "month": f"{due.day:%m/%Y}", "place": place, "last": f"{due.last:%d/%m/%Y}",
        "n": dotted(due.people), "left": dotted(left),
    }
    return _("Đến kỳ chi %(what)s tháng %(month)s, %(place)s: lần trước, ngày %(last)s, %(n)s người; nay %(left)s người được chi") % told


def _facts(due):
    return {"standing": due.standing, "day": due.day.isoformat(), "last": due.last.isoformat(), "people": due.people}


def _look_again(task: Task):
    _keep(_of(task))


def _of(task):
    facts = task.facts
    return DueRound(facts["standing"], task.area_path, date.fromisoformat(facts["day"]), date.fromisoformat(facts["last"]), facts["people"])


@reacts_to(ACT)
def close_when_made(_grants, standing: str, *, since: date, area_path: str, **_other):
    """The round of the period closes the task of every place that it covers; where it covers a part, the task says who is left."""
    for task in Task.objects.open().filter(act=ACT, key__startswith=f"{ABOUT}:{standing}-"):
        if task.area_path.startswith(area_path) and _is_of_period(standing, since, _of(task).day):
            close_task(task)
        else:
            _look_again(task)


def _is_of_period(standing, since, day):
    """Whether a round on a day is the one of the year, or of the school year, of another day."""
    return any(limit.meets(since, day, yearly=True) for limit in limits_of(standing) if limit.years)
