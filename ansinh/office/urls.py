"""Addresses of the office's pages; what the office puts on common pages makes itself known here."""
from django.urls import path

from . import checking, desks, pages

__all__ = ["desks", "urlpatterns"]

urlpatterns = [
    path("tai-khoan/", pages.my_account, name="my_account"),
    path("viec/", pages.tasks, name="tasks"),
    path("viec/<int:pk>/bo/", pages.dismiss, name="dismiss"),
    path("kiem-tra/", checking.check_publicly, name="public_check"),
    path("kho-tep/", pages.files, name="files"),
    path("kho-tep/kiem-tra/", pages.check_files, name="files.check"),
    path("nhat-ky/", pages.journal, name="journal"),
    path("nhat-ky/<int:pk>/", pages.entry, name="entry"),
    path("nhat-ky/<int:pk>/hoan-tac/", pages.undo, name="undo"),
]
