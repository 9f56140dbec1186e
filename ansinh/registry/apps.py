"""Registry as a Django application."""
from importlib import import_module

from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "ansinh.registry"
    label = "registry"
    verbose_name = "Sổ gốc"

    def ready(self):
        # Acts, jobs and kinds of import make themselves known by being read.
        import_module("ansinh.registry.actions")
        import_module("ansinh.registry.imports.persons")
        import_module("ansinh.registry.imports.population")
