"""Two letters on their way to one person: the decision on a lower allowance, and the notice of what was paid by mistake."""
from datetime import date

from ansinh.documents import actions as documents
from ansinh.payments.models import RecoveryCase
from ansinh.payments.queries.recovery import sums_of_cases

from .scene import Step, Walk, at


def letters(here: Walk) -> list[Step]:
    """Both letters with their moments; the steps of the recovery case come before them on the same days."""
    return [
        Step(at(date(2023, 7, 27), 10), "Phát hành quyết định điều chỉnh", lambda: change(here)),
        Step(at(date(2023, 8, 2), 10), "Phát hành thông báo thu hồi", lambda: notice(here)),
    ]


def change(here: Walk):
    """The decision behind the lower grade."""
    person = _case().person
    payable = person.payables.latest("pk")
    values = {
        "scheme": str(payable), "amount": payable.postings.latest("pk").total, "since": date(2023, 5, 1),
        "basis": "Biên bản giám định y khoa số 131/GĐYK ngày 30/06/2023", "reason": "giám định lại, tỷ lệ tổn thương cơ thể thấp hơn",
    }
    _issue(here, "change", values, f"benefits.entitlement:{payable.pk}")


def notice(here: Walk):
    """What is left to pay back, and until when the debtor may answer."""
    case = _case()
    values = {
        "scheme": "trợ cấp ưu đãi hằng tháng", "amount": sums_of_cases([case.pk])[case.pk].left, "reply_by": date(2023, 8, 12),
        "reason": "tỷ lệ tổn thương cơ thể thấp hơn từ tháng 5/2023, đã chi theo tỷ lệ cũ",
    }
    _issue(here, "recovery_notice", values, f"payments.recoverycase:{case.pk}")


def _issue(here, kind, values, about):
    signer, officer = here.staff["lanhdao"], here.staff["phubinh"]
    documents.issue_letter(_case().person, kind=kind, field="merit", signer=signer, values=values, about=about, by=officer)


def _case() -> RecoveryCase:
    return RecoveryCase.objects.open().earliest("pk")
