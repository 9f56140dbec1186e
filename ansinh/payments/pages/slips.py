"""Phiếu báo lĩnh tiền của một tháng: order them, see how far they are, take the files away."""
from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.documents.queries import signers
from ansinh.engine.law.book import FIELDS
from ansinh.engine.text.dates import parse_month
from ansinh.office import clock, rights
from ansinh.office.models import Account, Job
from ansinh.web.composed import place_names
from ansinh.web.page import Crumb, Page
from ansinh.web.refusal import Refusal

from .. import actions
from ..queries.slips import lines_without_slip, printed_parts
from .parts import RAIL
from .recovery import FIELD_WORDS

ACT = "payments.print_slips"
FEW = 5


class SlipsForm(forms.Form):
    noi = forms.ChoiceField(label=gettext_lazy("Địa bàn, lĩnh vực"))
    signer = forms.ModelChoiceField(Account.objects.none(), label=gettext_lazy("Người ký"), empty_label=None)

    def __init__(self, *args, places=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["noi"].choices = places
        self.fields["signer"].queryset = signers()
        self.fields["signer"].label_from_instance = lambda account: f"{account.full_name}, {account.title}"


def slips_page(request):
    """In phiếu báo lĩnh tiền."""
    if not rights.sees(request.user, "money"):
        raise Http404
    month, fault = parse_month(request.GET.get("thang", ""))
    month = month if month and not fault else clock.today().replace(day=1)
    places = _places(request.user)
    form = SlipsForm(request.POST or None, places=[(key, words) for key, words, _area, _field in places])
    if request.method == "POST":
        if not places:
            raise Http404
        if form.is_valid():
            return _order(request, month, form, places)
    jobs = Job.objects.filter(act=ACT, key=f"payments.slips:{month:%Y-%m}", by=request.user).order_by("-pk")[:FEW]
    waiting = [(words, lines_without_slip(month, area_path=area, field=field).count()) for _key, words, area, field in places]
    content = {"form": form if places else None, "parts": list(printed_parts(request.user, month)), "jobs": jobs, "waiting": waiting, "month": month}
    page = Page(
        title=_("Phiếu báo lĩnh tiền tháng %(month)s") % {"month": f"{month:%m/%Y}"}, rail=RAIL,
        note=_("Mỗi dòng của danh sách đã xuất một phiếu, mỗi phiếu một số và một mã kiểm tra. In ở nền; đóng trang này cũng không mất."),
        crumbs=(Crumb(_("Chi trả"), f"{reverse('payments.lists')}?thang={month:%Y-%m}"),), content=content,
    )
    return render(request, "payments/slips.html", {"page": page})


def _order(request, month, form, places):
    area_path, field = next((area, field) for key, _words, area, field in places if key == form.cleaned_data["noi"])
    here = f"{reverse('payments.slips')}?thang={month:%Y-%m}"
    try:
        actions.print_slips(month, area_path=area_path, field=field, signer=form.cleaned_data["signer"], by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(here)


def _places(account):
    """Where and in which field the account may print: key, words, area path, field."""
    paths = {right.area_path for right in rights.rights_of(account)}
    named = place_names(paths)
    return [
        (f"{path}|{field}", f"{named[path]}, {FIELD_WORDS[field]}", path, field)
        for path in sorted(paths) for field in FIELDS if rights.may(account, ACT, path, field)
    ]
