"""Ảnh chụp nội dung hưởng: one read of the terms, kept as a file, so that a second draft or another month needs no second read.

Files hold no names or numbers of persons, lie in the data folder with the cabinet's rights, and are few: the newest of
each field and area seen, and never more than ``MOST``.
"""
import hashlib
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

import polars as pl
from django.conf import settings
from django.db.models import Q

from ansinh.engine.schema import TERMS
from ansinh.engine.what_if import PLACE
from ansinh.office import bulk, clock, rights
from ansinh.office.models import Entry

from .models import Terms
from .queries import FRAME_COLUMNS, UNKNOWN_WORDS

AREA_PATH = "entitlement__payable__person__area_path"
# Up to so many rows a new read takes a moment: then what was entered since is always in it.
QUICK = 100_000
HELD, MOST = timedelta(hours=12), 6
TOUCHING = Q(act__startswith="benefits.") | Q(act__startswith="registry.") | Q(act="office.undo")
NOT_TOUCHING = ("benefits.save_draft", "benefits.adopt_law")


@dataclass(frozen=True, eq=False)
class Taken:
    """Terms with the commune of each person as known at a moment; ``is_behind``: something was entered since."""

    terms: pl.DataFrame
    at: datetime
    is_behind: bool = False


def taken(field: str, account, *, fresh: bool = False) -> Taken:
    """The terms of a field within what the account sees: those kept, or read now where they are ``fresh``, old or few."""
    paths = rights.sees(account, "money", field)
    key = hashlib.sha256(repr((field, paths)).encode()).hexdigest()[:16]
    kept = None if fresh else _kept(key)
    if kept and not (kept.is_behind and len(kept.terms) <= QUICK):
        return kept
    newest, at = Entry.objects.order_by("-pk").first(), clock.now()
    terms = _read(field, paths)
    if newest:
        _keep(key, terms, newest, at)
    return Taken(terms, at)


def _read(field, paths) -> pl.DataFrame:
    rows = Terms.objects.known(None).filter(rights.within(paths, AREA_PATH), entitlement__payable__field=field)
    names = {column: name for column, name in FRAME_COLUMNS.items() if name in TERMS} | {AREA_PATH: PLACE}
    frame = bulk.frame(rows, *names).rename(names)
    return frame.with_columns(pl.when(pl.col(word) != "").then(pl.col(word)).alias(word) for word in UNKNOWN_WORDS)


def _kept(key) -> Taken | None:
    """The newest file of this key, unless it is old, or this database never wrote the line of the journal it names."""
    for path in sorted(_folder().glob(f"{key}.*.arrow"), reverse=True):
        _key, entry, moment, _ending = path.name.split(".")
        at = datetime.fromtimestamp(int(moment), tz=clock.ZONE)
        if clock.now() - at > HELD or not Entry.objects.filter(pk=int(entry), at__lt=at + timedelta(seconds=1)).exists():
            path.unlink(missing_ok=True)
            continue
        behind = Entry.objects.filter(TOUCHING, pk__gt=int(entry)).exclude(act__in=NOT_TOUCHING).exists()
        return Taken(load(path), at, behind)
    return None


def _keep(key, terms, newest, at):
    for path in _folder().glob(f"{key}.*.arrow"):
        path.unlink(missing_ok=True)
    save(terms, _folder() / f"{key}.{newest.pk:012}.{int(at.timestamp())}.arrow")
    files = sorted(_folder().glob("*.arrow"), key=lambda path: path.stat().st_mtime)
    for path in files[:-MOST]:
        path.unlink(missing_ok=True)


def save(terms: pl.DataFrame, path: Path):
    """Write a frame whole or not at all; only this account of the machine may read it."""
    with NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        terms.write_ipc(part, compression="lz4")
    os.replace(part.name, path)


def load(path: Path) -> pl.DataFrame:
    """The frame of a file; it may be taken away meanwhile."""
    return pl.read_ipc(path)


def _folder() -> Path:
    folder = Path(settings.DATA) / "snapshots"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
