"""Pages that look like one that was there before are marked; a person decides."""
from ..intake.same import alike
from ..models import Batch, Page

# Beyond this many, looking for near matches among all would take minutes; the same look is still found.
MOST_COMPARED = 5_000


def mark_alike(batch: Batch, account):
    """Mark pages of a batch that look like an earlier page of the batch, of the same dossiers, or exactly like any that the account sees."""
    pages = list(Page.objects.filter(scan__batch=batch, kind=Page.Kind.PAGE).exclude(look="").order_by("scan__position", "number", "part"))
    dossiers = {page.dossier_id for page in pages} - {None}
    known = list(Page.objects.filter(dossier__in=dossiers, kind=Page.Kind.PAGE).exclude(scan__batch=batch).exclude(look="").order_by("id"))
    every = [*known, *pages]
    near = alike([page.look for page in pages], [page.look for page in known]) if len(every) <= MOST_COMPARED else {}
    exact = _same_elsewhere(batch, pages, account)
    for place, page in enumerate(pages):
        twin = every[near[place]] if place in near else exact.get(page.look)
        if twin and page.same_as_id != twin.pk:
            page.same_as = twin
            page.save(update_fields=["same_as"])


def _same_elsewhere(batch, pages, account):
    looks = [page.look for page in pages]
    rows = Page.objects.visible_to(account).filter(look__in=looks[:MOST_COMPARED], kind=Page.Kind.PAGE).exclude(scan__batch=batch)
    return {page.look: page for page in rows.order_by("-id")}
