"""Benefits as a Django application."""
from importlib import import_module

from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    name = "ansinh.benefits"
    label = "benefits"
    verbose_name = "Chế độ"

    def ready(self):
        # Acts, reactions and the kind of import make themselves known by being read.
        for name in ("actions", "reactions", "imports", "life_events.acts", "sweep"):
            import_module(f"ansinh.benefits.{name}")
