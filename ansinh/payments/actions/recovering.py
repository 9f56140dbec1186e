"""Thu hồi khoản hưởng sai on paper: a case is opened, the debtor told and heard, and it is decided how the money comes back."""
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.documents.alongside import Order, Wanted, issue
from ansinh.engine.law.book import ASSISTANCE, MERIT
from ansinh.engine.text.money import dotted
from ansinh.office import clock
from ansinh.office.act import action, current_entry
from ansinh.web.refusal import Refusal

from ..letters import decision_of_case, notice_of
from ..models import Payable, RecoveryCase, RecoveryMonth, RecoveryStep
from ..queries.recovery import cases_of_months, left_of, waiting_claims
from .keeping_cases import renew_state
from .recovery_steps import add_step, locked, take_back_steps, wanted
from .recovery_tasks import ask_to_open, close_opening

State, Kind, Way = RecoveryCase.State, RecoveryStep.Kind, RecoveryStep.Way
FIELDS = (MERIT, ASSISTANCE)


def _of_person(person, *, field="merit", **_other):
    return person.area_path, field


def _take_back_opening(entry):
    take_back_steps(entry)
    for case in RecoveryCase.objects.filter(opened_in=entry, state=State.WITHDRAWN).select_related("person"):
        ask_to_open([case.person], case.field)


@action("payments.open_recovery", label=gettext_lazy("Mở vụ việc thu hồi"), scope=_of_person, undo=_take_back_opening, private=("words",))
def open_recovery(person, *, field="merit", words="") -> RecoveryCase:
    """Mở vụ việc thu hồi: every month that the person owes back in a field and that no case has yet becomes one case."""
    payables = Payable.objects.filter(person=person, field=field)
    len(payables.select_for_update().order_by("pk").values_list("pk", flat=True))
    months = waiting_claims(payables)
    if not months:
        taken = cases_of_months(payables)
        where = _(" Đã thuộc vụ việc %(case)s.") % {"case": next(iter(taken.values()))} if taken else ""
        raise Refusal(_("%(name)s không có khoản chi thừa nào chờ mở vụ việc.") % {"name": person.name} + where)
    case = RecoveryCase.objects.create(person=person, field=field, opened_on=clock.today(), opened_in=current_entry())
    RecoveryMonth.objects.bulk_create(
        RecoveryMonth(case=case, payable_id=payable, month=month, amount=owed) for (payable, month), owed in months.items()
    )
    RecoveryStep.objects.create(
        case=case, number=1, kind=Kind.OPENED, on=clock.today(), words=words, amount=sum(months.values()), recorded_in=current_entry()
    )
    close_opening(person.pk)
    renew_state(case)
    return case


@action("payments.give_notice", label=gettext_lazy("Ghi thông báo thu hồi"), undo=take_back_steps)
def give_notice(case, *, after, on, paper="", due_on=None, letter=None, by):
    """Ghi thông báo thu hồi: its number and day, and until when the debtor may answer; ``letter`` orders the notice itself with it."""
    case = locked(case)
    if due_on and due_on < on:
        raise Refusal(_("Hạn trả lời trước ngày thông báo."), field="due_on")
    paper = _issued(notice_of(case, due_on), letter, on, by) or wanted(paper, _("Ghi số thông báo."), "paper")
    return add_step(case, Kind.NOTICE, after=after, on=on, paper=paper, due_on=due_on)


@action("payments.hear_debtor", label=gettext_lazy("Ghi ý kiến người phải trả"), undo=take_back_steps, private=("words", "paper"))
def hear_debtor(case, *, after, on, words, paper):
    """Ghi ý kiến của người phải trả: what they said, or that they said nothing, and the paper that shows it."""
    case = locked(case)
    if case.state == State.OPENED:
        raise Refusal(_("Chưa thông báo cho người phải trả; ghi thông báo trước rồi ghi ý kiến."))
    words = wanted(words, _("Ghi người phải trả nói gì; không có ý kiến thì ghi “không có ý kiến”."), "words")
    return add_step(case, Kind.HEARING, after=after, on=on, words=words, paper=wanted(paper, _("Ghi biên bản hoặc giấy có ý kiến ấy."), "paper"))


@action("payments.decide_recovery", label=gettext_lazy("Quyết định thu hồi"), undo=take_back_steps)
def decide_recovery(
    case, *, after, on, paper="", amount, way, monthly=None, percent=None, first_month=None, other_field="", due_on=None, letter=None, by,
):
    """Quyết định thu hồi: how much comes back, and how: by instalments of a share or an amount a month, or in one payment.

    No law is known that limits the share: it is what this decision says. A further decision takes the place of an earlier.
    ``letter`` orders the decision as a letter with it.
    """
    case = locked(case)
    refuse_own(case, by)
    if case.state in (State.OPENED, State.NOTICED):
        raise Refusal(_("Chưa ghi ý kiến của người phải trả; ghi ý kiến, kể cả “không có ý kiến”, rồi quyết định."))
    check_amount(amount, left_of(case))
    values = {"amount": amount, "way": Way(way)}
    if way == Way.INSTALMENTS:
        values |= _instalment(monthly, percent, first_month, other_field, case)
    elif due_on and due_on < on:
        raise Refusal(_("Hạn nộp trước ngày quyết định."), field="due_on")
    paper = _issued(decision_of_case(case, {**values, "due_on": due_on}), letter, on, by) or wanted(paper, _("Ghi số quyết định."), "paper")
    return add_step(case, Kind.DECISION, after=after, on=on, due_on=due_on, paper=paper, **values)


def _issued(letter: Wanted, order: Order | None, on, by) -> str:
    """The symbol of the letter that goes with a step, where one was ordered; it bears the day on which it is issued."""
    if order is None:
        return ""
    if on != clock.today():
        raise Refusal(_("Văn bản phát hành ở đây mang ngày hôm nay; ghi ngày hôm nay, hoặc ghi số văn bản đã có."), field="on")
    return str(issue(letter, order.signer, by))


def _instalment(monthly, percent, first_month, other_field, case):
    if (monthly is None) == (percent is None):
        raise Refusal(_("Ghi số tiền trừ mỗi tháng hoặc phần trăm trừ mỗi tháng, một trong hai."), field="monthly")
    if monthly is not None and monthly <= 0:
        raise Refusal(_("Số tiền trừ mỗi tháng phải lớn hơn 0."), field="monthly")
    if percent is not None and not 1 <= percent <= 100:
        raise Refusal(_("Phần trăm trừ mỗi tháng phải từ 1 đến 100."), field="percent")
    if first_month is None:
        raise Refusal(_("Ghi trừ từ danh sách tháng nào."), field="first_month")
    if other_field and (other_field not in FIELDS or other_field == case.field):
        raise Refusal(_("Lĩnh vực khác để trừ không đúng."), field="other_field")
    return {"monthly": monthly, "percent": percent, "first_month": first_month.replace(day=1), "other_field": other_field}


@action("payments.suspend_recovery", label=gettext_lazy("Tạm dừng trừ thu hồi"), undo=take_back_steps, private=("words",))
def suspend_recovery(case, *, after, on, words, paper="", due_on=None):
    """Tạm dừng trừ thu hồi: nothing is deducted from the next list on, until it goes on again."""
    case = locked(case)
    if case.state != State.DECIDED:
        raise Refusal(_("Chỉ tạm dừng được vụ việc đã có quyết định và đang thu."))
    if due_on and due_on < on:
        raise Refusal(_("Ngày hết tạm dừng trước ngày tạm dừng."), field="due_on")
    words = wanted(words, _("Ghi vì sao tạm dừng."), "words")
    return add_step(case, Kind.SUSPENSION, after=after, on=on, words=words, paper=paper.strip(), due_on=due_on)


@action("payments.resume_recovery", label=gettext_lazy("Trừ tiếp"), undo=take_back_steps, private=("words",))
def resume_recovery(case, *, after, on, words="", paper=""):
    """Trừ tiếp: the decision deducts again from the next list on."""
    case = locked(case)
    if case.state != State.SUSPENDED:
        raise Refusal(_("Vụ việc này không tạm dừng."))
    return add_step(case, Kind.RESUMPTION, after=after, on=on, words=words.strip(), paper=paper.strip())


def refuse_own(case, by):
    """Who opened a case does not decide it."""
    if case.opened_in.by_id == by.pk:
        raise Refusal(_("Người quyết định phải là người khác người mở vụ việc %(case)s.") % {"case": case})


def check_amount(amount, left):
    """An amount from 1 to what is left."""
    if not 0 < amount <= left:
        told = _("Vụ việc còn phải thu %(left)s đồng; số nhập phải từ 1 đến số đó.")
        raise Refusal(told % {"left": dotted(left)}, field="amount")
