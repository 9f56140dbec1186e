"""Kinds of import: values that modules register; the road itself knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import polars as pl
from django.utils.translation import gettext as _

from ansinh.web.refusal import Refusal

from ..sheets.columns import Column


@dataclass(frozen=True)
class Setting:
    """What a check may know besides the rows: the day whose communes count, today, the place, the act when it runs."""

    as_of: date
    today: date
    area_path: str
    entry_id: int | None = None
    source: str = ""


@dataclass(frozen=True)
class Kind:
    """Loại bảng nạp.

    ``check(texts, setting)`` gets the columns as text and returns the frame with the columns of ``schema`` besides
    ``title``, the columns of ``keys`` (what may stand once in a file; null: anything), ``fault``, ``remedy``, ``note``.
    ``match(rows, setting)`` gets rows without fault and adds ``subject`` (id or null), ``outcome``, ``reason``,
    ``remedy``, ``candidates`` (ids) and ``old_…`` for each of ``compared``; it runs again when rows are applied.
    ``apply(rows, setting)`` writes rows that are new or changed, inside the act; ``kept(import)`` names persons whose
    rows an undo must leave, with the reason; ``undo(entry, kept)`` withdraws what upper modules wrote.
    ``once`` are columns of matched rows that may stand once in a file (the person, where nothing else is said). ``words`` are
    the values of a column as officers read them; ``guide()`` gives name, words and source of every group that a cell may name, for
    the empty form.
    ``report(rows)`` is what the preview shows besides (the parallel month), as JSON, from the columns of ``reported``.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    schema: dict[str, pl.DataType]
    compared: tuple[str, ...]
    check: Callable
    match: Callable
    apply: Callable
    keys: tuple[str, ...] = ("key",)
    once: tuple[str, ...] = ("subject",)
    reported: tuple[str, ...] = ()
    domain: str = ""
    shows: dict[str, str] = field(default_factory=dict)
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    kept: Callable | None = None
    undo: Callable | None = None
    report: Callable | None = None
    guide: Callable[[], list[tuple[str, str, str]]] | None = None


KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known under its name; called once by the module that owns its highest effect."""
    KINDS[kind.name] = kind
    return kind


def kind_named(name: str) -> Kind:
    """The kind, or a refusal that names the kinds there are."""
    if name not in KINDS:
        known = ", ".join(sorted(KINDS))
        raise Refusal(_("Không có loại bảng %(name)s; các loại có: %(known)s.") % {"name": name, "known": known})
    return KINDS[name]
