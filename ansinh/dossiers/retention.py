"""How long dossiers are kept: rules by field and day from law/dossiers/retention.yaml."""
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from ansinh.engine.law.places import Place, listed

from .catalogue import FOLDER

ANY = "any"


@dataclass(frozen=True)
class Retention:
    """Thời hạn bảo quản: for ever, or a term between ``shortest`` and ``longest`` years; without them only for ever."""

    field: str
    applies_from: date
    until: date | None
    shortest: int | None
    longest: int | None
    basis: str
    verified: bool


def retention_of(field: str, on: date) -> Retention:
    """The rule for dossiers of a field on a day; before the first one, the first."""
    known = _rules(field) or _rules(ANY)
    return next((rule for rule in reversed(known) if rule.applies_from <= on), known[0])


def retention_words(years: int | None) -> str:
    """``vĩnh viễn`` or ``20 năm``."""
    return _("vĩnh viễn") if years is None else _("%(n)d năm") % {"n": years}


def _rules(field):
    return [rule for rule in rules() if rule.field == field]


@cache
def rules(file: Path = FOLDER / "retention.yaml") -> tuple[Retention, ...]:
    """All rules, the oldest first; a wrong key is refused with file, line and reason (``LawError``)."""
    return tuple(sorted(map(_rule, listed(file)), key=lambda rule: rule.applies_from))


def _rule(row: Place) -> Retention:
    row.only({"field", "applies_from", "until", "shortest", "longest", "basis", "verified"})
    term = [row.whole(key) if key in row else None for key in ("shortest", "longest")]
    until = row.day("until") if "until" in row else None
    return Retention(row.text("field"), row.day("applies_from"), until, *term, row.text("basis"), row.flag("verified", True))
