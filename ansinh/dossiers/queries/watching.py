"""Watched folders: the orders that an account sees, with what was taken in by each."""
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from ..models import Scan, WatchedFolder


def watched_of(account) -> QuerySet[WatchedFolder]:
    """Orders with ``taken`` and ``refused``, the files that came by them; those in force first, then the newest."""
    taken = Count("batches__scans", filter=~Q(batches__scans__outcome=Scan.Outcome.REFUSED), distinct=True)
    refused = Count("batches__scans", filter=Q(batches__scans__outcome=Scan.Outcome.REFUSED), distinct=True)
    first = Case(When(state=WatchedFolder.State.WATCHED, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = WatchedFolder.objects.visible_to(account).select_related("ordered_by")
    return rows.annotate(taken=taken, refused=refused, rank=first).order_by("rank", "-id")
