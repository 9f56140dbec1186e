"""Benefits as a Django application."""
from importlib import import_module

from django.apps import AppConfig
from django.conf import settings

from ansinh.engine.law.own import use_own_law


class BenefitsConfig(AppConfig):
    name = "ansinh.benefits"
    label = "benefits"
    verbose_name = "Chế độ"

    def ready(self):
        use_own_law(settings.LAW)
        # Acts, reactions and the kind of import make themselves known by being read.
        for name in ("actions", "reactions", "imports", "life_events.acts", "sweep"):
            import_module(f"ansinh.benefits.{name}")
