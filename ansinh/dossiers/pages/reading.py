"""The reading of pages on screen: progress by batch, rate, time left, and the pages that could not be read."""
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.office import rights
from ansinh.office.act import may_do
from ansinh.web import page as screen
from ansinh.web.templatetags.office_words import count

from .. import actions
from ..models import Page
from ..queries.reading import failures, progress
from .parts import RAIL, crumb, refuse_strangers, screens

READ = "dossiers.read_pages"


@dataclass(frozen=True)
class ReadingPage(screen.Page):
    """How the reading goes, beside the other screens of the module."""

    screens: tuple = ()


def reading(request):
    """Đọc máy: how far it is, and what could not be read; the figures renew themselves while pages wait."""
    refuse_strangers(request.user)
    said = progress(request.user)
    content = {
        "progress": said, "left": _left(said), "failures": [_failure(page, request.user) for page in failures(request.user)],
        "may_order": bool(said.waiting) and not said.is_running and rights.may_somewhere(request.user, READ),
        "went_wrong": said.job.note if said.job and said.job.state == said.job.State.FAILED else "",
    }
    page = ReadingPage(
        title=_("Đọc máy"), note=_("Máy đọc chữ trên các trang đã quét; trang gấp được đọc trước."), rail=RAIL, crumbs=(crumb(),), content=content,
        screens=screens("dossiers.reading"),
    )
    return render(request, "dossiers/_reading.html" if request.htmx and request.GET.get("tien-do") else "dossiers/reading.html", {"page": page})


@require_POST
def go_on(request):
    """Đọc tiếp: order that what waits be read."""
    place = next((r for r in rights.rights_of(request.user) if rights.may(request.user, READ, r.area_path, r.field)), None)
    if place is None:
        raise Http404
    actions.read_pages(place.area_path, field=place.field, by=request.user)
    messages.success(request, _("Đã giao việc đọc; máy đọc tiếp các trang đang chờ."))
    return redirect("dossiers.reading")


@require_POST
def again(request, pk: int):
    """Đọc lại: one page that could not be read, or was read badly."""
    page = get_object_or_404(Page.objects.visible_to(request.user).select_related("scan__batch", "dossier"), pk=pk)
    actions.read_again(page, by=request.user)
    messages.success(request, _("Trang đã vào hàng chờ đọc lại."))
    return redirect("dossiers.reading")


def _left(said):
    """How long still, in words."""
    if said.hours_left is None:
        return _("chưa đoán được")
    if said.hours_left < 1:
        return _("dưới một giờ")
    if said.hours_left < 48:
        return _("khoảng %(n)s giờ") % {"n": count(round(said.hours_left))}
    return _("khoảng %(n)s ngày") % {"n": count(round(said.hours_left / 24))}


def _failure(page, account):
    return {
        "page": page, "url": reverse("page", args=[page.pk]), "why": page.failure, "batch": page.scan.batch,
        "may": may_do(account, actions.read_again, page),
    }
