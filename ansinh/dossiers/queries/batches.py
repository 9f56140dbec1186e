"""What the list and the page of a batch ask: its files, its pages, how far they have come."""
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from ..models import Batch, Page, Scan

Reading, Kind = Page.Reading, Page.Kind


def batches_of(account) -> QuerySet[Batch]:
    """Batches that the account sees, with the count of their files and of those that were refused."""
    refused = Count("scans", filter=Q(scans__outcome=Scan.Outcome.REFUSED))
    return Batch.objects.visible_to(account).select_related("received_by", "dossier").annotate(files=Count("scans"), refused=refused)


@dataclass(frozen=True)
class Progress:
    """How far a batch has come: files taken apart of all, pages read of those to read, and what failed."""

    files: int
    files_done: int
    pages: int
    blank: int
    to_read: int
    read: int
    failed: int
    is_busy: bool

    @property
    def sides(self) -> int:
        """Sides of paper that were scanned."""
        return self.pages + self.blank


def progress_of(batch: Batch) -> Progress:
    """Two counts over the batch's files and pages."""
    done = Q(outcome__in=(Scan.Outcome.TAKEN, Scan.Outcome.DUPLICATE, Scan.Outcome.REFUSED))
    files = batch.scans.aggregate(all=Count("pk"), done=Count("pk", filter=done))
    pages = Page.objects.filter(scan__batch=batch).aggregate(
        pages=Count("pk", filter=Q(kind=Kind.PAGE)), blank=Count("pk", filter=Q(kind=Kind.BLANK)),
        waiting=Count("pk", filter=Q(reading=Reading.WAITING)), read=Count("pk", filter=Q(reading=Reading.READ)),
        failed=Count("pk", filter=Q(reading=Reading.FAILED)),
    )
    is_sorting = batch.state == Batch.State.SORTING
    return Progress(
        files["all"], files["done"], pages["pages"], pages["blank"], pages["waiting"] + pages["read"] + pages["failed"], pages["read"],
        pages["failed"], is_sorting or (batch.state == Batch.State.SORTED and pages["waiting"] > 0),
    )


def pages_of(batch: Batch, account) -> QuerySet[Page]:
    """The batch's pages that the account sees: one that was moved into a dossier elsewhere is not there for it."""
    return Page.objects.visible_to(account).filter(scan__batch=batch).select_related("scan", "dossier", "paper", "same_as")
