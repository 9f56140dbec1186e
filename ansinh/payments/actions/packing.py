"""The work of an export: the money first, once; then all files of all lists as one ZIP in the cabinet."""
import zipfile
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.office import clock, copies, jobs
from ansinh.office.cabinet import store_stream
from ansinh.office.departments import department
from ansinh.office.models import Job
from ansinh.web.templatetags.office_words import count

from .. import reports
from ..models import Channel, ListRun, PayList
from .running import EXPORT, hand_over

# A fixed moment keeps the bytes the same each time.
MADE = (2021, 1, 1, 0, 0, 0)
FOLDERS = {"sheet": "bang-tinh", "pdf": "pdf", "bank": "ngan-hang", "return": "mau-tra-ve"}


@jobs.runs(EXPORT)
def run_export(job: Job) -> str:
    """The work: begun again it makes the files anew; what moved the money does not happen twice."""
    run = ListRun.objects.select_related("ordered_in", "file").get(pk=job.args["run"])
    if run.done_in_id is None:
        hand_over(run, job)
    if run.file_id is None:
        with copies.aside() as whole:
            _pack(run, job, whole)
            whole.seek(0)
            stored = store_stream(whole, name=name_of(run), content_type="application/zip")
            with transaction.atomic():
                ListRun.objects.filter(pk=run.pk).update(file=stored)
                jobs.tick(job, len(run.contents), total=len(run.contents))
    return _("Đã xuất %(n)s danh sách; tải một tệp ZIP có đủ bảng tính, PDF, tệp ngân hàng, mẫu trả về.") % {"n": count(len(run.contents))}


def name_of(run) -> str:
    return f"danh-sach-{run.field}-{run.month:%Y-%m}-{run.pk}.zip"


def _pack(run, job, whole):
    own, done = department(clock.today()), 0
    lists = PayList.objects.filter(pk__in=run.keys).select_related("area__parent").order_by("area_path", "channel")
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in _parts(lists):
            said = [reports.content(paylist) for paylist in part]
            # The typesetter sets one half of the files while the other half is written here.
            typesetting = reports.list_pdfs(said, department=own)
            for paylist, one in zip(part, said, strict=True):
                _put(archive, "sheet", f"{paylist.number}.xlsx", reports.list_sheet(paylist, department=own, said=one))
                _put(archive, "return", f"{paylist.number}.tra-ve.xlsx", reports.return_form([paylist]))
                if paylist.channel == Channel.Kind.BANK:
                    _put(archive, "bank", f"{paylist.number}.csv", reports.bank_file(paylist))
            for paylist, pdf in zip(part, typesetting.taken(), strict=True):
                _put(archive, "pdf", f"{paylist.number}.pdf", pdf)
            done += len(part)
            jobs.tick(job, done, total=len(run.contents))


def _put(archive, kind, name, data):
    entry = zipfile.ZipInfo(f"{FOLDERS[kind]}/{name}", MADE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data)


def _parts(lists: Iterable[PayList]):
    """Lists in parts that one typesetter takes: so many lines, or one list."""
    part, lines = [], 0
    for paylist in lists.iterator(chunk_size=500):
        if part and lines + paylist.people > reports.LINES_AT_ONCE:
            yield part
            part, lines = [], 0
        part.append(paylist)
        lines += paylist.people
    if part:
        yield part
