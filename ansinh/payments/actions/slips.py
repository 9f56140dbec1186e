"""Phiếu báo lĩnh tiền: a month's slips in the background, in parts that commit together with their marks."""
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.documents.actions import issue_letters
from ansinh.engine.text.money import dotted
from ansinh.office import jobs
from ansinh.office.act import action
from ansinh.office.models import Account, Job
from ansinh.registry.queries.areas import full_name
from ansinh.web.refusal import Refusal

from ..models import Channel
from ..queries.slips import KIND, about, lines_without_slip

# The typesetter takes 230 MB for so many; for 500 it took 470 MB.
PART = 250
ACT = "payments.print_slips"


def _place(month, *, area_path, field, **_more):
    return area_path, field


@action("payments.print_slips", label=gettext_lazy("In phiếu báo lĩnh tiền"), scope=_place, undoable=False)
def print_slips(month: date, *, area_path: str, field: str, signer: Account, by) -> Job:
    """In phiếu báo lĩnh tiền: a slip for each line of the month's exported lists that has none yet, printed by the worker."""
    if not lines_without_slip(month, area_path=area_path, field=field).exists():
        raise Refusal(_("Không có dòng nào của tháng %(month)s chờ in phiếu: danh sách chưa xuất, hoặc đã in hết.") % {"month": f"{month:%m/%Y}"})
    if Job.objects.filter(act=ACT, state__in=Job.OPEN, args__month=month.isoformat(), args__place=area_path, args__of_field=field).exists():
        raise Refusal(_("Phiếu của tháng %(month)s ở địa bàn này đang được in; chờ lượt ấy xong.") % {"month": f"{month:%m/%Y}"})
    order = {"month": month.isoformat(), "place": area_path, "of_field": field, "signer": signer.pk}
    return jobs.enqueue(ACT, by=by, key=f"payments.slips:{month:%Y-%m}", area_path=area_path, field=field, **order)


@jobs.runs(ACT, alone=True)
def run_slips(job: Job) -> str:
    """The work: begun again after any interruption it goes on with the first line that has no slip."""
    field, signer = job.args["of_field"], Account.objects.get(pk=job.args["signer"])
    waiting = lines_without_slip(date.fromisoformat(job.args["month"]), area_path=job.args["place"], field=field)
    total = job.done + waiting.count()
    while part := list(waiting[:PART]):
        with transaction.atomic():
            _issue(part, field, signer, job.by)
            jobs.tick(job, job.done + len(part), total=total)
    return _("Đã in %(n)d phiếu.") % {"n": job.done}


def _issue(part, field, signer, by):
    places = {}
    for line in part:
        if line.paylist_id not in places:
            places[line.paylist_id] = full_name(line.paylist.area, line.paylist.month)
    said = [_said(line, places[line.paylist_id]) for line in part]
    persons, abouts = [line.person for line in part], [about(line) for line in part]
    issue_letters(persons, kind=KIND, field=field, signer=signer, said=said, abouts=abouts, by=by)


def _said(line, place):
    home = ", ".join(filter(None, (line.address, place)))
    month = f"{line.paylist.month:%m/%Y}"
    values = {"month": month, "amount": line.total, "channel": _where(line, place), "details": _details(line)}
    return {"name": line.name, "born": line.birth or "…", "home": home, "values": values}


def _where(line, place):
    if line.paylist.channel == Channel.Kind.POST:
        return _("điểm chi trả của bưu điện, %(place)s") % {"place": place}
    return ", ".join(filter(None, (line.bank, line.account_number))) or line.paylist.get_channel_display()


def _details(line):
    """Of what the sum is made, without a word on the standing: a slip passes through many hands."""
    parts = (
        (_("tháng này"), line.this_month), (_("truy lĩnh %(months)s") % {"months": line.arrears_months}, line.arrears),
        (_("chuyển sang từ tháng trước"), line.carried), (_("trừ thu hồi"), -line.deduction),
    )
    return "; ".join(f"{words.strip()} {dotted(amount)} đồng".replace("-", "−") for words, amount in parts if amount)
