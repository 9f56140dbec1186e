"""Uploads in parts: what came stays, and the upload goes on from there after a cut, a reload or on another day."""
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import clock, rights
from ansinh.office.act import action
from ansinh.office.cabinet import open_file, store_stream
from ansinh.office.copies import is_full
from ansinh.office.models import StoredFile
from ansinh.web.refusal import Forbidden, Refusal

from .. import uploads
from ..intake.bounds import MOST_BYTES
from ..intake.names import shown_name
from ..models import Batch, Scan
from ..queries.intake import taken_before
from .intake import next_position

KEPT = timedelta(days=7)
Outcome = Scan.Outcome


class OutOfStep(Refusal):
    """A part that does not follow what came before; ``received`` says where to go on."""

    status = 409

    def __init__(self, received):
        super().__init__(_("Phần gửi lên không nối tiếp phần đã nhận; tải tiếp từ byte %(n)d.") % {"n": received})
        self.received = received


class NoRoom(Refusal):
    """The disk is full; nothing that came is lost."""

    status = 507

    def __init__(self):
        super().__init__(_("Đĩa máy chủ sắp đầy nên tạm dừng nhận. Phần đã tải lên vẫn còn; báo người quản trị giải phóng đĩa rồi bấm tải tiếp."))


@action("dossiers.begin_upload", label=gettext_lazy("Bắt đầu tải tệp lên"), undoable=False, private=("name",))
def begin_upload(batch: Batch, *, name: str, size: int, digest: str = "") -> Scan:
    """Bắt đầu tải tệp lên: a file of the batch is announced; one that came in part or whole before is known again."""
    batch, name = Batch.objects.select_for_update().get(pk=batch.pk), shown_name(name)
    _expect_open(batch)
    if size < 1:
        raise Refusal(_("Tệp %(name)s rỗng, không có byte nào; quét lại hoặc chép lại tệp từ máy quét.") % {"name": name})
    if size > MOST_BYTES:
        raise Refusal(_("Tệp %(name)s lớn hơn %(most)d GB; chia thành vài tệp nhỏ.") % {"name": name, "most": MOST_BYTES // 2**30})
    if known := upload_of(batch, name=name, size=size, digest=digest):
        return known
    forget_old_uploads()
    return Scan.objects.create(batch=batch, name=name, position=next_position(batch), size=size, received=0, outcome=Outcome.RECEIVING)


def upload_of(batch: Batch, *, name: str, size: int, digest: str) -> Scan | None:
    """The file that came before, in part or whole: the same name, size and beginning."""
    same = batch.scans.filter(name=name, size=size, part_of=None).exclude(outcome=Outcome.REFUSED).select_related("file")
    return next((scan for scan in same if _begins_with(scan, digest)), None)


def take_chunk(scan: Scan, *, offset: int, data: bytes, by) -> Scan:
    """Nhận một phần tệp: bytes that follow those that came; the same part once more changes nothing.

    No line in the journal a part: the beginning and the end of the upload have theirs.
    """
    _check_right(scan, by)
    if not uploads.has_room(len(data)):
        raise NoRoom
    with transaction.atomic():
        scan = Scan.objects.select_for_update(of=("self",)).select_related("batch").get(pk=scan.pk)
        _expect_open(scan.batch)
        if offset < scan.received and data and uploads.read_at(scan, offset, len(data)) == data:
            return scan
        if scan.outcome != Outcome.RECEIVING or offset != scan.received or offset + len(data) > scan.size:
            raise OutOfStep(scan.received)
        _write(scan, offset, data)
        scan.received = offset + len(data)
        scan.save(update_fields=["received"])
    return scan


def finish(scan: Scan, by) -> Scan:
    """Put a file that came whole into the cabinet, then say so; the copying holds up nobody who writes meanwhile."""
    _check_right(scan, by)
    if scan.outcome != Outcome.RECEIVING:
        return scan
    if scan.received != scan.size:
        raise OutOfStep(scan.received)
    with uploads.place_of(scan).open("rb") as whole:
        file = store_stream(whole, name=scan.name)
    return finish_upload(scan, file=file, by=by)


@action("dossiers.finish_upload", label=gettext_lazy("Nhận xong tệp tải lên"), undoable=False)
def finish_upload(scan: Scan, *, file: StoredFile, by) -> Scan:
    """Nhận xong tệp tải lên: the file is in the cabinet and waits to be taken apart into pages; the same bytes came but once."""
    scan = Scan.objects.select_for_update(of=("self",)).select_related("batch__dossier").get(pk=scan.pk)
    if scan.outcome == Outcome.RECEIVING:
        scan.file, scan.same_as = file, taken_before(scan.batch, file, by)
        scan.outcome = Outcome.DUPLICATE if scan.same_as else Outcome.WAITING
        scan.save()
        transaction.on_commit(partial(uploads.forget, scan.pk))
    return scan


@action("dossiers.drop_upload", label=gettext_lazy("Bỏ tệp tải dở"), undoable=False)
def drop_upload(scan: Scan):
    """Bỏ tệp tải dở: a file that did not come whole is given up; nothing of it was kept as evidence."""
    pk = scan.pk
    if not Scan.objects.filter(pk=pk, outcome=Outcome.RECEIVING).delete()[0]:
        raise Refusal(_("Tệp %(name)s đã nhận xong nên không bỏ như tệp tải dở.") % {"name": scan})
    transaction.on_commit(partial(uploads.forget, pk))


def forget_old_uploads():
    """Let go of bytes that nobody went on with for a week, and of those whose file is gone or complete."""
    limit = (clock.real_now() - KEPT).timestamp()
    growing = set(Scan.objects.filter(outcome=Outcome.RECEIVING).values_list("pk", flat=True))
    for pk in list(uploads.lying()):
        if pk not in growing or uploads.last_touched(pk) < limit:
            uploads.forget(pk)
            Scan.objects.filter(pk=pk, outcome=Outcome.RECEIVING).delete()
    Scan.objects.filter(outcome=Outcome.RECEIVING, received=0, batch__received_at__lt=clock.now() - KEPT).delete()


def _begins_with(scan, digest):
    if scan.outcome != Outcome.RECEIVING:
        with open_file(scan.file) as whole:
            return uploads.digest_of(whole.read(uploads.CHUNK)) == digest
    return not scan.received or uploads.digest_of(uploads.read_at(scan, 0, uploads.CHUNK)) == digest


def _write(scan, offset, data):
    try:
        uploads.write_at(scan, offset, data)
    except OSError as fault:
        if is_full(fault):
            raise NoRoom from fault
        raise


def _check_right(scan, by):
    if not rights.may(by, "dossiers.begin_upload", scan.area_path, scan.field):
        raise Forbidden(_("Tài khoản %(who)s không có quyền tải tệp lên lô này.") % {"who": by})


def _expect_open(batch):
    if batch.state != Batch.State.RECEIVING:
        raise Refusal(_("Lô %(name)s đã đóng; mở lô mới để tải thêm tệp.") % {"name": batch})
