"""Recovery cases: all that the reader sees, by place, state and age, with what is left; the same list as a file."""
from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.law.book import ASSISTANCE, MERIT
from ansinh.office import clock, rights
from ansinh.web import composed, exports
from ansinh.web.keyset import part_of
from ansinh.web.ledger import Link
from ansinh.web.page import Button, Chip, Crumb, Page, Pager

from ..models import RecoveryCase
from ..queries.recovery import sums_of_cases
from .parts import RAIL, person_url

SIZE = 100
State = RecoveryCase.State
ALL, CHUNK = "tat-ca", 500
AGES = {"30": gettext_lazy("quá 30 ngày"), "90": gettext_lazy("quá 90 ngày"), "180": gettext_lazy("quá 180 ngày")}
TONES = {
    State.OPENED: "warn", State.NOTICED: "half", State.HEARD: "half", State.DECIDED: "owe", State.SUSPENDED: "hold",
    State.CLOSED: "ok", State.WITHDRAWN: "hold",
}
FIELD_WORDS = {MERIT: gettext_lazy("người có công"), ASSISTANCE: gettext_lazy("trợ giúp xã hội")}
EXPORTS = {"csv": exports.as_csv, "xlsx": exports.as_xlsx}


class CaseFilters(forms.Form):
    """What narrows the cases; a nonsense value is ignored."""

    noi = forms.ChoiceField(label=gettext_lazy("Xã, phường"), required=False)
    buoc = forms.ChoiceField(
        label=gettext_lazy("Tình trạng"), required=False,
        choices=[("", gettext_lazy("Đang thu hồi")), *State.choices, (ALL, gettext_lazy("Mọi vụ việc"))],
    )
    tuoi = forms.ChoiceField(label=gettext_lazy("Mở đã"), required=False, choices=[("", gettext_lazy("bao lâu cũng xem")), *AGES.items()])

    def __init__(self, *args, places=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["noi"].choices = [("", _("Cả địa bàn")), *places]

    def chosen(self, name) -> str:
        """A chosen value, or nothing where it was not one of the choices."""
        return self.cleaned_data.get(name, "")


@dataclass(frozen=True)
class CasesPage(Page):
    """A part of the cases with their sum, filters, files and pager."""

    rows: tuple = ()
    count: int = 0
    left: int = 0
    filter_form: object = None
    exports: tuple[Link, ...] = ()
    pager: Pager | None = None


def state_chip(case) -> Chip:
    """A case's state as a shape and a word."""
    return Chip(case.get_state_display().capitalize(), TONES[case.state])


def case_url(case: int) -> str:
    return reverse("payments.recovery", args=[case])


def cases_page(request):
    """Vụ việc thu hồi."""
    if not rights.sees(request.user, "money"):
        raise Http404
    everything = RecoveryCase.objects.visible_to(request.user)
    form = CaseFilters(request.GET, places=_places(everything))
    form.is_valid()
    cases = _narrowed(everything, form)
    if export := EXPORTS.get(request.GET.get("tai")):
        return export("vu-viec-thu-hoi", _head(), _lines(cases))
    after = request.GET.get("sau", "")
    part, last = part_of(cases.select_related("person"), "opened_on", int(after) if after.isdecimal() else None, SIZE)
    sums = sums_of_cases(cases)
    page = CasesPage(
        title=_("Vụ việc thu hồi"), rail=RAIL, crumbs=(Crumb(_("Chi trả"), reverse("payments.lists")),),
        note=_("Khoản chi thừa được thu hồi thế nào: đã thông báo, ai nói gì, quyết định ra sao, đã thu bao nhiêu. Vụ việc mở lâu nhất ở trên."),
        buttons=(Button(_("Khoản phải thu theo tháng"), reverse("payments.claims")),), filter_form=form, count=len(sums),
        left=sum(found.left for found in sums.values()), rows=tuple(_rows(part, sums)),
        exports=tuple(Link(end.upper(), _address(request, tai=end)) for end in EXPORTS),
        pager=Pager(_("%(n)s vụ việc") % {"n": len(part)}, _address(request, sau="") if after else "", _address(request, sau=last) if last else ""),
    )
    return render(request, "payments/recoveries.html", {"page": page})


def _narrowed(cases, form):
    state, age = form.chosen("buoc"), form.chosen("tuoi")
    cases = cases.filter(person__area_path__startswith=form.chosen("noi"))
    if age:
        cases = cases.filter(opened_on__lt=clock.today() - timedelta(days=int(age)))
    if state == ALL:
        return cases
    return cases.filter(state=state) if state else cases.open()


def _places(cases):
    names = composed.place_names(set(cases.values_list("person__area_path", flat=True)))
    return sorted(names.items(), key=lambda pair: pair[1])


def _rows(cases, sums):
    names = composed.place_names({case.area_path for case in cases})
    for case in cases:
        yield {
            "case": case, "url": case_url(case.pk), "person": person_url(case.person_id), "place": names[case.area_path],
            "chip": state_chip(case), "sums": sums[case.pk], "days": (clock.today() - case.opened_on).days,
        }


def _head():
    return [
        _("Vụ việc"), _("Họ và tên"), _("Nơi ở"), _("Ngày mở"), _("Tình trạng"), _("Phát hiện (đ)"), _("Đã trừ (đ)"), _("Đã nộp (đ)"),
        _("Đã miễn (đ)"), _("Đã hủy (đ)"), _("Còn phải thu (đ)"),
    ]


def _lines(cases):
    keys = list(cases.order_by("opened_on", "pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        part = RecoveryCase.objects.filter(pk__in=keys[start : start + CHUNK]).select_related("person").order_by("opened_on", "pk")
        for row in _rows(part, sums_of_cases(part)):
            case, found = row["case"], row["sums"]
            yield [
                str(case), case.person.name, row["place"], case.opened_on, case.get_state_display(), found.found, found.deducted,
                found.repaid, found.waived, found.cancelled, found.left,
            ]


def _address(request, **changes):
    asked = request.GET.copy()
    asked.pop("tai", None)
    for name, value in changes.items():
        asked[name] = value
    return f"?{asked.urlencode()}"
