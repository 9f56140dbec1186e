"""Documents as a Django application."""
from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "ansinh.documents"
    label = "documents"
    verbose_name = "Văn bản"

    def ready(self):
        # Acts make themselves known by being read.
        import_module("ansinh.documents.actions")
