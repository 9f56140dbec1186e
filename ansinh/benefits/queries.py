"""What can be asked of benefits: frames for the engine, terms of a person, open entitlements."""
from datetime import date

import polars as pl
from django.db.models import Count, Q

from ansinh.engine import schema as engine_schema
from ansinh.engine.law import book
from ansinh.office import bulk
from ansinh.registry.models import Person, Residence

from .models import Entitlement, Terms

FRAME_COLUMNS = {
    "entitlement_id": "entitlement",
    "entitlement__payable__person_id": "person",
    "entitlement__standing": "standing",
    "since": "since",
    "until": "until",
    "state": "state",
    **{name: name for name in Terms.FACTS if name in engine_schema.TERMS},
    "id": "terms",
    "source": "source",
    "recorded_at": "recorded_at",
}
# An empty word in a row is an unknown fact for the engine.
UNKNOWN_WORDS = ("medal", "severity", "poverty")
RANGES_AT_ONCE = 25


def terms_frame(*, field: str, known=None, entitlements=None, persons: tuple[int, int] | None = None) -> pl.DataFrame:
    """The terms of a field's entitlements as the office knew them at a moment (``None``: now), one row a span, for the engine.

    ``entitlements`` narrows to some primary keys (a list or a subquery), ``persons`` to a range of persons.
    """
    rows = Terms.objects.known(known).filter(entitlement__payable__field=field)
    if entitlements is not None:
        rows = rows.filter(entitlement__in=entitlements)
    if persons is not None:
        rows = rows.filter(entitlement__payable__person__gte=persons[0], entitlement__payable__person__lte=persons[1])
    frame = bulk.frame(rows, *FRAME_COLUMNS).rename(FRAME_COLUMNS)
    return frame.with_columns(pl.when(pl.col(word) != "").then(pl.col(word)).alias(word) for word in UNKNOWN_WORDS)


def person_ranges(field: str, size: int) -> list[tuple[int, int]]:
    """Persons with an entitlement in ranges of about ``size``, so that a province is reckoned in bounded memory."""
    found: list[tuple[int, int]] = []
    while len(keys := _persons_after(found[-1][1] if found else 0, field, size * RANGES_AT_ONCE)):
        found += [(int(keys[at]), int(keys[min(at + size, len(keys)) - 1])) for at in range(0, len(keys), size)]
    return found


def persons_entitled(field: str) -> int:
    """How many persons ``person_ranges`` goes through."""
    return Entitlement.objects.filter(payable__field=field).aggregate(n=Count("payable__person", distinct=True))["n"]


def _persons_after(person: int, field: str, most: int) -> pl.Series:
    """The next persons by key; all keys of a country at once would take more memory than a range with everything in it."""
    rows = Entitlement.objects.filter(payable__field=field, payable__person__gt=person).order_by("payable__person").distinct()
    return bulk.frame(rows.values("payable__person_id")[:most], "payable__person_id")["payable__person_id"].sort()


def entitlements_of(person: Person):
    """A person's entitlements, the first granted first."""
    return Entitlement.objects.filter(payable__person=person).select_related("payable__person").order_by("pk")


def of_same_persons(entitlement_ids):
    """Entitlements to reckon together with these: all of the same persons, because an attendant is due once a person."""
    persons = Entitlement.objects.filter(pk__in=entitlement_ids).values("payable__person")
    return Entitlement.objects.filter(payable__person__in=persons).values_list("pk", flat=True)


def open_entitlements(person: Person, on: date):
    """Entitlements of a person that still run after a day, by today's knowledge."""
    running = Terms.objects.current().filter(Q(until=None) | Q(until__gt=on)).values("entitlement")
    return entitlements_of(person).filter(pk__in=running)


def current_terms(entitlement: Entitlement) -> list[Terms]:
    """The terms of an entitlement as believed now, in order of time."""
    return list(entitlement.terms_rows.current().select_related("recorded_in", "rests_on").order_by("since"))


def terms_on(entitlement: Entitlement, day: date, known=None) -> Terms | None:
    """The terms in force on a day."""
    return entitlement.terms_rows.on(day, known).first()


def payees(cut) -> dict[str, int]:
    """Persons with a monthly entitlement in force, by path of the commune in which they lived on the day.

    ``cut`` says of which day (``as_of``), as known when (``known_at``) and for whose eyes (``account``).
    """
    once = [code for code, standing in book().standings.items() if standing.once]
    running = Terms.objects.visible_to(cut.account).on(cut.as_of, cut.known_at).filter(state=Terms.State.IN_FORCE)
    running = running.exclude(entitlement__standing__in=once)
    homes = Residence.objects.on(cut.as_of, cut.known_at).filter(person__in=running.values("entitlement__payable__person"))
    counted = homes.values_list("area__path").annotate(n=Count("person", distinct=True)).order_by()
    return {path: count for path, count in counted if path}
