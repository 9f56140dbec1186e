"""Dossiers as a Django application."""
from importlib import import_module

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "ansinh.dossiers"
    label = "dossiers"
    verbose_name = "Hồ sơ số hóa"

    def ready(self):
        # Acts, jobs and reactions make themselves known by being read.
        for name in ("actions", "reactions"):
            import_module(f"ansinh.dossiers.{name}")
