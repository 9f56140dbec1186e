"""Việc báo đổi mức theo tuổi: one task a commune and month with its people; it closes when all were told or are gone."""
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from ansinh.engine.text.money import dotted
from ansinh.office import clock
from ansinh.office.act import reacts_to
from ansinh.office.actions import close_task, raise_task, reword_task
from ansinh.office.models import Task
from ansinh.registry.models import Area

from .level_changes import ABOUT, LevelChange, level_changes, untold
from .models import Entitlement

FINISH = "benefits.finish_level_changes"


def ask_about_levels(field: str, month: date):
    """Keep the tasks of a month as its changes are now: raised, with other people, or closed."""
    by_place = defaultdict(list)
    for change in untold(level_changes(field, month)):
        by_place[change.entitlement.area_path].append(change)
    for path in {*by_place, *_open_of(field, month).values_list("area_path", flat=True)}:
        _keep(field, month, path, by_place[path])


def _keep(field, month, path, changes):
    key = f"{ABOUT}s:{field}-{path.rstrip('.').rpartition('.')[2]}-{month:%Y%m}"
    left = [change for change in changes if change.entitlement.pk not in _done(key)]
    standing = Task.objects.open().filter(act=FINISH, key=key).first()
    if standing and not left:
        close_task(standing)
    elif standing:
        reword_task(standing, **_said(month, path, left))
    elif left:
        # A decision is signed before the month that it speaks of.
        due_on = month - timedelta(days=1)
        raise_task(FINISH, key=key, cause=f"age:{month:%Y-%m}", area_path=path, field=field, due_on=due_on, **_said(month, path, left))


def _said(month, path, changes: list[LevelChange]):
    facts = {"month": month.isoformat(), "entitlements": [change.entitlement.pk for change in changes]}
    said = {"month": f"{month:%m/%Y}", "n": len(changes), "place": Area.objects.on(clock.today()).filter(path=path).first() or path}
    if len(changes) == 1:
        (change,) = changes
        said |= {"what": change.entitlement, "before": dotted(change.before), "after": dotted(change.after), "age": change.age}
        title = _("Quyết định đổi mức %(what)s, %(place)s: đủ %(age)s tuổi, từ tháng %(month)s %(before)s → %(after)s đ") % said
    else:
        title = _("Quyết định đổi mức cho %(n)s người ở %(place)s: đủ tuổi trong tháng %(month)s") % said
    return {"title": title, "facts": facts}


def task_of(key: str) -> Task | None:
    """The open task under a key."""
    return Task.objects.open().filter(act=FINISH, key=key).first()


def changes_of(task: Task) -> list[LevelChange]:
    """What a task speaks of, as it is now: who ended, rests or moved out is not in it any more."""
    return level_changes(task.field, date.fromisoformat(task.facts["month"]), task.facts["entitlements"])


def _done(key) -> set[int]:
    """Those for whom somebody has said already that nothing is left to do."""
    closed = Task.objects.filter(act=FINISH, key=key, done_in__act__in=(FINISH, "office.dismiss_task"))
    return {pk for facts in closed.values_list("facts", flat=True) for pk in facts["entitlements"]}


def _open_of(field, month):
    return Task.objects.open().filter(act=FINISH, field=field, cause=f"age:{month:%Y-%m}")


def settle(entitlements: Iterable[int]):
    """Look again at the open tasks that name one of these entitlements."""
    named = set(entitlements)
    for task in Task.objects.open().filter(act=FINISH):
        if named & set(task.facts["entitlements"]):
            _keep(task.field, date.fromisoformat(task.facts["month"]), task.area_path, untold(changes_of(task)))


@reacts_to("documents.issue_letter")
def close_when_told(_letter, _person, *, about="", **_other):
    """A letter that tells of a change closes its task when it was the last one."""
    _settle_told([about])


@reacts_to("documents.issue_letters")
def close_when_all_told(_letters, _persons, *, abouts, **_other):
    """Letters that tell of changes close their tasks."""
    _settle_told(abouts)


def _settle_told(abouts):
    told = [subject.partition(":")[2].partition("-")[0] for subject in abouts if subject.startswith(f"{ABOUT}:")]
    settle(int(number) for number in told)


@reacts_to("benefits.stop")
@reacts_to("benefits.suspend")
@reacts_to("benefits.correct")
@reacts_to("benefits.begin")
def close_when_gone(_rows, entitlement: Entitlement, **_other):
    """Whose allowance ended, rests or is another has nothing to be told any more."""
    settle([entitlement.pk])
