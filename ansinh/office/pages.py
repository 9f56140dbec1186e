"""Pages of the office: one's own account, tasks by their legal term, the journal and undoing what it tells, stored files."""
from django.apps import apps
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.web.acting import act_on_form
from ansinh.web.composed import address_of, place_names, undoing
from ansinh.web.keyset import part_of
from ansinh.web.page import Button, Chip, Crumb, Effect, EffectGroup, FormPage, Page, Pager

from . import actions, clock, fixity, queries, rights
from .act import ACTS
from .copies import SIDES, place_of
from .fields import FIELD_NAMES
from .forms import DismissForm, JournalForm
from .legal_clock import legal_clock
from .models import Entry, StoredFile, Task

PART = 50
MENDED_SHOWN = 20
OUTCOMES = {
    StoredFile.Outcome.WEAK: Chip(gettext_lazy("Chỉ còn một bản tốt"), "half"),
    StoredFile.Outcome.LOST: Chip(gettext_lazy("Hỏng cả hai bản"), "owe bad"),
}


def my_account(request):
    """Tài khoản của tôi: who I am, what I may do where, how I sign in."""
    own = rights.rights_of(request.user)
    places = place_names(right.area_path for right in own)
    held = [
        {"role": rights.roles()[r.role]["title"], "area": places[r.area_path], "field": FIELD_NAMES.get(r.field, r.field), "right": r} for r in own
    ]
    page = Page(title=_("Tài khoản của tôi"), note=request.user.title, content=held)
    return render(request, "office/my_account.html", {"page": page})


def tasks(request):
    """Việc cần làm: open tasks of the account's areas and fields by their term."""
    if not rights.sees(request.user, "tasks"):
        raise Http404
    start = int(start) if (start := request.GET.get("tu", "")).isdecimal() else 0
    waiting = list(queries.tasks_of(request.user)[start : start + PART + 1])
    shown = waiting[:PART]
    more = f"?tu={start + PART}" if len(waiting) > PART else ""
    pager = Pager(_("%(n)s việc") % {"n": len(shown)}, "?" if start else "", more)
    content = {"rows": [_task(task, request.user) for task in shown], "pager": pager}
    page = Page(title=_("Việc cần làm"), note=_("Trong địa bàn và lĩnh vực của tài khoản, việc gần hạn trước."), rail="tasks", content=content)
    return render(request, "office/tasks.html", {"page": page})


def dismiss(request, pk: int):
    """Bỏ một việc: closed without its act, with a written reason."""
    task = get_object_or_404(queries.tasks_of(request.user), pk=pk)
    if not rights.may(request.user, "office.dismiss_task", task.area_path, task.field):
        raise Http404
    frame = FormPage(
        title=_("Bỏ việc: %(task)s") % {"task": task.title}, rail="tasks", crumbs=(Crumb(_("Việc cần làm"), reverse("tasks")),),
        verb=_("Bỏ việc này"), back=reverse("tasks"), tone="stop", foot=_("Lý do được ghi vào nhật ký."),
    )
    return act_on_form(
        request, frame, DismissForm, lambda values: actions.dismiss_task(task, by=request.user, **values), lambda _done: reverse("tasks")
    )


def journal(request):
    """Nhật ký: what was done, by whom, when, on what; newest first."""
    if not rights.sees(request.user, "journal"):
        raise Http404
    form = JournalForm(request.GET or None)
    rows = _narrowed(queries.journal_of(request.user), form.cleaned_data if form.is_valid() else {})
    after = request.GET.get("sau", "")
    shown, last = part_of(rows, "-id", int(after) if after.isdecimal() else None, PART)
    asked = request.GET.copy()
    asked.pop("sau", None)
    first = f"?{asked.urlencode()}"
    pager = Pager(_("%(n)s dòng") % {"n": len(shown)}, first if after else "", f"{first}&sau={last}" if last else "")
    content = {"rows": [_line(entry) for entry in shown], "pager": pager, "form": form}
    page = Page(title=_("Nhật ký"), note=_("Mỗi việc làm thay đổi sổ là một dòng; không dòng nào sửa hay xóa được."), rail="journal", content=content)
    return render(request, "office/journal.html", {"page": page})


def entry(request, pk: int):
    """Một dòng nhật ký: its facts, what belongs to it, and undoing it where that is possible."""
    found = get_object_or_404(queries.journal_of(request.user), pk=pk)
    content = {
        "line": _line(found), "facts": [(name, value) for name, value in found.facts.items() if value not in ("", None)],
        "parts": [_line(part) for part in found.children.order_by("id")[:PART]],
        "undo": reverse("undo", args=[pk]) if _may_undo(request.user, found) else "",
    }
    page = Page(
        title=queries.act_label(found.act), rail="journal", crumbs=(Crumb(_("Nhật ký"), reverse("journal")),),
        note=_("%(who)s làm lúc %(when)s") % {"who": found.by or _("hệ thống"), "when": f"{found.at.astimezone(clock.ZONE):%H:%M %d/%m/%Y}"},
        chip=Chip(_("Đã hoàn tác"), "hold") if Entry.objects.filter(undoes=found).exists() else None, content=content,
    )
    return render(request, "office/entry.html", {"page": page})


def undo(request, pk: int):
    """Hoàn tác một việc: what the act recorded is withdrawn and what it withdrew holds again."""
    found = get_object_or_404(queries.journal_of(request.user), pk=pk)
    if not _may_undo(request.user, found):
        raise Http404
    if own_page := address_of(f"office.entry:{pk}", act=f"undo {found.act}"):
        return redirect(own_page)
    back, label = reverse("entry", args=[pk]), queries.act_label(found.act)
    frame = FormPage(
        title=_("Hoàn tác: %(act)s") % {"act": label}, rail="journal", crumbs=(Crumb(_("Nhật ký"), reverse("journal")), Crumb(label, back)),
        verb=_("Hoàn tác việc này"), back=back, tone="stop", foot=_("Hoàn tác là một việc mới trong nhật ký; dòng cũ vẫn còn."),
    )
    return act_on_form(
        request, frame, None, lambda _values: actions.undo(found, by=request.user), lambda _done: back,
        effects=lambda _values: (_what_undoing_changes(found),), straight=True,
    )


def files(request):
    """Kho tệp: when both copies were last looked at, what was found, what was mended and what could not be."""
    if not rights.sees(request.user, "files"):
        raise Http404
    after = request.GET.get("sau", "")
    shown, last = part_of(fixity.broken_files(), "id", int(after) if after.isdecimal() else None, PART)
    pager = Pager(_("%(n)s tệp") % {"n": len(shown)}, "?" if after else "", f"?sau={last}" if last else "")
    last_check = fixity.last_check()
    content = {
        "broken": [_broken(stored) for stored in shown], "pager": pager, "counts": _counts_of_files(last_check), "running": _running_check(),
        "mended": [_line(entry) | _mending(entry) for entry in fixity.mended_lines()[:MENDED_SHOWN]], "check": last_check,
    }
    may_check = rights.may_somewhere(request.user, fixity.CHECK) and not content["running"]
    page = Page(
        title=_("Kho tệp"), note=_("Mỗi tệp được giữ hai bản và đọc lại mỗi đêm; bản hỏng được sửa từ bản kia."), rail="files", content=content,
        buttons=(Button(_("Kiểm tra ngay"), reverse("files.check")),) if may_check else (),
    )
    return render(request, "office/files.html", {"page": page})


def check_files(request):
    """Kiểm tra ngay: the nightly work, in the background."""
    if not rights.may_somewhere(request.user, fixity.CHECK):
        raise Http404
    back = reverse("files")
    effects = (
        Effect("✎", _("Đọc lại cả hai bản của mọi tệp"), _("chạy nền, đóng trang cũng không mất")),
        Effect("✎", _("Bản hỏng được ghi lại từ bản tốt"), _("mỗi lần sửa là một dòng nhật ký")),
    )
    frame = FormPage(
        title=_("Kiểm tra kho tệp"), rail="files", crumbs=(Crumb(_("Kho tệp"), back),), verb=_("Kiểm tra ngay"), back=back,
        foot=_("Nội dung tệp không đổi; tệp hỏng cả hai bản thành một việc phải làm."),
    )
    return act_on_form(
        request, frame, None, lambda _values: fixity.check_files(by=request.user), lambda _done: back, straight=True,
        effects=lambda _values: (EffectGroup(_("Làm ngay sau khi ghi"), effects),), done=_("Đã giao việc kiểm tra."),
    )


def _counts_of_files(last_check):
    found = last_check.facts if last_check else {"checked": 0, "mended": 0}
    words = [(_("đã đọc ở lượt trước"), "checked", "?"), (_("đã sửa ở lượt trước"), "mended", "#sua")]
    counted = [{"words": label, "n": found[name], "url": url} for label, name, url in words]
    return [*counted, {"words": _("chưa sửa được"), "n": fixity.broken_files().count(), "url": "#hong"}]


def _running_check():
    """How far a check has come that was begun and not ended; ``None`` when there is none."""
    run = fixity.open_check()
    if run is None:
        return None
    total = StoredFile.objects.count()
    return {"done": total - fixity.waiting_in(run).count(), "total": total}


def _broken(stored):
    return {"stored": stored, "chip": OUTCOMES[stored.outcome], "place": place_of(stored.sha256)}


def _mending(entry):
    was = {"damaged": _("hỏng"), "missing": _("mất")}
    return {"side": SIDES.get(entry.facts.get("side"), ""), "was": was.get(entry.facts.get("was"), "")}


def _what_undoing_changes(found):
    parts = found.children.count()
    words = _("%(act)s: dòng đã ghi được rút, dòng đã thay được lập lại") % {"act": queries.act_label(found.act)}
    effects = [Effect("✎", words)]
    if parts:
        effects.append(Effect("✎", _("%(n)d việc kèm theo cũng được hoàn tác") % {"n": parts}))
    effects += undoing(queries.tree_of(found))
    return EffectGroup(_("Đổi ngay khi ghi"), tuple(effects), _("nếu đã có thay đổi sau đó thì không hoàn tác, và nói rõ dòng nào"))


def _may_undo(account, found):
    act = ACTS.get(found.act)
    undoable = act is not None and act.undoable and not Entry.objects.filter(undoes=found).exists()
    return undoable and rights.may(account, "office.undo", found.area_path, found.field)


def _narrowed(rows, asked):
    if asked.get("act"):
        rows = rows.filter(act=asked["act"])
    if asked.get("until"):
        rows = rows.filter(at__lt=clock.end_of(asked["until"]))
    if asked.get("by"):
        rows = rows.filter(by__full_name__icontains=asked["by"])
    return rows


def _line(found: Entry) -> dict:
    return {
        "entry": found, "label": queries.act_label(found.act), "url": reverse("entry", args=[found.pk]), "subject": address_of(found.key),
        "words": _words_of(found.key),
    }


def _words_of(key: str) -> str:
    """``cá nhân số 12`` for ``registry.person:12``; anything else as it is written."""
    kind, _colon, number = key.partition(":")
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        return key
    return _("%(what)s số %(number)s") % {"what": model._meta.verbose_name, "number": number}


def _task(task: Task, account) -> dict:
    may_dismiss = rights.may(account, "office.dismiss_task", task.area_path, task.field)
    return {
        "task": task, "act": queries.act_label(task.act), "url": address_of(task.key, act=task.act), "clock": legal_clock(task.due_on),
        "dismiss": reverse("dismiss", args=[task.pk]) if may_dismiss else "",
    }
