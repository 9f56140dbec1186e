"""Batches: the list, a new one, one batch with its files and pages, and what is decided about it."""
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ansinh.office import clock, rights
from ansinh.office.act import may_do
from ansinh.web.acting import act_on_form
from ansinh.web.composed import place_names
from ansinh.web.keyset import part_of
from ansinh.web.page import Button, Chip, Crumb, Effect, EffectGroup, FormPage, Page, Pager
from ansinh.web.refusal import Refusal

from .. import actions, uploads
from ..forms import BatchForm, FilesForm, PriorityForm
from ..models import Batch, Scan, WatchedFolder
from ..models import Page as ScannedPage
from ..queries.batches import Progress, batches_of, pages_of, progress_of
from ..queries.intake import sides_disagree
from ..queries.progress import with_pages
from ..states import BATCHES, SCANS
from .arranging import may_arrange
from .parts import PART, RAIL, refuse_strangers, screens, whole

State, Outcome = Batch.State, Scan.Outcome
RECEIVE = "dossiers.receive_batch"
SHOWN_PAGES, SHOWN_FILES = 120, 200
READING = {"waiting": gettext_lazy("Những lô còn trang chờ máy đọc."), "failed": gettext_lazy("Những lô có trang máy không đọc được.")}


@dataclass(frozen=True)
class BatchesPage(Page):
    screens: tuple = ()
    rows: tuple = ()
    pager: Pager | None = None


@dataclass(frozen=True)
class BatchPage(Page):
    """One batch: files with outcome and remedy, pages as small pictures, pairs that look alike, how far reading has come."""

    batch: Batch | None = None
    progress: Progress | None = None
    steps: tuple = ()
    facts: tuple = ()
    warnings: tuple = ()
    files: tuple = ()
    files_left: int = 0
    pages: tuple = ()
    pairs: tuple = ()
    pager: Pager | None = None
    form: object = None
    part_size: int = uploads.CHUNK
    may_arrange: bool = False
    may_upload: bool = False
    may_close: bool = False


def batches(request):
    """Lô quét: newest first."""
    refuse_strangers(request.user)
    reading = request.GET.get("doc") if request.GET.get("doc") in READING else ""
    watched = WatchedFolder.objects.visible_to(request.user).filter(pk=whole(request.GET.get("thu-muc"))).first()
    rows = with_pages(batches_of(request.user), reading) if reading else batches_of(request.user)
    rows = rows.filter(watched=watched) if watched else rows
    shown, last = part_of(rows, "-id", whole(request.GET.get("sau")), PART)
    first = f"?doc={reading}" if reading else f"?thu-muc={watched.pk}" if watched else "?"
    pager = Pager(_("%(n)s lô") % {"n": len(shown)}, first if request.GET.get("sau") else "", f"{first}&sau={last}" if last else "")
    new = (Button(_("Mở lô mới"), reverse("scan_batch.new"), solid=True),) if rights.may_somewhere(request.user, RECEIVE) else ()
    places = place_names(batch.area_path for batch in shown)
    others = ((_("Thư mục theo dõi"), "watched_folders"), (_("Gói hồ sơ"), "packages"), (_("In tờ ngăn"), "scan_batches.separator"))
    new += tuple(Button(label, reverse(name)) for label, name in others)
    rows = tuple({"batch": b, "url": reverse("scan_batch", args=[b.pk]), "chip": BATCHES[b.state], "place": places[b.area_path]} for b in shown)
    by_folder = _("Những lô nhận từ thư mục %(folder)s, mới nhất trước.") % {"folder": watched} if watched else ""
    note = by_folder or READING.get(reading, _("Tệp đến cùng nhau; mới nhất trước."))
    page = BatchesPage(title=_("Lô quét"), note=note, rail=RAIL, buttons=new, screens=screens("scan_batches"), rows=rows, pager=pager)
    return render(request, "dossiers/batches.html", {"page": page})


def new(request):
    """Mở lô mới; files are added on its page."""
    if not rights.may_somewhere(request.user, RECEIVE):
        raise Http404
    frame = FormPage(
        title=_("Mở lô mới"), rail=RAIL, crumbs=(_crumb(),), verb=_("Mở lô"), back=reverse("scan_batches"),
        foot=_("Tệp được tải lên ở trang của lô; ngắt giữa chừng thì hôm sau tải tiếp được."),
    )

    def form(*args, **kwargs):
        return BatchForm(*args, account=request.user, places=_places(request.user), **kwargs)

    def act(said):
        kept = {name: said[name] for name in ("area_path", "dossier", "sheets_on_paper", "priority")}
        return actions.receive_batch(said["name"], origin=Batch.Origin.BROWSER, **kept, by=request.user)

    return act_on_form(
        request, frame, form, act, lambda made: reverse("scan_batch", args=[made.pk]), initial={"code": request.GET.get("ho-so", "")},
        done=_("Đã mở lô. Chọn tệp để tải lên."),
    )


def batch(request, pk: int):
    """Một lô: also where files come in one go from browsers without scripts."""
    found = _found(request, pk)
    form = FilesForm()
    if request.method == "POST":
        form = FilesForm(request.POST, request.FILES)
        if form.is_valid():
            return _taken(request, found, form.cleaned_data["files"])
    if request.htmx and request.GET.get("tien-do"):
        words = {"page": BatchPage(title="", batch=found, progress=progress_of(found), chip=BATCHES[found.state])}
        return render(request, "dossiers/_batch_progress.html", words)
    status = 422 if form.errors else 200
    return render(request, "dossiers/batch.html", {"page": _page(request, found, form)}, status=status)


@require_POST
def close(request, pk: int):
    """Nhận đủ tệp: the files are taken apart into pages in the background."""
    found = _found(request, pk)
    actions.close_batch(found, by=request.user)
    messages.success(request, _("Đã nhận đủ tệp. Đang tách trang."))
    return redirect("scan_batch", pk=pk)


def discard(request, pk: int):
    """Bỏ lô quét, before any page of it entered a dossier."""
    found = _found(request, pk)
    if not may_do(request.user, actions.discard_batch, found):
        raise Http404
    effect = Effect("✎", _("%(n)d tệp của lô không được tách và đọc nữa") % {"n": found.scans.count()}, _("Byte của tệp vẫn còn trong kho."))
    back = reverse("scan_batch", args=[pk])
    frame = FormPage(
        title=_("Bỏ lô: %(name)s") % {"name": found}, rail=RAIL, crumbs=(_crumb(), Crumb(found.name, back)), verb=_("Bỏ lô này"), back=back,
        tone="stop",
    )
    return act_on_form(
        request, frame, None, lambda _said: actions.discard_batch(found, by=request.user), lambda _done: back, straight=True,
        effects=lambda _said: (EffectGroup(_("Đổi ngay khi ghi"), (effect,)),),
    )


def prioritise(request, pk: int):
    """Đổi thứ tự đọc của lô."""
    found = _found(request, pk)
    if not may_do(request.user, actions.prioritise_batch, found):
        raise Http404
    back = reverse("scan_batch", args=[pk])
    title = _("Đổi thứ tự đọc: %(name)s") % {"name": found}
    frame = FormPage(title=title, rail=RAIL, crumbs=(_crumb(), Crumb(found.name, back)), verb=_("Đổi thứ tự"), back=back)
    return act_on_form(
        request, frame, PriorityForm, lambda said: actions.prioritise_batch(found, **said, by=request.user), lambda _done: back,
        initial={"priority": found.priority},
    )


def _taken(request, found, files):
    """Files from a plain form: each one stands for itself, a refused one does not stop the others."""
    for file in files:
        try:
            actions.add_scan(found, name=file.name, data=file.read(), by=request.user)
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return redirect("scan_batch", pk=found.pk)


def _found(request, pk):
    return get_object_or_404(Batch.objects.visible_to(request.user).select_related("dossier", "received_by"), pk=pk)


def _page(request, found, form):
    progress = progress_of(found)
    rows = pages_of(found, request.user)
    shown, last = part_of(rows, "id", whole(request.GET.get("sau")), SHOWN_PAGES)
    pager = Pager(_("%(n)s trang") % {"n": len(shown)}, "?" if request.GET.get("sau") else "", f"?sau={last}" if last else "")
    files = list(found.scans.select_related("same_as__batch", "part_of").order_by("position")[: SHOWN_FILES + 1])
    may_upload = found.state == State.RECEIVING and rights.may(request.user, "dossiers.begin_upload", found.area_path, found.field)
    return BatchPage(
        title=found.name, note=_note(found), rail=RAIL, crumbs=(_crumb(), Crumb(found.name)), chip=BATCHES[found.state],
        buttons=_buttons(found, request.user), batch=found, progress=progress, facts=tuple(_facts(found, progress)),
        warnings=tuple(_warnings(found, progress)), files=tuple(_file(scan, may_upload) for scan in files[:SHOWN_FILES]),
        files_left=max(progress.files - SHOWN_FILES, 0), pages=tuple(shown), pairs=_pairs(shown, request.user), pager=pager, form=form,
        may_arrange=found.state == State.SORTED and may_arrange(request.user, found), may_upload=may_upload,
        may_close=may_upload and may_do(request.user, actions.close_batch, found) and bool(files),
    )


def _pairs(shown, account):
    """Pages of the batch beside those that they look like, where the account may see both."""
    same = ScannedPage.objects.visible_to(account).in_bulk([p.same_as_id for p in shown if p.same_as_id])
    return tuple((p, same[p.same_as_id]) for p in shown if p.same_as_id in same)


def _note(found):
    when = f"{found.received_at.astimezone(clock.ZONE):%H:%M %d/%m/%Y}"
    return _("%(origin)s · nhận lúc %(when)s · %(who)s") % {"origin": found.get_origin_display(), "when": when, "who": found.received_by}


def _buttons(found, account):
    buttons = []
    if found.state != State.DISCARDED and may_do(account, actions.prioritise_batch, found):
        buttons.append(Button(_("Đổi thứ tự đọc"), reverse("scan_batch.prioritise", args=[found.pk])))
    if found.state in (State.RECEIVING, State.SORTED) and may_do(account, actions.discard_batch, found):
        buttons.append(Button(_("Bỏ lô này"), reverse("scan_batch.discard", args=[found.pk]), stop=True))
    return tuple(buttons)


def _facts(found, progress):
    place = place_names([found.area_path])[found.area_path]
    yield _("Hồ sơ"), found.dossier.code if found.dossier else _("theo tờ bìa, tờ ngăn trong lô")
    yield _("Địa bàn"), place
    yield _("Số tờ trên giấy"), found.sheets_on_paper or _("chưa đếm")
    yield _("Mặt giấy đã quét"), _("%(n)d trang, %(blank)d mặt trắng để riêng") % {"n": progress.pages, "blank": progress.blank}
    yield _("Thứ tự đọc"), dict(PriorityForm().fields["priority"].choices).get(found.priority, found.priority)


def _warnings(found, progress):
    sheets = found.sheets_on_paper
    if found.state == State.SORTED and sides_disagree(sheets, progress.sides):
        yield _("Trên giấy có %(sheets)d tờ mà quét được %(sides)d mặt; soát lại trước khi cất giấy.") % {"sheets": sheets, "sides": progress.sides}
    if progress.failed:
        yield _("%(n)d trang máy không đọc được; vẫn nhập bằng mắt ở bàn đọc.") % {"n": progress.failed}


def _file(scan, may_upload):
    chip, percent = SCANS[scan.outcome], None
    if scan.outcome == Outcome.RECEIVING:
        percent = scan.received * 100 // (scan.size or 1)
        chip = Chip(_("Đã nhận %(n)d %%") % {"n": percent}, "half")
    same, drop = scan.same_as, reverse("scan.drop", args=[scan.pk])
    return {
        "scan": scan, "chip": chip, "is_half": percent is not None, "drop": drop if percent is not None and may_upload else "", "same": same,
        "same_url": reverse("scan_batch", args=[same.batch_id]) if same else "", "size": _size(scan.size),
    }


def _size(size):
    """``4,2 MB``."""
    if size is None:
        return ""
    unit, by = ("MB", 2**20) if size >= 2**20 else ("KB", 2**10)
    return f"{size / by:.1f}\u00a0{unit}".replace(".", ",")


def _places(account):
    paths = {right.area_path for right in rights.rights_of(account) if rights.may(account, RECEIVE, right.area_path)}
    return sorted(place_names(paths).items())


def _crumb():
    return Crumb(_("Lô quét"), reverse("scan_batches"))
