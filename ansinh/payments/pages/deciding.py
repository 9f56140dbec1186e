"""What is decided about lists: approve with a renewed sign-in, return, withdraw, export, hold a line."""
import zipfile
from dataclasses import dataclass
from io import BytesIO

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ansinh.engine.text.dates import parse_month
from ansinh.office import clock, rights
from ansinh.office.departments import department
from ansinh.web.acting import act_on_form
from ansinh.web.page import Crumb, FormPage, Page
from ansinh.web.refusal import Refusal

from .. import actions, reports
from ..models import Finding, Line, PayList
from ..queries import findings
from ..queries.contents import is_many
from .month import chosen_lists
from .one_list import Decision, decision, show_list, show_papers
from .parts import RAIL, findings_url, list_url, may, month_url, place_name, visible_list
from .renewal import renew

State = PayList.State
SHOWN = 200
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = {
    "xlsx": (lambda paylist, name: reports.list_sheet(paylist, department=name), EXCEL, "xlsx"),
    "pdf": (lambda paylist, name: reports.list_pdf(paylist, department=name), "application/pdf", "pdf"),
    "ngan-hang": (lambda paylist, _name: reports.bank_file(paylist), "text/csv; charset=utf-8", "csv"),
    "mau-tra-ve": (lambda paylist, _name: reports.return_form([paylist]), EXCEL, "tra-ve.xlsx"),
}


@dataclass(frozen=True)
class SelectionPage(Page):
    """A selection of lists before it is approved in one act."""

    decision: Decision | None = None
    rows: tuple = ()
    more: int = 0
    checks: tuple = ()
    open_findings: int = 0
    at_risk: int = 0
    decided: tuple = ()
    back: str = ""


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Lý do"), widget=forms.Textarea({"rows": 3}), max_length=200)


def selected(request, state=None) -> list[PayList]:
    """The lists that were ticked, or all that the filter leaves; only those the account sees, only those at this step."""
    month, _fault = parse_month(request.POST.get("thang", ""))
    if request.POST.get("tat-ca") and month:
        lists = chosen_lists(request.user, month, request.POST)[1]
    else:
        keys = [int(key) for key in request.POST.getlist("ds") if key.isascii() and key.isdigit()]
        lists = PayList.objects.visible_to(request.user).filter(pk__in=keys).select_related("area__parent").order_by("area_path", "channel")
    lists = lists.filter(state=state) if state else lists
    found = list(lists.select_related("area__parent", "proposed_in__by"))
    if not found:
        raise Refusal(_("Chưa chọn danh sách nào đang ở bước này; chọn ở cột đầu rồi bấm lại."))
    return found


@require_POST
def approve(request):
    """Duyệt một hay nhiều danh sách: the selection with its sweep first, then the act."""
    lists = selected(request, State.PROPOSED)
    if not all(may(request.user, "payments.approve", paylist) for paylist in lists):
        raise Http404
    if request.POST.get("confirmed") != "yes":
        return _show_selection(request, lists)
    try:
        run = _approve(request, lists)
    except Refusal as refusal:
        return _refused(request, lists, refusal)
    if run:
        return redirect("payments.run", pk=run.pk)
    messages.success(request, _("Đã duyệt %(n)s danh sách. Bước sau: xuất cho bưu điện, ngân hàng.") % {"n": len(lists)})
    return redirect(list_url(lists[0]) if len(lists) == 1 else month_url(lists[0].month))


def _approve(request, lists):
    """The sweep once more, in an act of its own so that what it finds stays; a decision where something is open; the approval.

    Many lists are ordered to be approved in the background, where they are swept; the order is returned.
    """
    number, reason, seen = (request.POST.get(name, "").strip() for name in ("number", "reason", "seen"))
    many = is_many(lists)
    if not many:
        actions.refuse_unseen(lists, seen)
        actions.sweep(lists, by=request.user)
    still_open, _amount = findings.risk_of(lists)
    if still_open and not number:
        raise Refusal(_("Còn %(n)s mục soát chưa đóng; đóng từng mục, giữ dòng, hoặc ghi số quyết định chi.") % {"n": still_open}, field="number")
    if still_open and not reason:
        raise Refusal(_("Ghi lý do chi khi còn mục soát mở."), field="reason")
    renew(request)
    if many:
        return actions.approve_many(lists, seen=seen, number=number if still_open else "", reason=reason, by=request.user)
    with transaction.atomic():
        if still_open:
            actions.decide_open(lists, number=number, reason=reason, by=request.user)
        actions.approve(lists, reason=reason, by=request.user)
    return None


def _refused(request, lists, refusal):
    if request.POST.get("ve") == "danh-sach" and len(lists) == 1:
        return show_list(request, visible_list(request.user, lists[0].pk), refusal=refusal, status=refusal.status)
    return _show_selection(request, lists, refusal=refusal, status=refusal.status)


def _show_selection(request, lists, *, refusal=None, status=200):
    month, decided = lists[0].month, decision(request, lists, refusal)
    page = SelectionPage(
        title=_("Duyệt %(n)s danh sách tháng %(month)s") % {"n": len(lists), "month": f"{month:%m/%Y}"}, rail=RAIL, refusal=refusal,
        crumbs=(Crumb(_("Chi trả"), month_url(month)),), note=_("Một lần duyệt cho tất cả: hoặc ghi cả, hoặc không ghi gì."),
        decision=decided,
        rows=tuple({"list": paylist, "url": list_url(paylist), "place": place_name(paylist.area)} for paylist in lists[:SHOWN]),
        more=max(len(lists) - SHOWN, 0),
        checks=tuple({"found": found, "url": findings_url(month, phep=found.code)} for found in findings.by_check(Finding.objects.of_lists(lists))),
        open_findings=decided.open_findings, at_risk=decided.at_risk, decided=tuple(findings.decided_words(lists)), back=month_url(month),
    )
    return render(request, "payments/selection.html", {"page": page}, status=status)


@require_POST
def sweep(request):
    """Soát lại: every check once more over the lists that are ticked."""
    lists = selected(request, State.PROPOSED)
    if not all(may(request.user, "payments.sweep", paylist) for paylist in lists):
        raise Http404
    actions.sweep(lists, by=request.user)
    still_open, _amount = findings.risk_of(lists)
    messages.success(request, _("Đã soát lại %(lists)s danh sách: %(n)s mục còn mở.") % {"lists": len(lists), "n": still_open})
    return redirect(list_url(lists[0]) if len(lists) == 1 else findings_url(lists[0].month))


@require_POST
def export(request):
    """Xuất: approved lists go to their providers."""
    lists = selected(request, State.APPROVED)
    if not all(may(request.user, "payments.export", paylist) for paylist in lists):
        raise Http404
    if is_many(lists):
        return redirect("payments.run", pk=actions.export_many(lists, by=request.user).pk)
    actions.export(lists, by=request.user)
    messages.success(request, _("Đã xuất %(n)s danh sách. Tải tệp gửi bưu điện, ngân hàng ở bảng dưới.") % {"n": len(lists)})
    return redirect(list_url(lists[0]) if len(lists) == 1 else month_url(lists[0].month))


@require_POST
def papers(request):
    """Bản in của các danh sách đã chọn."""
    lists = selected(request)
    _refuse_many(lists)
    return show_papers(request, lists)


@require_POST
def files(request, kind: str):
    """Tải tệp của các danh sách đã chọn: one file, or several in an archive; after export a copy is noted in the journal.

    Of many lists that have gone out, who may export has all files made in the background.
    """
    if kind not in FILES:
        raise Http404
    lists = selected(request)
    if is_many(lists) and all(paylist.exported_in_id and may(request.user, "payments.export_many", paylist) for paylist in lists):
        return redirect("payments.run", pk=actions.export_many(lists, by=request.user).pk)
    _refuse_many(lists)
    if kind == "ngan-hang":
        lists = _of_banks(lists)
    gone_out = [paylist for paylist in lists if paylist.exported_in_id]
    if gone_out and rights.may_somewhere(request.user, "payments.export_copy"):
        actions.export_copy(gone_out, by=request.user)
    write, content_type, end = FILES[kind]
    name = department(clock.today())
    made = [(f"{paylist.number}.{end}", write(paylist, name)) for paylist in lists]
    if len(made) == 1:
        return _attached(*made[0], content_type)
    return _attached(f"{lists[0].month:%Y-%m}-{kind}.zip", _archive(made), "application/zip")


def _refuse_many(lists):
    if is_many(lists):
        raise Refusal(
            _("%(n)s danh sách là quá nhiều để tải trong lúc chờ: lọc theo huyện rồi tải, hoặc tải tệp ZIP của lượt xuất ở đầu trang tháng.")
            % {"n": len(lists)}
        )


def _of_banks(lists):
    found = [paylist for paylist in lists if paylist.channel == "bank" and paylist.exported_in_id]
    if not found:
        raise Refusal(_("Tệp ngân hàng chỉ có khi danh sách chi qua ngân hàng đã xuất."))
    return found


def _archive(made):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in made:
            archive.writestr(name, data)
    return out.getvalue()


def _attached(name, data, content_type):
    return FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type=content_type)


def return_to_preparer(request, pk: int):
    """Trả lại người lập, có lý do."""
    paylist = _at(request, pk, "payments.return_to_preparer", State.PROPOSED)
    frame = _frame(paylist, _("Trả lại người lập"), _("Danh sách được rút; người lập sửa rồi lập lại. Chưa đồng nào được chi."))
    return act_on_form(
        request, frame, ReasonForm, lambda values: actions.return_to_preparer([paylist], reason=values["reason"], by=request.user),
        lambda _done: month_url(paylist.month), done=_("Đã trả lại %(list)s cho người lập.") % {"list": paylist},
    )


@require_POST
def withdraw(request, pk: int):
    """Rút danh sách chưa duyệt."""
    paylist = _at(request, pk, "payments.withdraw", State.PROPOSED)
    actions.withdraw([paylist], by=request.user)
    messages.success(request, _("Đã rút %(list)s; lập lại được bất cứ lúc nào.") % {"list": paylist})
    return redirect(month_url(paylist.month))


@require_POST
def close(request, pk: int):
    """Đóng danh sách đã đối chiếu, hoặc danh sách không chi cho ai."""
    paylist = visible_list(request.user, pk)
    paylist = _at(request, pk, "payments.close", State.EXPORTED if paylist.pays_nobody else State.RETURNED)
    actions.close([paylist], by=request.user)
    messages.success(request, _("Đã đóng %(list)s.") % {"list": paylist})
    return redirect(list_url(paylist))


def hold(request, line: int):
    """Giữ lại một dòng, có lý do."""
    found = _line_at(request, line, "payments.hold")
    frame = FormPage(
        title=_("Giữ lại dòng của %(name)s") % {"name": found.name}, rail=RAIL, crumbs=_crumbs(found.paylist), verb=_("Giữ lại dòng này"),
        note=_("%(list)s, số thứ tự %(n)s") % {"list": found.paylist, "n": found.position}, back=list_url(found.paylist),
        foot=_("Người này không được chi tháng này; khoản giữ lại tự vào danh sách tháng sau."),
    )
    return act_on_form(
        request, frame, ReasonForm, lambda values: actions.hold(found, reason=values["reason"], by=request.user),
        lambda _done: f"{list_url(found.paylist)}#d{found.position}", done=_("Đã giữ lại dòng của %(name)s.") % {"name": found.name},
    )


@require_POST
def release(request, line: int):
    """Thôi giữ một dòng."""
    found = _line_at(request, line, "payments.release")
    actions.release(found, by=request.user)
    messages.success(request, _("Dòng của %(name)s lại được chi cùng danh sách.") % {"name": found.name})
    return redirect(f"{list_url(found.paylist)}#d{found.position}")


def _at(request, pk, act, state):
    paylist = visible_list(request.user, pk)
    if not may(request.user, act, paylist):
        raise Http404
    if paylist.state != state:
        raise Refusal(_("%(list)s không còn ở bước “%(state)s”; mở lại trang để xem bản mới.") % {"list": paylist, "state": State(state).label})
    return paylist


def _line_at(request, pk, act):
    line = get_object_or_404(Line.objects.visible_to(request.user).select_related("paylist__area__parent"), pk=pk)
    if not may(request.user, act, line.paylist):
        raise Http404
    return line


def _crumbs(paylist):
    return (Crumb(_("Chi trả"), month_url(paylist.month)), Crumb(paylist.number, list_url(paylist)))


def _frame(paylist, verb, foot):
    title = _("%(verb)s: %(place)s, tháng %(month)s") % {"verb": verb, "place": place_name(paylist.area), "month": f"{paylist.month:%m/%Y}"}
    return FormPage(title=title, rail=RAIL, crumbs=_crumbs(paylist), verb=verb, back=list_url(paylist), foot=foot)
