"""Addresses of the pages of dossiers; what they put on common pages makes itself known here."""
from django.urls import path

from ansinh.web.desk import verb_view

from . import panels
from .desks import desk
from .pages import (
    archive,
    confirming,
    desk_start,
    dossiers,
    errors,
    evidence,
    extracts,
    finding,
    images,
    one_dossier,
    reading_desk,
)

__all__ = ["panels", "urlpatterns"]

urlpatterns = [
    path("ho-so/", dossiers.dossiers, name="dossiers"),
    path("ho-so/moi/", dossiers.register, name="dossier.new"),
    path("ho-so/<int:pk>/", one_dossier.dossier, name="dossier"),
    path("ho-so/<int:pk>/sua/", one_dossier.correct, name="dossier.correct"),
    path("ho-so/<int:pk>/ban-luu-tru/", archive.order, name="dossier.archive"),
    path("ho-so/<int:pk>/trich-luc/", extracts.make, name="extract.new"),
    path("ho-so/<int:pk>/<slug:verb>/", verb_view, {"desk": desk}, name="dossier.verb"),
    path("so-hoa/ban-doc/", desk_start.start, name="dossiers.desk"),
    path("so-hoa/ban-doc/<int:pk>/", reading_desk.desk, name="dossiers.at_desk"),
    path("so-hoa/ban-doc/<int:pk>/cho-gan/", reading_desk.places, name="dossiers.places"),
    path("so-hoa/mau-thuan/<int:pk>/", confirming.contradictions, name="dossiers.contradictions"),
    path("so-hoa/xac-nhan/<int:pk>/", confirming.confirm, name="dossiers.confirm"),
    path("so-hoa/xac-nhan/<int:pk>/nguoi/", confirming.whose, name="dossiers.whose"),
    path("so-hoa/sai-sot/", errors.errors, name="dossiers.errors"),
    path("chung-cu/<int:pk>/", evidence.evidence, name="evidence"),
    path("trich-luc/", extracts.check, name="extract.check"),
    path("trich-luc/<int:pk>/", extracts.extract, name="extract"),
    path("trich-luc/<int:pk>/tep/", extracts.file, name="extract.file"),
    path("giay-to/<int:pk>/ban-luu-tru/", archive.archived, name="paper.archived"),
    path("tim/ban-quet/", finding.found_in_scans, name="scans.search"),
    path("trang/<int:pk>/", finding.one_page, name="page"),
    path("trang/<int:pk>/anh/", images.image, name="page.image"),
]
