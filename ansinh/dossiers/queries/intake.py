"""Batches and their files: what came before, what waits, and where sheets on paper and scanned pages do not agree."""
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ansinh.office.models import StoredFile

from ..models import Batch, Dossier, Page, Scan

Outcome, Kind = Scan.Outcome, Page.Kind
ON_PAPER = (Kind.PAGE, Kind.BLANK)


def sides_disagree(sheets: int | None, sides: int) -> bool:
    """Whether so many sheets on paper cannot have given so many scanned sides: each gives one or two; uncounted sheets never disagree."""
    return sheets is not None and not sheets <= sides <= 2 * sheets


def taken_before(batch: Batch, file: StoredFile, account) -> Scan | None:
    """The earlier scan of the same bytes, among those that the account sees.

    The same paper may lie in two dossiers: where both are known and differ, it is no duplicate.
    """
    rows = Scan.objects.visible_to(account).filter(file=file, outcome__in=(Outcome.WAITING, Outcome.TAKEN))
    rows = rows.exclude(batch__state=Batch.State.DISCARDED).order_by("id")
    if batch.dossier_id is None:
        return rows.first()
    mine = Q(pages__dossier=batch.dossier) | Q(batch__dossier=batch.dossier)
    unknown = Q(pages__dossier=None, batch__dossier=None)
    return rows.filter(mine | unknown).first()


def waiting_in(batch: Batch) -> QuerySet[Scan]:
    """Files of a batch that are still to be taken apart, in their order."""
    return batch.scans.filter(outcome=Outcome.WAITING).select_related("file", "part_of").order_by("position")


@dataclass(frozen=True)
class BatchResult:
    """What became of a batch: files that came, pages they gave, duplicates, files refused, and files taken with a remark."""

    files: int
    pages: int
    duplicates: int
    refused: list[dict]
    remarks: list[dict]


def came_before(sha256: str, dossier: Dossier | None, account) -> bool:
    """Whether these bytes were taken in or refused before, for this dossier or for none: a watched folder is not taken twice."""
    rows = Scan.objects.visible_to(account).filter(file__sha256=sha256).exclude(batch__state=Batch.State.DISCARDED)
    if dossier:
        rows = rows.filter(Q(batch__dossier=dossier) | Q(batch__dossier=None) | Q(pages__dossier=dossier))
    return rows.exists()


def result_of(batch: Batch) -> BatchResult:
    """The counts of a batch, and the files that a person should know about."""
    scans = list(batch.scans.order_by("position"))
    refused = [scan for scan in scans if scan.outcome == Outcome.REFUSED]
    remarked = [scan for scan in scans if scan.outcome == Outcome.TAKEN and scan.reason]
    return BatchResult(
        files=len(scans), pages=Page.objects.filter(scan__batch=batch, kind__in=ON_PAPER).count(),
        duplicates=sum(scan.outcome == Outcome.DUPLICATE for scan in scans),
        refused=[{"name": scan.name, "reason": scan.reason, "remedy": scan.remedy} for scan in refused],
        remarks=[{"name": scan.name, "reason": scan.reason} for scan in remarked],
    )
