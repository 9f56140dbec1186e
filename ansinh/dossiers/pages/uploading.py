"""Files on their way in: announced, taken in parts, given up. Answers are plain words and headers, for our own script."""
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.web.refusal import Refusal

from .. import actions
from ..models import Batch, Scan
from .parts import whole

PLAIN = "text/plain; charset=utf-8"


@require_POST
def begin(request, pk: int):
    """Announce a file: where its parts go, and how much of it came before."""
    batch = get_object_or_404(Batch.objects.visible_to(request.user), pk=pk)
    said = {"name": request.POST.get("name", ""), "size": whole(request.POST.get("size")) or 0, "digest": request.POST.get("digest", "")[:8]}

    def answer():
        scan = actions.begin_upload(batch, **said, by=request.user)
        is_known = scan.outcome != Scan.Outcome.RECEIVING
        scan = actions.finish(scan, request.user) if scan.received == scan.size else scan
        return _told(scan, is_known=is_known)

    return _answered(answer)


@require_POST
def chunk(request, pk: int):
    """Take a part of a file; the last one puts it into the cabinet."""
    scan = get_object_or_404(Scan.objects.visible_to(request.user).select_related("batch"), pk=pk)
    offset = whole(request.headers.get("Upload-Offset"))

    def answer():
        if offset is None:
            raise Refusal(_("Phần gửi lên không nói nó bắt đầu từ đâu."))
        taken = actions.take_chunk(scan, offset=offset, data=request.body, by=request.user)
        return _told(actions.finish(taken, request.user) if taken.received == taken.size else taken)

    return _answered(answer)


@require_POST
def drop(request, pk: int):
    """Give up a file that did not come whole."""
    scan = get_object_or_404(Scan.objects.visible_to(request.user).select_related("batch"), pk=pk)
    actions.drop_upload(scan, by=request.user)
    return redirect("scan_batch", pk=scan.batch_id)


def _answered(answer):
    try:
        return answer()
    except Refusal as refusal:
        headers = {"Upload-Offset": refusal.received} if hasattr(refusal, "received") else {}
        return HttpResponse(str(refusal), status=refusal.status, content_type=PLAIN, headers=headers)


def _told(scan, *, is_known=False):
    headers = {"Upload-Offset": scan.size if is_known else scan.received, "Location": reverse("scan.chunk", args=[scan.pk])}
    return HttpResponse(_("Đã nhận."), content_type=PLAIN, headers=headers | ({"Upload-Known": "1"} if is_known else {}))
