"""Dossiers as a Django application."""
from importlib import import_module

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "ansinh.dossiers"
    label = "dossiers"
    verbose_name = "Hồ sơ số hóa"

    def ready(self):
        # Acts and jobs make themselves known by being read.
        import_module("ansinh.dossiers.actions")
