"""Which values of a person are proved by a place on a scan, however often their rows were restated since."""
from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db.models import Q

from ansinh.registry.models import Death as DeathRow
from ansinh.registry.models import Identifier, Particulars, Person, Residence, Standing
from ansinh.web.composed import once_a_page

from ..catalogue import Field, catalogue
from ..models import Evidence
from ..models.fields import PROVABLE
from ..values import plain_birth, same

MODELS = {"particulars": Particulars, "identifier": Identifier, "residence": Residence, "death": DeathRow, "standing": Standing}
Key = tuple[str, int, str]


def evidence_of(person: Person, account) -> list[Evidence]:
    """All places on scans that prove something of the person, within the reader's rights, newest first; undone acts prove nothing."""
    of_person = reduce(or_, (Q(**{f"{kind}__person": person}) for kind in PROVABLE))
    rows = Evidence.objects.visible_to(account).filter(of_person, recorded_in__undone_by=None)
    return list(rows.select_related("page__dossier", "page__paper", *PROVABLE).order_by("-id"))


@once_a_page
def proofs_of(person: Person, account) -> dict[Key, Evidence]:
    """By kind of row, row and attribute: the newest evidence whose value is what the row says today."""
    evidence, found = evidence_of(person, account), {}
    if not evidence:
        return found
    for kind, row in _rows_of(person):
        for name, field, value in _values_of(kind, row):
            proof = next((one for one in evidence if kind_of(one) == kind and one.name == name and same(field, one.value, value)), None)
            if proof:
                found[kind, row.pk, name] = proof
    return found


def kind_of(evidence: Evidence) -> str:
    """Which kind of row a piece of evidence proves."""
    return next(kind for kind in PROVABLE if getattr(evidence, f"{kind}_id") is not None)


def field_of(evidence: Evidence) -> Field:
    """The field of a paper that carried the proved value."""
    return catalogue().fields[evidence.entering.name]


def _rows_of(person) -> Iterator[tuple[str, object]]:
    for kind, model in MODELS.items():
        for row in model.objects.current().filter(person=person):
            yield kind, row


def _values_of(kind, row) -> Iterator[tuple[str, Field, str]]:
    """What a row says, as the fields of papers say it."""
    for field in catalogue().fields.values():
        proved, _dot, name = field.proves.partition(".")
        if proved == kind and (value := _plain(field, row, name)):
            yield name, field, value


def _plain(field, row, name) -> str:
    value = getattr(row, name)
    if field.type == "birth":
        return plain_birth(value, row.birth_precision)
    if field.type in ("day", "month"):
        return value.isoformat()[: 7 if field.type == "month" else 10]
    return str(value or "")
