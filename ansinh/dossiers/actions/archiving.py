"""Archival copies: one PDF/A a paper, a new version where pages, words or description have changed."""
import hashlib

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import jobs
from ansinh.office.act import action
from ansinh.office.cabinet import read_file, store_file
from ansinh.office.models import Job
from ansinh.web.refusal import Refusal

from ..archive.images import picture_of
from ..archive.metadata import document_code, file_name, of_paper
from ..archive.pdf import Side, archival_pdf
from ..catalogue import catalogue
from ..models import Dossier, Page, Paper

NAME = "dossiers.archive_paper"


@action("dossiers.archive_paper", label=gettext_lazy("Lập bản lưu trữ"), undoable=False)
def archive_paper(paper: Paper) -> Paper:
    """Lập bản lưu trữ: the paper as PDF/A-2b; nothing happens where the copy that exists is the same, byte by byte."""
    paper = Paper.objects.select_related("dossier", "archived").get(pk=paper.pk)
    if paper.kind not in catalogue().papers:
        raise Refusal(_("Giấy này chưa có loại; nhận loại giấy trước rồi lập bản lưu trữ."))
    pages = list(paper.pages.filter(kind=Page.Kind.PAGE).select_related("scan__file", "scan__batch", "text").order_by("position", "pk"))
    if not pages:
        raise Refusal(_("Giấy này không còn trang nào để lập bản lưu trữ."))
    if waiting := sum(page.reading == Page.Reading.WAITING for page in pages):
        raise Refusal(_("Còn %(n)d trang của giấy này chờ đọc; lập bản lưu trữ khi đọc xong.") % {"n": waiting})
    version, data = _newest(paper, pages)
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
    for done, paper in enumerate(papers[job.done :], job.done + 1):
        try:
            with transaction.atomic():
                archive_paper(paper, by=job.by)
                jobs.tick(job, done, total=len(papers))
        except Refusal as refusal:
            refused.append(str(refusal))
            jobs.tick(job, done, total=len(papers))
    return _("%(n)d giấy chưa lập được: %(why)s") % {"n": len(refused), "why": " ".join(dict.fromkeys(refused))} if refused else ""


def _newest(paper, pages):
    """Version and bytes of the copy that is due; no bytes where the present one is still right."""
    if paper.archived is None:
        return 1, _copy(paper, pages, 1)
    if hashlib.sha256(_copy(paper, pages, paper.version)).hexdigest() == paper.archived.sha256:
        return paper.version, None
    return paper.version + 1, _copy(paper, pages, paper.version + 1)


def _copy(paper, pages, version):
    code = document_code(paper, version)
    made = max(page.scan.batch.received_at for page in pages)
    return archival_pdf(sides_of(pages), title=code, fields=of_paper(paper, code, len(pages)), made=made)


def sides_of(pages):
    """Pages one after another; a scan of many pages is read once, and only one is held."""
    scan, data = None, b""
    for page in pages:
        if page.scan != scan:
            scan, data = page.scan, read_file(page.scan.file)
        words = page.text.as_words() if hasattr(page, "text") else []
        yield Side(picture_of(page, data), page.width, page.height, page.dpi, words)
