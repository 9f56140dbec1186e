"""An office for a bench: an empty database made ready, with one officer and one approver of the whole province."""
import os
from datetime import date

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ansinh.config.settings")
import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402

from ansinh.office.models import Account, Right  # noqa: E402
from ansinh.registry.actions.areas import load_areas  # noqa: E402

LONG_AGO = date(2010, 1, 1)


def open_office() -> tuple[Account, Account]:
    """Migrate, load the areas, appoint; returns officer and approver."""
    call_command("migrate", verbosity=0)
    officer, approver, administrator = (Account.objects.create(username=name, full_name=name) for name in ("officer", "approver", "administrator"))
    for account, role in ((officer, "officer"), (approver, "approver"), (administrator, "administrator")):
        Right.objects.create(account=account, role=role, area_path="19.", since=LONG_AGO)
    load_areas(by=administrator)
    return officer, approver
