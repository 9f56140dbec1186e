"""Assessment: what every entitlement is owed for every month, less what was posted, as one batch of proposals."""
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from ansinh.engine.law import book
from ansinh.engine.law.book import MERIT
from ansinh.office import clock
from ansinh.office.act import action
from ansinh.office.actions import close_tasks
from ansinh.payments.actions import keep_batch, put_aside

from .. import queries
from ..own_law import publish
from ..reckoning import PERSONS, law_for, proposals

AN_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Reckoned:
    """What a reckoning found, put aside on disk: the proposals, up to when things are known, by which law."""

    found: object
    known_at: datetime
    law_digest: str


def _where(*_month, field=MERIT, **_more):
    return "19.", field


@action("benefits.assess", label=_("Tính danh sách tháng"), scope=_where, undoable=False)
def assess(month, *, field=MERIT, on=None, reckoned: Reckoned | None = None):
    """Đợt tính: due less posted for every entitlement of a field and month up to ``month``, by what is known now.

    ``on`` takes the end of that day instead of now (cases, demonstration, what-if); ``reckoned`` what a job has reckoned
    before. Returns the batch and how many proposals were written: the same content as the batch that stands writes none.
    """
    close_tasks("benefits.assess", key=f"payments.month:{month:%Y-%m-%d}")
    if reckoned:
        return _keep(reckoned, field, month)
    with reckon(month, field=field, on=on) as now:
        return _keep(now, field, month)


@contextmanager
def reckon(month, *, field, on=None, known=None, tell: Callable[[int, int], None] = lambda done, total: None):
    """Reckon a month by ranges of persons and put the proposals aside; writes nothing, so it needs no transaction.

    Outside of one ``known`` (see ``as_of_now``) keeps out what is recorded meanwhile. ``tell(done, total)`` hears of how
    many persons are through.
    """
    publish()
    known, digest = clock.end_of(on) if on else known, book().digest
    known_at = known or clock.now()
    frames = proposals(month, law_for(month, on or clock.today(), field), known=known)
    with put_aside(_counted(frames, queries.persons_entitled(field), tell)) as found:
        yield Reckoned(found, known_at, digest)


def as_of_now() -> datetime:
    """The moment up to which a reckoning that begins now knows things: what is recorded at this very one counts."""
    return clock.now() + AN_INSTANT


def _counted(frames, persons, tell):
    for number, frame in enumerate(frames, 1):
        tell(min(number * PERSONS, persons), persons)
        yield frame


def _keep(reckoned, field, month):
    return keep_batch(reckoned.found, field=field, month=month, known_at=reckoned.known_at, law_digest=reckoned.law_digest)
