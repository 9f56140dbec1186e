"""What the books say for letters about a recovery: the notice and the decision of a case, filled in beforehand. / Văn bản thu hồi."""
from django.utils.translation import gettext as _

from ansinh.documents.alongside import Wanted
from ansinh.engine.text.money import dotted

from .models import Payable, RecoveryCase, RecoveryStep
from .queries.recovery import left_of, standing_steps

Kind, Way = RecoveryStep.Kind, RecoveryStep.Way


def notice_of(case: RecoveryCase, due_on) -> Wanted:
    """Thông báo thu hồi: what was paid too much, why, and until when the debtor may answer."""
    return _letter(case, "recovery_notice", {"amount": left_of(case), "reply_by": due_on})


def decision_of_case(case: RecoveryCase, decided: dict) -> Wanted:
    """Quyết định thu hồi: how much, on which papers it rests, and in which way it comes back."""
    papers = [step for step in standing_steps(case) if step.kind in (Kind.NOTICE, Kind.HEARING)]
    told = _("%(step)s: %(paper)s ngày %(day)s")
    basis = "; ".join(told % {"step": step.get_kind_display(), "paper": step.paper, "day": f"{step.on:%d/%m/%Y}"} for step in papers)
    return _letter(case, "recovery_decision", {"amount": decided["amount"], "basis": basis, "manner": manner_words(decided)})


def manner_words(decided: dict) -> str:
    """``trừ mỗi tháng 150.000 đồng, từ danh sách tháng 08/2023``: the way of a decision, given by the names of its step."""
    if decided["way"] == Way.REFUND:
        due_on = decided.get("due_on")
        return _("nộp lại một lần") + (_(", hạn ngày %(day)s") % {"day": f"{due_on:%d/%m/%Y}"} if due_on else "")
    monthly, first = decided.get("monthly"), decided.get("first_month")
    each = _("%(amount)s đồng") % {"amount": dotted(monthly)} if monthly else _("%(n)s %% số chi") % {"n": decided.get("percent")}
    return _("trừ mỗi tháng %(each)s") % {"each": each} + (_(", từ danh sách tháng %(month)s") % {"month": f"{first:%m/%Y}"} if first else "")


def scheme_words(case: RecoveryCase) -> str:
    """``chế độ thương binh, 61 %``: what was paid too much, as it is printed."""
    payables = dict.fromkeys(month.payable for month in case.months.select_related("payable").order_by("payable", "month"))
    return "; ".join(dict.fromkeys(payable_words(payable) for payable in payables))


def payable_words(payable: Payable) -> str:
    """What is paid, within a sentence of a letter: ``chế độ thương binh, 61 %``."""
    title = payable.title
    return _("chế độ %(what)s") % {"what": f"{title[:1].lower()}{title[1:]}"}


def _letter(case, kind, values):
    about = f"payments.recoverycase:{case.pk}"
    return Wanted(kind, case.person, case.field, about, {"scheme": scheme_words(case), "reason": _why(case), **values})


def _why(case):
    months = sorted({month.month for month in case.months.all()})
    first, last = (f"{month:%m/%Y}" for month in (months[0], months[-1]))
    span = first if len(months) == 1 else _("%(first)s đến %(last)s") % {"first": first, "last": last}
    return _("đã chi cao hơn mức được hưởng, tháng %(months)s") % {"months": span}
