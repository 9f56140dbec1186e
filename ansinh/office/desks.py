"""What the office puts on the rail: tasks, journal, stored files; which page opens a stored file."""
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ansinh.web import composed, rail

from . import fixity, queries, rights


def _sees_tasks(account) -> bool:
    return bool(rights.sees(account, "tasks"))


def _sees_journal(account) -> bool:
    return bool(rights.sees(account, "journal"))


def _sees_files(account) -> bool:
    return bool(rights.sees(account, "files"))


def _broken_files(_account) -> int:
    return fixity.broken_files().count()


def _open_tasks(account) -> int:
    return queries.tasks_of(account).count()


rail.put(
    rail.RailItem(_("Việc cần làm"), "tasks", 20, _sees_tasks, _open_tasks),
    rail.RailItem(_("Nhật ký"), "journal", 100, _sees_journal),
    rail.RailItem(_("Kho tệp"), "files", 105, _sees_files, _broken_files),
)
composed.put_door("office.storedfile", lambda _number: reverse("files"))
