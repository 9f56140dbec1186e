"""Rights: role × area × field. What the roles may do is data in roles.yaml; queries start from the paths here."""
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import yaml
from django.db.models import Q

from . import clock

ROLES_FILE = Path(__file__).with_name("roles.yaml")
HIGHEST = "\U0010ffff"


@cache
def roles() -> dict:
    """The roles of roles.yaml: code → {title, acts, sees, second_factor}."""
    return yaml.safe_load(ROLES_FILE.read_text("utf-8"))


def rights_of(account) -> list:
    """The account's rights in force today, read once for each account object."""
    if account is None or not account.is_active:
        return []
    if not hasattr(account, "_rights_in_force"):
        account._rights_in_force = list(account.rights.in_force(clock.today()))
    return account._rights_in_force


def may(account, act: str, area_path: str, field: str = "") -> bool:
    """Whether the account may do the act at this place and in this field; an empty field: a matter of no field."""
    return any(
        _covers(right, area_path, field) and any(fnmatchcase(act, p) for p in roles()[right.role]["acts"])
        for right in rights_of(account)
    )


def may_somewhere(account, act: str) -> bool:
    """Whether the account may do the act anywhere at all: for showing a button or a page's entrance."""
    return any(any(fnmatchcase(act, p) for p in roles()[right.role]["acts"]) for right in rights_of(account))


def sees(account, subject: str, field: str | None = None) -> list[str]:
    """Area paths in which the account sees a kind of thing (persons, money, journal, accounts, imports, files).

    ``field`` None leaves the field out of the question.
    """
    found = {
        right.area_path
        for right in rights_of(account)
        if subject in roles()[right.role]["sees"] and (not field or right.field in ("", field))
    }
    return sorted(p for p in found if not any(p != q and p.startswith(q) for q in found))


def places_seen(account, subject: str) -> list[tuple[str, str]]:
    """Area path and field of each right by which the account sees a kind of thing; a field ``""`` is every field, there only."""
    return sorted({(r.area_path, r.field) for r in rights_of(account) if subject in roles()[r.role]["sees"]})


def within(paths: list[str], column: str = "area_path") -> Q:
    """A condition on a path column: below any of these paths. No paths: nothing at all."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{column}__gte": path, f"{column}__lt": path + HIGHEST})
    return condition


def seen(account, subject: str, *, path: str = "area_path", field: str = "field") -> Q:
    """A condition on rows with a place and a field: where the account sees this kind of thing.

    Each right counts for itself: one to every field here opens no other field there. A row of no field is open to any.
    """
    condition = Q(pk__in=[])
    for area_path, own_field in places_seen(account, subject):
        condition |= within([area_path], path) & (Q(**{f"{field}__in": ("", own_field)}) if own_field else Q())
    return condition


def needs_second_factor(account) -> bool:
    """Whether a role of the account requires a second factor at sign-in."""
    return any(roles()[right.role]["second_factor"] for right in rights_of(account))


def _covers(right, area_path, field) -> bool:
    return area_path.startswith(right.area_path) and (not field or right.field in ("", field))
