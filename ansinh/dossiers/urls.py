"""Addresses of the pages of dossiers; what they put on common pages makes itself known here."""
from django.urls import path

from . import desks
from .pages import finding

__all__ = ["desks", "urlpatterns"]

urlpatterns = [
    path("tim/ban-quet/", finding.found_in_scans, name="scans.search"),
    path("trang/<int:pk>/", finding.one_page, name="page"),
    path("trang/<int:pk>/anh/", finding.image, name="page.image"),
]
