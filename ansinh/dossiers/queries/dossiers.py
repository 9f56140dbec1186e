"""What lists and the page of a dossier ask: which dossiers, how many pages were scanned, which papers are missing."""
from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from ansinh.engine.text.names import fold, normalise
from ansinh.office import clock, rights
from ansinh.registry.models import Area, Identifier, Person

from ..catalogue import PaperKind, catalogue
from ..models import Dossier, Page, Paper

OUT, LATE, LOST = "out", "late", "lost"


def dossiers_of(account, *, category="", state="", place="", whereabouts="", text="") -> QuerySet[Dossier]:
    """Dossiers that the account sees, narrowed; each with ``scanned``, the sides of sheets that were scanned."""
    rows = Dossier.objects.visible_to(account).filter(_narrowed(category, state, whereabouts))
    if place:
        rows = rows.filter(rights.within([place]))
    for word in fold(text).split():
        rows = rows.filter(Q(search_key__contains=word) | Q(person__search_key__contains=word))
    return rows.annotate(scanned=_scanned())


def _narrowed(category, state, whereabouts):
    said = Q(category=category) if category else Q()
    said &= Q(state=state) if state else Q()
    out = Q(loans__back_on=None, loans__isnull=False)
    return said & {OUT: out, LATE: out & Q(loans__due_on__lt=clock.today()), LOST: Q(lost_on__isnull=False)}.get(whereabouts, Q())


def _scanned():
    counted = Page.objects.filter(dossier=OuterRef("pk"), kind=Page.Kind.PAGE).order_by().values("dossier").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def places_of(account) -> list[Area]:
    """Units of today in which the account sees dossiers, districts before their communes."""
    inside = rights.within(rights.sees(account, "dossiers"), "path")
    return list(Area.objects.on(clock.today()).filter(inside, level__gt=Area.Level.PROVINCE).order_by("path"))


def person_by_number(number: str, account) -> Person | None:
    """The one person who bears a number and lives where the account sees dossiers; others are not there for it."""
    number = normalise(number).upper()
    inside = rights.within(rights.sees(account, "dossiers"), "person__area_path")
    rows = Identifier.objects.current().filter(inside, number__in={number, number.replace(" ", "")}, until=None).select_related("person")
    found = {row.person for row in rows[:2]}
    return found.pop() if len(found) == 1 else None


@dataclass(frozen=True)
class Needed:
    """A required paper: the kinds of which one must be there, and those that are."""

    kinds: tuple[PaperKind, ...]
    papers: tuple[Paper, ...]

    @property
    def is_there(self) -> bool:
        return bool(self.papers)

    @property
    def is_confirmed(self) -> bool:
        return any(paper.kind_is_confirmed for paper in self.papers)


def checklist(dossier: Dossier, papers) -> list[Needed]:
    """Required papers of the dossier's category with those of the dossier that are of their kind."""
    category = catalogue().categories.get(dossier.category)
    needed = category.papers if category else ()
    return [Needed(kinds, tuple(p for p in papers if p.kind in {kind.code for kind in kinds})) for kinds in needed]
