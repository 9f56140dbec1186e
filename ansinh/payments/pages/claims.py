"""What persons owe back, month by month, and what was not collected and waits."""
from dataclasses import dataclass

from django import forms
from django.db.models import Case, F, Max, Q, Sum, When
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.text.dates import parse_month
from ansinh.engine.text.money import dotted
from ansinh.office import rights
from ansinh.web.acting import act_on_form
from ansinh.web.fields import AmountField
from ansinh.web.page import Button, Chip, Crumb, FormPage, Page

from .. import actions
from ..models import Item, LedgerAccount, Line, Movement, Payable
from ..queries.carried import WAITING
from ..queries.recovery import cases_of_months
from .parts import RAIL, list_url, person_url, place_name
from .recovering import OPEN_ACT
from .recovery import case_url

SIZE = 200


@dataclass(frozen=True)
class ClaimsPage(Page):
    """Rows of open claims or of waiting amounts with their sum."""

    rows: tuple = ()
    total: int = 0
    people: int = 0


class RefundForm(forms.Form):
    amount = AmountField(label=gettext_lazy("Số tiền thu lại (đồng)"), help_text=gettext_lazy("Từ 1 đến số còn phải thu hồi của tháng."))
    paper = forms.CharField(label=gettext_lazy("Phiếu thu"), help_text=gettext_lazy("Số, ngày của phiếu thu hoặc giấy nộp tiền."), max_length=200)


class WaiveForm(forms.Form):
    amount = AmountField(label=gettext_lazy("Số tiền miễn (đồng)"), help_text=gettext_lazy("Từ 1 đến số còn phải thu hồi của tháng."))
    reason = forms.CharField(label=gettext_lazy("Quyết định miễn thu hồi"), help_text=gettext_lazy("Số, ngày, người ký."), max_length=200)


REFUND, WAIVE = "payments.record_refund", "payments.waive"


def open_claims(account, **narrowed):
    """Months in which visible payables are still owed back, the largest first."""
    sign = Case(When(debit=LedgerAccount.CLAIM, then=F("amount")), default=-F("amount"))
    moved = Movement.objects.filter(
        Q(debit=LedgerAccount.CLAIM) | Q(credit=LedgerAccount.CLAIM), payable__in=Payable.objects.visible_to(account), **narrowed
    )
    rows = moved.values(
        "payable", "payable__title", "payable__person", "payable__person__name", "payable__person__area_path", "payable__field", "month"
    )
    owed = rows.annotate(owed=Sum(sign), found_at=Max("at", filter=Q(debit=LedgerAccount.CLAIM))).filter(owed__gt=0)
    return owed.order_by("-owed", "payable", "month")


def claims_page(request):
    """Phải thu hồi: open claims by person and month."""
    _refuse_strangers(request)
    rows = list(open_claims(request.user)[:SIZE])
    cases = cases_of_months({row["payable"] for row in rows})
    page = ClaimsPage(
        title=_("Phải thu hồi"), rail=RAIL, crumbs=(Crumb(_("Chi trả"), reverse("payments.lists")),), total=sum(row["owed"] for row in rows),
        people=len({row["payable__person"] for row in rows}), rows=tuple(_claim(row, cases, request.user) for row in rows),
        note=_("Khoản chi thừa còn phải thu, theo từng tháng; chỉ trừ vào tháng khác theo quyết định của vụ việc. Số lớn trước."),
        buttons=(Button(_("Vụ việc thu hồi"), reverse("payments.recoveries")),),
    )
    return render(request, "payments/claims.html", {"page": page})


def _claim(row, cases, account):
    place, month = (row["payable__person__area_path"], row["payable__field"]), f"{row['month']:%Y-%m}"
    named = {"payable": row["payable"], "month": month}
    case = cases.get((row["payable"], row["month"]))
    return {
        "name": row["payable__person__name"], "url": person_url(row["payable__person"]), "title": row["payable__title"],
        "month": row["month"], "owed": row["owed"], "found_at": row["found_at"],
        "case": case, "case_url": case_url(case.pk) if case else "",
        "open": _opening(row) if not case and rights.may(account, OPEN_ACT, *place) else "",
        "refund": reverse("payments.refund", kwargs=named) if not case and rights.may(account, REFUND, *place) else "",
        "waive": reverse("payments.waive", kwargs=named) if not case and rights.may(account, WAIVE, *place) else "",
    }


def _opening(row):
    return f"{reverse('payments.open_recovery', args=[row['payable__person']])}?linh-vuc={row['payable__field']}"


def refund(request, payable: int, month: str):
    """Thu lại bằng tiền mặt."""
    return _reduce(request, payable, month, REFUND, RefundForm, actions.record_refund, _("Thu lại bằng tiền mặt"))


def waive(request, payable: int, month: str):
    """Miễn thu hồi theo quyết định."""
    return _reduce(request, payable, month, WAIVE, WaiveForm, actions.waive, _("Miễn thu hồi"))


def _reduce(request, payable, month, act, form, call, verb):
    found = get_object_or_404(Payable.objects.visible_to(request.user).select_related("person"), pk=payable)
    asked, _fault = parse_month(month)
    if asked is None or not rights.may(request.user, act, found.area_path, found.field):
        raise Http404
    row = open_claims(request.user, payable=found, month=asked).first()
    if row is None:
        raise Http404
    back = reverse("payments.claims")
    words = {"verb": verb, "who": found.person.name, "month": f"{asked:%m/%Y}"}
    frame = FormPage(
        title=_("%(verb)s: %(who)s, tháng %(month)s") % words, rail=RAIL, verb=verb, back=back, crumbs=(Crumb(_("Phải thu hồi"), back),),
        note=_("%(what)s · còn phải thu hồi %(owed)s đ") % {"what": found.title, "owed": dotted(row["owed"])},
        foot=_("Ghi vào sổ chi một lần, không sửa được; ghi nhầm thì làm việc ngược lại."),
    )
    return act_on_form(
        request, frame, form, lambda values: call(found, month=asked, by=request.user, **values), lambda _done: back, initial={"amount": row["owed"]},
    )


def unpaid_page(request):
    """Chưa nhận: amounts that the provider could not pay out and that wait for a further list."""
    _refuse_strangers(request)
    waiting = Item.objects.filter(line__in=Line.objects.visible_to(request.user), result__in=WAITING, carried_to=None)
    waits = Sum("items__amount", filter=Q(items__result__in=WAITING, items__carried_to=None))
    lines = Line.objects.filter(pk__in=waiting.values("line")).annotate(waits=waits, ended=Max("items__posting__payable__ends_on"))
    lines = lines.select_related("paylist__area__parent").order_by("-paylist__month", "paylist__area_path", "position")[:SIZE]
    rows = tuple(_waiting(line) for line in lines)
    page = ClaimsPage(
        title=_("Chưa nhận"), rail=RAIL, crumbs=(Crumb(_("Chi trả"), reverse("payments.lists")),), rows=rows,
        total=sum(row["line"].waits for row in rows), people=len({row["line"].person_id for row in rows}),
        note=_("Đã vào danh sách mà chưa nhận, chưa vào danh sách sau. Tiền còn ở bưu điện, ngân hàng."),
    )
    return render(request, "payments/unpaid.html", {"page": page})


def _waiting(line):
    ended = line.ended is not None and line.ended < line.paylist.month
    chip = Chip(_("Chờ giải quyết: đã thôi hưởng"), "warn") if ended else Chip(_("Vào danh sách sau"), "half")
    return {"line": line, "url": person_url(line.person_id), "list_url": list_url(line.paylist), "place": place_name(line.paylist.area), "chip": chip}


def _refuse_strangers(request):
    if not rights.sees(request.user, "money"):
        raise Http404
