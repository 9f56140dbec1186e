"""Background work that survives kill -9: a running job is owned by whoever holds its lock, and the lock dies with its holder.

The effect of a job and its ``tick`` commit together, so what happened once is never done again.
"""
import fcntl
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from ansinh.web.refusal import Forbidden, Refusal

from . import clock, rights
from .models import Job

LOCK_SPACE = 7411
# A job that takes its worker down with it each time must not stop all the others for ever.
MOST_ATTEMPTS = 20
HANDLERS: dict[str, Callable[[Job], str | None]] = {}
# Of these one job runs at a time; the next of the same name waits for it.
ALONE: set[str] = set()


class Lost(Exception):
    """Another worker took this job over; the present one must stop without effect."""


@dataclass(frozen=True)
class Again:
    """What the work of a standing order returns: it is done for now, and due again at a moment."""

    at: datetime


def runs(name: str, *, alone=False):
    """Make a function the work of jobs of this name: ``function(job) -> note`` or ``Again``. It calls acts with ``by=job.by``."""

    def decorate(function):
        HANDLERS[name] = function
        if alone:
            ALONE.add(name)
        return function

    return decorate


def enqueue(name: str, *, by, key="", area_path="", field="", **args) -> Job:
    """Order a job; its account's right is checked now and again by the acts when it runs."""
    if not rights.may(by, name, area_path, field):
        raise Forbidden(_("Tài khoản %(who)s không có quyền giao việc này.") % {"who": by})
    return Job.objects.create(act=name, key=key, args=args, by=by, queued_at=clock.now())


def tick(job: Job, done: int, *, total: int | None = None):
    """Progress, sign of life and fence; inside the transaction of the effect it makes the effect happen once."""
    values = {"done": done, "seen_at": clock.now()} | ({} if total is None else {"total": total})
    if not Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempt=job.attempt).update(**values):
        raise Lost(job.pk)
    job.done = done


def remaining(job: Job) -> timedelta | None:
    """How long a running job still takes at the pace so far; ``None`` where nothing honest can be said."""
    if job.state != Job.State.RUNNING or job.attempt != 1 or job.begun_at is None or not job.total or not 0 < job.done < job.total:
        return None
    return (job.seen_at - job.begun_at) * (job.total - job.done) / job.done


def others_wait(job: Job, seconds: float) -> bool:
    """Whether work of another kind has waited so long; a job that lasts for days steps aside for it."""
    since = clock.now() - timedelta(seconds=seconds)
    return Job.objects.filter(_due(since), state=Job.State.WAITING, queued_at__lte=since).exclude(act=job.act).exists()


def step_aside(job: Job):
    """Order the same work once more, behind all that waits; the job itself ends."""
    if not Job.objects.filter(act=job.act, by=job.by, key=job.key, state=Job.State.WAITING).exists():
        Job.objects.create(act=job.act, key=job.key, args=job.args, by=job.by, queued_at=clock.now())


def run_one() -> Job | None:
    """Claim the oldest open job that no living process holds and run it; ``None`` when there is none."""
    job = claim()
    if job is None:
        return None
    try:
        came_of_it = HANDLERS[job.act](job) or ""
        if isinstance(came_of_it, Again):
            _put_back(job, came_of_it.at)
        else:
            finish(job, Job.State.DONE, came_of_it)
    except (Refusal, Forbidden) as refusal:
        finish(job, Job.State.FAILED, str(refusal))
    except Lost:
        return job
    finally:
        release(job.pk)
    return job


def work(*, until_idle=False, pause=0.5):
    """Run jobs one after another, for ever or until there is none."""
    while True:
        if run_one() is None:
            if until_idle:
                return
            time.sleep(pause)


def claim() -> Job | None:
    begun = set()
    for pk, act in Job.objects.filter(_due(clock.now()), state__in=Job.OPEN).order_by("id").values_list("pk", "act")[:50]:
        if act in begun or not hold(pk):
            begun |= ALONE & {act}
            continue
        taken = Job.objects.filter(pk=pk, state__in=Job.OPEN).update(
            state=Job.State.RUNNING, attempt=F("attempt") + 1, begun_at=clock.now(), seen_at=clock.now()
        )
        job = Job.objects.select_related("by").get(pk=pk)
        if taken and job.attempt <= MOST_ATTEMPTS:
            return job
        if taken:
            finish(job, Job.State.FAILED, _("Đã thử %(count)d lần mà lần nào chương trình cũng dừng; báo người quản trị.") % {"count": MOST_ATTEMPTS})
        release(pk)  # given up, or finished between reading and locking
    return None


def finish(job: Job, state: str, note: str):
    changed = Job.objects.filter(pk=job.pk, attempt=job.attempt, state=Job.State.RUNNING).update(
        state=state, note=note[:500], seen_at=clock.now()
    )
    if not changed:
        raise Lost(job.pk)


def _put_back(job: Job, at: datetime):
    """The same order as a new job, so that it is counted and fenced anew; looks without end leave one row."""
    with transaction.atomic():
        finish(job, Job.State.DONE, "")
        Job.objects.create(act=job.act, key=job.key, args=job.args, by=job.by, queued_at=clock.now(), due_at=at)
        Job.objects.filter(pk=job.pk).delete()


def _due(moment: datetime) -> Q:
    return Q(due_at=None) | Q(due_at__lte=moment)


def hold(pk: int) -> bool:
    """Take the job's death lock; true if no living process has it. One job a process: POSIX locks are per process."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK_SPACE * 2**40 + pk])
            return cursor.fetchone()[0]
    try:
        fcntl.lockf(_lock_file(), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, pk)
    except OSError:
        return False
    return True


def release(pk: int):
    """Let the death lock go."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_SPACE * 2**40 + pk])
        return
    fcntl.lockf(_lock_file(), fcntl.LOCK_UN, 1, pk)


@cache
def _lock_file():
    # Never closed or unlinked: closing any handle of the file would drop this process's locks.
    return open(f"{settings.DATABASES['default']['NAME']}-jobs", "w")  # noqa: SIM115
