"""Which fields are entered in which round, whether a dossier is drawn for a second entering, and how long it is held."""
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from django.utils.crypto import salted_hmac

from ansinh.engine.law.places import listed

from .catalogue import FOLDER, Field

FIRST, SECOND, THIRD = 1, 2, 3


@dataclass(frozen=True)
class Habits:
    """How the office enters dossiers (law/dossiers/entering.yaml)."""

    twice_per_mille: int
    hold: timedelta
    sitting: int


@cache
def habits() -> Habits:
    """The office's habits."""
    (row,) = listed(FOLDER / "entering.yaml")
    row.only({"code", "twice_per_mille", "hold_minutes", "sitting", "basis", "verified"})
    return Habits(row.whole("twice_per_mille"), timedelta(minutes=row.whole("hold_minutes")), row.whole("sitting"))


def is_drawn(code: str, per_mille: int) -> bool:
    """Whether a dossier is entered twice: always the same answer for its number, which no officer can foretell."""
    return int(salted_hmac("dossiers.entered_twice", code).hexdigest()[:8], 16) % 1000 < per_mille


def is_of_second(field: Field, entered_twice: bool) -> bool:
    """Whether a field is entered a second time."""
    return entered_twice or field.twice
