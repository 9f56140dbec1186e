"""Opening a dossier leaves a line: who looked into whose papers on which day."""
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy

from ansinh.office import clock
from ansinh.office.act import action
from ansinh.office.models import Entry

from ..models import Dossier

NAME = "dossiers.open_dossier"


@action("dossiers.open_dossier", label=gettext_lazy("Mở xem hồ sơ"), undoable=False)
def open_dossier(dossier: Dossier):
    """Mở xem hồ sơ: someone looks into the papers; nothing changes but the journal."""


def note_opening(dossier: Dossier, by):
    """Journal that the account looks into a dossier: one line an account, dossier and day, from whichever page it looks."""
    if _is_noted(dossier, by):
        return
    with transaction.atomic():
        # Pictures of one page are asked for at the same moment; the first one writes the line.
        Dossier.objects.select_for_update().get(pk=dossier.pk)
        if not _is_noted(dossier, by):
            open_dossier(dossier, by=by)


def _is_noted(dossier, by):
    midnight = clock.end_of(clock.today() - timedelta(days=1))
    return Entry.objects.filter(key=f"dossiers.dossier:{dossier.pk}", act=NAME, by=by, at__gte=midnight).exists()
