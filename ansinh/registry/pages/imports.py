"""The import road on screen: upload, preview as differences, approval by another person, receipt, undo."""
import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ansinh.engine.text.names import fold
from ansinh.office import clock, rights
from ansinh.office.act import may_do
from ansinh.office.models import Job
from ansinh.web.acting import act_on_form
from ansinh.web.composed import address_of, panels_of
from ansinh.web.exports import EXCEL
from ansinh.web.keyset import part_of
from ansinh.web.page import Button, Chip, Crumb, Effect, EffectGroup, FormPage, Page, Pager
from ansinh.web.templatetags.office_words import count

from .. import actions
from ..forms import UploadForm
from ..imports.kinds import KINDS, kind_named
from ..imports.template import write_template
from ..models import Area, Import, ImportRow
from ..queries import imports as queries

State, Outcome = Import.State, ImportRow.Outcome
PART, EARLIER = 50, 5
UPLOAD = "registry.upload_import"

CHIPS = {
    State.UPLOADED: Chip(gettext_lazy("Đang soát"), "half"), State.CHECKED: Chip(gettext_lazy("Chờ duyệt"), "half"),
    State.REFUSED: Chip(gettext_lazy("Không đọc được"), "owe bad"), State.APPROVED: Chip(gettext_lazy("Đang ghi"), "half"),
    State.APPLIED: Chip(gettext_lazy("Đã ghi"), "ok"), State.UNDONE: Chip(gettext_lazy("Đã hoàn tác"), "hold"),
    State.DISCARDED: Chip(gettext_lazy("Đã bỏ"), ""),
}
OUTCOMES = {
    Outcome.NEW: (Chip(gettext_lazy("Mới"), "due"), "new"), Outcome.CHANGED: (Chip(gettext_lazy("Thay đổi"), "half now"), "chg"),
    Outcome.AMBIGUOUS: (Chip(gettext_lazy("Chưa rõ"), "warn"), "ask"), Outcome.WRONG: (Chip(gettext_lazy("Sai"), "owe bad"), "bad"),
    Outcome.SAME: (Chip(gettext_lazy("Giữ nguyên"), ""), ""),
}
TO_LOOK_AT = (Outcome.WRONG, Outcome.AMBIGUOUS, Outcome.CHANGED)
CRUMB = (gettext_lazy("Nhập dữ liệu"), "imports")


def imports(request):
    """Các lượt nạp: newest first, and the form for the next one."""
    _refuse_strangers(request.user)
    after = request.GET.get("sau", "")
    rows = Import.objects.visible_to(request.user).select_related("uploaded_by")
    shown, last = part_of(rows, "-id", int(after) if after.isdecimal() else None, PART)
    pager = Pager(_("%(n)s lượt nạp") % {"n": len(shown)}, "?" if after else "", f"?sau={last}" if last else "")
    buttons = (Button(_("Nạp bảng tính"), reverse("import.new"), solid=True),) if rights.may_somewhere(request.user, UPLOAD) else ()
    templates = [(kind.title, reverse("import.template", args=[kind.name])) for kind in KINDS.values()]
    page = Page(
        title=_("Nhập dữ liệu"), note=_("Bảng tính được soát trước; sổ chỉ đổi sau khi người khác duyệt."), rail="imports", buttons=buttons,
        content={"rows": [_line(import_) for import_ in shown], "pager": pager, "templates": templates},
    )
    return render(request, "registry/imports.html", {"page": page})


def upload(request):
    """Nạp một bảng tính: it is kept and checked in the background."""
    if not rights.may_somewhere(request.user, UPLOAD):
        raise Http404
    kinds = [(kind.name, kind.title) for kind in KINDS.values()]
    places = _places(request.user)

    def form(*args, **kwargs):
        made = UploadForm(*args, **kwargs)
        made.fields["kind"].choices, made.fields["area_path"].choices = kinds, places
        return made

    def send(values):
        file = values["file"]
        return actions.upload_import(
            values["kind"], data=file.read(), name=file.name, area_path=values["area_path"], as_of=values["as_of"], by=request.user
        )

    frame = FormPage(
        title=_("Nạp bảng tính"), rail="imports", crumbs=(_crumb(),), verb=_("Tải lên và soát"), back=reverse("imports"),
        foot=_("Tải lên chưa đổi gì trong sổ. Đóng trang cũng không mất; việc soát chạy tiếp."),
    )
    return act_on_form(request, frame, form, send, lambda made: reverse("import", args=[made.pk]), done=_("Đã nhận tệp, đang soát."))


def preview(request, pk: int):
    """Xem trước: counts as filters, what each row would change and why, and the decision beside it."""
    import_ = _found(request, pk)
    if request.htmx and request.GET.get("tien-do"):
        return _progress(request, import_)
    chosen = request.GET.get("ket-qua", _first_shown(import_))
    after = request.GET.get("sau", "")
    rows = queries.rows_of(import_, request.user, outcome=chosen if chosen in Outcome.values else "")
    rows = rows if chosen else rows.filter(outcome__in=TO_LOOK_AT)
    shown, last = part_of(rows, "id", int(after) if after.isdecimal() else None, PART)
    part = f"?ket-qua={chosen}"
    pager = Pager(_("%(n)s dòng") % {"n": len(shown)}, part if after else "", f"{part}&sau={last}" if last else "")
    for row in shown:
        row.of_import = import_
    content = {
        "import": import_, "counts": _counts(import_, chosen), "rows": [_row(row, request.user) for row in shown], "pager": pager,
        "what": _what(import_, chosen), "job": _job(import_), "is_busy": _is_busy(import_), "facts": _reading(import_),
        "decision": _decision(import_, request.user), "panels": panels_of("import", import_, request.user),
        "earlier": [_line(i) for i in _earlier(import_, request.user)], "chip": CHIPS[import_.state],
    }
    page = Page(
        title=_("Xem trước: %(name)s") % {"name": import_.name} if import_.state == State.CHECKED else import_.name, note=_note(import_),
        rail="imports", crumbs=(_crumb(), Crumb(_("Lượt nạp %(n)d") % {"n": pk})), buttons=_buttons(import_, request.user), content=content,
    )
    return render(request, "registry/import.html", {"page": page})


def receipt(request, pk: int):
    """Bảng kèm kết quả: the same sheet back with *Kết quả, Lý do, Gợi ý sửa*."""
    data, name = queries.receipt_of(_found(request, pk), request.user)
    return HttpResponse(data, content_type=EXCEL, headers={"Content-Disposition": f'attachment; filename="{_plain(name)}"'})


def template(request, kind: str):
    """Bảng trống của một loại, with an explanation of each column."""
    if kind not in KINDS:
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mau.xlsx"
        write_template(KINDS[kind], path)
        file = path.open("rb")  # the file lives on until it was sent
    return FileResponse(file, content_type=EXCEL, as_attachment=True, filename=f"{kind}.xlsx")


@require_POST
def approve(request, pk: int):
    """Duyệt: the new and changed rows are written in the background."""
    import_ = _found(request, pk)
    actions.approve_import(import_, by=request.user)
    messages.success(request, _("Đã duyệt. Đang ghi vào sổ."))
    return redirect("import", pk=pk)


def discard(request, pk: int):
    """Bỏ lượt nạp: nothing of it was written."""
    import_ = _found(request, pk)
    effects = (Effect("✎", _("%(n)s dòng đã soát không được ghi") % {"n": count(sum(import_.counts.values()))}, _("Tệp vẫn còn trong kho.")),)
    group = EffectGroup(_("Đổi ngay khi ghi"), effects)
    return _confirmed(request, import_, actions.discard_import, _("Bỏ lượt nạp này"), group)


def undo(request, pk: int):
    """Hoàn tác cả lượt nạp, but for persons whom an exported list already pays."""
    import_ = _found(request, pk)
    written = import_.rows.filter(result=ImportRow.Result.APPLIED).count()
    kind = kind_named(import_.kind)
    kept = len(kind.kept(import_)) if kind.kept else 0
    effects = [Effect("✎", _("%(n)s dòng đã ghi được rút khỏi sổ") % {"n": count(max(written - kept, 0))}, _("Điều đúng trước đó trở lại."))]
    if kept:
        effects.append(Effect("✎", _("%(n)s người được giữ lại") % {"n": count(kept)}, _("Danh sách trả cho họ đã xuất; bảng kết quả ghi rõ.")))
    return _confirmed(request, import_, actions.undo_import, _("Hoàn tác cả lượt nạp"), EffectGroup(_("Đổi ngay khi ghi"), tuple(effects)))


def _confirmed(request, import_, act, verb, group):
    if not may_do(request.user, act, import_):
        raise Http404
    back = reverse("import", args=[import_.pk])
    frame = FormPage(
        title=f"{verb}: {import_.name}", rail="imports", crumbs=(_crumb(), Crumb(import_.name, back)), verb=verb, back=back, tone="stop",
        foot=_("Không đồng nào được chi hay trừ ở bước này."),
    )
    return act_on_form(
        request, frame, None, lambda _values: act(import_, by=request.user), lambda _done: back, effects=lambda _values: (group,), straight=True
    )


def _progress(request, import_):
    return render(request, "registry/_progress.html", {"page": Page(title="", content={
        "import": import_, "job": _job(import_), "is_busy": _is_busy(import_), "chip": CHIPS[import_.state],
    })})


def _found(request, pk):
    return get_object_or_404(Import.objects.visible_to(request.user).select_related("uploaded_by", "approved_by"), pk=pk)


def _refuse_strangers(account):
    if not rights.sees(account, "imports"):
        raise Http404


def _places(account):
    """Areas in which the account may upload, by name."""
    paths = {r.area_path for r in rights.rights_of(account) if rights.may(account, UPLOAD, r.area_path, None)}
    today = Area.objects.on(clock.today()).filter(path__in=paths)
    named = {area.path: str(area) for area in today}
    return sorted((path, named.get(path, path)) for path in paths)


def _crumb():
    label, name = CRUMB
    return Crumb(str(label), reverse(name))


def _line(import_):
    writes = import_.counts.get("new", 0) + import_.counts.get("changed", 0)
    return {"import": import_, "chip": CHIPS[import_.state], "total": sum(import_.counts.values()), "writes": writes}


def _note(import_):
    words = {"kind": KINDS[import_.kind].title if import_.kind in KINDS else import_.kind, "who": import_.uploaded_by}
    words |= {"n": count(sum(import_.counts.values())), "when": f"{import_.uploaded_at.astimezone(clock.ZONE):%H:%M %d/%m/%Y}"}
    return _("%(kind)s · %(n)s dòng · tải lên lúc %(when)s · %(who)s") % words


def _buttons(import_, account):
    found = []
    if import_.counts:
        found.append(Button(_("Tải bảng kèm kết quả"), reverse("import.receipt", args=[import_.pk])))
    if import_.state in (State.UPLOADED, State.CHECKED, State.REFUSED) and may_do(account, actions.discard_import, import_):
        found.append(Button(_("Bỏ lượt này"), reverse("import.discard", args=[import_.pk]), stop=True))
    if import_.state == State.APPLIED and may_do(account, actions.undo_import, import_):
        found.append(Button(_("Hoàn tác cả lượt"), reverse("import.undo", args=[import_.pk]), stop=True))
    return tuple(found)


def _decision(import_, account):
    """What the panel of approval says: how many rows, and whether this account may decide."""
    counts = import_.counts
    new, changed = counts.get("new", 0), counts.get("changed", 0)
    may = import_.state == State.CHECKED and may_do(account, actions.approve_import, import_)
    return {
        "new": new, "changed": changed, "writes": new + changed, "returned": counts.get("wrong", 0) + counts.get("ambiguous", 0),
        "may": may and account != import_.uploaded_by, "own": may and account == import_.uploaded_by,
    }


def _counts(import_, chosen):
    look = sum(import_.counts.get(outcome, 0) for outcome in TO_LOOK_AT)
    first = {"n": look, "words": _("Cần xem"), "chip": None, "url": "?ket-qua=", "here": not chosen}
    order = (Outcome.NEW, Outcome.CHANGED, Outcome.AMBIGUOUS, Outcome.WRONG, Outcome.SAME)
    return [first, *({
        "n": import_.counts.get(outcome, 0), "chip": OUTCOMES[outcome][0], "url": f"?ket-qua={outcome}", "here": chosen == outcome,
    } for outcome in order)]


def _first_shown(import_):
    """What is shown before a choice: rows to look at, else the new ones, else all that stays."""
    counts = import_.counts
    if any(counts.get(outcome) for outcome in TO_LOOK_AT):
        return ""
    return Outcome.NEW if counts.get(Outcome.NEW) else Outcome.SAME


def _what(import_, chosen):
    if chosen in Outcome.values:
        return _("%(n)s dòng: %(words)s") % {"n": count(import_.counts.get(chosen, 0)), "words": OUTCOMES[chosen][0].words}
    return _("%(n)s dòng cần xem") % {"n": count(sum(import_.counts.get(outcome, 0) for outcome in TO_LOOK_AT))}


def _row(row, account):
    chip, tone = OUTCOMES[row.outcome]
    seen, unseen = queries.candidates_of(row, account)
    return {
        "row": row, "chip": chip, "tone": tone, "url": address_of(f"registry.person:{row.subject}") if row.subject else "",
        "differences": queries.differences_of(row), "result": row.get_result_display() if row.result else "",
        "candidates": [(str(person), address_of(f"registry.person:{person.pk}")) for person in seen], "elsewhere": unseen,
    }


def _reading(import_):
    """How the sheet was read, sentence by sentence."""
    return [_("Tên và mã xã hiểu theo ngày %(day)s.") % {"day": f"{import_.as_of:%d/%m/%Y}"}, *import_.notes]


def _earlier(import_, account):
    return Import.objects.visible_to(account).filter(pk__lt=import_.pk).select_related("uploaded_by").order_by("-id")[:EARLIER]


def _job(import_):
    return Job.objects.filter(key=f"registry.import:{import_.pk}").order_by("-id").first()


def _is_busy(import_):
    return import_.state in (State.UPLOADED, State.APPROVED)


def _plain(name):
    """A file name that every mail program keeps."""
    return "".join(c for c in fold(name.rpartition(".")[0]).replace(" ", "-") if c.isalnum() or c in "-_.") + "." + name.rpartition(".")[2]
