"""Chosen pages are turned, split, set aside or put where they belong; sheets that sort them are printed."""
from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.office import rights
from ansinh.office.models import Entry
from ansinh.web.refusal import Refusal

from .. import actions
from ..models import Dossier, Page
from ..reports.cover import cover_sheets, separator_sheet
from .parts import refuse_strangers, whole

# Each page that is turned or split is made anew from its original.
MOST_MADE_ANEW = 40
PDF = "application/pdf"
UNDONE_BY_JOURNAL = {
    act.act_name for act in (
        actions.turn_page, actions.split_page, actions.join_page, actions.set_page_kind, actions.new_paper, actions.put_pages,
    )
}


@require_POST
def arrange(request):
    """Sắp xếp trang: one deed on the chosen pages, with the way back in the message."""
    chosen = [int(pk) for pk in request.POST.getlist("trang") if pk.isascii() and pk.isdecimal()]
    rows = Page.objects.visible_to(request.user).filter(pk__in=chosen).select_related("scan__batch", "dossier", "paper")
    pages, deed = list(rows.order_by("scan__position", "number", "part")), DEEDS.get(request.POST.get("viec"))
    if deed is None:
        raise Http404
    if not pages:
        raise Refusal(_("Chưa chọn trang nào; đánh dấu ô dưới ảnh rồi bấm lại."))
    last = Entry.objects.filter(by=request.user).order_by("-id").values_list("pk", flat=True).first() or 0
    with transaction.atomic():  # all of the chosen pages, or none
        deed(pages, request)
    messages.success(request, _said(request.user, len(pages), last))
    return _back(request)


def cover(request, pk: int):
    """Tờ bìa lô of one dossier, to be printed and laid on top of its papers before they are scanned."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user), pk=pk)
    return printed(cover_sheets([dossier]), "to-bia")


def separator(request):
    """Tờ ngăn, to be printed and laid between papers."""
    refuse_strangers(request.user)
    return printed(separator_sheet(), "to-ngan")


def may_arrange(account, subject) -> bool:
    """Whether the account may arrange pages where a batch or a dossier is."""
    return rights.may(account, "dossiers.put_pages", subject.area_path, subject.field)


def _said(account, count, last):
    """What was done, and the way back: one line of the journal, or several."""
    words = _("Đã sắp xếp %(n)d trang.") % {"n": count}
    lines = list(Entry.objects.filter(by=account, parent=None, pk__gt=last, act__in=UNDONE_BY_JOURNAL).order_by("-id")[:2])
    if not lines or not rights.may(account, "office.undo", lines[0].area_path, lines[0].field):
        return words
    address = reverse("undo", args=[lines[0].pk]) if len(lines) == 1 else reverse("journal")
    return format_html('{} <a href="{}">{}</a>', words, address, _("Hoàn tác") if len(lines) == 1 else _("Hoàn tác từng trang trong nhật ký"))


def _turn(turn, pages, request):
    _not_too_many(pages)
    for page in pages:
        actions.turn_page(page, turn=turn, by=request.user)


def _split(pages, request):
    _not_too_many(pages)
    share = whole(request.POST.get("cho-tach")) or 50
    for page in pages:
        actions.split_page(page, at=page.width * share // 100, by=request.user)


def _join(pages, request):
    halves = {(page.scan_id, page.number): page for page in pages}
    for page in halves.values():
        actions.join_page(page, by=request.user)


def _set_kind(pages, request):
    for page in pages:
        actions.set_page_kind(page, kind=request.POST.get("loai-trang", ""), by=request.user)


def _new_paper(pages, request):
    for page in pages:
        page.refresh_from_db()
        actions.new_paper(page, by=request.user)


def _put(pages, request):
    code = " ".join(request.POST.get("so-ho-so", "").split())
    dossier = Dossier.objects.visible_to(request.user).filter(code=code).first() if code else None
    if dossier is None:
        raise Refusal(_("Không có hồ sơ số “%(code)s” trong địa bàn của tài khoản; soát lại số hồ sơ.") % {"code": code})
    paper = None
    if order := whole(request.POST.get("giay-thu")):
        paper = dossier.papers.filter(position=order).first()
        if paper is None:
            raise Refusal(_("Hồ sơ %(code)s không có giấy thứ %(n)d.") % {"code": dossier, "n": order})
    actions.put_pages(pages, dossier=dossier, paper=paper, by=request.user)


def _take_out(pages, request):
    actions.put_pages(pages, dossier=None, by=request.user)


DEEDS = {
    "xoay-phai": partial(_turn, 90), "xoay-nguoc": partial(_turn, 180), "xoay-trai": partial(_turn, 270), "tach": _split, "ghep": _join,
    "loai": _set_kind, "giay-moi": _new_paper, "chuyen": _put, "dua-ra": _take_out,
}


def _not_too_many(pages):
    if len(pages) > MOST_MADE_ANEW:
        raise Refusal(_("Mỗi lần xoay hoặc tách nhiều nhất %(n)d trang; chọn ít trang hơn.") % {"n": MOST_MADE_ANEW})


def _back(request):
    if pk := whole(request.POST.get("lo")):
        return redirect("scan_batch", pk=pk)
    return redirect("dossier", pk=whole(request.POST.get("ho-so")) or 0)


def printed(data: bytes, name: str) -> HttpResponse:
    """A sheet to print, as a file to keep."""
    return HttpResponse(data, content_type=PDF, headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'})
