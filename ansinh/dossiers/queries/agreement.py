"""What a dossier says of its person: one value a field where its papers agree, and where they or the register do not."""
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from ansinh.engine.law import book
from ansinh.office import clock
from ansinh.registry.models import Death, Identifier, Particulars, Person, Standing

from ..catalogue import Category, Field, PaperKind, catalogue
from ..models import Dossier, Paper, Settlement
from ..values import agrees, plain_birth, shown
from .entering import Settled, settled_of

CARD_LENGTH = {12: Identifier.Kind.CITIZEN, 9: Identifier.Kind.OLD_CARD}
# A person has both, one after the other: the old card contradicts no citizen number.
OLD_CARD = "old_card"

CODES = {Identifier.Kind.CITIZEN: "citizen_number", Identifier.Kind.OLD_CARD: OLD_CARD, Identifier.Kind.FILE: "dossier_number"}


@dataclass(frozen=True)
class Said:
    """A value and the papers that carry it, the deciding one first; a value of the register has no papers but its row."""

    field: Field
    value: str
    papers: tuple[Settled, ...] = ()
    row: object = None

    @property
    def words(self) -> str:
        return shown(self.field, self.value)

    @property
    def source(self) -> str:
        return paper_words(self.papers[0].paper) if self.papers else getattr(self.row, "source", "")


@dataclass(frozen=True)
class Contradiction:
    """A field of which two papers, or a paper and the register, say what cannot both be true."""

    field: Field
    sides: tuple[Said, ...]


@dataclass(frozen=True)
class Agreement:
    """What counts by field, what of it the register says already, and what has still to be settled."""

    said: dict[str, Said]
    known: dict[str, Said]
    contradictions: tuple[Contradiction, ...]


def agreement_of(dossier: Dossier, person: Person | None = None) -> Agreement:
    """Papers against each other, and against the register where the person is known."""
    person = person or dossier.person
    known = register_says(person, dossier) if person else {}
    settlements = {row.name: row for row in Settlement.objects.filter(dossier=dossier, settled_in__undone_by=None).order_by("id")}
    said, contradictions = {}, []
    for field, sides in _sides(dossier).items():
        against = known.get(field.code)
        chosen = _chosen(settlements.get(field.code), sides, against)
        every = (*sides, *([against] if against and not any(agrees(field, side.value, against.value) for side in sides) else []))
        if chosen:
            said[field.code] = chosen
        elif len(every) > 1:
            contradictions.append(Contradiction(field, every))
        else:
            said[field.code] = sides[0]
    return Agreement(said, known, tuple(contradictions))


def register_says(person: Person, dossier: Dossier) -> dict[str, Said]:
    """By field what the register says today of the things that dossiers prove."""
    found, fields = {}, catalogue().fields
    fields = {**fields, OLD_CARD: _old_card(fields["citizen_number"])}
    if row := Particulars.objects.on(clock.today()).filter(person=person).first():
        found["full_name"], found["birth"] = (row.name, row), (plain_birth(row.birth_on, row.birth_precision), row)
    for row in Identifier.objects.on(clock.today()).filter(person=person).order_by("kind"):
        if row.kind in CODES:
            found[CODES[row.kind]] = (row.number, row)
    if row := Death.objects.current().filter(person=person).first():
        found["death_day"] = (row.since.isoformat(), row)
    category = catalogue().categories.get(dossier.category)
    rows = list(Standing.objects.current().filter(person=person, code=category.standing).order_by("since")) if category else []
    if rows:
        found["entitled_from"] = (rows[0].since.isoformat()[:7], rows[0])
        found["injury_rate"] = (str(rows[-1].grade or ""), rows[-1])
    return {name: Said(fields[name], value, row=row) for name, (value, row) in found.items() if value}


def missing_papers(dossier: Dossier) -> list[tuple[PaperKind, ...]]:
    """Required papers that are not there: each a choice of kinds, one of which would do."""
    category = catalogue().categories.get(dossier.category)
    there = set(dossier.papers.filter(kind_is_confirmed=True).values_list("kind", flat=True))
    return [choice for choice in category.papers if not there & {kind.code for kind in choice}] if category else []


def missing_fields(dossier: Dossier) -> list[Field]:
    """Required fields that no paper of the dossier was entered for."""
    category = catalogue().categories.get(dossier.category)
    there = {row.field.code for row in settled_of(dossier) if row.value}
    return [field for field in category.fields if field.code not in there] if category else []


def paper_words(paper: Paper) -> str:
    """``Quyết định trợ cấp số 12/QĐ-SLĐTBXH ngày 04/01/2010``: how an act names its source."""
    kind = catalogue().papers.get(paper.kind)
    parts = [kind.title if kind else _("Giấy tờ")]
    if paper.number:
        parts.append(_("số %(number)s") % {"number": "/".join(filter(None, (paper.number, paper.notation)))})
    if paper.issued_on:
        parts.append(_("ngày %(day)s") % {"day": f"{paper.issued_on:%d/%m/%Y}"})
    return " ".join(parts)


def standing_of(dossier: Dossier):
    """The standing in law that a dossier of this category proves, if it proves one."""
    category = catalogue().categories.get(dossier.category)
    return book().standings.get(category.standing) if category else None


def _sides(dossier) -> dict[Field, tuple[Said, ...]]:
    """By field that proves something: the values that papers carry, those that can all be true put together."""
    rank = _ranks(catalogue().categories.get(dossier.category))
    read = [row for row in settled_of(dossier) if row.field.proves and row.value and not row.is_unreadable]
    read.sort(key=lambda row: (rank.get(row.paper.kind, len(rank)), row.paper.position))
    groups: dict[Field, list[list[Settled]]] = {}
    for row in read:
        is_old_card = row.field.type == "citizen_number" and CARD_LENGTH[len(row.value)] == Identifier.Kind.OLD_CARD
        together = groups.setdefault(_old_card(row.field) if is_old_card else row.field, [])
        same = next((group for group in together if all(agrees(row.field, row.value, other.value) for other in group)), None)
        if same is None:
            together.append([row])
        else:
            same.append(row)
    return {field: tuple(_as_said(field, group) for group in together) for field, together in groups.items()}


def _old_card(field: Field) -> Field:
    """The same field of papers where it carries a number of nine digits."""
    return replace(field, code=OLD_CARD, title=str(Identifier.Kind.OLD_CARD.label).capitalize())


def _as_said(field, group) -> Said:
    """The most precise of values that agree; among those the paper that decides comes first."""
    best = max(group, key=lambda row: len(row.value)) if field.type == "birth" else group[0]
    return Said(field, best.value, (best, *(row for row in group if row is not best)))


def _ranks(category: Category | None) -> dict[str, int]:
    """Kinds of papers, the deciding one (named last by its category) first."""
    listed = [kind.code for choice in (category.papers if category else ()) for kind in choice]
    return {code: place for place, code in enumerate(reversed(listed))}


def _chosen(settlement: Settlement | None, sides, against) -> Said | None:
    """What was settled, as long as it still stands among what the papers or the register say."""
    if settlement is None:
        return None
    if settlement.entering_id is None:
        return against
    return next((side for side in sides if settlement.entering_id in {row.entering.pk for row in side.papers}), None)
