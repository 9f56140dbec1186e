"""Files on their way in: a batch is received, closed for sorting, or discarded."""
import io
from contextlib import suppress
from pathlib import Path

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import clock, jobs
from ansinh.office.act import action
from ansinh.office.cabinet import store_stream
from ansinh.office.models import Job
from ansinh.web.refusal import Refusal

from ..folders import unlinked
from ..intake.bounds import MOST_BYTES
from ..intake.names import shown_name
from ..intake.reasons import reason_of
from ..models import Batch, Dossier, Page, Scan, WatchedFolder
from ..queries.intake import taken_before

# Files of an archive stand behind it and before the next one.
APART = 10_000
GIGABYTE = 2**30
State, Outcome = Batch.State, Scan.Outcome


def _where_received(_name, *, area_path="", dossier=None, field="merit", **_more):
    return (dossier.area_path, dossier.field) if dossier else (area_path, field)


@action("dossiers.receive_batch", label=gettext_lazy("Nhận lô quét"), scope=_where_received, undoable=False)
def receive_batch(
    name: str, *, origin: str, area_path: str = "", dossier: Dossier | None = None, field: str = "merit", sheets_on_paper: int | None = None,
    priority: int = 0, watched: WatchedFolder | None = None, by,
) -> Batch:
    """Nhận lô quét: files that come in together, of one dossier or with cover sheets among them."""
    if origin not in Batch.Origin:
        raise Refusal(_("Không có nguồn tệp %(origin)s.") % {"origin": origin}, field="origin")
    if sheets_on_paper is not None and sheets_on_paper < 1:
        raise Refusal(_("Số tờ trên giấy phải từ 1 trở lên."), field="sheets_on_paper")
    area_path, field = _where_received(name, area_path=area_path, dossier=dossier, field=field)
    return Batch.objects.create(
        name=shown_name(name)[:200], origin=origin, area_path=area_path, field=field, dossier=dossier, sheets_on_paper=sheets_on_paper,
        priority=priority, watched=watched, received_by=by, received_at=clock.now(),
    )


@action("dossiers.add_scan", label=gettext_lazy("Nhận tệp quét"), undoable=False, private=("name", "data", "path"))
def add_scan(batch: Batch, *, name: str, data: bytes | None = None, path: Path | None = None, by) -> Scan:
    """Nhận tệp quét: the bytes are kept as they came; what was taken in before is shown as a duplicate and not taken apart again."""
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    _expect(batch, State.RECEIVING)
    shown, size = shown_name(name), len(data) if data is not None else path.stat().st_size
    row = Scan(batch=batch, name=shown, position=next_position(batch), size=size, received=size)
    if not 0 < size <= MOST_BYTES:
        code, facts = ("too_big", {"most": MOST_BYTES // GIGABYTE}) if size else ("empty", {})
        row.outcome, (row.reason, row.remedy) = Outcome.REFUSED, reason_of(code, facts)
        row.save()
        return row
    with io.BytesIO(data) if data is not None else unlinked(path) as handle:
        row.file = store_stream(handle, name=shown)
    row.same_as = taken_before(batch, row.file, by)
    row.outcome = Outcome.DUPLICATE if row.same_as else Outcome.WAITING
    row.save()
    return row


def take_files(name: str, paths: list[Path], *, origin: str, by, **where) -> Batch:
    """One batch of files that lie in a folder, closed whatever stops it; a file that is gone meanwhile is left out."""
    batch = receive_batch(name, origin=origin, **where, by=by)
    try:
        for path in paths:
            with suppress(FileNotFoundError, PermissionError):
                add_scan(batch, name=path.name, path=path, by=by)
    finally:
        end_receiving(batch, by)
    return batch


def end_receiving(batch: Batch, by):
    """No more files come: those that came are taken apart, a batch without any is put aside."""
    if batch.scans.exists():
        close_batch(batch, by=by)
    else:
        discard_batch(batch, by=by)


@action("dossiers.close_batch", label=gettext_lazy("Nhận đủ tệp"), undoable=False)
def close_batch(batch: Batch, *, by) -> Batch:
    """Nhận đủ tệp: no more files come; its scans are taken apart in the background. Again, where that work was broken off."""
    batch.refresh_from_db()
    _expect(batch, State.RECEIVING, State.SORTING)
    key = f"dossiers.batch:{batch.pk}"
    if Job.objects.filter(act="dossiers.sort_batch", key=key, state__in=Job.OPEN).exists():
        raise Refusal(_("Lô %(name)s đang được tách trang.") % {"name": batch})
    if batch.scans.filter(outcome=Outcome.RECEIVING).exists():
        raise Refusal(_("Lô %(name)s còn tệp đang gửi dở; chờ gửi xong, hoặc bỏ tệp ấy.") % {"name": batch})
    if not batch.scans.exists():
        raise Refusal(_("Lô %(name)s chưa có tệp nào; thêm tệp quét trước.") % {"name": batch})
    batch.state = State.SORTING
    batch.save(update_fields=["state"])
    jobs.enqueue("dossiers.sort_batch", by=by, key=key, area_path=batch.area_path, field=batch.field, batch_id=batch.pk)
    return batch


@action("dossiers.discard_batch", label=gettext_lazy("Bỏ lô quét"), undoable=False)
def discard_batch(batch: Batch) -> Batch:
    """Bỏ lô quét: files received by mistake are put aside before any page of them entered a dossier; the bytes are kept."""
    batch.refresh_from_db()
    _expect(batch, State.RECEIVING, State.SORTED)
    pages = Page.objects.filter(scan__batch=batch)
    if pages.exclude(dossier=None).exclude(kind=Page.Kind.COVER).exists():
        raise Refusal(_("Lô %(name)s đã có trang nằm trong hồ sơ; chuyển các trang ấy ra trước.") % {"name": batch})
    pages.delete()
    batch.state = State.DISCARDED
    batch.save(update_fields=["state"])
    return batch


def next_position(batch: Batch) -> int:
    """Where the next file stands; room is left for the files of an archive."""
    last = batch.scans.aggregate(last=Max("position"))["last"] or 0
    return (last // APART + 1) * APART


def _expect(batch, *states):
    if batch.state not in states:
        said = {"name": batch, "state": batch.get_state_display()}
        raise Refusal(_("Lô %(name)s ở tình trạng “%(state)s” nên không làm việc này được.") % said)
