"""Lập danh sách tháng: the whole preparation of a month in the background, from reckoning to sweep."""
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.months import as_date, next_month
from ansinh.office import clock, jobs
from ansinh.office.act import action, one_at_a_time
from ansinh.office.models import Job
from ansinh.payments import actions as payments
from ansinh.payments.models import PayList
from ansinh.payments.queries.findings import risk_of
from ansinh.web.refusal import Refusal
from ansinh.web.templatetags.office_words import count

from ..models import Entitlement
from ..reckoning import law_for
from .assessment import as_of_now, assess, reckon

ACT = "benefits.prepare_lists"
WHOLE = "19."
# Two officers must not order the same month at the same moment.
ORDERING = 7414


def _where(_month, *, field, **_more):
    return WHOLE, field


def key_of(month: date, field: str = "") -> str:
    """What the jobs of a month are found by; a field narrows them."""
    return f"payments.month:{month:%Y-%m}{f':{field}' if field else ''}"


@action("benefits.prepare_lists", label=gettext_lazy("Lập danh sách tháng"), scope=_where, undoable=False)
def prepare_lists(month: date, *, field: str, by) -> Job:
    """Lập danh sách tháng: order the reckoning, the lists and their sweep of a month and field; the worker does them one after another."""
    one_at_a_time(ORDERING)
    if running := Job.objects.filter(act=ACT, key=key_of(month, field), state__in=Job.OPEN).select_related("by").first():
        said = {"month": f"{month:%m/%Y}", "who": running.by, "at": f"{running.queued_at.astimezone(clock.ZONE):%H:%M %d/%m}"}
        raise Refusal(_("Danh sách tháng %(month)s đang được lập (%(who)s giao lúc %(at)s); theo dõi ở trang danh sách chi trả.") % said)
    _refuse_month(month, field)
    if not Entitlement.objects.filter(payable__field=field).exists():
        raise Refusal(_("Lĩnh vực này chưa có ai hưởng; nạp bảng người hưởng hoặc cho hưởng từng người trước."), field="field")
    return jobs.enqueue(ACT, by=by, key=key_of(month, field), area_path=WHOLE, field=field, month=month.isoformat(), of_field=field)


@jobs.runs(ACT, alone=True)
def run_preparation(job: Job) -> str:
    """The work: reckoned aside with its progress, then written whole; begun again it reckons anew and writes once."""
    month, field = date.fromisoformat(job.args["month"]), job.args["of_field"]
    # Outside of a transaction, so that pages go on writing; half a batch is only on disk.
    reckoning = reckon(month, field=field, known=as_of_now(), tell=lambda done, total: jobs.tick(job, done, total=total))
    with reckoning as reckoned, transaction.atomic():
        assess(month, field=field, reckoned=reckoned, by=job.by)
        jobs.tick(job, job.done)
    with transaction.atomic():
        lists = payments.propose(month, field=field, by=job.by)
        jobs.tick(job, job.done)
    return _told(month, field, lists)


def _refuse_month(month, field):
    """A month without a table, a month that is not near yet, a month before one that was approved already."""
    today, first = clock.today(), as_date(law_for(month, clock.today(), field).known_from)
    said = {"month": f"{month:%m/%Y}", "first": f"{first:%m/%Y}", "next": f"{next_month(today):%m/%Y}"}
    if month < first:
        raise Refusal(_("Chưa có bảng mức cho tháng %(month)s: lập được từ tháng %(first)s.") % said, field="month")
    if month > next_month(today):
        raise Refusal(_("Chưa lập được tháng %(month)s: sớm nhất là tháng %(next)s, tháng sau tháng này.") % said, field="month")
    later = PayList.objects.standing().exclude(state=PayList.State.PROPOSED).filter(field=field, month__gt=month).order_by("month").first()
    if later:
        said["later"] = f"{later.month:%m/%Y}"
        raise Refusal(_("Danh sách tháng %(later)s đã duyệt; điều biết sau của tháng %(month)s vào danh sách tháng sau.") % said, field="month")


def _told(month, field, proposed) -> str:
    people = sum(paylist.people for paylist in proposed)
    said = [_("Có %(lists)s danh sách chờ duyệt, %(people)s người") % {"lists": count(len(proposed)), "people": count(people)}]
    left = PayList.objects.standing().filter(month=month, field=field).exclude(state=PayList.State.PROPOSED).count()
    if left:
        said.append(_("%(n)s danh sách đã duyệt từ trước giữ nguyên") % {"n": count(left)})
    findings, _amount = risk_of(proposed) if proposed else (0, 0)
    said.append(_("%(n)s mục soát cần xem") % {"n": count(findings)} if findings else _("không có mục soát nào phải xem"))
    return "; ".join(said) + "."
