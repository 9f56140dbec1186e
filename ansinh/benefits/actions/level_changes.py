"""Saying that a change of level by age was dealt with."""
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office.act import action
from ansinh.office.actions import close_task
from ansinh.office.models import Task
from ansinh.web.refusal import Refusal


@action("benefits.finish_level_changes", label=gettext_lazy("Ghi đã làm xong đổi mức theo tuổi"))
def finish_level_changes(task: Task, *, note: str):
    """Ghi đã làm xong đổi mức theo tuổi: decisions were issued elsewhere, or none is needed; with what was done about it."""
    if not note.strip():
        raise Refusal(_("Ghi đã làm gì, theo giấy tờ nào."), field="note")
    close_task(task)
