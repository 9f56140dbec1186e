"""The archival copy of a paper, to take away."""
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from ansinh.office.cabinet import read_file

from ..actions import note_opening
from ..models import Paper


def archived(request, pk: int):
    """Bản lưu trữ của một giấy tờ: the PDF/A as it is kept; that it was opened stands in the journal."""
    paper = get_object_or_404(Paper.objects.visible_to(request.user).select_related("archived", "dossier"), pk=pk)
    if paper.archived is None:
        raise Http404
    note_opening(paper.dossier, request.user)
    headers = {"Content-Disposition": content_disposition_header(True, paper.archived.name), "Cache-Control": "private, no-store"}
    return HttpResponse(read_file(paper.archived), content_type="application/pdf", headers=headers)
