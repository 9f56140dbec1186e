"""The picture of a page, made by us for the screen; nothing that came from outside is handed to a browser."""
import io

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from PIL import Image

from ansinh.office.cabinet import read_file

from ..actions import note_opening
from ..models import Page

OURS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}
THUMBNAIL = (240, 340)


def image(request, pk: int):
    """Ảnh trang: the derived picture of a page that the account sees, small where ``?co=nho`` asks for it."""
    page = get_object_or_404(Page.objects.visible_to(request.user).select_related("screen", "dossier"), pk=pk)
    kind = page.screen.content_type if page.screen else ""
    if kind not in OURS:
        raise Http404
    if page.dossier:
        note_opening(page.dossier, request.user)
    data = read_file(page.screen)
    if request.GET.get("co") == "nho":
        data, kind = _small(data), "image/jpeg"
    headers = {"Content-Disposition": "inline", "Cache-Control": "private, no-store", "Content-Security-Policy": "default-src 'none'; sandbox"}
    return HttpResponse(data, content_type=kind, headers=headers)


def _small(data):
    with Image.open(io.BytesIO(data), formats=list(OURS.values())) as picture:
        picture.draft("RGB", THUMBNAIL)
        picture.thumbnail(THUMBNAIL)
        out = io.BytesIO()
        picture.convert("RGB").save(out, "JPEG", quality=70)
    return out.getvalue()
