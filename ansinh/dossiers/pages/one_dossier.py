"""One dossier: papers with their pages, what is still missing, where the paper file is, who has it, what was done to it."""
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.office import clock, rights
from ansinh.office.act import ACTS, may_do
from ansinh.office.queries import act_label, journal_of
from ansinh.registry.models import Person
from ansinh.web.acting import act_on_form
from ansinh.web.composed import place_names
from ansinh.web.page import Button, Chip, Crumb, FormPage, Page

from .. import actions
from ..catalogue import catalogue
from ..desks import desk
from ..forms import CorrectForm
from ..models import Dossier
from ..models import Page as ScannedPage
from ..queries.dossiers import checklist
from ..queries.intake import sides_disagree
from ..retention import retention_of, retention_words
from ..states import chip_of
from .arranging import may_arrange
from .parts import RAIL, crumb

ENTRIES = 12
Kind = ScannedPage.Kind


@dataclass(frozen=True)
class DossierPage(Page):
    """One dossier; ``papers`` each with its pages, ``loose`` pages of no paper yet, ``aside`` blank sheets, covers, separators."""

    dossier: Dossier | None = None
    papers: tuple = ()
    loose: tuple = ()
    aside: tuple = ()
    needed: tuple = ()
    needed_note: str = ""
    facts: tuple = ()
    warnings: tuple = ()
    person_url: str = ""
    loans: tuple = ()
    extracts: tuple = ()
    entries: tuple = ()
    verbs: tuple[Button, ...] = ()
    may_arrange: bool = False


def dossier(request, pk: int):
    """Một hồ sơ; that it was opened stands in the journal, once a day for each account."""
    found = _found(request, pk)
    actions.note_opening(found, request.user)
    papers = list(found.papers.order_by("position", "pk"))
    pages = list(found.pages.select_related("scan", "same_as").order_by("position", "pk"))
    loans = list(found.loans.order_by("-out_on", "-pk"))
    category = catalogue().categories.get(found.category)
    person_url = _person_url(found, request.user)
    page = DossierPage(
        title=found.code, rail=RAIL, crumbs=(crumb(), Crumb(found.code)), chip=chip_of(found), dossier=found,
        note=" · ".join(filter(None, [category.title if category else found.category, found.title, place_names([found.area_path])[found.area_path]])),
        papers=tuple(_paper(paper, pages) for paper in papers), loose=tuple(p for p in pages if p.paper_id is None and p.kind == Kind.PAGE),
        aside=tuple(p for p in pages if p.kind != Kind.PAGE), needed=tuple(_needed(n) for n in checklist(found, papers)),
        needed_note=_needed_note(category), facts=tuple(_facts(found, pages)), person_url=person_url,
        warnings=_by_tone(_warnings(found, pages, loans)),
        loans=tuple(loans), extracts=tuple(found.extracts.order_by("-year", "-number")), entries=tuple(_entries(found, request.user)),
        verbs=_verbs(found, request.user), buttons=_buttons(found, pages, request.user),
        may_arrange=bool(pages) and may_arrange(request.user, found),
    )
    return render(request, "dossiers/dossier.html", {"page": page})


def correct(request, pk: int):
    """Sửa hồ sơ trong sổ: the form begins with what stands there."""
    found = _found(request, pk)
    if not may_do(request.user, actions.correct_dossier, found):
        raise Http404
    back = reverse("dossier", args=[pk])
    frame = FormPage(
        title=_("Sửa hồ sơ trong sổ: %(code)s") % {"code": found}, rail=RAIL, crumbs=(crumb(), Crumb(found.code, back)), verb=_("Ghi sửa"), back=back,
        foot=_("Hoàn tác được ở dòng nhật ký của lần sửa."),
    )

    def form(*args, **kwargs):
        return CorrectForm(*args, account=request.user, **kwargs)

    def act(said):
        person = None if said["is_of_nobody"] else said.get("person") or found.person
        kept = {name: said[name] for name in ("title", "sheets_on_paper", "shelf")}
        return actions.correct_dossier(found, **kept, person=person, by=request.user)

    initial = {"title": found.title, "sheets_on_paper": found.sheets_on_paper, "shelf": found.shelf, "is_of_nobody": found.person is None}
    return act_on_form(request, frame, form, act, lambda _done: back, initial=initial)


def _found(request, pk):
    return get_object_or_404(Dossier.objects.visible_to(request.user).select_related("person", "lease__account"), pk=pk)


def _paper(paper, pages):
    kind = catalogue().papers.get(paper.kind)
    said = _("số %(number)s") % {"number": "/".join(filter(None, [paper.number, paper.notation]))} if paper.number else ""
    day = _("ngày %(day)s") % {"day": f"{paper.issued_on:%d/%m/%Y}"} if paper.issued_on else ""
    chip = None if paper.kind_is_confirmed else Chip(_("Loại giấy chưa nhận"), "half")
    return {
        "paper": paper, "title": kind.title if kind else _("Chưa rõ loại giấy"), "note": " ".join(filter(None, [said, day])), "chip": chip,
        "pages": [p for p in pages if p.paper_id == paper.pk and p.kind == Kind.PAGE],
    }


def _needed(needed):
    chip = Chip(_("Thiếu"), "owe") if not needed.is_there else Chip(_("Có"), "ok") if needed.is_confirmed else Chip(_("Có, chờ nhận"), "half")
    doubtful = not all(kind.verified for kind in needed.kinds)
    return {"words": _(" hoặc ").join(kind.title for kind in needed.kinds), "chip": chip, "papers": needed.papers, "is_doubtful": doubtful}


def _needed_note(category):
    if category is None:
        return ""
    words = _("Theo %(basis)s.") % {"basis": category.basis}
    return words if category.verified else _("%(words)s Danh mục giấy theo thực tế cơ quan, chưa đối chiếu văn bản gốc.") % {"words": words}


def _facts(found, pages):
    lease, rule = getattr(found, "lease", None), retention_of(found.field, clock.today())
    scanned = sum(page.kind == Kind.PAGE for page in pages)
    blank = sum(page.kind == Kind.BLANK for page in pages)
    yield _("Số tờ trên giấy"), found.sheets_on_paper or _("chưa đếm")
    yield _("Trang đã quét"), _("%(n)d trang, %(blank)d mặt trắng để riêng") % {"n": scanned, "blank": blank} if blank else str(scanned)
    yield _("Nơi để"), found.shelf or _("chưa ghi")
    if lease and lease.until > clock.now():
        yield _("Đang ở bàn của"), _("%(who)s, đến %(until)s") % {"who": lease.account, "until": f"{lease.until.astimezone(clock.ZONE):%H:%M}"}
    yield _("Ghi sổ lúc"), f"{found.registered_at.astimezone(clock.ZONE):%H:%M %d/%m/%Y}"
    if found.verified_at:
        yield _("Xác minh lúc"), f"{found.verified_at.astimezone(clock.ZONE):%H:%M %d/%m/%Y}"
    yield _("Bảo quản"), f"{retention_words(found.retention_years)} ({rule.basis}{'' if rule.verified else _(', chưa đối chiếu bản gốc')})"


def _buttons(found, pages, account):
    others = [Button(_("In tờ bìa"), reverse("dossier.cover", args=[found.pk]))]
    if rights.may(account, "dossiers.order_export", found.area_path, found.field):
        others.append(Button(_("Xuất gói"), f"{reverse('package.new')}?{urlencode({'ho-so': found.code})}"))
    return (Button(_("Mở ở bàn đọc"), reverse("dossiers.at_desk", args=[found.pk]), solid=True), *others) if pages else tuple(others)


def _by_tone(warnings):
    """One box a tone, the graver first."""
    found = list(warnings)
    boxes = ((tone, tuple(words for other, words in found if other == tone)) for tone in ("owe", "warn"))
    return tuple((tone, sentences) for tone, sentences in boxes if sentences)


def _warnings(found, pages, loans):
    """What an officer must see before anything else."""
    if found.lost_on:
        yield "owe", _("Mất bản gốc từ %(day)s. %(note)s") % {"day": f"{found.lost_on:%d/%m/%Y}", "note": found.loss_note}
    out = next((loan for loan in loans if loan.back_on is None), None)
    if out:
        said = {"who": out.borrower, "out": f"{out.out_on:%d/%m/%Y}", "due": f"{out.due_on:%d/%m/%Y}"}
        late = out.due_on < clock.today()
        yield "owe" if late else "warn", _("Hồ sơ giấy đang ở %(who)s từ %(out)s, hẹn trả %(due)s.") % said + (_(" Đã quá hẹn.") if late else "")
    sides = sum(page.kind in (Kind.PAGE, Kind.BLANK) for page in pages)
    if pages and sides_disagree(found.sheets_on_paper, sides):
        said = {"sheets": found.sheets_on_paper, "sides": sides}
        fewer = sides < found.sheets_on_paper
        words = _("Trên giấy có %(sheets)d tờ mà mới quét %(sides)d mặt; soát tờ còn thiếu.") if fewer else _(
            "Trên giấy có %(sheets)d tờ mà quét được %(sides)d mặt; soát số tờ hoặc trang lẫn từ hồ sơ khác."
        )
        yield "warn", words % said
    if same := sum(page.same_as_id is not None for page in pages):
        yield "warn", _("%(n)d trang giống trang khác; xem dấu “trùng” dưới ảnh.") % {"n": same}
    if failed := sum(page.reading == ScannedPage.Reading.FAILED for page in pages):
        yield "warn", _("%(n)d trang máy không đọc được; nhập bằng mắt ở bàn đọc.") % {"n": failed}


def _person_url(found, account):
    if found.person_id and Person.objects.visible_to(account).filter(pk=found.person_id).exists():
        return reverse("person", args=[found.person_id])
    return ""


def _entries(found, account):
    lines = journal_of(account).filter(key=f"dossiers.dossier:{found.pk}").select_related("by", "undone_by")[:ENTRIES]
    for entry in lines:
        act = ACTS.get(entry.act)
        undone = hasattr(entry, "undone_by")
        may_undo = act and act.undoable and not undone and rights.may(account, "office.undo", entry.area_path, entry.field)
        yield {
            "entry": entry, "label": act_label(entry.act), "url": reverse("entry", args=[entry.pk]), "undone": undone,
            "undo": reverse("undo", args=[entry.pk]) if may_undo else "",
        }


def _verbs(found, account):
    back = desk.url(found.pk)
    verbs = [Button(str(v.label), f"{back}{v.slug}/") for v in desk.verbs if desk.may(account, v.act, found) and v.when(found)]
    if desk.may(account, actions.correct_dossier, found):
        verbs.insert(0, Button(_("Sửa hồ sơ trong sổ"), reverse("dossier.correct", args=[found.pk])))
    if desk.may(account, actions.archive_paper, found) and found.papers.exists():
        verbs.append(Button(_("Lập bản lưu trữ"), reverse("dossier.archive", args=[found.pk])))
    if desk.may(account, actions.make_extract, found) and found.pages.filter(kind=Kind.PAGE).exists():
        verbs.append(Button(_("Cấp trích lục"), reverse("extract.new", args=[found.pk])))
    if found.pages.exists():
        verbs.insert(0, Button(_("Mở ở bàn đọc"), reverse("dossiers.at_desk", args=[found.pk])))
    if found.state == Dossier.State.CHECKED and may_do(account, actions.confirm, found):
        verbs.insert(0, Button(_("Ghi vào sổ"), reverse("dossiers.confirm", args=[found.pk])))
    return tuple(verbs)
