"""What was paid by mistake and how it comes back: a grade that was lower since May, and a death that was learnt late."""
from datetime import date

from ansinh.benefits import actions as benefits
from ansinh.benefits.models import Entitlement
from ansinh.office import clock
from ansinh.payments import actions as payments
from ansinh.payments.models import RecoveryCase
from ansinh.registry import actions as registry
from ansinh.registry.models import Person

from .events import decision
from .scene import Step, Walk, at

LOWER_SINCE, FIRST_DEDUCTION = date(2023, 5, 1), date(2023, 9, 1)
LOWER_BY, LEAST_GRADE, MONTHLY, IN_CASH = 8, 31, 150_000, 200_000


def recoveries(here: Walk) -> list[Step]:
    """Every step of both cases with its moment."""
    return [
        Step(at(date(2023, 7, 12), 9), "Giám định lại thấp hơn, chi thừa từ tháng 5", lambda: lower_grade(here)),
        Step(at(date(2023, 7, 27), 9), "Mở vụ việc thu hồi", lambda: open_first(here)),
        Step(at(date(2023, 8, 2), 9), "Thông báo thu hồi", lambda: notice(here, "112/TB-PNV", date(2023, 8, 12))),
        Step(at(date(2023, 8, 10), 9), "Ý kiến của người phải trả", lambda: hearing(here)),
        Step(at(date(2023, 8, 16), 9), "Quyết định trừ dần", lambda: instalments(here)),
        Step(at(date(2023, 9, 29), 9), "Mở vụ việc của người đã mất", lambda: open_late_death(here)),
        Step(at(date(2023, 10, 3), 9), "Thông báo cho thân nhân", lambda: notice(here, "171/TB-PNV", date(2023, 10, 20))),
        Step(at(date(2023, 10, 5), 9), "Nộp lại một phần bằng tiền mặt", lambda: cash(here)),
    ]


def lower_grade(here: Walk):
    """A new conclusion of the medical board, lower, back to May: May to July were paid too much."""
    entitlement, officer = _wounded(), here.staff["phubinh"]
    grade = entitlement.terms_rows.current().latest("since").grade - LOWER_BY
    paper = "Biên bản giám định y khoa số 131/GĐYK ngày 30/06/2023"
    facts = {"since": LOWER_SINCE, "grade": grade}
    standing = registry.correct_standing(entitlement.person, code="wounded", source=paper, **facts, by=officer)
    benefits.correct(entitlement, source=decision(961), rests_on=standing, **facts, by=officer)


def _wounded() -> Entitlement:
    """A wounded soldier of Phú Bình whose grade leaves room below."""
    rows = Entitlement.objects.filter(
        standing="wounded", payable__ends_on=None, payable__person__died_on=None, payable__person__area_path__startswith="19.173.",
        terms_rows__withdrawn_at=None, terms_rows__grade__gte=LEAST_GRADE + LOWER_BY,
    )
    return rows.select_related("payable__person").order_by("-pk")[0]


def open_first(here: Walk):
    """The list of August had found it and raised a task."""
    payments.open_recovery(_owes_back(died=False), by=here.staff["phubinh"])


def open_late_death(here: Walk):
    """The list of October had found three months paid after a death."""
    payments.open_recovery(_owes_back(died=True), by=here.staff["phubinh"])


def _owes_back(*, died):
    claims = Person.objects.filter(payables__movements__debit="claim", recoveries=None, area_path__startswith="19.173.")
    return claims.exclude(died_on=None).first() if died else claims.filter(died_on=None).first()


def _case() -> RecoveryCase:
    return RecoveryCase.objects.open().latest("pk")


def notice(here: Walk, paper: str, due_on: date):
    """The debtor is told, with a day to answer."""
    payments.give_notice(_case(), after=1, on=clock.today(), paper=paper, due_on=due_on, by=here.staff["phubinh"])


def hearing(here: Walk):
    """What the debtor says to it."""
    words = "Nhận đã lĩnh theo tỷ lệ cũ, xin trả dần mỗi tháng 150.000 đồng"
    payments.hear_debtor(_case(), after=2, on=date(2023, 8, 10), words=words, paper="Biên bản làm việc ngày 10/08/2023", by=here.staff["phubinh"])


def instalments(here: Walk):
    """An amount a month, as the debtor had asked."""
    case = _case()
    payments.decide_recovery(
        case, after=3, on=date(2023, 8, 16), paper="1.139/QĐ-SLĐTBXH", amount=case.steps.get(number=1).amount, way="instalments",
        monthly=MONTHLY, first_month=FIRST_DEDUCTION, by=here.staff["nguoiduyet"],
    )


def cash(here: Walk):
    """A part at once, beside the instalments."""
    case = RecoveryCase.objects.open().earliest("pk")
    payments.record_repayment(case, after=4, on=date(2023, 10, 5), paper="Phiếu thu số 27", amount=IN_CASH, by=here.staff["ketoan"])
