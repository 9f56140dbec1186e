"""How far the reading of pages has come: by batch, how many an hour, how long still, and which could not be read."""
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet

from ansinh.office import clock
from ansinh.office.models import Entry, Job

from ..models import Batch, Page

# The rate is that of the last while, longer where little was done.
LATELY, BEFORE = timedelta(minutes=10), timedelta(hours=1)
FEWEST, BATCHES, FAILURES = 20, 20, 50
READ, KEPT = "dossiers.read_pages", "dossiers.keep_reading"
Reading = Page.Reading


@dataclass(frozen=True)
class Progress:
    """Tiến độ đọc: pages that still wait, those an hour, hours left, and the order that is being carried out."""

    waiting: int
    an_hour: int
    job: Job | None
    batches: tuple[Batch, ...]

    @property
    def hours_left(self) -> float | None:
        """How long at this rate; ``None`` where nothing was read of late."""
        return self.waiting / self.an_hour if self.an_hour else None

    @property
    def is_running(self) -> bool:
        """Whether an order waits or is being carried out."""
        return self.job is not None and self.job.state in Job.OPEN


def progress(account) -> Progress:
    """How the reading goes, within what the account sees; the newest batches with their pages counted."""
    pages = Page.objects.visible_to(account)
    job = Job.objects.filter(act=READ).order_by("-id").first()
    return Progress(pages.waiting().count(), pages_an_hour(), job, tuple(batches_of(account)))


def pages_an_hour() -> int:
    """Pages that machines read an hour, by the journal."""
    for span in (LATELY, BEFORE):
        read = Entry.objects.filter(act=KEPT, at__gte=clock.now() - span).count()
        if read >= FEWEST or span is BEFORE:
            break
    return round(read * timedelta(hours=1) / span)


def batches_of(account) -> QuerySet[Batch]:
    """The newest batches with pages: ``total``, ``waiting``, ``read``, ``failed``."""
    newest = Batch.objects.visible_to(account).exclude(state=Batch.State.DISCARDED).order_by("-id").values("pk")[:BATCHES]
    of_page = Q(scans__pages__kind=Page.Kind.PAGE)
    counts = {
        state: Count("scans__pages", filter=of_page & Q(scans__pages__reading=state)) for state in (Reading.WAITING, Reading.READ, Reading.FAILED)
    }
    rows = Batch.objects.filter(pk__in=list(newest.values_list("pk", flat=True)))
    return rows.annotate(total=Count("scans__pages", filter=of_page), **counts).filter(total__gt=0).order_by("-id")


def failures(account) -> QuerySet[Page]:
    """Pages that could not be read, newest first."""
    rows = Page.objects.visible_to(account).filter(reading=Reading.FAILED).select_related("scan__batch", "dossier")
    return rows.order_by("-read_at", "-id")[:FAILURES]
