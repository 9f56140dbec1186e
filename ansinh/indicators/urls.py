"""Addresses of the front page and the brief."""
from django.urls import path

from . import desks, pages

__all__ = ["desks", "urlpatterns"]

urlpatterns = [
    path("", pages.front, name="front"),
    path("tom-tat/", pages.brief, name="brief"),
]
