"""Gói hồ sơ on screen: sent out, taken in, each with its receipt."""
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from ansinh.office import clock, rights
from ansinh.office.act import may_do
from ansinh.office.cabinet import local_path
from ansinh.office.models import Job
from ansinh.web.acting import act_on_form
from ansinh.web.composed import place_names
from ansinh.web.keyset import part_of
from ansinh.web.page import Button, Chip, Crumb, Effect, EffectGroup, FormPage, Page, Pager

from .. import actions
from ..folders import file_of, unit_of
from ..forms import ExportForm, ImportForm
from ..models import Dossier, PackageTransfer
from ..receipts import link_words, state_words, work_words
from .parts import PART, RAIL, refuse_strangers, whole

State, Direction = PackageTransfer.State, PackageTransfer.Direction
EXPORT, RECEIVE = "dossiers.order_export", "dossiers.receive_package"


def packages(request):
    """Các lượt chuyển gói hồ sơ, mới nhất trước."""
    refuse_strangers(request.user)
    rows = PackageTransfer.objects.visible_to(request.user).select_related("ordered_by", "file")
    shown, last = part_of(rows, "-id", whole(request.GET.get("sau")), PART)
    places = place_names(row.area_path for row in shown)
    content = [
        {"row": r, "chip": _chip(r), "url": reverse("package", args=[r.pk]), "place": places[r.area_path], "n": len(r.receipt or r.chosen)}
        for r in shown
    ]
    pager = Pager(_("%(n)s lượt") % {"n": len(shown)}, "?" if request.GET.get("sau") else "", f"?sau={last}" if last else "")
    offered = ((EXPORT, Button(_("Xuất gói"), reverse("package.new"), solid=True)), (RECEIVE, Button(_("Nhận gói"), reverse("package.receive"))))
    buttons = tuple(button for name, button in offered if rights.may_somewhere(request.user, name))
    page = Page(
        title=_("Gói hồ sơ"), note=_("Hồ sơ nguyên vẹn sang máy khác, kèm bản quét, chữ đọc được, lượt nhập và chứng cứ."), rail=RAIL,
        crumbs=(_batches(),), buttons=buttons, content={"rows": content, "pager": pager},
    )
    return render(request, "dossiers/packages.html", {"page": page})


def new(request):
    """Xuất gói: which dossiers leave, and what that means, before it is ordered."""
    if not rights.may_somewhere(request.user, EXPORT):
        raise Http404
    frame = FormPage(
        title=_("Xuất gói hồ sơ"), rail=RAIL, crumbs=(_batches(), _crumb()), verb=_("Xuất gói"), back=reverse("packages"),
        foot=_("Gói mang đủ dữ liệu cá nhân của hồ sơ và không khóa mật khẩu; chỉ gửi bằng đường bảo mật của cơ quan."),
    )

    def form(*args, **kwargs):
        return ExportForm(*args, account=request.user, **kwargs)

    return act_on_form(
        request, frame, form, lambda said: actions.order_export(said["dossiers"], by=request.user), lambda made: reverse("package", args=[made.pk]),
        effects=_what_leaves, initial={"codes": request.GET.get("ho-so", "")}, done=_("Đang viết gói."),
    )


def receive(request):
    """Nhận gói: a file from the browser, or one that lies in the intake folder."""
    if not rights.may_somewhere(request.user, RECEIVE):
        raise Http404
    frame = FormPage(
        title=_("Nhận gói hồ sơ"), rail=RAIL, crumbs=(_batches(), _crumb()), verb=_("Đưa vào và soát"), back=reverse("packages"),
        foot=_("Gói được soát từng phần trước; sai một phần thì không ghi gì. Số hồ sơ đã có trong sổ thì cả gói không được nhận."),
    )

    def form(*args, **kwargs):
        return ImportForm(*args, places=_places(request.user), **kwargs)

    def act(said):
        if said["file"]:
            return actions.receive_package(said["area_path"], data=said["file"], name=said["file"].name, by=request.user)
        place = _own_file(said["folder"], request.user)
        with place.open("rb") as data:
            return actions.receive_package(said["area_path"], data=data, name=place.name, by=request.user)

    return act_on_form(request, frame, form, act, lambda made: reverse("package", args=[made.pk]), done=_("Đã nhận tệp, đang soát."))


def package(request, pk: int):
    """Một lượt chuyển gói: how far it has come, then its receipt."""
    found = _found(request, pk)
    content = {"row": found, "job": _job(found), "lines": _lines(found, request.user), "facts": tuple(_facts(found)), "chip": _chip(found)}
    if request.htmx and request.GET.get("tien-do"):
        return render(request, "dossiers/_package_progress.html", {"page": Page(title="", content=content)})
    may_fetch = found.direction == Direction.OUT and found.state == State.DONE and may_do(request.user, actions.fetch_package, found)
    buttons = (Button(_("Tải gói về"), reverse("package.file", args=[pk]), solid=True),) if may_fetch else ()
    title = _("Gói xuất đi số %(n)d") if found.direction == Direction.OUT else _("Gói nhận về số %(n)d")
    page = Page(title=title % {"n": pk}, rail=RAIL, crumbs=(_batches(), _crumb()), buttons=buttons, chip=content["chip"], content=content)
    return render(request, "dossiers/package.html", {"page": page})


def file(request, pk: int):
    """Tệp của một gói xuất đi; who takes it away stands in the journal."""
    found = _found(request, pk)
    if not may_do(request.user, actions.fetch_package, found):
        raise Http404
    actions.fetch_package(found, by=request.user)
    with local_path(found.file) as path:
        data = path.open("rb")  # stays readable when its name is gone
    headers = {"Content-Disposition": content_disposition_header(True, found.file.name), "Cache-Control": "private, no-store"}
    return FileResponse(data, content_type="application/zip", headers=headers)


def _what_leaves(said):
    found = said["dossiers"]
    pages = sum(dossier.scanned for dossier in found)
    names = ", ".join(dossier.code for dossier in found[:5]) + (" …" if len(found) > 5 else "")
    leaving = Effect("✎", _("%(n)d hồ sơ, %(pages)d trang được chép vào gói") % {"n": len(found), "pages": pages}, names)
    stays = Effect("✎", _("Hồ sơ ở đây giữ nguyên"), _("Nhật ký của từng hồ sơ ghi ai đã xuất."))
    return (EffectGroup(_("Chạy nền"), (leaving, stays)),)


def _own_file(name, account):
    """A file of the intake folder, where the account may take packages in at the unit whose folder it lies in."""
    if not rights.may(account, RECEIVE, unit_of(name).path):
        raise Http404
    return file_of(name)


def _lines(found, account):
    """The receipt; a dossier is a link where the account sees it."""
    seen = set(Dossier.objects.visible_to(account).filter(pk__in=[said["dossier"] for said in found.receipt]).values_list("pk", flat=True))
    is_in = found.direction == Direction.IN
    return [{
        "code": said["code"], "url": reverse("dossier", args=[said["dossier"]]) if said["dossier"] in seen else "",
        "state": state_words(said) if is_in else "", "link": link_words(said) if is_in else "", "work": work_words(said) if is_in else "",
        "is_open": is_in and said["link"] != "linked",
    } for said in found.receipt]


def _facts(found):
    yield _("Địa bàn"), place_names([found.area_path])[found.area_path]
    yield _("Người giao"), f"{found.ordered_by}, {_at(found.ordered_at)}"
    if found.done_at:
        yield _("Xong lúc"), _at(found.done_at)
    yield _("Số hồ sơ"), len(found.receipt or found.chosen) or "–"
    if found.file:
        megabytes = f"{found.file.size / 2**20:.1f}".replace(".", ",")
        yield _("Tệp"), f"{found.file.name} ({megabytes} MB)"
    if found.digest:
        yield _("Mã gói"), found.digest


def _at(moment):
    return f"{moment.astimezone(clock.ZONE):%H:%M %d/%m/%Y}"


def _chip(row) -> Chip:
    if row.state == State.WAITING:
        return Chip(_("Đang viết") if row.direction == Direction.OUT else _("Đang soát"), "half")
    if row.state == State.REFUSED:
        return Chip(_("Không xuất được") if row.direction == Direction.OUT else _("Không nhận được"), "owe bad")
    return Chip(_("Đã xuất") if row.direction == Direction.OUT else _("Đã nhận"), "ok")


def _found(request, pk):
    return get_object_or_404(PackageTransfer.objects.visible_to(request.user).select_related("ordered_by", "file"), pk=pk)


def _job(found):
    return Job.objects.filter(key=f"dossiers.packagetransfer:{found.pk}").order_by("-id").first()


def _places(account):
    paths = {right.area_path for right in rights.rights_of(account) if rights.may(account, RECEIVE, right.area_path)}
    return sorted(place_names(paths).items())


def _batches():
    return Crumb(_("Lô quét"), reverse("scan_batches"))


def _crumb():
    return Crumb(_("Gói hồ sơ"), reverse("packages"))
