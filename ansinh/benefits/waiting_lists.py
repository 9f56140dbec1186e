"""Danh sách chờ duyệt: what acts change of entitlements, the proposed lists say at once; undoing the act, they say as before."""
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps

import polars as pl
from django.db.models import Q

from ansinh.office import bulk, clock
from ansinh.office.models import Entry
from ansinh.office.rehearsal import rehearse
from ansinh.payments.actions.relisting import LineChange, lock_lists, open_batches, relist
from ansinh.payments.models import Batch, Payable
from ansinh.registry.models import Person
from ansinh.web.refusal import Refusal

from .models import Entitlement
from .reckoning import PERSONS, law_for, proposals

# Whose lists an act in hand follows already: what is done within it is in its own reckoning.
_followed: ContextVar[frozenset[int]] = ContextVar("followed", default=frozenset())
# Where a rehearsal hears of what changed.
_told: ContextVar[list[LineChange] | None] = ContextVar("told", default=None)


def lock(persons: Collection[int], fields: Collection[str]) -> list[Batch]:
    """One at a time: who changes or approves the same persons' payables waits here, and then sees what was done.

    Returns the batches of these fields of which some list waits for approval.
    """
    among = bulk.Values(persons)
    # Whoever makes a list anew writes lines of all who stand on it, and so may hold on to persons whom another act has locked.
    len(Person.objects.filter(pk__among=among).select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    batches = open_batches(fields)
    lock_lists(batches)
    len(Payable.objects.filter(person__among=among).select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    return batches


class WaitingLists:
    """The proposed lists of some persons around an act: reckoned before it, made anew after it; acts within it leave them to it."""

    def __init__(self, persons: Iterable[int], fields: Collection[str]):
        self.persons = sorted(set(persons) - _followed.get())
        # Most of the time nothing waits, and an act need not stop anybody.
        waits = bool(self.persons) and bool(open_batches(fields))
        self.before = {batch: self._reckoned(batch) for batch in (lock(self.persons, fields) if waits else ())}

    def __enter__(self):
        self._token = _followed.set(_followed.get() | frozenset(self.persons))
        return self

    def __exit__(self, *_failure):
        _followed.reset(self._token)

    def made_anew(self) -> tuple[LineChange, ...]:
        """Make the lists follow what was done, as working the months out again would; what they say of the persons now."""
        changes = [change for batch, before in self.before.items() for change in relist(batch, self.persons, before, self._reckoned(batch))]
        if (told := _told.get()) is not None:
            told += changes
        return tuple(changes)

    def _reckoned(self, batch) -> pl.DataFrame:
        """The persons' proposals of a month by the books as they are."""
        law = law_for(batch.month, clock.today(), batch.field)
        parts = (self.persons[at : at + PERSONS] for at in range(0, len(self.persons), PERSONS))
        owned = (Entitlement.objects.filter(payable__person__among=bulk.Values(part)).values("pk") for part in parts)
        return pl.concat(frame for own in owned for frame in proposals(batch.month, law, entitlements=own))


@contextmanager
def lists_follow(persons: Iterable[int], fields: Collection[str]) -> Iterator[None]:
    """Inside an act: what is done here to entitlements of these persons in these fields is in their waiting lists afterwards."""
    with WaitingLists(persons, fields) as lists:
        yield
    lists.made_anew()


def with_waiting_lists(act: Callable) -> Callable:
    """Let the lists follow an act on one entitlement."""

    @wraps(act)
    def followed(entitlement, **given):
        with lists_follow([entitlement.payable.person_id], [entitlement.field]):
            return act(entitlement, **given)

    return followed


def lists_follow_back(entry: Entry):
    """The context in which a journal line is undone: lists that wait follow the terms that it takes back."""
    touched = Entitlement.objects.filter(Q(terms_rows__recorded_in=entry) | Q(terms_rows__withdrawn_in=entry))
    found = list(touched.values_list("payable__person", "payable__field").distinct())
    return lists_follow({person for person, _field in found}, {field for _person, field in found})


def changes_by(act: Callable, fields: Collection[str]) -> tuple[LineChange, ...]:
    """What waiting lists of these fields would say differently after an act: it is done and taken back; nothing where it is refused."""
    if not open_batches(fields):
        return ()
    token = _told.set(told := [])
    try:
        rehearse(act)
    except Refusal:
        return ()
    finally:
        _told.reset(token)
    return tuple(told)
