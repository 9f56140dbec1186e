"""The reading desk: the page on the left, its fields on the right, saved as they are accepted."""
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.office import clock, rights
from ansinh.office.act import may_do
from ansinh.office.actions import undo
from ansinh.office.models import Entry
from ansinh.web import drafts
from ansinh.web.page import Page as Frame
from ansinh.web.refusal import Refusal

from .. import actions
from ..actions.leasing import held_by_another, remember, renew
from ..catalogue import catalogue
from ..models import Dossier, Page, Paper
from ..queries.desk import Sitting, may_enter, sitting_of
from ..queries.entering import fields_of, papers_of
from ..queries.rows import at, page_to_do, pages_of, rows_of
from ..rounds import SECOND
from . import posted

FINISH = "dossiers.finish_entering"
TURNS = {"turn-left": 270, "turn-right": 90}


@dataclass(frozen=True)
class Desk:
    """What lies on the desk: the dossier, its page in hand, the paper of that page and its fields."""

    dossier: Dossier
    pages: list[Page]
    page: Page | None
    papers: list[Paper]
    paper: Paper | None
    sitting: Sitting
    is_held: bool
    may_take: bool

    @property
    def category(self) -> str:
        known = catalogue().categories.get(self.dossier.category)
        return known.title if known else self.dossier.category

    @property
    def kinds(self):
        return catalogue().papers.values()

    @property
    def kind(self) -> str:
        known = catalogue().papers.get(self.paper.kind) if self.paper else None
        return known.title if known else _("chưa rõ loại giấy")

    @property
    def sheets(self) -> list[tuple[int, Page]]:
        """Pages of the paper in hand with their number in the dossier; a page of no paper stands alone."""
        numbered = list(enumerate(self.pages, 1))
        if self.page is None or self.paper is None:
            return [pair for pair in numbered if pair[1] == self.page]
        return [pair for pair in numbered if pair[1].paper_id == self.paper.pk]

    @property
    def number(self) -> int:
        return self.pages.index(self.page) + 1 if self.page else 0

    @property
    def before(self) -> Page | None:
        """The page before those that are shown."""
        first = self.sheets[0][0] if self.sheets else 1
        return self.pages[first - 2] if first > 1 else None

    @property
    def after(self) -> Page | None:
        """The page after those that are shown."""
        last = self.sheets[-1][0] if self.sheets else len(self.pages)
        return self.pages[last] if last < len(self.pages) else None


def desk(request, pk: int):
    """Bàn đọc: one dossier in hand, or to look at while another holds it."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user), pk=pk)
    on_desk = _laid_out(request, dossier)
    if request.method == "POST":
        return _answer(request, on_desk)
    if on_desk.is_held:
        renew(dossier, request.user)
        remember(request.user, dossier, page=on_desk.page)
    return _shown(request, on_desk, typed=_kept(request))


def _kept(request):
    """What was typed before the session ended, by field."""
    told = _("Gõ trước khi đăng nhập lại, chưa ghi; Tab để ghi.")
    return {name.removeprefix("value-"): (value, told) for name, value in drafts.take(request).items() if name.startswith("value-")}


@require_POST
def places(request, pk: int):
    """Chỗ gần giống: where on the paper a typed value may stand, to choose among by keyboard."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user), pk=pk)
    paper = next((p for p in papers_of(dossier) if str(p.pk) == request.POST.get("paper")), None)
    field = next((f for f in fields_of(paper) if f.code == request.POST.get("name")), None) if paper else None
    if field is None or not may_enter(request.user, dossier):
        raise Http404
    numbers = {page.pk: number for number, page in enumerate(pages_of(dossier), 1)}
    found = [
        {"text": place.text, "number": numbers.get(page.pk, ""), "alike": round(place.alike * 100), "spot": at(page.pk, place.box)}
        for page, place in posted.places(request, paper, field)
    ]
    return render(request, "dossiers/_places.html", {"id": f"{paper.pk}-{field.code}", "places": found, "size": max(len(found), 2)})


def _laid_out(request, dossier) -> Desk:
    pages, papers = pages_of(dossier), papers_of(dossier)
    asked = request.GET.get("trang", "")
    page = next((page for page in pages if str(page.pk) == asked), None) or page_to_do(dossier, pages, papers)
    paper = next((paper for paper in papers if page and paper.pk == page.paper_id), None)
    sitting = sitting_of(request.user, dossier)
    may = may_enter(request.user, dossier)
    is_held = may and sitting.lease is not None and sitting.lease.account_id == request.user.pk
    return Desk(dossier, pages, page, papers, paper, sitting, is_held, may and not is_held and sitting.lease is None)


def _shown(request, on_desk: Desk, *, typed=None, refusal=None, status=200):
    dossier = on_desk.dossier
    rows = rows_of(dossier, on_desk.paper, request.user, is_entering=on_desk.is_held, typed=typed) if on_desk.paper else []
    # Who enters blind is not told the name by the cover either.
    named = () if dossier.state == Dossier.State.ENTERED and dossier.round == SECOND else (dossier.title,)
    frame = Frame(title=" · ".join((dossier.code, *named, on_desk.category)), refusal=refusal, content={
        "desk": on_desk, "rows": rows, "done": sum(row.tone == "done" for row in rows), "until": _hour(on_desk.sitting.lease),
        "may_confirm": dossier.state == Dossier.State.CHECKED and may_do(request.user, actions.confirm, dossier),
        "may_turn": on_desk.is_held and on_desk.page and may_do(request.user, actions.turn_page, on_desk.page),
        "blind": dossier.state == Dossier.State.ENTERED and not on_desk.is_held, "again": _own_finish(request.user, dossier),
    })
    return render(request, "dossiers/desk.html", {"page": frame}, status=status)


def _answer(request, on_desk: Desk):
    """What was asked by a button, by the script for one field, or by a form without a script."""
    asked = request.POST.get("do", "save")
    if asked == "field":
        return _one_field(request, on_desk)
    if asked in ("take", "next", "again"):
        return _moved(request, on_desk, asked)
    if not on_desk.is_held and not on_desk.may_take:
        return _shown(request, on_desk, refusal=_not_held(on_desk), status=422)
    faults = posted.save_all(request, on_desk.paper) if on_desk.paper else {}
    if faults:
        refusal = Refusal(_("Còn ô chưa ghi được; xem câu dưới ô."))
        return _shown(request, _laid_out(request, on_desk.dossier), typed=faults, refusal=refusal, status=422)
    try:
        return _done(request, on_desk, asked)
    except Refusal as refusal:
        return _shown(request, _laid_out(request, on_desk.dossier), refusal=refusal, status=refusal.status)


def _done(request, on_desk: Desk, asked):
    dossier = on_desk.dossier
    if asked == "kind" and on_desk.paper:
        actions.confirm_kind(on_desk.paper, kind=request.POST.get("kind", ""), by=request.user)
    if asked in TURNS:
        return _turned(request, on_desk, TURNS[asked])
    if asked == "leave":
        actions.leave(dossier, by=request.user)
        return _on_to_next(request)
    if asked == "finish":
        actions.finish_entering(dossier, number=dossier.round, by=request.user)
        messages.success(request, _("Xong hồ sơ %(code)s.") % {"code": dossier.code})
        return _on_to_next(request)
    return redirect(request.get_full_path())


def _turned(request, on_desk: Desk, turn: int):
    """The page in view is turned under the officer's hand; what was typed was kept before."""
    page = next((page for page in on_desk.pages if str(page.pk) == request.POST.get("turned")), on_desk.page)
    if page is None:
        raise Refusal(_("Hồ sơ chưa có trang nào để xoay."))
    actions.turn_page(page, turn=turn, by=request.user)
    said = _("Đã xoay trang %(n)d, máy đang đọc lại. Nhập tiếp được ngay; mở lại trang sau ít phút để thấy điều máy đọc.")
    messages.success(request, said % {"n": on_desk.pages.index(page) + 1})
    return redirect(f"{reverse('dossiers.at_desk', args=[on_desk.dossier.pk])}?trang={page.pk}")


def _moved(request, on_desk: Desk, asked):
    """Take this dossier, go on to the next, or take back what was finished."""
    try:
        if asked == "next" and on_desk.sitting.after:
            return redirect("dossiers.at_desk", pk=on_desk.sitting.after)
        if asked == "next":
            return _on_to_next(request)
        if asked == "again" and (entry := _own_finish(request.user, on_desk.dossier)):
            undo(entry, by=request.user)
        actions.take(on_desk.dossier, by=request.user)
    except Refusal as refusal:
        return _shown(request, _laid_out(request, on_desk.dossier), refusal=refusal, status=refusal.status)
    return redirect(request.get_full_path())


def _on_to_next(request):
    following = actions.take_next(request.user)
    if following is None:
        messages.success(request, _("Đã đến cuối danh sách."))
        return redirect("dossiers.desk")
    return redirect("dossiers.at_desk", pk=following.pk)


def _one_field(request, on_desk: Desk):
    """A field that was accepted at the desk: its row as it stands now, or with the sentence why it was not kept."""
    paper = next((p for p in on_desk.papers if str(p.pk) == request.POST.get("paper")), None)
    if paper is None:
        raise Http404
    name = request.POST.get("name", "")
    fault = posted.save_one(request, paper, name)
    typed = {f"{paper.pk}-{name}": fault} if fault else {}
    dossier = Dossier.objects.get(pk=on_desk.dossier.pk)
    rows = rows_of(dossier, paper, request.user, is_entering=may_enter(request.user, dossier), typed=typed)
    row = next((row for row in rows if row.field.code == name), None)
    if row is None:
        raise Http404
    return render(request, "dossiers/_row.html", {
        "row": row, "held": True, "said": _("Đã ghi lúc %(at)s") % {"at": f"{clock.now().astimezone(clock.ZONE):%H:%M:%S}"},
        "until": _hour(sitting_of(request.user, dossier).lease),
    }, status=422 if fault else 200)


def _own_finish(account, dossier) -> Entry | None:
    """The account's own finished round, if it was the last and may be taken back."""
    last = Entry.objects.filter(act=FINISH, key=f"dossiers.dossier:{dossier.pk}", undone_by=None).order_by("-id").first()
    mine = last and last.by_id == account.pk and rights.may(account, "office.undo", dossier.area_path, dossier.field)
    return last if mine and dossier.state != Dossier.State.VERIFIED else None


def _not_held(on_desk: Desk) -> Refusal:
    if on_desk.sitting.lease:
        return held_by_another(on_desk.dossier)
    return Refusal(_("Hồ sơ này không chờ tài khoản này nhập; nội dung vừa gõ chưa được ghi."))


def _hour(lease) -> str:
    return f"{lease.until.astimezone(clock.ZONE):%H:%M}" if lease else ""
