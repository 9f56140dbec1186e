"""Thư mục theo dõi: scans that appear in a folder are taken in by the worker, in the name of the officer who ordered it."""
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import clock, jobs, rights
from ansinh.office.act import action, current_entry, open_entry
from ansinh.office.models import Job
from ansinh.web.refusal import Forbidden, Refusal

from ..folders import Look, Seen, folder_of, fresh_in, plain_folder, unit_of
from ..models import Batch, WatchedFolder
from .intake import end_receiving, take_files

NAME, STOP = "dossiers.watch_folder", "dossiers.stop_watching"
EVERY = timedelta(seconds=60)
State = WatchedFolder.State
# What need not be read again, by order; a worker that was started anew reads it once more.
_seen: dict[int, Seen] = {}


def _where(folder, *, field="merit", **_more):
    return unit_of(folder).path, field


def _unwatch(entry):
    WatchedFolder.objects.filter(ordered_in=entry).update(state=State.STOPPED)


@action("dossiers.watch_folder", label=gettext_lazy("Theo dõi thư mục quét"), scope=_where, undo=_unwatch)
def watch_folder(folder: str, *, field: str = "merit", priority: int = 0, by) -> WatchedFolder:
    """Theo dõi thư mục quét: what appears there is taken in in the officer's name, for as long as their right lasts."""
    folder_of(folder)
    name = plain_folder(folder)
    if WatchedFolder.objects.filter(folder=name, state=State.WATCHED).exists():
        raise Refusal(_("Thư mục %(folder)s đang được theo dõi rồi.") % {"folder": name}, field="folder")
    made = WatchedFolder.objects.create(
        folder=name, area_path=unit_of(folder).path, field=field, priority=priority,
        ordered_by=by, ordered_at=clock.now(), ordered_in=current_entry(),
    )
    _look_soon(made)
    return made


def _watch_again(entry):
    """After the undo of a stop: watched again, in the name of the same officer, where that is still lawful."""
    watched = WatchedFolder.objects.select_related("ordered_by").get(pk=int(entry.key.partition(":")[2]))
    said = {"folder": watched, "who": watched.ordered_by}
    if not _may_still(watched):
        raise Refusal(_("%(who)s không còn quyền nhận bản quét ở đây; người đang có quyền giao theo dõi lại thư mục %(folder)s.") % said)
    if WatchedFolder.objects.filter(folder=watched.folder, state=State.WATCHED).exists():
        raise Refusal(_("Thư mục %(folder)s đã được giao theo dõi lại.") % said)
    watched.state = State.WATCHED
    watched.save(update_fields=["state"])
    _look_soon(watched)


@action("dossiers.stop_watching", label=gettext_lazy("Dừng theo dõi thư mục"), undo=_watch_again)
def stop_watching(watched: WatchedFolder) -> WatchedFolder:
    """Dừng theo dõi thư mục: nothing more is taken in from it; what came stays."""
    if not WatchedFolder.objects.filter(pk=watched.pk, state=State.WATCHED).update(state=State.STOPPED):
        raise Refusal(_("Thư mục %(folder)s không còn được theo dõi.") % {"folder": watched})
    watched.refresh_from_db()
    return watched


@jobs.runs(NAME)
def run_look(job: Job) -> str | jobs.Again:
    """One look; then the order is due again, until it is stopped or the officer's right is over."""
    watched = WatchedFolder.objects.select_related("ordered_by").get(pk=job.args["watched_id"])
    if watched.state != State.WATCHED:
        return ""
    if not _may_still(watched):
        return _end(watched)
    look, more = Look(), False
    try:
        more, fault = _take_in(watched, look, job)
    except Refusal as refusal:
        fault = str(refusal)
    except OSError:
        fault = _("Không đọc được thư mục này; nhờ người quản trị xem ổ chia sẻ và quyền đọc của máy chủ.")
    with transaction.atomic():
        jobs.tick(job, job.done + 1)
        found = {"known": look.known, "growing": len(look.growing), "fault": fault[:500], "looked_at": clock.now()}
        WatchedFolder.objects.filter(pk=watched.pk).update(**found)
    return jobs.Again(clock.now() + (timedelta() if more else EVERY))


def _take_in(watched, look, job) -> tuple[bool, str]:
    """Take in what is new, folder by folder; whether something is left because other work waits, and what stood in the way."""
    fault = ""
    for batch in watched.batches.filter(state=Batch.State.RECEIVING):
        end_receiving(batch, watched.ordered_by)  # a worker was killed while it received
    seen, account = _seen.setdefault(watched.pk, {}), watched.ordered_by
    for group in fresh_in(folder_of(watched.folder), account, seen, look):
        place = {"dossier": group.dossier} if group.dossier else {"area_path": watched.area_path, "field": watched.field}
        common = {"origin": Batch.Origin.FOLDER, "priority": watched.priority, "watched": watched, "by": account}
        try:
            take_files(group.folder.name, list(group.files), **place, **common)
        except Forbidden:
            fault = _("%(who)s không có quyền nhận bản quét cho hồ sơ %(name)s.") % {"who": account, "name": group.folder.name}
            continue  # said at each look, until the folder or the right is another
        seen.update(group.files)
        jobs.tick(job, job.done + 1)
        watched.refresh_from_db(fields=["state"])
        if watched.state != State.WATCHED or jobs.others_wait(job, 0):
            return watched.state == State.WATCHED, fault
    return False, fault


def _may_still(watched) -> bool:
    """Whether the officer's account is open and the right has not ended."""
    return rights.may(watched.ordered_by, NAME, watched.area_path, watched.field)


def _end(watched) -> str:
    """The officer's right is over, and so is the order: nobody did it, so the line of the journal names nobody."""
    with transaction.atomic():
        WatchedFolder.objects.filter(pk=watched.pk, state=State.WATCHED).update(state=State.ENDED)
        key = f"dossiers.watchedfolder:{watched.pk}"
        facts = {"because": "right_ended"}
        open_entry(STOP, None, key=key, area_path=watched.area_path, field=watched.field, facts=facts, title=watched.folder)
    return _("Người giao không còn quyền.")


def _look_soon(watched):
    place = {"area_path": watched.area_path, "field": watched.field}
    jobs.enqueue(NAME, by=watched.ordered_by, key=f"dossiers.watchedfolder:{watched.pk}", **place, watched_id=watched.pk)
