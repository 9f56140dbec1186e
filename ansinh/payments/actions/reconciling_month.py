"""Nhận tệp trả về của tháng: a provider's file on many lists, taken in the background, whole or not at all."""
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import jobs
from ansinh.office.act import action
from ansinh.office.cabinet import read_file, store_file
from ansinh.office.models import Job, StoredFile
from ansinh.web.refusal import Refusal

from ..models import ReturnFile
from ..queries.returns import counts_of
from ..return_file import lists_of, read_answers
from .reconciling import reconcile, refuse_again
from .selection import named

ACT = "payments.reconcile_month"


def _place(_month, *, area_path, field, **_more):
    return area_path, field


@action(
    "payments.reconcile_month", label=gettext_lazy("Nhận tệp trả về của tháng"), scope=_place, undoable=False,
    private=("data", "name", "corrects"),
)
def reconcile_month(month: date, *, area_path: str, field: str, data: bytes, name: str, corrects: str = "", by) -> Job:
    """Nhận tệp trả về của tháng: keep the file and order its reconciliation, which is an act of its own and undone as one."""
    stored = store_file(data, name=name)
    refuse_again(stored)
    if Job.objects.filter(act=ACT, state__in=Job.OPEN, args__file=stored.pk).exists():
        raise Refusal(_("Tệp này đang được nhận; chờ lượt ấy xong."))
    order = {"month": month.isoformat(), "file": stored.pk, "file_name": name, "corrects": corrects.strip()}
    return jobs.enqueue(ACT, by=by, key=key_of(month), area_path=area_path, field=field, **order)


def key_of(month: date) -> str:
    """Under which a month's orders are filed."""
    return f"payments.returns:{month:%Y-%m}"


@jobs.runs(ACT, alone=True)
def run(job: Job) -> str:
    """The work: the file and the mark commit together, so begun again it sees that it was done."""
    stored = StoredFile.objects.get(pk=job.args["file"])
    if not job.done:
        _take(job, stored)
    counts = counts_of(ReturnFile.objects.get(file=stored, undone_in=None))
    return _("%(paid)d dòng đã nhận, %(unpaid)d chưa nhận, %(brought_back)d trả lại, %(same)d như tệp trước, %(asked)d chờ xác nhận tên.") % counts


def _take(job, stored):
    data = read_file(stored)
    answers = read_answers(data, job.args["file_name"])
    lists = lists_of(answers, job.by)
    month = date.fromisoformat(job.args["month"])
    if others := [paylist.number for paylist in lists if paylist.month != month]:
        told = _("Tệp có danh sách của tháng khác: %(lists)s. Cả tệp chưa được ghi; mở trang của tháng ấy rồi gửi lại.")
        raise Refusal(told % {"lists": named(others)})
    if len({paylist.field for paylist in lists}) > 1:
        raise Refusal(_("Tệp có danh sách của hai lĩnh vực. Cả tệp chưa được ghi; tách thành hai tệp, mỗi lĩnh vực một tệp."))
    with transaction.atomic():
        reconcile(lists, answers=answers, data=data, name=job.args["file_name"], corrects=job.args["corrects"], by=job.by)
        jobs.tick(job, len(answers), total=len(answers))
