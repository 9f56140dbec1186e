"""Thử mức on screen: drafts, the level and file that make one, its cost beside another, and letting it count."""
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.engine.law import book
from ansinh.engine.law.book import ASSISTANCE, MERIT
from ansinh.engine.months import as_date
from ansinh.engine.text.dates import parse_month
from ansinh.office import clock, rights
from ansinh.office.act import may_do
from ansinh.web import composed
from ansinh.web.acting import act_on_form
from ansinh.web.ledger import Link
from ansinh.web.page import Button, Chip, Crumb, FormPage, Page
from ansinh.web.refusal import Refusal

from ..actions import adopt_law, save_draft
from ..law_text import base_and_text, level_text
from ..models import LawDraft
from ..own_law import publish
from ..trying import Trial, fields_of_draft, try_draft
from . import trying_sheet
from .trying_forms import CompareForm, DraftFileForm, LevelForm

RAIL = "law_drafts"
FIELD_WORDS = {MERIT: "Người có công", ASSISTANCE: "Trợ giúp xã hội"}


@dataclass(frozen=True)
class TrialPage(Page):
    """A draft's trial, of another one beside it, and the words of its rows."""

    trial: Trial | None = None
    other: Trial | None = None
    rows: dict | None = None
    compare_form: object = None
    exports: tuple[Link, ...] = ()
    adopt: str = ""
    fields: tuple[Link, ...] = ()
    again: str = ""
    other_amount: int | None = None


def drafts_page(request):
    """Các bản thử mức."""
    _ask_key(request)
    drafts = LawDraft.objects.standing().select_related("saved_in__by", "adopted_in__by").order_by("-pk")
    rows = [{"draft": draft, "url": _url(draft), "chip": _chip(draft)} for draft in drafts]
    buttons = ()
    if may_do(request.user, save_draft):
        buttons = (Button(_("Thử mức của tỉnh"), reverse("law_draft.level"), solid=True), Button(_("Nạp tệp luật"), reverse("law_draft.file")))
    page = Page(
        title=_("Thử mức"), rail=RAIL, content=rows, buttons=buttons,
        note=_("Một nghị định dự thảo hay mức của tỉnh sẽ tốn bao nhiêu; không ghi gì vào danh sách và sổ chi."),
    )
    return render(request, "benefits/drafts.html", {"page": page})


def level(request):
    """Thử một mức của tỉnh: typed, never a file of the officer's."""
    _ask_key(request, save_draft)
    frame = _frame(_("Thử mức của tỉnh"), _("Xem tốn bao nhiêu"), _("Bản thử được lưu để so sánh; chưa đồng nào đổi."))

    def save(typed):
        return save_draft(typed["ten"], text=level_text(**_level(typed)), by=request.user)

    return act_on_form(request, frame, LevelForm, save, _url, done=_("Đã lưu bản thử."))


def file(request):
    """Thử một tệp luật: a decree or a draft as a law file."""
    _ask_key(request, save_draft)
    frame = _frame(_("Nạp tệp luật để thử"), _("Soát và xem tốn bao nhiêu"), _("Tệp được soát trước; sai ở đâu trang này nói tệp, dòng, lý do."))

    def save(typed):
        return save_draft(typed["ten"], text=typed["tep"], by=request.user)

    return act_on_form(request, frame, DraftFileForm, save, _url, done=_("Đã lưu bản thử."))


def draft_page(request, pk: int):
    """Một bản thử: cost by month, standing and commune, beside another draft; as a file too."""
    _ask_key(request)
    publish()
    draft = _draft(pk)
    fields = [field for field in fields_of_draft(draft) if rights.sees(request.user, "money", field)]
    if not fields:
        raise Http404
    field = request.GET.get("linh-vuc") if request.GET.get("linh-vuc") in fields else fields[0]
    others = LawDraft.objects.standing().exclude(pk=pk).order_by("-pk")
    form = CompareForm(request.GET, others=others, has_level=bool(base_and_text(draft)[1].single_level))
    last, _fault = parse_month(request.GET.get("den", ""))
    trial = try_draft(draft, field, request.user, last=last, fresh=request.GET.get("moi") == "1", amount=form.amount())
    other = try_draft(form.other(), field, request.user, beside=trial) if form.other() else None
    if wanted := trying_sheet.EXPORTS.get(request.GET.get("xuat")):
        return wanted(f"thu-muc-{draft.pk}", *trying_sheet.table(trial, other))
    return render(request, "benefits/draft.html", {"page": _trial_page(request, trial, other, form, fields)})


def adopt(request, pk: int):
    """Áp dụng văn bản: what months already paid it changes, with totals, before anybody agrees."""
    draft = _draft(pk)
    if not may_do(request.user, adopt_law) or draft.adopted_in_id:
        raise Http404
    publish()
    refusal = None
    if request.method == "POST":
        try:
            adopt_law(draft, seen=request.POST.get("seen", ""), by=request.user)
        except Refusal as said:
            refusal = said
        else:
            messages.success(request, _("Đã áp dụng. Lần tính tháng sau dùng văn bản này; hoàn tác ở Nhật ký."))
            return redirect(_url(draft))
    trials = [try_draft(draft, field, request.user, fresh=True) for field in fields_of_draft(draft)]
    page = FormPage(
        title=_("Áp dụng: %(what)s") % {"what": draft.title}, rail=RAIL, content={"trials": trials, "words": FIELD_WORDS, "seen": book().digest},
        crumbs=(Crumb(_("Thử mức"), reverse("law_drafts")), Crumb(draft.title, _url(draft))), back=_url(draft), refusal=refusal,
        verb=_("Áp dụng văn bản"), chip=Chip(_("Chưa áp dụng"), "half"),
        note=_("Chênh lệch của các tháng đã chi vào danh sách tháng tới khi tính tháng; danh sách vẫn phải được duyệt."),
    )
    return render(request, "benefits/adopt_law.html", {"page": page}, status=refusal.status if refusal else 200)


def _trial_page(request, trial, other, form, fields):
    draft, beside = trial.draft, f"&voi={other.draft.pk}" if other else ""
    if form.amount():
        beside += f"&muc={trial.level}"
    base = f"?linh-vuc={trial.field}&den={as_date(trial.last):%m/%Y}{beside}"
    can_adopt = not form.amount() and not draft.adopted_in_id and may_do(request.user, adopt_law)
    first, last = as_date(trial.first), as_date(trial.last)
    return TrialPage(
        title=draft.title, rail=RAIL, crumbs=(Crumb(_("Thử mức"), reverse("law_drafts")),), chip=_chip(draft), trial=trial, other=other,
        note=_("%(field)s, %(first)s–%(last)s, theo điều biết đến lúc %(at)s; không ghi gì.") % {
            "field": _(FIELD_WORDS[trial.field]), "first": f"{first:%m/%Y}", "last": f"{last:%m/%Y}",
            "at": f"{trial.taken.at.astimezone(clock.ZONE):%H:%M %d/%m/%Y}",
        },
        rows=_rows(trial, other), compare_form=form, exports=tuple(Link(kind.upper(), f"{base}&xuat={kind}") for kind in trying_sheet.EXPORTS),
        buttons=(Button(_("Áp dụng văn bản"), reverse("law_draft.adopt", args=[draft.pk]), solid=True),) if can_adopt else (),
        fields=tuple(Link(_(FIELD_WORDS[field]), f"?linh-vuc={field}") for field in fields if field != trial.field),
        again=f"{base}&moi=1", other_amount=trial.level if form.amount() else None,
    )


def _rows(trial, other):
    """The three tables with the other draft's figures in each row."""
    names = composed.place_names(row["place"] for tried in filter(None, (trial, other)) for row in tried.places)
    short = {code: standing.short for code, standing in book().standings.items()}
    return {
        "months": _paired(trial.months, other and other.months, "month", lambda month: f"{month:%m/%Y}"),
        "standings": _paired(trial.standings, other and other.standings, "standing", lambda code: short[code]),
        "places": _paired(trial.places, other and other.places, "place", lambda path: names[path]),
    }


def _paired(rows, others, by, words):
    beside = {row[by]: row for row in others or ()}
    # Who is paid by the other draft alone stands in the table too: by this one nothing changes for them.
    rows = [*rows, *({**row, "after": row["before"], "up": 0, "down": 0} for key, row in beside.items() if key not in {row[by] for row in rows})]
    return [
        {**row, "words": words(row[by]), "change": row["after"] - row["before"], "other": beside.get(row[by]),
         "other_change": beside[row[by]]["after"] - row["before"] if row[by] in beside else None} for row in rows
    ]


def _level(typed):
    return {
        "title": typed["ten"], "amount": typed["muc"], "since": typed["tu"],
        "number": typed["so"] or _("Dự thảo: %(title)s") % {"title": typed["ten"]},
        "signed": typed["ky"] or clock.today(), "in_force": typed["hieu_luc"] if typed["so"] else None, "article": typed["dieu"] or "Điều 1",
        "verified": typed["doi_chieu"],
    }


def _frame(title, verb, foot):
    return FormPage(title=title, rail=RAIL, crumbs=(Crumb(_("Thử mức"), reverse("law_drafts")),), verb=verb, back=reverse("law_drafts"), foot=foot)


def _chip(draft):
    return Chip(_("Đang áp dụng"), "ok") if draft.adopted_in_id else Chip(_("Bản thử"), "half")


def _draft(pk):
    return get_object_or_404(LawDraft.objects.standing().select_related("saved_in__by"), pk=pk)


def _url(draft):
    return reverse("law_draft", args=[draft.pk])


def _ask_key(request, act=None):
    """Figures for who sees money; drafts for who may save them."""
    if not rights.sees(request.user, "money") or act and not may_do(request.user, act):
        raise Http404
