"""What was entered from a dossier: by round, what differs, what counts, and what is still to be decided."""
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max

from ansinh.office.models import Account

from ..catalogue import Field, catalogue
from ..models import Dossier, Entering, Paper, Suggestion
from ..rounds import FIRST, SECOND, THIRD, is_of_second
from ..values import same

Key = tuple[int, str]


@dataclass(frozen=True)
class Settled:
    """What counts for a field of a paper: its value, the entering that carries it with its place, and who checked it."""

    paper: Paper
    field: Field
    value: str
    entering: Entering
    checked_by: Account | None
    is_unreadable: bool = False
    checked_elsewhere_by: str = ""


def fields_of(paper: Paper) -> tuple[Field, ...]:
    """The fields that a paper of this kind usually carries; none where its kind is not known yet."""
    kind = catalogue().papers.get(paper.kind)
    return kind.fields if kind else ()


def papers_of(dossier: Dossier) -> list[Paper]:
    """The dossier's papers in their order."""
    return list(dossier.papers.order_by("position", "id"))


def newest_of(papers: Iterable[Paper], *rounds: int) -> dict[int, dict[Key, Entering]]:
    """By round, then by paper and field: the entering that stands, which is the newest."""
    rows = Entering.objects.filter(paper__in=[paper.pk for paper in papers])
    newest = rows.values("paper", "name", "round").annotate(newest=Max("id")).values("newest")
    found: dict[int, dict[Key, Entering]] = {number: {} for number in rounds or (FIRST, SECOND, THIRD)}
    for row in Entering.objects.filter(pk__in=newest).select_related("entered_by", "page"):
        found.setdefault(row.round, {})[row.paper_id, row.name] = row
    return found


def suggested_of(papers: Iterable[Paper]) -> dict[Key, Suggestion]:
    """By paper and field the surest suggestion of the machine."""
    rows = Suggestion.objects.filter(page__paper__in=[paper.pk for paper in papers]).select_related("page").order_by("confidence", "-id")
    return {(row.page.paper_id, row.name): row for row in rows}


def is_different(field: Field, one: Entering | None, other: Entering | None) -> bool:
    """Whether two enterings of a field say different things; one that was not entered says that nothing stands there."""
    unread = [bool(each and each.is_unreadable) for each in (one, other)]
    values = [each.value if each else "" for each in (one, other)]
    return unread[0] != unread[1] or not same(field, *values)


def differing(dossier: Dossier, papers: list[Paper] | None = None) -> list[tuple[Paper, Field]]:
    """Fields of which the two blind enterings say different things."""
    papers = papers if papers is not None else papers_of(dossier)
    found = newest_of(papers)
    return [
        (paper, field) for paper in papers for field in fields_of(paper)
        if is_of_second(field, dossier.entered_twice)
        and is_different(field, found[FIRST].get((paper.pk, field.code)), found[SECOND].get((paper.pk, field.code)))
    ]


def to_enter(dossier: Dossier, papers: list[Paper], number: int) -> list[tuple[Paper, Field]]:
    """What is entered in a round."""
    if number == THIRD:
        return differing(dossier, papers)
    every = [(paper, field) for paper in papers for field in fields_of(paper)]
    return every if number == FIRST else [(p, f) for p, f in every if is_of_second(f, dossier.entered_twice)]


def undecided(dossier: Dossier, papers: list[Paper], number: int) -> list[tuple[Paper, Field]]:
    """Fields on which the officer of a round has still to say something: suggestions in the first, differences in the third."""
    entered = newest_of(papers)[number]
    waiting = [(paper, field) for paper, field in to_enter(dossier, papers, number) if (paper.pk, field.code) not in entered]
    if number == SECOND:
        return []
    suggested = suggested_of(papers)
    return [(p, f) for p, f in waiting if number == THIRD or (p.pk, f.code) in suggested]


def settled_of(dossier: Dossier, papers: list[Paper] | None = None) -> list[Settled]:
    """What counts: the third entering where there is one, else the first, checked where a second says the same."""
    papers = papers if papers is not None else papers_of(dossier)
    found = newest_of(papers)
    counted = (_settled(dossier, paper, field, found) for paper in papers for field in fields_of(paper))
    return [row for row in counted if row]


def _settled(dossier, paper, field, found) -> Settled | None:
    key = paper.pk, field.code
    first, second, third = (found[number].get(key) for number in (FIRST, SECOND, THIRD))
    differs = is_of_second(field, dossier.entered_twice) and is_different(field, first, second)
    if third and differs:
        return Settled(paper, field, third.value, third, *_checker(third, third))
    if first is None:
        return None
    agreeing = second if second and not is_different(field, first, second) else None
    return Settled(paper, field, first.value, first, *_checker(first, agreeing))


def _checker(counts: Entering, checking: Entering | None) -> tuple[Account | None, bool, str]:
    """Who checked: an account here, or words about someone where a package came from; with whether it could be read."""
    elsewhere = checking.entered_elsewhere_by if checking else ""
    return None if elsewhere or not checking else checking.entered_by, counts.is_unreadable, elsewhere
