"""Batches: what an assessment proposes; the same content again writes nothing."""
import hashlib
from collections.abc import Iterable
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from ansinh.office import bulk
from ansinh.office.act import current_entry

from ..models import Batch, PayList, Proposal

CONTENT = ("payable_id", "kind", "since", "until", "before", "after", "parts", "is_provisional")
DIGEST_RANGE = 2**256


def replace_batch(frames: Iterable[pl.DataFrame], *, field, month, known_at, law_digest) -> tuple[Batch, int]:
    """Make these proposals the batch of the field and month; returns it with the number of proposals written.

    Columns: ``payable_id, kind, since, until`` (months), ``before, after`` (đồng a month), ``rests_on, parts`` (JSON
    text), ``is_provisional``. Proposals of a batch are replaced as a whole; where nothing differs nothing is written.
    """
    with put_aside(frames) as found:
        return keep_batch(found, field=field, month=month, known_at=known_at, law_digest=law_digest)


@contextmanager
def put_aside(frames: Iterable[pl.DataFrame]):
    """Frames of proposals on disk until it is known whether they differ, so that a province needs the memory of one frame.

    Needs no transaction: a job reckons for minutes while others write.
    """
    with TemporaryDirectory(prefix="ansinh-batch-") as folder:
        yield _Waiting(Path(folder), frames)


def keep_batch(found, *, field, month, known_at, law_digest) -> tuple[Batch, int]:
    """Inside an act: what was put aside becomes the batch, whole or not at all; the same content again writes nothing."""
    values = {
        "known_at": known_at, "law_digest": law_digest, "content_digest": found.digest, "count": found.count,
        "made_in": current_entry(), "is_provisional": found.is_provisional,
    }
    batch, is_new = Batch.objects.get_or_create(field=field, month=month, defaults=values)
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if not is_new and batch.content_digest == found.digest:
        return batch, 0
    batch.proposals.all().delete()
    Batch.objects.filter(pk=batch.pk).update(**values)
    for frame in found.frames():
        bulk.write(frame.drop("is_provisional").with_columns(batch_id=pl.lit(batch.pk, dtype=pl.Int64)), Proposal)
    return Batch.objects.get(pk=batch.pk), found.count


def replace_persons(batch: Batch, persons: Iterable[int], before: pl.DataFrame, after: pl.DataFrame):
    """Inside an act: the proposals of some persons become others, and so does the batch; lists of the others follow it as they are.

    ``before`` is what their proposals were by the books, so that the batch comes to the digest that a whole assessment would give it.
    """
    gone, _counted = batch.proposals.filter(payable__person__among=bulk.Values(persons)).delete()
    bulk.write(after.drop("is_provisional").with_columns(batch_id=pl.lit(batch.pk, dtype=pl.Int64)), Proposal)
    total = (int(batch.content_digest, 16) - _digest(before) + _digest(after)) % DIGEST_RANGE
    digest, was = f"{total:064x}", batch.content_digest
    is_provisional = batch.is_provisional or bool(after["is_provisional"].any())
    Batch.objects.filter(pk=batch.pk).update(content_digest=digest, count=batch.count - gone + len(after), is_provisional=is_provisional)
    same = PayList.objects.filter(field=batch.field, month=batch.month, state=PayList.State.PROPOSED, batch_digest=was)
    same.update(batch_digest=digest)
    batch.refresh_from_db()


def _digest(frame):
    return sum(map(_row_digest, _rows(frame)))


class _Waiting:
    """Frames on disk with what they say in all: their number of rows and a digest that no order or cutting changes."""

    def __init__(self, folder, frames):
        self.paths, self.count, self.is_provisional, total = [], 0, False, 0
        for number, frame in enumerate(frame for frame in frames if len(frame)):
            total = (total + _digest(frame)) % DIGEST_RANGE
            self.count += len(frame)
            self.is_provisional |= bool(frame["is_provisional"].any())
            self.paths.append(folder / f"{number}.parquet")
            frame.write_parquet(self.paths[-1], compression="lz4")
        self.digest = f"{total:064x}"

    def frames(self):
        return map(pl.read_parquet, self.paths)


def _rows(frame):
    """The content of a frame line by line; a whole second copy of it would be the most that an assessment holds."""
    text = BytesIO()
    frame.select(CONTENT).write_csv(text, include_header=False)
    text.seek(0)
    return text


def _row_digest(row):
    return int.from_bytes(hashlib.sha256(row).digest())
