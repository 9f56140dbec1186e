"""Lập danh sách tháng on screen: what it will do, said before; how far it is; what came of it."""
from datetime import date

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.law.book import FIELDS
from ansinh.engine.months import next_month
from ansinh.engine.text.dates import parse_month
from ansinh.office import clock, rights
from ansinh.office.fields import FIELD_NAMES
from ansinh.office.models import Job
from ansinh.office.progress import progress_of
from ansinh.payments.models import PayList
from ansinh.payments.queries.locks import next_lock_day
from ansinh.web.acting import act_on_form
from ansinh.web.fields import MonthField
from ansinh.web.page import Button, Crumb, Effect, EffectGroup, FormPage, Page
from ansinh.web.templatetags.office_words import count

from .. import actions
from ..actions.preparing import ACT, WHOLE, key_of
from ..models import Entitlement

RAIL = "payments.lists"


class MonthForm(forms.Form):
    """Which month of which field."""

    month = MonthField(label=gettext_lazy("Tháng chi trả"))
    field = forms.ChoiceField(label=gettext_lazy("Lĩnh vực"))

    def __init__(self, *args, choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = choices


def prepare(request):
    """Lập danh sách tháng."""
    fields = fields_of(request.user)
    if not fields:
        raise Http404

    def form(*args, **kwargs):
        return MonthForm(*args, choices=[(field, FIELD_NAMES[field].capitalize()) for field in fields], **kwargs)

    frame = FormPage(
        title=_("Lập danh sách tháng"), rail=RAIL, crumbs=(Crumb(_("Chi trả"), reverse("payments.lists")),), verb=_("Lập danh sách"),
        back=reverse("payments.lists"), note=_("Tính số phải chi, lập danh sách, soát: một lần giao, máy làm ở nền."),
        foot=_("Chưa đồng nào được chi: danh sách chờ người khác duyệt. Đóng trang cũng không mất; lập lại lúc nào cũng được."),
    )

    def send(values):
        return actions.prepare_lists(values["month"], field=values["field"], by=request.user)

    return act_on_form(
        request, frame, form, send, lambda job: month_url(job.args["month"][:7], job.args["of_field"]), effects=effects,
        initial={"month": request.GET.get("thang") or f"{month_to_prepare(fields[0]):%m/%Y}", "field": request.GET.get("linh_vuc", fields[0])},
        done=_("Đã giao. Tiến độ ở đầu trang này."),
    )


def fields_of(account) -> list[str]:
    """In which fields the account may have lists prepared."""
    return [field for field in FIELDS if rights.may(account, ACT, WHOLE, field)]


def month_to_prepare(field: str) -> date:
    """The month to be prepared next: after the last one of which a list was approved, else the one locked next."""
    last = _approved(field).first()
    return min(next_month(last.month) if last else next_month(next_lock_day(clock.today())), next_month(clock.today()))


def _approved(field):
    """Lists that were approved, those of the newest month first."""
    return PayList.objects.standing().exclude(state=PayList.State.PROPOSED).filter(field=field).order_by("-month")


def month_url(month: str, field: str = "") -> str:
    return f"{reverse('payments.lists')}?thang={month}{f'&linh_vuc={field}' if field else ''}"


def effects(values) -> tuple[EffectGroup, ...]:
    """What the order will do, in figures of now."""
    month, field = values["month"], values["field"]
    lists = PayList.objects.standing().filter(month=month, field=field)
    proposed, kept = lists.filter(state=PayList.State.PROPOSED).count(), lists.exclude(state=PayList.State.PROPOSED).count()
    persons = Entitlement.objects.filter(payable__field=field).values("payable__person").distinct().count()
    said = {"month": f"{month:%m/%Y}", "field": FIELD_NAMES[field], "n": count(persons)}
    found = [
        Effect(
            "✎", _("Tính số phải chi của %(n)s người (%(field)s), đến hết tháng %(month)s") % said,
            _("Trừ số đã ghi; phần còn thiếu là truy lĩnh, phần thừa là khoản phải thu hồi."),
        ),
        Effect("✎", _("Mỗi xã, mỗi kênh chi một danh sách, soát ngay khi lập"), _("Mục soát cần xem vào trang Mục soát.")),
    ]
    if proposed:
        found.append(Effect("✎", _("%(n)s danh sách chờ duyệt được lập lại nếu có gì khác") % {"n": count(proposed)}, _("Dòng đang giữ vẫn giữ.")))
    if kept:
        found.append(Effect("✎", _("%(n)s danh sách đã duyệt giữ nguyên") % {"n": count(kept)}, _("Điều biết sau vào danh sách tháng sau.")))
    if skipped := _skipped(month, field):
        found.append(Effect("✎", _("Tháng %(month)s chưa chi: khoản của tháng ấy thành truy lĩnh ở danh sách này") % {"month": f"{skipped:%m/%Y}"}))
    return (EffectGroup(_("Máy sẽ làm"), tuple(found)),)


def _skipped(month, field):
    """A month before this one of which no list was approved, though one of an earlier month was."""
    last = _approved(field).filter(month__lt=month).first()
    return next_month(last.month) if last and next_month(last.month) < month else None


def progress(request):
    """Tiến độ lập danh sách: the part of the month's page that renews itself."""
    month, fault = parse_month(request.GET.get("thang", ""))
    content = None if fault else preparing(month, request.user, None)
    if content is None:
        raise Http404
    return render(request, "benefits/_preparing.html", {"panel": {"content": content}, "page": Page(title="")})


def sees_whole(account) -> bool:
    """Whether the account sees money in the whole province: lists are prepared for all of it."""
    return WHOLE in rights.sees(account, "money")


def preparing(month, account, _known):
    """The panel of a month's page: orders of the month with their progress, and the way to give one."""
    if not sees_whole(account):
        return None
    may = fields_of(account)
    ordered = Job.objects.filter(act=ACT, key__startswith=key_of(month) if month else "").select_related("by").order_by("-pk")
    last = (ordered.filter(args__of_field=field).first() for field in FIELDS if WHOLE in rights.sees(account, "money", field))
    jobs = [_told(job, is_own=bool(may)) for job in last if job]
    if not may and not jobs:
        return None
    asked = f"?thang={month:%Y-%m}" if month else ""
    return {
        "jobs": jobs, "is_busy": any(job.is_busy for job in jobs), "url": f"{reverse('benefits.preparing')}{asked}",
        "button": Button(_("Lập danh sách tháng"), reverse("benefits.prepare_lists")) if may else None,
    }


def _told(job, *, is_own):
    month, field = job.args["month"][:7], job.args["of_field"]
    words = _("Lập danh sách tháng %(month)s, %(field)s") % {"month": f"{month[5:]}/{month[:4]}", "field": FIELD_NAMES[field]}
    is_reckoned = bool(job.total) and job.done >= job.total
    step = _("bước 2/2: lập danh sách và soát") if is_reckoned else _("bước 1/2: tính số phải chi")
    # The reason may name who has no residence; it is for whoever can mend it.
    note = job.note if is_own or job.state != Job.State.FAILED else _("Người giao việc xem lý do.")
    links = [Button(_("Xem danh sách"), month_url(month, field))] if job.state == Job.State.DONE else []
    return progress_of(job, words=words, step=step, units=_("người"), is_measured=not is_reckoned, note=note, links=links)
