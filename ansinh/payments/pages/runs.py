"""Lượt duyệt, xuất: what was ordered about many lists, how far the worker is, what came of it, and the files."""
from dataclasses import dataclass

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.office import rights
from ansinh.office.act import may_do
from ansinh.office.cabinet import local_path
from ansinh.office.fields import FIELD_NAMES
from ansinh.office.models import Job
from ansinh.office.progress import Progress, progress_of
from ansinh.web.page import Button, Crumb, Page
from ansinh.web.templatetags.office_words import count

from .. import actions
from ..actions.running import key_of
from ..models import ListRun, PayList
from .parts import RAIL, findings_url, list_url, month_asked, month_url, place_name

SHOWN, ROWS = 3, 200


@dataclass(frozen=True)
class RunPage(Page):
    """One order with its lists."""

    run: ListRun | None = None
    work: Progress | None = None
    url: str = ""
    rows: tuple = ()
    more: int = 0
    may_fetch: bool = False
    refused: tuple[Button, ...] = ()


def run_page(request, pk: int):
    """Một lượt duyệt, xuất."""
    run = _found(request, pk)
    work = _work(run)
    if request.htmx and request.GET.get("tien-do"):
        return render(request, "payments/_run.html", {"page": _page(run, work, request.user)})
    return render(request, "payments/run.html", {"page": _page(run, work, request.user)})


def progress(request):
    """Tiến độ các lượt của một tháng: the part of the month's page that renews itself."""
    month = month_asked(request)
    content = runs_of_month(month, request.user, None) if month and rights.sees(request.user, "money") else None
    if content is None:
        raise Http404
    return render(request, "payments/_runs.html", {"panel": {"content": content}, "page": Page(title="")})


@require_POST
def file(request, pk: int):
    """Tệp ZIP của một lượt xuất; who takes it away stands in the journal."""
    run = _found(request, pk)
    if not may_do(request.user, actions.fetch_run_file, run):
        raise Http404
    stored = actions.fetch_run_file(run, by=request.user)
    with local_path(stored) as path:
        data = path.open("rb")  # stays readable when its name is gone
    name = f"danh-sach-{run.field}-{run.month:%Y-%m}.zip"
    return FileResponse(data, as_attachment=True, filename=name, content_type="application/zip", headers={"Cache-Control": "private, no-store"})


def runs_of_month(month, account, _known):
    """The panel of a month's page: the last orders that the account sees."""
    runs = ListRun.objects.visible_to(account).filter(month=month).select_related("ordered_in__by").order_by("-pk")[:SHOWN] if month else []
    works = [_work(run, is_short=True) for run in runs]
    if not works:
        return None
    return {"works": works, "is_busy": any(work.is_busy for work in works), "url": f"{reverse('payments.runs')}?thang={month:%Y-%m}"}


def _work(run, *, is_short=False) -> Progress:
    job = Job.objects.filter(key=key_of(run)).select_related("by").order_by("-id").first()
    is_export = run.kind == ListRun.Kind.EXPORT
    step = _("đóng gói tệp") if run.done_in_id else _("soát lại, ghi sổ")
    links = [Button(_("Mở lượt này"), reverse("payments.run", args=[run.pk]))] if is_short else []
    return progress_of(
        job, words=_words(run), step=step, units=_("danh sách"), is_measured=is_export and run.done_in_id is not None, links=links
    )


def _page(run, work, account) -> RunPage:
    lists = PayList.objects.filter(pk__in=run.keys).select_related("area__parent").defer("changes").order_by("area_path", "channel")
    rows = tuple({"list": paylist, "url": list_url(paylist), "place": place_name(paylist.area)} for paylist in lists[:ROWS])
    back = Button(_("Về danh sách của tháng"), month_url(run.month, linh_vuc=run.field))
    return RunPage(
        title=_words(run), rail=RAIL, crumbs=(Crumb(_("Chi trả"), month_url(run.month)),), run=run, work=work, rows=rows,
        note=_("%(people)s người, %(amount)s đ lúc giao. Đóng trang này cũng không mất.")
        % {"people": count(run.people), "amount": count(run.amount)},
        url=reverse("payments.run", args=[run.pk]), more=max(len(run.contents) - ROWS, 0), buttons=(back,),
        may_fetch=run.file_id is not None and may_do(account, actions.fetch_run_file, run),
        refused=(Button(_("Mục soát"), findings_url(run.month)), back) if work.is_failed else (),
    )


def _words(run):
    said = {"n": count(len(run.contents)), "month": f"{run.month:%m/%Y}", "field": FIELD_NAMES.get(run.field, run.field)}
    if run.kind == ListRun.Kind.APPROVAL:
        return _("Duyệt %(n)s danh sách tháng %(month)s, %(field)s") % said
    return _("Xuất %(n)s danh sách tháng %(month)s, %(field)s") % said


def _found(request, pk) -> ListRun:
    runs = ListRun.objects.visible_to(request.user).select_related("ordered_in__by", "file")
    return get_object_or_404(runs, pk=pk)
