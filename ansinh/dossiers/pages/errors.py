"""Errors of entering on screen: by field and by officer, each figure opening into the enterings that it counts."""
from datetime import timedelta
from itertools import islice

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.office import clock, rights
from ansinh.office.models import Account
from ansinh.web.page import Crumb, Page

from ..catalogue import catalogue
from ..desk_forms import SinceForm
from ..models import Paper
from ..queries.errors import Judged, judged, rates
from ..values import shown

LOOKED_BACK = timedelta(days=365)
SHOWN = 50


def errors(request):
    """Sai sót khi nhập: rates with their intervals, or the wrong enterings of one field or officer."""
    if not rights.sees(request.user, "dossiers"):
        raise Http404
    form = SinceForm(request.GET or None)
    since = (form.cleaned_data.get("tu") if form.is_valid() else None) or clock.today() - LOOKED_BACK
    chosen = {"name": request.GET.get("o", ""), "account": request.GET.get("ai", "")}
    by_field, by_officer, total = rates(request.user, since)
    wrong = _wrong(request.user, since, chosen) if any(chosen.values()) else None
    content = {
        "form": SinceForm(initial={"tu": since}), "since": since, "total": total, "wrong": wrong,
        "tables": [(_("Theo ô"), _("Ô"), "o", by_field), (_("Theo người nhập"), _("Người nhập"), "ai", by_officer)], "of": _of(chosen),
    }
    page = Page(
        title=_("Sai sót khi nhập"), note=_("Từ các ô đã nhập hai lần: sai là khác giá trị được chọn sau cùng. Khoảng tin cậy 95 % (Wilson)."),
        rail="dossiers", crumbs=(Crumb(_("Bàn đọc"), reverse("dossiers.desk")),), content=content,
    )
    return render(request, "dossiers/errors.html", {"page": page})


def _wrong(account, since, chosen):
    """The wrong enterings of a field or an officer, the first fifty, each leading to its page."""
    found = (one for one in judged(account, since) if one.is_wrong and (one.name == chosen["name"] or str(one.account) == chosen["account"]))
    lines = list(islice(found, SHOWN))
    papers = {paper.pk: paper for paper in Paper.objects.filter(pk__in={one.paper for one in lines}).select_related("dossier")}
    names = {row.pk: str(row) for row in Account.objects.filter(pk__in={one.account for one in lines})}
    return [_line(one, papers[one.paper], names[one.account]) for one in lines]


def _line(one: Judged, paper, who):
    field, page = catalogue().fields[one.name], paper.pages.order_by("position").first()
    address = reverse("dossiers.at_desk", args=[paper.dossier_id])
    return {
        "code": paper.dossier.code, "url": f"{address}?trang={page.pk}" if page else address, "field": field.title, "who": who,
        "value": shown(field, one.value), "right": shown(field, one.right),
    }


def _of(chosen) -> str:
    field = catalogue().fields.get(chosen["name"])
    account = Account.objects.filter(pk=chosen["account"]).first() if chosen["account"].isdecimal() else None
    return field.title if field else str(account or "")
