"""What can be asked of dossiers."""
from django.db.models import Count

from ..models import Dossier


def verified(cut) -> dict[str, int]:
    """Dossiers verified until the moment of the cut, by path of the place where they are found today."""
    rows = Dossier.objects.visible_to(cut.account).filter(state=Dossier.State.VERIFIED, verified_at__lt=cut.known_at)
    return dict(rows.order_by().values_list("area_path").annotate(n=Count("pk")))
