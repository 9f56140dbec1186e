"""Pages that look like one that was there before are marked; a person decides."""
from itertools import groupby

from ..intake.same import alike
from ..models import Batch, Page

# Each is compared with each: beyond so many it takes longer than it is worth.
MOST_COMPARED = 5_000


def mark_alike(batch: Batch):
    """Mark pages of a batch that look like an earlier page of the same dossier, or of the same batch where no dossier is known.

    Not among all pages there are: papers of one printed form look alike, and of thousands some pair always would.
    """
    pages = Page.objects.filter(kind=Page.Kind.PAGE).exclude(look="")
    fresh = list(pages.filter(scan__batch=batch).order_by("dossier", "scan__position", "number", "part"))
    for dossier, group in groupby(fresh, lambda page: page.dossier_id):
        before = list(pages.filter(dossier=dossier).exclude(scan__batch=batch).order_by("id")) if dossier else []
        _mark(before[:MOST_COMPARED], list(group)[:MOST_COMPARED])


def _mark(before, fresh):
    every = [*before, *fresh]
    for place, twin in alike([page.look for page in fresh], [page.look for page in before]).items():
        fresh[place].same_as = every[twin]
        fresh[place].save(update_fields=["same_as"])
