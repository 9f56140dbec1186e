"""Thư mục theo dõi on screen: which folders are watched in whose name, when they were last looked at, and what came of it."""
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.office import clock, rights
from ansinh.office.act import may_do
from ansinh.office.models import Entry
from ansinh.web.acting import act_on_form
from ansinh.web.composed import place_names
from ansinh.web.page import Button, Chip, Crumb, Effect, EffectGroup, FormPage, Page

from .. import actions
from ..forms import WatchForm
from ..models import WatchedFolder
from ..queries.watching import watched_of
from .parts import RAIL, refuse_strangers

State = WatchedFolder.State
WATCH = "dossiers.watch_folder"


def folders(request):
    """Thư mục theo dõi: those watched first, then those that are not any more."""
    refuse_strangers(request.user)
    rows = watched_of(request.user)
    places = place_names(row.area_path for row in rows)
    content = {"rows": [_line(row, places, request.user) for row in rows]}
    new = (Button(_("Theo dõi một thư mục"), reverse("watched_folder.new"), solid=True),) if rights.may_somewhere(request.user, WATCH) else ()
    note = _("Bản quét xuất hiện trong thư mục được nhận tự động, đứng tên người giao, khi người ấy còn quyền.")
    page = Page(title=_("Thư mục theo dõi"), note=note, rail=RAIL, crumbs=(_batches(),), buttons=new, content=content)
    return render(request, "dossiers/watched.html", {"page": page})


def new(request):
    """Giao theo dõi một thư mục."""
    if not rights.may_somewhere(request.user, WATCH):
        raise Http404
    frame = FormPage(
        title=_("Theo dõi một thư mục"), rail=RAIL, crumbs=(_batches(), _crumb()), verb=_("Bắt đầu theo dõi"), back=reverse("watched_folders"),
        foot=_("Tệp trong thư mục không bị sửa hay xóa. Thư mục con mang số hồ sơ thì vào hồ sơ ấy; còn lại cần tờ bìa, tờ ngăn."),
    )
    return act_on_form(
        request, frame, WatchForm, lambda said: actions.watch_folder(said["folder"], priority=said["priority"], by=request.user),
        lambda _made: reverse("watched_folders"), done=_("Đã giao. Máy chủ xem thư mục mỗi phút một lần."),
    )


def stop(request, pk: int):
    """Dừng theo dõi một thư mục."""
    found = get_object_or_404(WatchedFolder.objects.visible_to(request.user).select_related("ordered_by"), pk=pk)
    if not may_do(request.user, actions.stop_watching, found):
        raise Http404
    frame = FormPage(
        title=_("Dừng theo dõi: %(folder)s") % {"folder": found}, rail=RAIL, crumbs=(_batches(), _crumb()), verb=_("Dừng theo dõi"),
        back=reverse("watched_folders"), tone="stop",
    )
    effect = Effect("✎", _("Tệp mới trong thư mục không được nhận nữa"), _("Những gì đã nhận vẫn giữ nguyên; hoàn tác được."))
    return act_on_form(
        request, frame, None, lambda _said: actions.stop_watching(found, by=request.user), lambda _done: reverse("watched_folders"), straight=True,
        effects=lambda _said: (EffectGroup(_("Đổi ngay khi ghi"), (effect,)),),
    )


def _line(row, places, account):
    is_watched = row.state == State.WATCHED
    return {
        "row": row, "place": places[row.area_path], "chip": _chip(row), "fault": row.fault if is_watched else "",
        "looked": f"{row.looked_at.astimezone(clock.ZONE):%H:%M %d/%m/%Y}" if row.looked_at else _("chưa xem lần nào"),
        "stop": reverse("watched_folder.stop", args=[row.pk]) if is_watched and may_do(account, actions.stop_watching, row) else "",
        "undo": "" if is_watched else _undo_of(row, account),
    }


def _undo_of(row, account) -> str:
    """Where the stop that still holds can be undone."""
    last = Entry.objects.filter(act="dossiers.stop_watching", key=f"dossiers.watchedfolder:{row.pk}", undone_by=None).order_by("-id").first()
    may = row.state == State.STOPPED and last and rights.may(account, "office.undo", row.area_path, row.field)
    return reverse("undo", args=[last.pk]) if may and rights.may(account, last.act, row.area_path, row.field) else ""


def _chip(row) -> Chip:
    if row.state == State.WATCHED:
        return Chip(_("Có trở ngại"), "warn") if row.fault else Chip(_("Đang theo dõi"), "ok")
    return Chip(_("Đã dừng"), "hold") if row.state == State.STOPPED else Chip(_("Người giao hết quyền"), "owe bad")


def _batches():
    return Crumb(_("Lô quét"), reverse("scan_batches"))


def _crumb():
    return Crumb(_("Thư mục theo dõi"), reverse("watched_folders"))
