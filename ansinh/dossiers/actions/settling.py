"""Contradictions between papers, or between a dossier and the register: shown as a task, settled by choosing one value."""
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office.act import action, current_entry
from ansinh.office.actions import close_tasks, raise_task
from ansinh.web.refusal import Refusal

from ..models import Dossier, Entering, Settlement
from ..queries.agreement import agreement_of

ACT, CAUSE = "dossiers.settle", "contradiction"


def _unsettle(entry):
    """After the undo of a choice: it is asked again, unless the dossier was written into the register by it."""
    dossier = Dossier.objects.get(pk=int(entry.key.partition(":")[2]))
    if dossier.state == Dossier.State.VERIFIED:
        raise Refusal(_("Hồ sơ %(code)s đã được ghi vào sổ; hoàn tác việc ấy trước.") % {"code": dossier.code})
    ask_to_settle(dossier)


@action("dossiers.settle", label=gettext_lazy("Xử lý mâu thuẫn"), undo=_unsettle, private=("reason",))
def settle(dossier: Dossier, *, name: str, entering: Entering | None = None, reason: str = "") -> Settlement:
    """Xử lý mâu thuẫn: one of the values counts; without an entering what the register says stands."""
    open_ones = {found.field.code: found for found in agreement_of(dossier).contradictions}
    if name not in open_ones:
        raise Refusal(_("Mâu thuẫn này đã được xử lý; mở lại trang."))
    sides = open_ones[name].sides
    if entering is not None and entering.pk not in {row.entering.pk for side in sides for row in side.papers}:
        raise Refusal(_("Giá trị được chọn không còn trong hồ sơ; mở lại trang rồi chọn lại."))
    if entering is None and not any(side.row for side in sides):
        raise Refusal(_("Sổ chưa ghi gì về ô này; chọn giá trị của một giấy."))
    made = Settlement.objects.create(dossier=dossier, name=name, entering=entering, reason=reason.strip(), settled_in=current_entry())
    if not agreement_of(dossier).contradictions:
        close_tasks(ACT, key=f"dossiers.dossier:{dossier.pk}")
    return made


def ask_to_settle(dossier: Dossier):
    """One task a dossier while anything in it is contradicted; called by acts that may have brought it to light."""
    if found := agreement_of(dossier).contradictions:
        raise_task(
            ACT, key=f"dossiers.dossier:{dossier.pk}", cause=CAUSE, area_path=dossier.area_path, field=dossier.field,
            title=_("Xử lý mâu thuẫn trong hồ sơ %(code)s: %(fields)s") % {"code": dossier.code, "fields": ", ".join(f.field.title for f in found)},
        )
