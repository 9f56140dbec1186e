"""Batches: what an assessment proposes; the same content again writes nothing."""
import hashlib

import polars as pl

from ansinh.office import bulk
from ansinh.office.act import current_entry

from ..models import Batch, Proposal

CONTENT = ("payable_id", "kind", "since", "until", "before", "after", "parts", "is_provisional")


def replace_batch(frame: pl.DataFrame, *, field, month, known_at, law_digest) -> tuple[Batch, int]:
    """Make these proposals the batch of the field and month; returns it with the number of proposals written.

    Columns: ``payable_id, kind, since, until`` (months), ``before, after`` (đồng a month), ``rests_on, parts`` (JSON
    text), ``is_provisional``. Proposals of a batch are replaced as a whole; where nothing differs nothing is written.
    """
    digest = content_digest(frame)
    values = {
        "known_at": known_at, "law_digest": law_digest, "content_digest": digest, "count": len(frame), "made_in": current_entry(),
        "is_provisional": bool(frame["is_provisional"].any()) if len(frame) else False,
    }
    batch, is_new = Batch.objects.get_or_create(field=field, month=month, defaults=values)
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if not is_new and batch.content_digest == digest:
        return batch, 0
    batch.proposals.all().delete()
    Batch.objects.filter(pk=batch.pk).update(**values)
    bulk.write(frame.drop("is_provisional").with_columns(batch_id=pl.lit(batch.pk, dtype=pl.Int64)), Proposal)
    return Batch.objects.get(pk=batch.pk), len(frame)


def content_digest(frame: pl.DataFrame) -> str:
    """A digest of what the proposals say, whatever their order."""
    if not len(frame):
        return hashlib.sha256(b"").hexdigest()
    rows = frame.select(CONTENT).sort(CONTENT[:4]).write_csv(include_header=False)
    return hashlib.sha256(rows.encode()).hexdigest()
