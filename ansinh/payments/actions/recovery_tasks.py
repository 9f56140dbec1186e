"""What a recovery asks of whom and until when; terms are those that its own papers set, else the day of the next list."""
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from ansinh.office import clock
from ansinh.office.act import reacts_to
from ansinh.office.actions import close_tasks, raise_task, raise_tasks
from ansinh.office.models import Entry, Task
from ansinh.registry.models import Person

from ..models import RecoveryCase, RecoveryStep
from ..queries.locks import next_lock_day
from ..queries.recovery import decision_of, standing_steps

State, Kind = RecoveryCase.State, RecoveryStep.Kind
OPEN = "payments.open_recovery"
NOTICE, HEARING, DECISION = "payments.give_notice", "payments.hear_debtor", "payments.decide_recovery"
REPAYMENT, RESUMPTION = "payments.record_repayment", "payments.resume_recovery"
OF_CASE = (NOTICE, HEARING, DECISION, REPAYMENT, RESUMPTION)


def ask_to_open(persons: Iterable[Person], field: str):
    """Persons with an overpayment that no case has yet: somebody is asked to open it."""
    due_on = next_lock_day(clock.today())
    raise_tasks(OPEN, cause="overpaid", field=field, due_on=due_on, rows=[
        {
            "key": f"registry.person:{person.pk}", "area_path": person.area_path, "facts": {"field": field},
            "title": _("Mở vụ việc thu hồi: %(name)s, phát hiện chi thừa") % {"name": person.name},
        }
        for person in persons
    ])


def persons_asked_about() -> set[int]:
    """Persons of whom somebody is asked to open a case."""
    keys = Task.objects.open().filter(act=OPEN).values_list("key", flat=True)
    return {int(key.rpartition(":")[2]) for key in keys}


def close_opening(person: int):
    """The case is open, or nothing is owed back any more: nobody needs to be asked for it."""
    close_tasks(OPEN, key=f"registry.person:{person}")


def close_openings(persons: Iterable[int]):
    """These persons (ids) owe nothing any more: nobody needs to be asked for a case."""
    for person in persons:
        close_tasks(OPEN, key=f"registry.person:{person}")


def ask_next(case: RecoveryCase, steps):
    """Close what was asked about the case and ask for its next step, if a person has to take one."""
    key = f"payments.recoverycase:{case.pk}"
    for act in OF_CASE:
        close_tasks(act, key=key)
    if asked := _asked(case, steps):
        act, words, due_on = asked
        raise_task(
            act, key=key, cause="recovery", due_on=due_on, area_path=case.area_path, field=case.field,
            title=_("%(case)s, %(name)s: %(words)s") % {"case": case, "name": case.person.name, "words": words},
        )


def _asked(case, steps):
    soon, decision = next_lock_day(clock.today()), decision_of(steps)
    if case.state == State.OPENED:
        return NOTICE, _("ra thông báo thu hồi"), soon
    if case.state == State.NOTICED:
        return HEARING, _("lấy ý kiến của người phải trả"), _last(steps, Kind.NOTICE).due_on or soon
    if case.state == State.HEARD:
        return DECISION, _("quyết định thu hồi"), soon
    if case.state == State.SUSPENDED and _last(steps, Kind.SUSPENSION).due_on:
        return RESUMPTION, _("hết hạn tạm dừng, trừ tiếp hoặc dừng thêm"), _last(steps, Kind.SUSPENSION).due_on
    if case.state != State.DECIDED:
        return None
    if decision.way == RecoveryStep.Way.REFUND:
        return REPAYMENT, _("thu tiền nộp lại"), decision.due_on
    if case.person.died_on:
        return DECISION, _("người phải trả đã mất, không trừ được nữa; thân nhân tự nguyện nộp hay miễn"), soon
    return None


def _last(steps, kind):
    return next(step for step in reversed(steps) if step.kind == kind)


@reacts_to("registry.record_death")
def ask_about_debtor(_death, person, **_other):
    """The death of a debtor stops the deductions by itself and asks what becomes of the debt."""
    _ask_again(person.pk)


@reacts_to("office.undo")
def ask_as_before(_done, entry, **_other):
    """A death that was undone, by itself or with what it was part of: the debtor's cases go on as before."""
    part_of = Q(pk=entry.pk) | Q(parent=entry) | Q(parent__parent=entry)
    for key in Entry.objects.filter(part_of, act="registry.record_death").values_list("key", flat=True):
        _ask_again(int(key.rpartition(":")[2]))


def _ask_again(person):
    for case in RecoveryCase.objects.open().filter(person=person).select_related("person"):
        ask_next(case, standing_steps(case))
