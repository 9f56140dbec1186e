"""Person rows show what is believed of the person today; every act that says something of a person refreshes them."""
from collections.abc import Iterable

from django.db import connection
from django.db.models import Q

from ansinh.office import clock
from ansinh.office.dated import dated_models
from ansinh.office.models import Entry

from ..models import Area, Death, Particulars, Person, Residence
from ..models.persons import PersonRow, Precision, Sex
from ..names import KEYS, name_keys
from ..queries.areas import Lineage

CACHED = ("name", *KEYS, "birth_on", "birth_precision", "sex", "died_on", "area_path")
# Nothing is believed of the person any more (a registration undone): found by nobody, but old papers still point here.
NOTHING = {
    "name": "", **name_keys(""), "birth_on": None, "birth_precision": Precision.UNKNOWN, "sex": Sex.UNKNOWN,
    "died_on": None, "area_path": "",
}
SLICE = 5_000


def refresh_persons(ids: Iterable[int]):
    """Copy what is believed of these persons today to their own rows: name and keys, birth, sex, death, place."""
    ids = sorted(set(ids))
    lineage = None
    for start in range(0, len(ids), SLICE):
        part = ids[start : start + SLICE]
        believed = {pk: dict(NOTHING) for pk in part}
        for row in _last_begun(Particulars, part):
            believed[row.person_id] |= {n: getattr(row, n) for n in ("name", "birth_on", "birth_precision", "sex")} | name_keys(row.name)
        for row in Death.objects.current().filter(person__in=part):
            believed[row.person_id]["died_on"] = row.since
        homes = {row.person_id: row.area for row in _last_begun(Residence, part, area__isnull=False)}
        if any(_has_ended(area) for area in homes.values()):
            lineage = lineage or Lineage()
        for pk, area in homes.items():
            believed[pk]["area_path"] = path_today(area, lineage)
        _save(believed)


def refresh_one(person: Person):
    """Refresh a person in hand, and the object itself."""
    refresh_persons([person.pk])
    person.refresh_from_db()


def refresh_persons_of(entry: Entry):
    """After an undo: refresh everyone of whom the act had said something."""
    said = Q(recorded_in=entry) | Q(withdrawn_in=entry)
    refresh_persons(
        pk for model in dated_models() if issubclass(model, PersonRow) for pk in model.objects.filter(said).values_list("person_id", flat=True)
    )


def path_today(area: Area, lineage: Lineage | None = None) -> str:
    """Where persons of a recorded unit are found today: the one successor of a unit that ended; a divided one stays."""
    if not _has_ended(area):
        return area.path
    place = (lineage or Lineage()).placed(area, clock.today(), area.level)
    return place.path if place else area.path


def _has_ended(area):
    return area.until is not None and area.until < clock.today()


def _last_begun(model, ids, **narrowed):
    """Of each person the row of today; else the last one that began, else the first to come."""
    rows = model.objects.current().filter(person__in=ids, **narrowed).order_by("since")
    chosen = {}
    for row in rows.select_related("area") if model is Residence else rows:
        if row.person_id not in chosen or row.since <= clock.today():
            chosen[row.person_id] = row
    return chosen.values()


def _save(believed):
    fields = [Person._meta.get_field(name) for name in CACHED]
    quote = connection.ops.quote_name
    said = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    rows = [[*(f.get_db_prep_save(values[f.name], connection) for f in fields), pk] for pk, values in believed.items()]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {quote(Person._meta.db_table)} SET {said} WHERE id = %s", rows)
