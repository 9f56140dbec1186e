"""Addresses: the pages composed here, signing in, and those of each installed module."""
from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

from . import pages

MODULES = [app for app in settings.INSTALLED_APPS if app.startswith("ansinh.")]
urlpatterns = [
    path("", include("ansinh.office.signin_urls")),
    path("tim", pages.search, name="search"),
    path("nguoi/<int:pk>/", pages.person, name="person"),
    *(path("", include(f"{app}.urls")) for app in MODULES if find_spec(f"{app}.urls")),
]
handler400 = "ansinh.web.errors.bad_request"
handler403 = "ansinh.web.errors.forbidden"
handler404 = "ansinh.web.errors.not_found"
handler500 = "ansinh.web.errors.server_error"
