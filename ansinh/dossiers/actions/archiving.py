"""Archival copies: one PDF/A a paper, a new version where pages, words or description have changed."""
import hashlib

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import jobs
from ansinh.office.act import action
from ansinh.office.cabinet import store_file
from ansinh.office.models import Job
from ansinh.web.refusal import Refusal

from ..archive.metadata import document_code, file_name, of_paper
from ..archive.pdf import archival_pdf
from ..bounded import Bounded
from ..catalogue import catalogue
from ..models import Dossier, Page, Paper
from ..picturing import MEMORY, SECONDS, Pictured, pictured

NAME = "dossiers.archive_paper"


@action("dossiers.archive_paper", label=gettext_lazy("Lập bản lưu trữ"), undoable=False)
def archive_paper(paper: Paper, *, child: Bounded | None = None) -> Paper:
    """Lập bản lưu trữ: the paper as PDF/A-2b; nothing happens where the copy that exists is the same, byte by byte.

    Its scans are opened in ``child``, or in one of its own.
    """
    paper = Paper.objects.select_related("dossier", "archived").get(pk=paper.pk)
    if paper.kind not in catalogue().papers:
        raise Refusal(_("Giấy này chưa có loại; nhận loại giấy trước rồi lập bản lưu trữ."))
    pages = list(paper.pages.filter(kind=Page.Kind.PAGE).select_related("scan__file", "scan__batch", "text").order_by("position", "pk"))
    if not pages:
        raise Refusal(_("Giấy này không còn trang nào để lập bản lưu trữ."))
    if waiting := sum(page.reading == Page.Reading.WAITING for page in pages):
        raise Refusal(_("Còn %(n)d trang của giấy này chờ đọc; lập bản lưu trữ khi đọc xong.") % {"n": waiting})
    with pictured(pages, child) as sides:
        version, data = _newest(paper, sides)
    if data is None:
        return paper
    code = document_code(paper, version)
    paper.archived = store_file(data, name=file_name(paper, code, "pdf"), content_type="application/pdf")
    paper.archive_code, paper.version = code, version
    paper.save(update_fields=["archived", "archive_code", "version"])
    return paper


def archive_later(dossier: Dossier, by) -> Job:
    """Order archival copies of all papers of a dossier."""
    return jobs.enqueue(
        NAME, by=by, key=f"dossiers.dossier:{dossier.pk}", area_path=dossier.area_path, field=dossier.field, dossier_id=dossier.pk
    )


@jobs.runs(NAME)
def run_archive(job: Job) -> str:
    """The work: paper by paper; one that cannot be archived yet does not stop the others."""
    papers = list(Paper.objects.filter(dossier_id=job.args["dossier_id"]).order_by("position", "pk"))
    refused = []
    with Bounded(memory=MEMORY, seconds=SECONDS) as child:
        for done, paper in enumerate(papers[job.done :], job.done + 1):
            try:
                with transaction.atomic():
                    archive_paper(paper, child=child, by=job.by)
                    jobs.tick(job, done, total=len(papers))
            except Refusal as refusal:
                refused.append(str(refusal))
                jobs.tick(job, done, total=len(papers))
    return _("%(n)d giấy chưa lập được: %(why)s") % {"n": len(refused), "why": " ".join(dict.fromkeys(refused))} if refused else ""


def _newest(paper, sides):
    """Version and bytes of the copy that is due; no bytes where the present one is still right."""
    if paper.archived is None:
        return 1, _copy(paper, sides, 1)
    if hashlib.sha256(_copy(paper, sides, paper.version)).hexdigest() == paper.archived.sha256:
        return paper.version, None
    return paper.version + 1, _copy(paper, sides, paper.version + 1)


def _copy(paper, sides: Pictured, version):
    code = document_code(paper, version)
    made = max(page.scan.batch.received_at for page in sides.pages)
    return archival_pdf(sides, title=code, fields=of_paper(paper, code, len(sides.pages)), made=made)
