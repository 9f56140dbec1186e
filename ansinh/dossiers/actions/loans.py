"""The paper file goes out of the store and comes back."""
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import clock
from ansinh.office.act import action, current_entry
from ansinh.web.refusal import Refusal

from ..models import Dossier, Loan


def _take_back(entry):
    if Loan.objects.filter(lent_in=entry).exclude(back_on=None).exists():
        raise Refusal(_("Hồ sơ giấy đã được trả; hoàn tác việc ghi trả trước."))
    Loan.objects.filter(lent_in=entry).delete()


def _send_out(entry):
    loan = Loan.objects.select_related("dossier").get(returned_in=entry)
    if out := loan.dossier.loans.filter(back_on=None).first():
        raise Refusal(_("Hồ sơ giấy đã được cho mượn lần nữa ngày %(day)s; hoàn tác lượt mượn ấy trước.") % {"day": f"{out.out_on:%d/%m/%Y}"})
    loan.back_on = loan.returned_in = None
    loan.save()


@action("dossiers.lend_dossier", label=gettext_lazy("Cho mượn hồ sơ giấy"), undo=_take_back, private=("borrower", "purpose"))
def lend_dossier(dossier: Dossier, *, borrower: str, purpose: str, due_on: date, out_on: date | None = None) -> Loan:
    """Cho mượn hồ sơ giấy: who takes the paper file, what for, and until when; it is out once at a time."""
    out_on = out_on or clock.today()
    if dossier.lost_on:
        raise Refusal(_("Bản gốc của %(code)s đã ghi là mất; ghi tìm thấy trước rồi mới cho mượn.") % {"code": dossier})
    if out := dossier.loans.filter(back_on=None).first():
        raise Refusal(_("%(code)s đang cho mượn từ ngày %(day)s; ghi trả trước.") % {"code": dossier, "day": f"{out.out_on:%d/%m/%Y}"})
    if out_on > clock.today():
        raise Refusal(_("Ngày mượn chưa đến."), field="out_on")
    if due_on < out_on:
        raise Refusal(_("Ngày hẹn trả trước ngày mượn."), field="due_on")
    return Loan.objects.create(
        dossier=dossier, borrower=borrower, purpose=purpose, out_on=out_on, due_on=due_on, lent_in=current_entry()
    )


@action("dossiers.return_dossier", label=gettext_lazy("Nhận lại hồ sơ giấy"), undo=_send_out)
def return_dossier(dossier: Dossier, *, back_on: date | None = None) -> Loan:
    """Nhận lại hồ sơ giấy: the paper file is back in its place."""
    back_on = back_on or clock.today()
    loan = dossier.loans.filter(back_on=None).first()
    if loan is None:
        raise Refusal(_("%(code)s không có lượt mượn nào chưa trả.") % {"code": dossier})
    if back_on > clock.today():
        raise Refusal(_("Ngày trả chưa đến."), field="back_on")
    if back_on < loan.out_on:
        raise Refusal(_("Ngày trả trước ngày mượn %(day)s.") % {"day": f"{loan.out_on:%d/%m/%Y}"}, field="back_on")
    loan.back_on, loan.returned_in = back_on, current_entry()
    loan.save()
    return loan
