"""What the office puts on the rail: tasks and journal."""
from django.utils.translation import gettext_lazy as _

from ansinh.web import rail

from . import queries, rights


def _sees_tasks(account) -> bool:
    return bool(rights.sees(account, "tasks"))


def _sees_journal(account) -> bool:
    return bool(rights.sees(account, "journal"))


def _open_tasks(account) -> int:
    return queries.tasks_of(account).count()


rail.put(
    rail.RailItem(_("Việc cần làm"), "tasks", 20, _sees_tasks, _open_tasks),
    rail.RailItem(_("Nhật ký"), "journal", 100, _sees_journal),
)
