"""What has to be read, again or for the first time, is ordered once."""
from django.db.models import Max

from ansinh.office import jobs
from ansinh.office.models import Job

from ..index import index_pages
from ..models import Dossier, Page, PageText, Suggestion
from ..queries.desk import lease_of

READ_PAGES = "dossiers.read_pages"
Reading = Page.Reading


def next_place(rows) -> int:
    """The position behind the last of a dossier's pages or papers."""
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def wait_for_reading(page: Page):
    """What was read of a page is dropped; it waits to be read again, unless there is nothing to read on it."""
    PageText.objects.filter(page=page).delete()
    Suggestion.objects.filter(page=page).delete()
    index_pages([page.pk])
    page.reading = Reading.WAITING if page.kind == Page.Kind.PAGE else Reading.NONE
    page.attempts, page.failure, page.read_at = 0, "", None
    page.save(update_fields=["reading", "attempts", "failure", "read_at"])
    if page.dossier:
        unread(page.dossier)


def unread(dossier: Dossier):
    """A dossier with pages that were not read yet is scanned, not read; one that an officer has in hand, or entered, stays as it is."""
    if dossier.pages.filter(reading=Reading.WAITING).exists() and lease_of(dossier) is None:
        before = (Dossier.State.REGISTERED, Dossier.State.READ)
        Dossier.objects.filter(pk=dossier.pk, state__in=before).update(state=Dossier.State.SCANNED)


def order_reading(subject, account):
    """Order the reading of what waits; ``subject`` says where."""
    if Page.objects.waiting().exists():
        enqueue_reading(account, subject.area_path, subject.field)


def enqueue_reading(account, area_path: str, field: str) -> Job | None:
    """One order reads all that waits: nothing where the account has one waiting already."""
    if Job.objects.filter(act=READ_PAGES, by=account, state=Job.State.WAITING).exists():
        return None
    return jobs.enqueue(READ_PAGES, by=account, area_path=area_path, field=field)
