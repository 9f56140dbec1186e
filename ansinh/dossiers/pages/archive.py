"""Archival copies: ordered for a whole dossier, and taken away paper by paper."""
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from ansinh.office.act import may_do
from ansinh.office.cabinet import read_file
from ansinh.web.acting import act_on_form
from ansinh.web.page import Crumb, Effect, EffectGroup, FormPage
from ansinh.web.refusal import Refusal

from ..actions import archive_later, archive_paper, note_opening
from ..models import Dossier, Paper
from .parts import RAIL, crumb


def order(request, pk: int):
    """Lập bản lưu trữ của một hồ sơ: ordered here, made in the background, paper by paper."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user), pk=pk)
    if not may_do(request.user, archive_paper, dossier):
        raise Http404
    if not dossier.papers.exists():
        raise Refusal(_("Hồ sơ %(code)s chưa có giấy nào để lập bản lưu trữ; quét hồ sơ trước.") % {"code": dossier})
    back = reverse("dossier", args=[pk])
    verb = _("Lập bản lưu trữ")
    frame = FormPage(
        title=_("Lập bản lưu trữ: %(code)s") % {"code": dossier}, rail=RAIL, crumbs=(crumb(), Crumb(dossier.code, back)), verb=verb, back=back,
        foot=_("Giấy chưa có loại hoặc còn trang chờ đọc được bỏ qua; lập lại khi xong."),
    )
    words = _("%(n)d giấy thành PDF/A-2b, mỗi giấy một tệp") % {"n": dossier.papers.count()}
    group = EffectGroup(_("Chạy ở phía sau"), (Effect("✎", words, _("Giấy không đổi gì thì giữ bản đang có; bản cũ không mất.")),))
    return act_on_form(
        request, frame, None, lambda _said: archive_later(dossier, request.user), lambda _job: back, effects=lambda _said: (group,), straight=True,
        done=_("Đã giao việc lập bản lưu trữ."),
    )


def archived(request, pk: int):
    """Bản lưu trữ của một giấy tờ: the PDF/A as it is kept; that it was opened stands in the journal."""
    paper = get_object_or_404(Paper.objects.visible_to(request.user).select_related("archived", "dossier"), pk=pk)
    if paper.archived is None:
        raise Http404
    note_opening(paper.dossier, request.user)
    headers = {"Content-Disposition": content_disposition_header(True, paper.archived.name), "Cache-Control": "private, no-store"}
    return HttpResponse(read_file(paper.archived), content_type="application/pdf", headers=headers)
