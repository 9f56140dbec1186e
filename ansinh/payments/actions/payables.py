"""Payables and openings, opened in bulk by the acts of the modules that own them."""
import polars as pl

from ansinh.office import bulk
from ansinh.office.act import current_entry

from ..models import Opening, Payable


def open_payables(frame: pl.DataFrame) -> list[int]:
    """Open one payable a row (``person_id, field, title``); returns their keys in the same order."""
    ids = list(bulk.next_ids(Payable, len(frame)))
    bulk.write(frame.with_columns(id=pl.Series(ids, dtype=pl.Int64)), Payable)
    return ids


def record_openings(spans: pl.DataFrame):
    """Take months as settled before An Sinh: ``payable_id, since, until, amount`` (null: not known)."""
    bulk.write(spans.with_columns(recorded_in_id=pl.lit(current_entry().pk, dtype=pl.Int64)), Opening)


def withdraw_openings(openings):
    """Take back openings (a queryset), inside an act: those months are no longer taken as settled."""
    openings.filter(withdrawn_in=None).update(withdrawn_in=current_entry())


def restore_openings(openings):
    """Take back that openings (a queryset) were taken back, inside an act: those months count as settled again."""
    record_openings(bulk.frame(openings, "payable_id", "since", "until", "amount"))


def open_payable(person, *, field: str, title: str) -> Payable:
    """Open one payable, inside an act of the module that owns it."""
    return Payable.objects.create(person=person, field=field, title=title)


def keep_payable(payable: Payable, *, title: str, ends_on):
    """Keep the printed title and the last day of the right (null: open), inside an act, so that payments need not ask upward."""
    payable.title, payable.ends_on = title, ends_on
    payable.save(update_fields=["title", "ends_on"])
