"""Findings of a month as a work list: by check, by place, by standing, with money at risk; each closed, held or opened again."""
from dataclasses import dataclass, replace

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ansinh.office import rights
from ansinh.registry.models import Area
from ansinh.web import exports
from ansinh.web.acting import act_on_form
from ansinh.web.keyset import part_of
from ansinh.web.ledger import Figure, Ledger, Link, Part
from ansinh.web.page import Chip, Crumb, FormPage, Page, Pager
from ansinh.web.refusal import Refusal

from .. import actions
from ..models import Closing, Finding, Line, PayList
from ..queries import findings as queries
from ..queries import months
from ..queries.checks import CHECKS, said
from ..reasons import offered, reasons
from .month import month_switch
from .parts import RAIL, findings_url, list_url, may, month_asked, month_url, person_url, place_name

SIZE, CHUNK = 50, 2_000
FILES = {"csv": exports.as_csv, "xlsx": exports.as_xlsx}
STANDINGS = {
    queries.OPEN: Chip(gettext_lazy("Mở"), "warn"), queries.HELD: Chip(gettext_lazy("Đã giữ dòng"), "hold"),
    queries.CLOSED: Chip(gettext_lazy("Đóng"), "ok"), queries.DECIDED: Chip(gettext_lazy("Chi theo quyết định"), "half"),
    queries.GONE: Chip(gettext_lazy("Không còn thấy"), ""),
}
HEAD = (
    gettext_lazy("Xã, phường"), gettext_lazy("Danh sách"), gettext_lazy("Họ và tên"), gettext_lazy("Phép soát"), gettext_lazy("Điều thấy được"),
    gettext_lazy("Có rủi ro (đồng)"), gettext_lazy("Tình trạng"), gettext_lazy("Lý do"), gettext_lazy("Người đóng"),
)


class FindingFilters(forms.Form):
    """What narrows the work list; a nonsense value is ignored."""

    noi = forms.ChoiceField(label=gettext_lazy("Nơi"), required=False)
    phep = forms.ChoiceField(label=gettext_lazy("Phép soát"), required=False)
    buoc = forms.ChoiceField(label=gettext_lazy("Tình trạng"), required=False)

    def __init__(self, asked, *, places):
        super().__init__(asked)
        self.fields["noi"].choices = [("", _("Cả địa bàn")), *places]
        self.fields["phep"].choices = [("", _("Mọi phép soát")), *((check.code, check.title) for check in CHECKS.values())]
        self.fields["buoc"].choices = [("", _("Mọi tình trạng")), *((code, chip.words) for code, chip in STANDINGS.items())]
        self.is_valid()

    @property
    def chosen(self) -> dict[str, str]:
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class CloseForm(forms.Form):
    """Why a finding is no longer open."""

    reason = forms.ChoiceField(label=gettext_lazy("Lý do"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("Ghi thêm"), help_text=gettext_lazy("Đã hỏi ai, ngày nào, giấy nào."), widget=forms.Textarea({"rows": 3}),
        max_length=300, required=False,
    )


class HoldForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Lý do giữ lại"), widget=forms.Textarea({"rows": 3}), max_length=200)


@dataclass(frozen=True)
class FindingsPage(Page):
    """The work list of a month."""

    months: tuple[Link, ...] = ()
    ledger: Ledger | None = None
    filter_form: object = None
    month: object = None
    checks: tuple = ()
    open_findings: int = 0
    at_risk: int = 0
    places: tuple = ()
    rows: tuple = ()
    pager: Pager | None = None
    files: tuple[Link, ...] = ()


def findings_page(request):
    """Mục soát của một tháng."""
    known = months.months_listed(request.user)
    month = month_asked(request) or (known[0] if known else None)
    if month is None or not rights.sees(request.user, "money"):
        raise Http404
    everything = Finding.objects.visible_to(request.user).filter(month=month)
    form = FindingFilters(request.GET, places=_places(request.user, month, request.GET.get("noi", "")))
    asked = form.chosen
    placed = everything.filter(area_path__startswith=asked["noi"])
    narrowed = placed.filter(check_code=asked["phep"]) if asked["phep"] else placed
    rows = queries.with_standing(narrowed).select_related("person")
    rows = rows.filter(standing=asked["buoc"]) if asked["buoc"] else rows.exclude(standing=queries.GONE)
    if write := FILES.get(request.GET.get("tai")):
        return write(f"muc-soat-{month:%Y-%m}", [str(words) for words in HEAD], _cells(rows, request.user))
    page = _page(request, month, asked, placed, narrowed)
    return render(request, "payments/findings.html", {"page": replace(_with_rows(request, page, rows, asked), filter_form=form, months=tuple(
        Link(link.label, findings_url(m), link.is_here) for link, m in zip(month_switch(known, month), sorted({*known[:6], month}), strict=True)
    ))})


def _page(request, month, asked, placed, narrowed):
    standings = queries.by_standing(narrowed)
    checks = queries.by_check(placed)
    still_open, at_risk = standings.get(queries.OPEN, (0, 0))
    return FindingsPage(
        title=_("Mục soát tháng %(month)s") % {"month": f"{month:%m/%Y}"}, rail=RAIL, month=month,
        note=_("Mỗi mục là một người và một điều thấy được; một dòng có hai mục được tính ở cả hai. Điều thấy được đổi thì mục tự mở lại."),
        crumbs=(Crumb(_("Chi trả"), month_url(month)),), ledger=_ledger(month, asked, standings),
        checks=tuple({"found": found, "url": findings_url(month, **{**asked, "phep": found.code})} for found in checks),
        open_findings=still_open, at_risk=at_risk, places=_by_place(narrowed, month, asked),
        files=tuple(Link(words, findings_url(month, **asked, tai=kind)) for kind, words in (("xlsx", _("Tải bảng tính")), ("csv", _("Tải CSV")))),
    )


def _ledger(month, asked, standings):
    tones = {queries.OPEN: "owe", queries.HELD: "keep", queries.CLOSED: "month", queries.DECIDED: "due"}
    parts = tuple(
        Part(tone, str(STANDINGS[code].words), standings.get(code, (0, 0))[1], findings_url(month, **{**asked, "buoc": code}))
        for code, tone in tones.items()
    )
    figures = tuple(
        Figure(str(STANDINGS[code].words), standings.get(code, (0, 0))[0], _("mục"), findings_url(month, **{**asked, "buoc": code}))
        for code in (queries.OPEN, queries.HELD, queries.CLOSED)
    )
    total = sum(part.amount for part in parts)
    return Ledger(_("Tiền trên các dòng có mục soát"), total, findings_url(month, **asked), parts, figures)


def _by_place(narrowed, month, asked) -> tuple:
    """Open findings by district, below a district by commune, the most money first."""
    deep = 3 if asked["noi"].count(".") >= 2 else 2
    sums: dict[str, list[int]] = {}
    for row in queries.by_place(narrowed):
        path = "".join(f"{step}." for step in row["area_path"].split(".")[:deep])
        place = sums.setdefault(path, [0, 0])
        place[0], place[1] = place[0] + row["n"], place[1] + row["total"]
    names = _names(sums)
    ordered = sorted(sums.items(), key=lambda item: (-item[1][1], item[0]))
    urls = {path: findings_url(month, **{**asked, "noi": path}) for path in sums}
    return tuple({"name": names.get(path, path), "n": n, "total": total, "url": urls[path]} for path, (n, total) in ordered)


def _names(paths) -> dict[str, str]:
    return {area.path: str(area)[:1].upper() + str(area)[1:] for area in Area.objects.filter(path__in=list(paths)).order_by("since")}


def _places(account, month, chosen):
    """Districts of the month's lists, and the place that is chosen already."""
    paths = {path for (path,) in months.lists_of(account, month).order_by().values_list("area_path").distinct()}
    districts = {"".join(f"{step}." for step in path.split(".")[:2]) for path in paths}
    names = _names(districts | ({chosen} if chosen else set()))
    return sorted(names.items(), key=lambda item: item[1])


def _with_rows(request, page, rows, asked):
    after = request.GET.get("sau", "")
    shown, last = part_of(rows, "-amount", int(after) if after.isdecimal() else None, SIZE)
    pager = Pager(_("%(n)s mục") % {"n": len(shown)}, findings_url(page.month, **asked) if after else "",
                  findings_url(page.month, **asked, sau=last) if last else "")
    return replace(page, rows=tuple(_row(row, request.user) for row in _joined(shown, request.user)), pager=pager)


def _joined(shown, account):
    """Findings with their line and their closing, in two queries for all."""
    closings = {c.pk: c for c in Closing.objects.filter(pk__in=[row.closing_id for row in shown]).select_related("recorded_in__by", "decision")}
    lines = Line.objects.visible_to(account).filter(person__in=[row.person_id for row in shown], paylist__month__in={row.month for row in shown})
    lines = lines.exclude(paylist__state=PayList.State.WITHDRAWN).select_related("paylist__area__parent")
    by_person = {(line.person_id, line.paylist.field): line for line in lines}
    return [(row, by_person.get((row.person_id, row.field)), closings.get(row.closing_id)) for row in shown]


def _row(joined, account):
    finding, line, closing = joined
    is_proposed = line is not None and line.paylist.state == PayList.State.PROPOSED
    acts = [act for act, fits in _fitting(finding, closing).items() if fits and is_proposed and may(account, act, finding)]
    return {
        "finding": finding, "line": line, "check": CHECKS[finding.check_code].title if finding.check_code in CHECKS else finding.check_code,
        "said": said(finding.check_code, finding.facts), "chip": STANDINGS[finding.standing], "why": _why(line, closing), "acts": acts,
        "by": closing and closing.recorded_in.by, "url": person_url(finding.person_id), "place": place_name(line.paylist.area) if line else "",
        "list_url": f"{list_url(line.paylist)}#d{line.position}" if line else "",
    }


def _fitting(finding, closing):
    by_officer = closing is not None and closing.decision_id is None and finding.standing == queries.CLOSED
    return {
        "payments.close_finding": finding.standing == queries.OPEN, "payments.hold": finding.standing in (queries.OPEN, queries.CLOSED),
        "payments.reopen_finding": by_officer, "payments.release": finding.standing == queries.HELD,
    }


def _why(line, closing):
    if closing is None:
        return line.held_because if line else ""
    words = reasons()[closing.reason].title if closing.reason in reasons() else closing.reason
    more = str(closing.decision) if closing.decision else closing.note
    return f"{words}: {more}" if more else words


def _cells(rows, account):
    """The rows of the export, read in parts."""
    after = None
    while True:
        shown, after = part_of(rows, "-amount", after, CHUNK)
        for finding, line, closing in _joined(shown, account):
            row = _row((finding, line, closing), account)
            yield [
                row["place"], str(line.paylist) if line else "", finding.person.name, str(row["check"]), row["said"], finding.amount,
                str(row["chip"].words), row["why"], str(row["by"] or ""),
            ]
        if after is None:
            return


def close(request, pk: int):
    """Đóng một mục soát, có lý do."""
    finding = _found(request, pk, "payments.close_finding")

    def form(*args, **kwargs):
        made = CloseForm(*args, **kwargs)
        made.fields["reason"].choices = [(reason.code, reason.title) for reason in offered(finding.check_code)]
        return made

    frame = _frame(finding, _("Đóng mục soát"), _("Mục tự mở lại nếu lần soát sau thấy điều khác; dòng vẫn được chi."))
    return act_on_form(
        request, frame, form, lambda values: actions.close_finding(finding, **values, by=request.user), lambda _done: findings_url(finding.month),
        done=_("Đã đóng mục soát của %(name)s.") % {"name": finding.person.name},
    )


def hold(request, pk: int):
    """Giữ dòng của một mục soát."""
    finding = _found(request, pk, "payments.hold")
    line = finding.line()
    if line is None:
        raise Refusal(_("Người này không còn trên danh sách nào của tháng; mở lại trang để xem bản mới."))
    foot = _("Người này không được chi tháng này; khoản giữ lại tự vào danh sách tháng sau.")
    frame = _frame(finding, _("Giữ lại dòng"), foot)
    return act_on_form(
        request, frame, HoldForm, lambda values: actions.hold(line, **values, by=request.user), lambda _done: findings_url(finding.month),
        initial={"reason": said(finding.check_code, finding.facts)}, done=_("Đã giữ lại dòng của %(name)s.") % {"name": finding.person.name},
    )


@require_POST
def reopen(request, pk: int):
    """Mở lại một mục soát đã đóng."""
    finding = _found(request, pk, "payments.reopen_finding")
    actions.reopen_finding(finding, by=request.user)
    messages.success(request, _("Mục soát của %(name)s lại mở.") % {"name": finding.person.name})
    return redirect(findings_url(finding.month))


def _found(request, pk, act):
    finding = get_object_or_404(Finding.objects.visible_to(request.user).select_related("person"), pk=pk)
    if not may(request.user, act, finding):
        raise Http404
    return finding


def _frame(finding, verb, foot):
    check = CHECKS[finding.check_code].title if finding.check_code in CHECKS else finding.check_code
    return FormPage(
        title=_("%(verb)s: %(name)s") % {"verb": verb, "name": finding.person.name}, rail=RAIL, verb=verb, foot=foot,
        back=findings_url(finding.month),
        note=_("%(check)s: %(said)s") % {"check": check, "said": said(finding.check_code, finding.facts)},
        crumbs=(Crumb(_("Chi trả"), month_url(finding.month)), Crumb(_("Mục soát"), findings_url(finding.month))),
    )
