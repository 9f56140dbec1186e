"""Office as a Django application: guards are renewed after every migration."""
from django.apps import AppConfig
from django.db.models.signals import post_migrate

from .guard import renew_guards


class OfficeConfig(AppConfig):
    name = "ansinh.office"
    label = "office"
    verbose_name = "Cơ quan"

    def ready(self):
        # SQLite drops triggers whenever a migration rebuilds a table, so they are made anew after each one.
        post_migrate.connect(renew_guards, sender=self, dispatch_uid="office.guard")
