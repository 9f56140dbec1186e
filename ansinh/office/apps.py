"""Office as a Django application: guards are lifted before migrations and renewed after them."""
from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from .guard import lift_guards, renew_guards


class OfficeConfig(AppConfig):
    name = "ansinh.office"
    label = "office"
    verbose_name = "Cơ quan"

    def ready(self):
        # SQLite drops triggers whenever a migration rebuilds a table, so they are made anew after each one.
        pre_migrate.connect(lift_guards, sender=self, dispatch_uid="office.guard")
        post_migrate.connect(renew_guards, sender=self, dispatch_uid="office.guard")
