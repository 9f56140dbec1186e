"""The reading desk's queue: which dossiers wait for an officer, who holds which, and where one stands in a sitting."""
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from ansinh.office import clock, rights

from ..models import Bookmark, Dossier, Entering, Lease
from ..rounds import FIRST, SECOND, THIRD, habits

State = Dossier.State


@dataclass(frozen=True)
class Sitting:
    """Where an officer stands in a list of dossiers: the number of this one, of how many, its neighbours, and who holds it."""

    number: int
    total: int
    lease: Lease | None
    before: int | None = None
    after: int | None = None


def waiting_for(account, wanted: dict | None = None) -> QuerySet[Dossier]:
    """Dossiers that the account may enter next: read and not begun, or entered by others; narrowed as wanted, oldest first."""
    others = ~Q(first_entered_by=account) & (Q(round=SECOND) | Q(round=THIRD) & ~Q(second_entered_by=account))
    rows = Dossier.objects.visible_to(account).filter(Q(state=State.READ, round=FIRST) | Q(state=State.ENTERED) & others)
    return _narrowed(rows, wanted or {}).order_by("pk")


def free_for(account, wanted: dict | None = None) -> QuerySet[Dossier]:
    """Those of the waiting that nobody else holds now."""
    held = Lease.objects.filter(dossier=OuterRef("pk"), until__gt=clock.now()).exclude(account=account)
    return waiting_for(account, wanted).filter(~Exists(held))


def lease_of(dossier: Dossier) -> Lease | None:
    """Who holds the dossier now; a lease that ran out holds nothing."""
    return Lease.objects.filter(dossier=dossier, until__gt=clock.now()).select_related("account").first()


def bookmark_of(account) -> Bookmark | None:
    """Where the account left off, where it still sees that dossier."""
    return Bookmark.objects.visible_to(account).filter(account=account).select_related("dossier", "page").first()


def sitting_of(account, dossier: Dossier) -> Sitting:
    """``Hồ sơ 14/50``: those passed, this one, and those still waiting, at most a sitting."""
    mark, size = bookmark_of(account), habits().sitting
    passed = mark.passed if mark else []
    number = (passed.index(dossier.pk) if dossier.pk in passed else len(passed)) + 1
    left = free_for(account, mark.wanted if mark else {}).exclude(pk__in=[*passed, dossier.pk]).order_by()[:size]
    others = len([pk for pk in passed if pk != dossier.pk])
    total = max(number, min(others + 1 + len(left.values_list("pk")), size))
    before = passed[number - 2] if 1 < number <= len(passed) + 1 else None
    after = passed[number] if number < len(passed) else None
    return Sitting(number, total, lease_of(dossier), before, after)


def may_enter(account, dossier: Dossier) -> bool:
    """Whether the account may do the entering that the dossier waits for: the act is its own, and no field of an earlier round is."""
    waits = waiting_for(account).filter(pk=dossier.pk).first()
    if waits is None or not rights.may(account, "dossiers.enter_field", waits.area_path, waits.field):
        return False
    return not Entering.objects.filter(paper__in=waits.papers.values("pk"), entered_by=account, round__lt=waits.round).exists()


def _narrowed(rows, wanted):
    if wanted.get("category"):
        rows = rows.filter(category=wanted["category"])
    if wanted.get("area_path"):
        rows = rows.filter(rights.within([wanted["area_path"]]))
    return rows.filter(round=wanted["round"]) if wanted.get("round") else rows
