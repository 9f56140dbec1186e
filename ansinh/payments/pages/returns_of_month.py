"""Tệp trả về của tháng on screen: a provider's file on many lists, taken in the background; how far it is, what came of it."""
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.office import rights
from ansinh.office.models import Job
from ansinh.office.progress import progress_of
from ansinh.web.acting import act_on_form
from ansinh.web.page import Button, Crumb, FormPage, Page

from .. import actions
from ..actions.reconciling_month import ACT, key_of
from ..models import PayList
from ..queries.returns import files_of_month
from .parts import RAIL, may, month_asked, month_url
from .returns import ReturnFileForm, file_chip, fitting

FEW = 5


def files_page(request):
    """Tệp trả về của tháng: what is under way, and every file with its counts."""
    month = _month(request)
    works = _works(request.user, month)
    content = {"month": month, "works": works, "is_busy": any(work.is_busy for work in works)}
    if request.htmx and request.GET.get("tien-do"):
        return render(request, "payments/_returns_progress.html", {"page": Page(title="", content=content)})
    content["files"] = _files(request.user, month)
    may_take = rights.may_somewhere(request.user, ACT)
    page = Page(
        title=_("Tệp trả về tháng %(month)s") % {"month": f"{month:%m/%Y}"}, rail=RAIL, crumbs=_crumbs(month), content=content,
        note=_("Một tệp có thể trả lời nhiều danh sách. Nhận ở nền, cả tệp hoặc không dòng nào; đóng trang này cũng không mất."),
        buttons=(Button(_("Nhận tệp"), _url("payments.reconcile_month", month), solid=True),) if may_take else (),
    )
    return render(request, "payments/returns_of_month.html", {"page": page})


def reconcile(request):
    """Nhận một tệp trả về cho mọi danh sách mà tệp nêu."""
    month, place = _month(request), _place(request.user)
    if place is None:
        raise Http404
    files = _url("payments.returns_of_month", month)
    frame = FormPage(
        title=_("Nhận tệp trả về tháng %(month)s") % {"month": f"{month:%m/%Y}"}, rail=RAIL, verb=_("Nhận tệp"), back=files,
        crumbs=(*_crumbs(month), Crumb(_("Tệp trả về"), files)),
        foot=_("Danh sách nào được nêu trong tệp thì nhận kết quả. Dòng nào không khớp thì cả tệp chưa được ghi và trang này nói rõ dòng ấy."),
    )

    def order(values):
        file = fitting(values["file"])
        return actions.reconcile_month(
            month, area_path=place[0], field=place[1], data=file.read(), name=file.name, corrects=values["corrects"], by=request.user
        )

    return act_on_form(request, frame, ReturnFileForm, order, lambda _job: files, done=_("Đã nhận tệp vào hàng chờ."))


def _month(request):
    month = month_asked(request)
    if month is None or not rights.sees(request.user, "money"):
        raise Http404
    return month


def _place(account) -> tuple[str, str] | None:
    """The first place and field where the account takes return files; the file's own lists are asked about one by one later."""
    held = ((right.area_path, right.field) for right in rights.rights_of(account))
    return next((place for place in held if rights.may(account, ACT, *place)), None)


def _works(account, month):
    """The account's last orders."""
    found = Job.objects.filter(act=ACT, key=key_of(month), by=account).select_related("by").order_by("-pk")[:FEW]
    return [progress_of(job, words=job.args["file_name"], step=_("đọc tệp, ghi kết quả"), is_measured=False) for job in found]


def _files(account, month):
    rows = list(files_of_month(account, month))
    lists = PayList.objects.defer("changes").in_bulk([row.a_list for row in rows])
    return [_file(row, lists[row.a_list], account) for row in rows]


def _file(row, paylist, account):
    may_undo = row.undone_in_id is None and may(account, "payments.reconcile", paylist) and may(account, "office.undo", paylist)
    undo = reverse("payments.undo_file", args=[paylist.pk, row.pk]) if may_undo else ""
    return {"file": row, "chip": file_chip(row), "undo": undo, "url": reverse("payments.return_files", args=[paylist.pk])}


def _crumbs(month):
    return (Crumb(_("Chi trả"), month_url(month)),)


def _url(name, month) -> str:
    return f"{reverse(name)}?thang={month:%Y-%m}"
