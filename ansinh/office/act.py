"""Acts: the unit of change. One decorator holds right, transaction, journal line and reactions in one place."""
from collections import defaultdict
from collections.abc import Callable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from inspect import signature

from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from ansinh.web.refusal import Forbidden, Refusal

from . import clock, rights
from .models import Entry

_entry: ContextVar[Entry | None] = ContextVar("entry", default=None)


@dataclass(frozen=True)
class Act:
    """A named act: its function, the words on its button, how it finds its place, and its inverse if it has its own."""

    name: str
    label: str
    call: Callable
    scope: Callable | None
    undo: Callable | None
    undoable: bool
    undoing: Callable | None

    @property
    def help(self) -> str:
        return (self.call.__doc__ or "").split("\n")[0]


ACTS: dict[str, Act] = {}
REACTIONS: dict[str, list[Callable]] = defaultdict(list)


def current_entry() -> Entry:
    """The journal line of the act in hand; outside of an act there is none and nothing may be written."""
    entry = _entry.get()
    if entry is None:
        raise RuntimeError("dated rows are written by acts only")
    return entry


@contextmanager
def continuing(entry: Entry):
    """Go on with an act that needs several transactions (a long import): what is written belongs to its first entry."""
    token = _entry.set(entry)
    try:
        yield entry
    finally:
        _entry.reset(token)


def action(
    name: str, *, label: str, scope: Callable | None = None, undo: Callable | None = None, undoing: Callable | None = None, undoable=True,
    private=(),
):
    """Make a function an act.

    ``scope(*args, **kwargs) -> (area_path, field)`` says where it happens; without it the first argument's own
    ``area_path`` and ``field`` count; without a field it is a matter of no field, open to officers of any.
    ``undo(entry)`` is called after the general undoing of dated rows; ``undoing(entry)`` is the context in which both are done.
    Arguments named in ``private`` (names, numbers of persons) stay out of the journal.
    The function takes ``by=`` (Account) as a keyword. An act inside an act shares its transaction; its entry has
    the outer one as parent.
    """

    def decorate(function):
        @wraps(function)
        def act(*args, by, **kwargs):
            area_path, field = _place(scope, args, kwargs)
            if not rights.may(by, name, area_path, field):
                raise Forbidden(_("Tài khoản %(who)s không có quyền làm việc này ở địa bàn này.") % {"who": by})
            with transaction.atomic():
                return _perform(function, name, by, (area_path, field), args, kwargs, private)

        if name in ACTS:
            raise ValueError(f"two acts are named {name}")
        act.act_name = name
        ACTS[name] = Act(name, label, act, scope, undo, undoable, undoing)
        return act

    return decorate


def reacts_to(name: str):
    """Hear an act of a lower module: called after it, in its transaction, with its result and arguments; raises tasks only."""

    def decorate(function):
        REACTIONS[name].append(function)
        return function

    return decorate


def open_entry(name: str, by, *, key="", area_path="", field="", facts=None, undoes=None, title="") -> Entry:
    """Write a journal line for something that happens now."""
    return Entry.objects.create(
        at=clock.now(), act=name, by=by, key=key, area_path=area_path, field=field, facts=facts or {},
        parent=_entry.get(), undoes=undoes, title=title[:300],
    )


def _perform(function, name, by, place, args, kwargs, private):
    key = _key(args[0]) if args else ""
    title = _title(args[0]) if args else ""
    entry = open_entry(name, by, key=key, area_path=place[0], field=place[1], facts=_facts(kwargs, private), title=title)
    token = _entry.set(entry)
    try:
        wanted = {**kwargs, "by": by} if "by" in signature(function).parameters else kwargs
        result = function(*args, **wanted)
        for reaction in REACTIONS[name]:
            reaction(result, *args, **kwargs)
        return result
    finally:
        _entry.reset(token)


def one_at_a_time(space: int):
    """Inside an act: wait until no other act holds this number, so that two officers do not order or number the same at one moment.

    On SQLite whoever writes is alone anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [space])


def may_do(account, act: Callable, subject=None) -> bool:
    """Whether the account may do an act (its function) on a subject; without one: anywhere at all. For buttons and desks."""
    if subject is None:
        return rights.may_somewhere(account, act.act_name)
    return rights.may(account, act.act_name, *_place(ACTS[act.act_name].scope, (subject,), {}))


def _place(scope, args, kwargs) -> tuple[str, str]:
    if scope:
        return scope(*args, **kwargs)
    return args[0].area_path, getattr(args[0], "field", "")


def _key(subject) -> str:
    """What an act was done to, as text: ``registry.person:12``; several as ``payments.paylist:3,4,5``, cut where they are many."""
    if isinstance(subject, (list, tuple)) and subject and isinstance(subject[0], models.Model):
        return f"{_key(subject[0])}{''.join(f',{other.pk}' for other in subject[1:])}"[:80]
    return f"{subject._meta.label_lower}:{subject.pk}" if isinstance(subject, models.Model) else str(subject)[:80]


def _title(subject) -> str:
    return subject.journal_title() if hasattr(subject, "journal_title") else ""


def _facts(kwargs, private) -> dict:
    shown = {name: _plain(value) for name, value in kwargs.items() if name not in private}
    return {name: plain for name, plain in shown.items() if plain is not _NOT_PLAIN}


_NOT_PLAIN = object()


def _plain(value):
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, models.Model):
        return _key(value)
    if isinstance(value, (list, tuple, set)):
        return [_plain(item) if _plain(item) is not _NOT_PLAIN else str(item) for item in value]
    return _NOT_PLAIN


__all__ = ["ACTS", "REACTIONS", "Act", "Refusal", "action", "continuing", "current_entry", "one_at_a_time", "open_entry", "reacts_to"]
