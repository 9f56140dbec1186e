"""What is done about a recovery case: opened, then each step on a form that shows what it changes; the way back from money."""
from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.documents.alongside import choice_of, complete, order_of
from ansinh.engine.months import next_month
from ansinh.office import clock, rights
from ansinh.registry.models import Person
from ansinh.web.acting import act_on_form
from ansinh.web.fields import AmountField, DayField, MonthField
from ansinh.web.page import Crumb, Effect, EffectGroup, FormPage
from ansinh.web.templatetags.office_words import count

from .. import actions
from ..letters import decision_of_case, notice_of
from ..models import Payable, RecoveryStep
from ..queries.recovery import left_of, waiting_claims
from .parts import RAIL
from .recovery import FIELD_WORDS, case_url
from .recovery_case import CANCELLED_BY, VERBS, visible_case

Way = RecoveryStep.Way
OPEN_ACT = "payments.open_recovery"
NO_LIMIT = gettext_lazy("Không biết có giới hạn luật định nào cho phần trừ mỗi tháng: phần trừ là điều quyết định này ghi.")
MONEY_MOVES = gettext_lazy("Ghi vào sổ chi một lần, không sửa được; ghi nhầm thì hủy ở trang vụ việc.")
NUMBERED = gettext_lazy("Để trống thì bước sau phát hành văn bản ngay, số do sổ cấp. Đã có văn bản giấy thì ghi số của nó.")
REVERSIBLE = gettext_lazy("Chưa đồng nào chuyển; hoàn tác được ở Nhật ký đến khi có bước sau.")


class _StepForm(forms.Form):
    """What every step has: its day, and the number of the last step that was seen."""

    on = DayField(label=gettext_lazy("Ngày"))
    after = forms.IntegerField(widget=forms.HiddenInput())


class OpenForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("Ghi chú (nếu có)"), required=False, max_length=500, widget=forms.Textarea({"rows": 2}),
    )


class NoticeForm(_StepForm):
    paper = forms.CharField(label=gettext_lazy("Số thông báo"), max_length=200, required=False, help_text=NUMBERED)
    due_on = DayField(label=gettext_lazy("Hạn trả lời ghi trong thông báo (nếu có)"), required=False)


class HearingForm(_StepForm):
    words = forms.CharField(
        label=gettext_lazy("Người phải trả nói gì"), max_length=1_000, widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("Không có ý kiến thì ghi “không có ý kiến”."),
    )
    paper = forms.CharField(label=gettext_lazy("Biên bản, đơn hoặc giấy có ý kiến ấy"), max_length=200)


class DecisionForm(_StepForm):
    paper = forms.CharField(label=gettext_lazy("Số quyết định"), max_length=200, required=False, help_text=NUMBERED)
    amount = AmountField(label=gettext_lazy("Số tiền thu hồi (đồng)"), help_text=gettext_lazy("Từ 1 đến số còn phải thu."))
    way = forms.ChoiceField(label=gettext_lazy("Cách thu hồi"), choices=Way.choices, widget=forms.RadioSelect)
    monthly = AmountField(label=gettext_lazy("Trừ mỗi tháng (đồng)"), required=False, help_text=gettext_lazy("Ghi ô này hoặc ô phần trăm."))
    percent = forms.IntegerField(label=gettext_lazy("Trừ mỗi tháng (% số chi của tháng)"), required=False, help_text=gettext_lazy("Từ 1 đến 100."))
    first_month = MonthField(label=gettext_lazy("Trừ từ danh sách tháng"), required=False)
    other_field = forms.ChoiceField(
        label=gettext_lazy("Trừ cả vào tiền chi của lĩnh vực khác"), required=False,
        choices=[("", gettext_lazy("không, chỉ lĩnh vực của vụ việc")), *FIELD_WORDS.items()],
    )
    due_on = DayField(label=gettext_lazy("Hạn nộp, nếu nộp lại một lần"), required=False)


class WaiverForm(_StepForm):
    paper = forms.CharField(label=gettext_lazy("Số quyết định miễn thu hồi"), max_length=200)
    amount = AmountField(label=gettext_lazy("Số tiền miễn (đồng)"), help_text=gettext_lazy("Từ 1 đến số còn phải thu."))
    words = forms.CharField(label=gettext_lazy("Lý do miễn"), max_length=1_000, widget=forms.Textarea({"rows": 3}))


class RepaymentForm(_StepForm):
    paper = forms.CharField(label=gettext_lazy("Số phiếu thu hoặc giấy nộp tiền"), max_length=200)
    amount = AmountField(label=gettext_lazy("Số tiền nộp (đồng)"), help_text=gettext_lazy("Từ 1 đến số còn phải thu."))
    payer = forms.CharField(label=gettext_lazy("Người nộp, nếu không phải người phải trả"), required=False, max_length=200)


class SuspensionForm(_StepForm):
    words = forms.CharField(label=gettext_lazy("Vì sao tạm dừng"), max_length=500, widget=forms.Textarea({"rows": 3}))
    paper = forms.CharField(label=gettext_lazy("Giấy tờ (nếu có)"), required=False, max_length=200)
    due_on = DayField(label=gettext_lazy("Tạm dừng đến ngày (nếu có)"), required=False)


class ResumptionForm(_StepForm):
    paper = forms.CharField(label=gettext_lazy("Giấy tờ (nếu có)"), required=False, max_length=200)
    words = forms.CharField(label=gettext_lazy("Ghi chú (nếu có)"), required=False, max_length=500)


class BackForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Vì sao hủy"), max_length=200, widget=forms.Textarea({"rows": 3}))


@dataclass(frozen=True)
class _Form:
    """How one step is asked for: its form, its act, and what its foot explains."""

    form: type
    call: Callable
    foot: str = REVERSIBLE


FORMS = {
    "thong-bao": _Form(NoticeForm, actions.give_notice),
    "y-kien": _Form(HearingForm, actions.hear_debtor),
    "quyet-dinh": _Form(DecisionForm, actions.decide_recovery, NO_LIMIT),
    "nop": _Form(RepaymentForm, actions.record_repayment, MONEY_MOVES),
    "mien": _Form(WaiverForm, actions.waive_recovery, MONEY_MOVES),
    "tam-dung": _Form(SuspensionForm, actions.suspend_recovery),
    "tru-tiep": _Form(ResumptionForm, actions.resume_recovery),
}


def open_case(request, person: int):
    """Mở vụ việc thu hồi của một người: in the field that the address names, else in the one in which something waits for a case."""
    found = get_object_or_404(Person.objects.visible_to(request.user), pk=person)
    field = request.GET.get("linh-vuc") or _field_of(found)
    if not rights.may(request.user, OPEN_ACT, found.area_path, field):
        raise Http404
    back = reverse("payments.claims")
    frame = FormPage(
        title=_("Mở vụ việc thu hồi: %(name)s") % {"name": found.name}, rail=RAIL, crumbs=(Crumb(_("Phải thu hồi"), back),), back=back,
        verb=_("Mở vụ việc"), foot=REVERSIBLE, note=_("Mọi tháng còn phải thu của người này, chưa thuộc vụ việc nào, thành một vụ việc."),
    )
    return act_on_form(
        request, frame, OpenForm, lambda values: actions.open_recovery(found, field=field, by=request.user, **values),
        lambda made: case_url(made.pk), effects=lambda _values: (_months_of(found, field),),
    )


def _field_of(person):
    waiting = waiting_claims(Payable.objects.filter(person=person))
    fields = Payable.objects.filter(pk__in={payable for payable, _month in waiting}).order_by("pk").values_list("field", flat=True)
    return fields.first() or "merit"


def _months_of(person, field):
    payables = Payable.objects.filter(person=person, field=field)
    titles = dict(payables.values_list("pk", "title"))
    effects = tuple(
        Effect("−", _("Tháng %(month)s") % {"month": f"{month:%m/%Y}"}, titles[payable], -owed)
        for (payable, month), owed in waiting_claims(payables).items()
    )
    return EffectGroup(_("Tháng chi thừa của vụ việc"), effects, _("chưa đồng nào chuyển"))


def step(request, pk: int, slug: str):
    """Một bước của vụ việc: form, then its act."""
    case = visible_case(request.user, pk)
    act, words = next(((act, words) for act, verb, words, _states in VERBS if verb == slug), (None, ""))
    if act is None or not rights.may(request.user, act, case.area_path, case.field):
        raise Http404
    asked, left = FORMS[slug], left_of(case)
    frame = FormPage(
        title=_("%(verb)s: %(case)s") % {"verb": words, "case": case}, rail=RAIL, verb=words, back=case_url(case.pk), foot=asked.foot,
        crumbs=(Crumb(_("Vụ việc thu hồi"), reverse("payments.recoveries")), Crumb(str(case), case_url(case.pk))),
        note=_("%(name)s · còn phải thu %(left)s đ") % {"name": case.person.name, "left": count(left)},
    )
    initial = {
        "on": clock.today(), "after": case.steps.count(), "amount": left, "first_month": next_month(clock.today()),
        "way": Way.INSTALMENTS,
    }
    return act_on_form(
        request, frame, asked.form, lambda values: asked.call(case, by=request.user, **_with_order(values)), lambda _done: case_url(case.pk),
        initial={name: value for name, value in initial.items() if name in asked.form.base_fields},
        effects=EFFECTS[slug](case) if slug in EFFECTS else None,
        decide=(lambda values: choice_of(_letters(case, slug, values, request.user))) if slug in LETTERS else None,
    )


def _with_order(values):
    """What the act is told: the letter that was ordered stands in one value."""
    order = order_of(values)
    return {**values, "letter": order} if order else values


def _letters(case, slug, values, account):
    """The letter that goes with the step; none where its number was typed, for then it is on paper already."""
    if values["paper"].strip() or values["on"] != clock.today():
        return ()
    return complete((LETTERS[slug](case, values),), account)


def _of_notice(case, values):
    """What a notice changes, where it is issued here; one that is on paper already is written down at once."""
    if values["paper"].strip():
        return None
    due_on = values["due_on"]
    until = _("hạn trả lời %(day)s") % {"day": f"{due_on:%d/%m/%Y}"} if due_on else _("không ghi hạn trả lời: không phát hành được ở đây")
    words = _("Báo %(name)s khoản còn phải thu; chưa trừ vào đâu") % {"name": case.person.name}
    return (EffectGroup(_("Đổi ngay khi ghi"), (Effect("✎", words, small=until, amount=left_of(case)),), _("hoàn tác được")),)


def _of_decision(case, values):
    """What a decision would do to the coming lists."""
    amount, monthly = values["amount"], values["monthly"]
    if values["way"] == Way.REFUND:
        effects = (Effect("✎", _("Chờ nộp lại một lần; không trừ vào khoản chi nào"), amount=amount),)
    elif monthly:
        lists = -(-amount // monthly)
        effects = (Effect("−", _("Mỗi danh sách trừ đến khi đủ, khoảng %(n)s danh sách") % {"n": lists}, amount=-min(monthly, amount)),)
    else:
        effects = (Effect("−", _("Mỗi danh sách trừ %(n)s %% số chi của tháng") % {"n": values["percent"] or 0}, aside=_("đến khi đủ")),)
    note = _("khoản chuyển sang từ tháng trước không bị trừ lần nữa; không trừ khi người phải trả đã mất")
    return EffectGroup(_("Danh sách sau sẽ đổi"), effects, note)


LETTERS = {"thong-bao": lambda case, values: notice_of(case, values["due_on"]), "quyet-dinh": decision_of_case}
EFFECTS = {
    "thong-bao": lambda case: lambda values: _of_notice(case, values), "quyet-dinh": lambda case: lambda values: (_of_decision(case, values),),
}


def back(request, pk: int):
    """Hủy một phiếu thu, rút một quyết định miễn."""
    found = get_object_or_404(RecoveryStep.objects.select_related("case__person"), pk=pk, kind__in=CANCELLED_BY, withdrawn_in=None)
    case = visible_case(request.user, found.case_id)
    act = CANCELLED_BY[found.kind]
    if not rights.may(request.user, act, case.area_path, case.field):
        raise Http404
    call = actions.cancel_repayment if act == "payments.cancel_repayment" else actions.withdraw_waiver
    verb = _("Hủy phiếu thu") if call is actions.cancel_repayment else _("Rút quyết định miễn")
    frame = FormPage(
        title=_("%(verb)s %(paper)s") % {"verb": verb, "paper": found.paper}, rail=RAIL, verb=verb, back=case_url(case.pk), tone="stop",
        crumbs=(Crumb(_("Vụ việc thu hồi"), reverse("payments.recoveries")), Crumb(str(case), case_url(case.pk))),
        note=_("%(amount)s đ lại thành số còn phải thu.") % {"amount": count(found.amount)},
        foot=_("Dòng cũ vẫn còn trong Diễn biến, ghi là đã rút lại."),
    )
    return act_on_form(
        request, frame, BackForm, lambda values: call(found, reason=values["reason"], by=request.user), lambda _done: case_url(case.pk),
    )
