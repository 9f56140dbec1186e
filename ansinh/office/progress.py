"""Background work as a page shows it: words, step, how far, how long still, what came of it, what to do where it was refused."""
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ansinh.engine.text.money import dotted
from ansinh.web.page import Button, Chip

from . import clock, jobs
from .models import Job

CHIPS = {Job.State.WAITING: "", Job.State.RUNNING: "half", Job.State.DONE: "ok", Job.State.FAILED: "bad"}
MINUTE = 60
HUNDRED = 100


@dataclass(frozen=True)
class Progress:
    """One piece of background work on a page; ``percent`` is ``None`` where its share cannot be told."""

    words: str
    small: str
    chip: Chip
    percent: int | None
    note: str
    is_busy: bool
    is_failed: bool
    links: tuple[Button, ...] = ()


def progress_of(job: Job, *, words: str, step: str = "", units: str = "", is_measured=True, note: str | None = None, links=()) -> Progress:
    """What a page says of a job; ``is_measured`` is false for a step whose share is not counted in ``units``."""
    is_running, is_busy = job.state == Job.State.RUNNING, job.state in Job.OPEN
    is_counted = is_running and is_measured and bool(job.total)
    told = [_("%(who)s giao lúc %(at)s") % {"who": job.by, "at": f"{job.queued_at.astimezone(clock.ZONE):%H:%M %d/%m/%Y}"}]
    if is_running and step:
        told.append(step)
    if is_counted:
        told.append(_("%(done)s/%(total)s %(units)s") % {"done": dotted(job.done), "total": dotted(job.total), "units": units})
    if is_counted and (left := jobs.remaining(job)):
        told.append(_about(left.total_seconds()))
    return Progress(
        words=words, small=" · ".join(told), chip=Chip(job.get_state_display().capitalize(), CHIPS[job.state]),
        percent=job.done * HUNDRED // job.total if is_counted else None, note=job.note if note is None else note,
        is_busy=is_busy, is_failed=job.state == Job.State.FAILED, links=tuple(links),
    )


def _about(seconds: float) -> str:
    if seconds < MINUTE:
        return _("bước này còn chưa đến một phút")
    return _("bước này còn khoảng %(n)d phút") % {"n": round(seconds / MINUTE)}
