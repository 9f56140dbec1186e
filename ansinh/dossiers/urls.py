"""Addresses of the pages of dossiers; what they put on common pages makes itself known here."""
from django.urls import path

from ansinh.web.desk import verb_view

from . import panels
from .desks import desk
from .pages import (
    archive,
    arranging,
    batches,
    checking,
    confirming,
    desk_start,
    dossiers,
    errors,
    evidence,
    extracts,
    finding,
    images,
    one_dossier,
    progress,
    reading,
    reading_desk,
    uploading,
)

__all__ = ["panels", "urlpatterns"]

urlpatterns = [
    path("ho-so/", dossiers.dossiers, name="dossiers"),
    path("ho-so/moi/", dossiers.register, name="dossier.new"),
    path("ho-so/<int:pk>/", one_dossier.dossier, name="dossier"),
    path("ho-so/<int:pk>/sua/", one_dossier.correct, name="dossier.correct"),
    path("ho-so/<int:pk>/ban-luu-tru/", archive.order, name="dossier.archive"),
    path("ho-so/<int:pk>/trich-luc/", extracts.make, name="extract.new"),
    path("ho-so/<int:pk>/to-bia/", arranging.cover, name="dossier.cover"),
    path("ho-so/<int:pk>/<slug:verb>/", verb_view, {"desk": desk}, name="dossier.verb"),
    path("so-hoa/ban-doc/", desk_start.start, name="dossiers.desk"),
    path("so-hoa/ban-doc/<int:pk>/", reading_desk.desk, name="dossiers.at_desk"),
    path("so-hoa/ban-doc/<int:pk>/cho-gan/", reading_desk.places, name="dossiers.places"),
    path("so-hoa/mau-thuan/<int:pk>/", confirming.contradictions, name="dossiers.contradictions"),
    path("so-hoa/xac-nhan/<int:pk>/", confirming.confirm, name="dossiers.confirm"),
    path("so-hoa/xac-nhan/<int:pk>/nguoi/", confirming.whose, name="dossiers.whose"),
    path("so-hoa/doc/", reading.reading, name="dossiers.reading"),
    path("so-hoa/doc/tiep/", reading.go_on, name="dossiers.read_on"),
    path("so-hoa/doc/trang/<int:pk>/", reading.again, name="dossiers.read_again"),
    path("so-hoa/sai-sot/", errors.errors, name="dossiers.errors"),
    path("chung-cu/<int:pk>/", evidence.evidence, name="evidence"),
    path("kiem-tra/", checking.check_publicly, name="extract.public_check"),
    path("trich-luc/", extracts.check, name="extract.check"),
    path("trich-luc/<int:pk>/", extracts.extract, name="extract"),
    path("trich-luc/<int:pk>/tep/", extracts.file, name="extract.file"),
    path("giay-to/<int:pk>/ban-luu-tru/", archive.archived, name="paper.archived"),
    path("so-hoa/", batches.batches, name="scan_batches"),
    path("so-hoa/moi/", batches.new, name="scan_batch.new"),
    path("so-hoa/to-ngan/", arranging.separator, name="scan_batches.separator"),
    path("so-hoa/tien-do/", progress.progress, name="dossiers.progress"),
    path("so-hoa/<int:pk>/", batches.batch, name="scan_batch"),
    path("so-hoa/<int:pk>/nhan-du/", batches.close, name="scan_batch.close"),
    path("so-hoa/<int:pk>/bo/", batches.discard, name="scan_batch.discard"),
    path("so-hoa/<int:pk>/thu-tu/", batches.prioritise, name="scan_batch.prioritise"),
    path("so-hoa/<int:pk>/tai-len/", uploading.begin, name="scan.begin"),
    path("so-hoa/tep/<int:pk>/", uploading.chunk, name="scan.chunk"),
    path("so-hoa/tep/<int:pk>/bo/", uploading.drop, name="scan.drop"),
    path("tim/ban-quet/", finding.found_in_scans, name="scans.search"),
    path("trang/sap-xep/", arranging.arrange, name="pages.arrange"),
    path("trang/<int:pk>/", finding.one_page, name="page"),
    path("trang/<int:pk>/anh/", images.image, name="page.image"),
]
