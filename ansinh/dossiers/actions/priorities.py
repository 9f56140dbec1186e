"""Which pages are read first."""
from django.utils.translation import gettext_lazy

from ansinh.office.act import action

from ..models import Batch, Page


@action("dossiers.prioritise_batch", label=gettext_lazy("Đổi thứ tự đọc của lô"), undoable=False)
def prioritise_batch(batch: Batch, *, priority: int) -> int:
    """Đổi thứ tự đọc của lô: its pages that still wait are read before or after those of others; returns how many."""
    batch.priority = priority
    batch.save(update_fields=["priority"])
    return Page.objects.filter(scan__batch=batch, reading=Page.Reading.WAITING).update(priority=priority)
