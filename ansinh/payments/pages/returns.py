"""Tệp trả về on screen: taking one, the files of a list, names to confirm, hands that signed, money that came back later."""
from dataclasses import dataclass

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import actions as office
from ansinh.office import rights
from ansinh.office.models import Entry
from ansinh.web.acting import act_on_form
from ansinh.web.page import Button, Chip, Crumb, Effect, EffectGroup, FormPage, Page
from ansinh.web.refusal import Refusal

from .. import actions
from ..models import Line, PayList, ReturnAnswer, ReturnFile
from ..queries.returns import answers_to_look_at, files_of, results_of
from ..return_file import read_answers
from .parts import RAIL, list_url, may, month_url, person_url, place_name, visible_list

LARGEST_RETURN = 20 * 2**20
RETURN = "payments.record_return"
OUT = (PayList.State.EXPORTED, PayList.State.RETURNED, PayList.State.CLOSED)
HAS_MONEY = (Line.Result.PAID, Line.Result.PARTLY)


@dataclass(frozen=True)
class FilesPage(Page):
    """The return files of one list, and the rows that somebody must look at."""

    paylist: PayList | None = None
    files: tuple = ()
    names: tuple = ()
    signers: tuple = ()
    results: dict | None = None


class ReturnFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Tệp trả về (XLSX hoặc CSV)"),
        help_text=gettext_lazy("Cột: Số danh sách, STT, Số tiền, Kết quả, Lý do; trả thiếu thì thêm Số tiền đã trả, ký thay thì thêm Người ký nhận."),
    )
    corrects = forms.CharField(
        label=gettext_lazy("Sửa tệp trước"), required=False, max_length=200,
        help_text=gettext_lazy("Chỉ khi tệp này sửa điều tệp trước đã ghi: ghi lý do. Tệp bổ sung phần còn thiếu thì bỏ trống."),
    )


class NameForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Đã xác nhận thế nào"), max_length=200, help_text=gettext_lazy("Hỏi ai, ngày nào, giấy tờ nào."),
    )


class SignerForm(forms.Form):
    paper = forms.CharField(label=gettext_lazy("Giấy tờ của người ký nhận"), max_length=200, help_text=gettext_lazy("Số, ngày, nơi xác nhận."))


class BroughtBackForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Lý do trả lại"), widget=forms.Textarea({"rows": 3}), max_length=200)


def reconcile(request, pk: int):
    """Nhận tệp trả về: taken whole or not at all; several files a list."""
    paylist = visible_list(request.user, pk)
    if not may(request.user, "payments.reconcile", paylist):
        raise Http404
    foot = _("Cả tệp được ghi, hoặc không dòng nào. Danh sách nhận được nhiều tệp; dòng chưa có trong tệp nào thì chờ tệp sau.")
    frame = FormPage(
        title=_("Đối chiếu tệp trả về: %(place)s, tháng %(month)s") % {"place": place_name(paylist.area), "month": f"{paylist.month:%m/%Y}"},
        rail=RAIL, crumbs=_crumbs(paylist), verb=_("Đối chiếu tệp trả về"), back=list_url(paylist), foot=foot,
    )
    return act_on_form(
        request, frame, ReturnFileForm, lambda values: _reconcile(paylist, values, request.user), lambda _done: files_url(paylist),
        done=_("Đã nhận tệp cho %(list)s; kết quả từng phần ở dưới.") % {"list": paylist},
    )


def _reconcile(paylist, values, account):
    file = values["file"]
    if paylist.state not in OUT:
        raise Refusal(_("%(list)s chưa xuất nên chưa có tệp trả về.") % {"list": paylist})
    data = fitting(file).read()
    return actions.reconcile(
        [paylist], answers=read_answers(data, file.name), data=data, name=file.name, corrects=values["corrects"], by=account
    )


def fitting(file):
    """The file that was sent; refused where it is too large to be a return file."""
    if file.size > LARGEST_RETURN:
        raise Refusal(_("Tệp quá lớn; tệp trả về không quá 20 MB. Chia làm nhiều tệp rồi gửi từng tệp."), field="file")
    return file


def files_page(request, pk: int):
    """Các tệp trả về của một danh sách."""
    paylist = visible_list(request.user, pk)
    names, signers = answers_to_look_at(paylist)
    may_take = may(request.user, "payments.reconcile", paylist) and paylist.state in OUT
    page = FilesPage(
        title=_("Tệp trả về của %(place)s, tháng %(month)s") % {"place": place_name(paylist.area), "month": f"{paylist.month:%m/%Y}"},
        note=_("Danh sách %(number)s · chi qua %(channel)s · mỗi tệp được giữ nguyên như lúc nhận")
        % {"number": paylist.number, "channel": paylist.get_channel_display()},
        rail=RAIL, crumbs=_crumbs(paylist), paylist=paylist, results=results_of(paylist),
        files=tuple(_file(row, paylist, request.user) for row in files_of(paylist)),
        names=tuple(_question(answer, request.user) for answer in names),
        signers=tuple(_question(answer, request.user) for answer in signers),
        buttons=(Button(_("Nhận thêm tệp"), reverse("payments.reconcile", args=[paylist.pk]), solid=True),) if may_take else (),
    )
    return render(request, "payments/return_files.html", {"page": page})


def _file(row, paylist, account):
    may_undo = row.undone_in_id is None and may(account, "payments.reconcile", paylist) and may(account, "office.undo", paylist)
    return {"file": row, "chip": file_chip(row), "undo": reverse("payments.undo_file", args=[paylist.pk, row.pk]) if may_undo else ""}


def file_chip(row) -> Chip:
    """Whether a file stands or was taken back."""
    return Chip(_("Đã hoàn tác"), "hold") if row.undone_in_id else Chip(_("Đã ghi"), "ok")


def _question(answer, account):
    return {
        "answer": answer, "url": person_url(answer.line.person_id),
        "may_confirm": may(account, "payments.reconcile_name", answer.line.paylist),
        "may_record": may(account, "payments.record_signature", answer.line.paylist),
    }


def confirm_name(request, pk: int):
    """Xác nhận tên khác trong tệp là người này."""
    answer = _answer_at(request, pk, "payments.reconcile_name")
    foot = _("Xác nhận thì dòng được ghi kết quả như tệp; hoàn tác được ở Nhật ký.")
    return _decide(request, answer, _("Đúng là người này"), foot, NameForm, actions.reconcile_name)


def reject_name(request, pk: int):
    """Tên trong tệp không phải người này."""
    answer = _answer_at(request, pk, "payments.reconcile_rejection")
    foot = _("Dòng này vẫn chưa có kết quả; tiền còn ở tổ chức chi trả cho đến khi một tệp sau trả lời.")
    return _decide(request, answer, _("Không phải người này"), foot, NameForm, actions.reconcile_rejection)


def record_signature(request, pk: int):
    """Ghi giấy tờ của người ký nhận thay."""
    answer = _answer_at(request, pk, "payments.record_signature")
    foot = _("Người hưởng chưa nhận được tiền thì ghi tiền trả lại ở dòng của danh sách thay vì ghi giấy tờ.")
    return _decide(request, answer, _("Ghi giấy tờ người ký nhận"), foot, SignerForm, actions.record_signature)


def _decide(request, answer, verb, foot, form, act):
    line, paylist = answer.line, answer.line.paylist
    told = {"name": line.name, "file": answer.name or line.name, "signer": answer.signer or _("chính người hưởng"), "relation": answer.relation}
    frame = FormPage(
        title=_("%(verb)s: %(name)s") % {"verb": verb, "name": line.name}, rail=RAIL, crumbs=(*_crumbs(paylist), _files_crumb(paylist)),
        note=_("Danh sách: %(name)s · trong tệp: %(file)s · ký nhận: %(signer)s %(relation)s") % told, verb=verb, back=files_url(paylist), foot=foot,
    )
    return act_on_form(
        request, frame, form, lambda values: act(answer, by=request.user, **values), lambda _done: files_url(paylist),
        done=_("Đã ghi cho %(name)s.") % {"name": line.name},
    )


def bring_back(request, line: int):
    """Ghi tiền trả lại sau, cũng khi đã nhiều tháng."""
    found = get_object_or_404(Line.objects.visible_to(request.user).select_related("paylist__area__parent"), pk=line, result__in=HAS_MONEY)
    if not may(request.user, RETURN, found.paylist):
        raise Http404
    frame = FormPage(
        title=_("Ghi tiền trả lại của %(name)s") % {"name": found.name}, rail=RAIL, crumbs=_crumbs(found.paylist), verb=_("Ghi tiền trả lại"),
        note=_("%(list)s, số thứ tự %(n)s") % {"list": found.paylist, "n": found.position}, back=list_url(found.paylist),
        foot=_("Tiền về lại tổ chức chi trả và vào danh sách sau; chế độ đã thôi thì có việc hỏi cách giải quyết. Hoàn tác được ở Nhật ký."),
    )
    return act_on_form(
        request, frame, BroughtBackForm, lambda values: actions.record_return(found, reason=values["reason"], by=request.user),
        lambda _done: f"{list_url(found.paylist)}#d{found.position}", done=_("Đã ghi tiền trả lại của %(name)s.") % {"name": found.name},
    )


def undo_file(request, pk: int, file: int):
    """Hoàn tác một tệp trả về, khi tiền chưa chuyển tiếp."""
    paylist = visible_list(request.user, pk)
    found = get_object_or_404(ReturnFile.objects.visible_to(request.user), pk=file, undone_in=None)
    words = _("Mọi dòng mà tệp %(file)s đã ghi trở lại như trước tệp; tiền về lại tổ chức chi trả") % {"file": found}
    return _undo(request, paylist, "payments.reconcile", found.taken_in, _("Hoàn tác tệp %(file)s") % {"file": found}, words)


def undo_bring_back(request, line: int):
    """Ghi nhầm tiền trả lại: the person has the money after all."""
    found = get_object_or_404(Line.objects.visible_to(request.user).select_related("paylist__area__parent"), pk=line)
    written = Entry.objects.filter(act=RETURN, key=f"payments.line:{found.pk}", undone_by=None).order_by("-pk").first()
    if written is None:
        raise Http404
    words = _("Dòng của %(name)s lại là đã nhận; khoản này không vào danh sách sau") % {"name": found.name}
    return _undo(request, found.paylist, RETURN, written, _("Hoàn tác ghi tiền trả lại của %(name)s") % {"name": found.name}, words)


def _undo(request, paylist, act, entry, verb, words):
    if not may(request.user, act, paylist) or not may(request.user, "office.undo", paylist):
        raise Http404
    frame = FormPage(
        title=verb, rail=RAIL, crumbs=(*_crumbs(paylist), _files_crumb(paylist)), verb=_("Hoàn tác việc này"), tone="stop", back=files_url(paylist),
        foot=_("Hoàn tác là một việc mới trong nhật ký; tệp và dòng cũ vẫn còn."),
    )
    group = EffectGroup(_("Đổi ngay khi ghi"), (Effect("✎", words),), _("tiền đã chuyển tiếp thì không hoàn tác, và nói rõ dòng nào"))
    return act_on_form(
        request, frame, None, lambda _values: office.undo(entry, by=request.user), lambda _done: files_url(paylist),
        effects=lambda _values: (group,), straight=True,
    )


def files_url(paylist) -> str:
    return reverse("payments.return_files", args=[paylist.pk])


def _answer_at(request, pk, act):
    answers = ReturnAnswer.objects.visible_to(request.user).select_related("line__paylist__area__parent", "return_file")
    answer = get_object_or_404(answers, pk=pk)
    if not rights.may(request.user, act, answer.area_path, answer.field):
        raise Http404
    return answer


def _crumbs(paylist):
    return (Crumb(_("Chi trả"), month_url(paylist.month)), Crumb(paylist.number, list_url(paylist)))


def _files_crumb(paylist):
    return Crumb(_("Tệp trả về"), files_url(paylist))
