"""Fixity: every stored file is what it was; a bad copy is mended from the other, and the journal says so."""
from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.web.refusal import Refusal

from . import clock, copies, jobs
from .act import action, continuing, open_entry
from .actions import PROVINCE, raise_task
from .copies import SIDES, State
from .models import Entry, Job, StoredFile, Task

CHECK, FINISH, MEND = "office.check_files", "office.finish_check", "office.mend_file"
PART = 100
# What was looked at so long ago is no part of a check of today.
GIVEN_UP_AFTER = timedelta(days=7)
# Jobs are numbered from 1, so this lock is nobody else's.
CHECKING = 0
Outcome = StoredFile.Outcome


@action("office.check_files", label=gettext_lazy("Kiểm tra kho tệp"), scope=lambda *_, **__: (PROVINCE, ""), undoable=False)
def check_files(*, by):
    """Kiểm tra kho tệp: every stored file is read on both sides, a bad copy is mended from the good one."""
    if Job.objects.filter(act=CHECK, state__in=Job.OPEN).exists():
        raise Refusal(_("Kho tệp đang được kiểm tra; xem tiến độ trên trang Kho tệp."))
    jobs.enqueue(CHECK, by=by, area_path=PROVINCE)


@jobs.runs(CHECK)
def run_check(job: Job) -> str:
    """The work of checking, ordered on the page."""
    found = go_through(job)
    return _("%(checked)d tệp, sửa %(mended)d, thiếu một bản %(weak)d, mất %(lost)d") % found


def go_through(job: Job | None = None) -> dict[str, int]:
    """Look at every stored file once; begun again after a kill it goes on where it stood."""
    if not jobs.hold(CHECKING):
        raise Refusal(_("Kho tệp đang được kiểm tra ở tiến trình khác; chờ xong rồi xem kết quả."))
    try:
        return _go_through(job)
    finally:
        jobs.release(CHECKING)


def _go_through(job):
    copies.sweep()
    run = open_check() or open_entry(CHECK, job and job.by, area_path=PROVINCE)
    waiting, last = waiting_in(run).order_by("id"), 0
    total = StoredFile.objects.count()
    while part := list(waiting.filter(id__gt=last)[:PART]):
        last = part[-1].pk
        _note(run, [(stored, _look_at_both(stored)) for stored in part], job, total)
    found = counts_of(run)
    with continuing(run):
        open_entry(FINISH, run.by, area_path=PROVINCE, facts=found)
    return found


def open_check() -> Entry | None:
    """The check that was begun and not ended: its entry in the journal."""
    begun = Entry.objects.filter(act=CHECK).order_by("-id").first()
    is_open = begun and begun.at > clock.now() - GIVEN_UP_AFTER and not begun.children.filter(act=FINISH).exists()
    return begun if is_open else None


def last_check() -> Entry | None:
    """The end of the last check, with its counts."""
    return Entry.objects.filter(act=FINISH).order_by("-id").first()


def broken_files():
    """Files of which a copy, or both, could not be mended, the oldest first."""
    return StoredFile.objects.filter(outcome__in=StoredFile.BROKEN).order_by("id")


def mended_lines():
    """Lines of the journal about copies that were mended, newest first."""
    return Entry.objects.filter(act=MEND).select_related("by").order_by("-id")


def has_files() -> bool:
    """Whether anything is stored at all."""
    return StoredFile.objects.exists()


def waiting_in(run: Entry):
    """Files that a check has not looked at yet."""
    return StoredFile.objects.filter(Q(checked_at=None) | Q(checked_at__lt=run.at))


def counts_of(run: Entry) -> dict[str, int]:
    """How many files a check has looked at, by what it found."""
    rows = StoredFile.objects.filter(checked_at__gte=run.at).values_list("outcome").annotate(Count("id")).order_by("outcome")
    found = dict.fromkeys(Outcome.values, 0) | dict(rows)
    return {"checked": sum(found.values())} | {name: found[name] for name in ("mended", "weak", "lost")}


def mend_after_reading(stored: StoredFile, sides: list[str]):
    """Sửa tệp khi đọc: a reader met bad copies of a file whose other copy is good."""
    mended = [_mend(stored, side) for side in sides]
    if all(mended):
        StoredFile.objects.filter(pk=stored.pk).update(outcome=Outcome.MENDED)


def _look_at_both(stored):
    found = {side: copies.look_at(side, stored.sha256) for side in SIDES}
    bad = [side for side, state in found.items() if state is not State.GOOD]
    if not bad:
        return Outcome.GOOD
    _refuse_what_is_away(found)
    if len(bad) == len(SIDES):
        return Outcome.LOST
    return Outcome.MENDED if _mend(stored, bad[0]) else Outcome.WEAK


def _refuse_what_is_away(found):
    """A bucket that is gone looks like one that lost all its files; it is asked before anything counts as missing."""
    away = [side for side, state in found.items() if state is State.UNREACHABLE] or copies.away()
    if away:
        raise Refusal(
            _("Không tới được %(side)s của kho tệp; nối lại rồi chạy lại, việc kiểm tra đi tiếp từ chỗ dừng.") % {"side": SIDES[away[0]]}
        )


def _mend(stored, side) -> bool:
    """Write one copy anew from the other, together with its line in the journal; false where it could not be written."""
    with copies.aside() as whole:
        good = copies.fetch(stored.sha256, whole, sides=[copies.other_than(side)])
        was = copies.look_at(side, stored.sha256)
        if was is State.GOOD:
            return True  # someone was quicker
        if State.GOOD not in good.values():
            return False
        try:
            with transaction.atomic():
                facts = {"side": side, "was": was.value}
                open_entry(MEND, None, key=_key(stored), area_path=PROVINCE, facts=facts)
                copies.write(side, stored.sha256, whole)
        except OSError:
            return False
    return True


def _note(run, found, job, total):
    """Write down what a part of a check found, with the tasks for what could not be mended."""
    by_outcome, now = defaultdict(list), clock.now()
    for stored, outcome in found:
        by_outcome[outcome].append(stored)
    with transaction.atomic(), continuing(run):
        for outcome, files in by_outcome.items():
            StoredFile.objects.filter(pk__in=[stored.pk for stored in files]).update(outcome=outcome, checked_at=now)
        whole = [_key(stored) for stored, outcome in found if outcome not in StoredFile.BROKEN]
        Task.objects.open().filter(act=CHECK, key__in=whole).update(done_in=run)
        for outcome in StoredFile.BROKEN:
            for stored in by_outcome[outcome]:
                _raise(stored, outcome)
        if job:
            jobs.tick(job, job.done + len(found), total=total)


def _raise(stored, outcome):
    said = {"number": stored.pk, "what": outcome.label}
    raise_task(CHECK, key=_key(stored), cause="fixity", title=_("Tệp lưu số %(number)d: %(what)s") % said, area_path=PROVINCE)


def _key(stored):
    return f"office.storedfile:{stored.pk}"
