"""Addresses: the pages composed here, and those of each installed module under its own words."""
from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

MODULES = [app for app in settings.INSTALLED_APPS if app.startswith("ansinh.")]
urlpatterns = [path("", include(f"{app}.urls")) for app in MODULES if find_spec(f"{app}.urls")]
