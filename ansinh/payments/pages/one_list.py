"""One list: its steps, totals, sweep and lines on one page with the decision; and the same list on paper."""
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.engine.text.amount_in_words import amount_in_words
from ansinh.web.ledger import Figure, Ledger, Link, Part
from ansinh.web.page import Button, Crumb, Page
from ansinh.web.refusal import Refusal

from ..models import Finding, Line, PayList
from ..queries import findings
from ..queries.awaited import awaited_of
from ..queries.changes import changes_against_last_month, previous
from ..queries.contents import is_many, seen_of
from .parts import (
    RAIL,
    awaited_chip,
    awaited_words,
    findings_url,
    list_url,
    may,
    month_url,
    person_url,
    place_name,
    state_chip,
    visible_list,
)
from .renewal import is_renewed

SIZE = 100
ONLY = {
    "": Q(), "truy-linh": Q(arrears__gt=0), "chuyen-sang": Q(carried__gt=0), "thu-hoi": Q(overpaid__gt=0) | Q(deduction__gt=0),
    "giu-lai": ~Q(held_because=""), "chua-nhan": Q(result__in=(Line.Result.UNPAID, Line.Result.PARTLY, Line.Result.BROUGHT_BACK)),
    "chua-tra-loi": Q(result="", held_because="", total__gt=0),
}
State = PayList.State
# What names a selection that was made by the filter of the month's page.
BY_FILTER = ("thang", "tat-ca", "linh_vuc", "huyen", "kenh", "buoc")


@dataclass(frozen=True)
class Step:
    """A step of a list: done with who and when, in hand with what it waits for, or later."""

    title: str
    words: str
    state: str = ""
    at: object = None


@dataclass(frozen=True)
class Decision:
    """What may be decided about lists: their keys, what would be paid and held, open findings, whether to sign in again."""

    lists: tuple[PayList, ...]
    people: int
    amount: int
    held_people: int
    held_amount: int
    open_findings: int
    at_risk: int
    preparers: str
    is_own: bool
    asks_renewal: bool
    typed: dict = field(default_factory=dict)
    refused_field: str = ""
    refusal: Refusal | None = None
    asked: tuple[tuple[str, str], ...] = ()
    seen: str = ""
    is_many: bool = False


@dataclass(frozen=True)
class OneListPage(Page):
    """A list with everything that is decided about it."""

    paylist: PayList | None = None
    steps: tuple[Step, ...] = ()
    ledger: Ledger | None = None
    checks: tuple = ()
    open_findings: int = 0
    at_risk: int = 0
    decided: tuple = ()
    may_sweep: bool = False
    rows: tuple = ()
    switch: tuple[Link, ...] = ()
    more: str = ""
    decision: Decision | None = None
    forms: tuple[str, ...] = ()
    results: dict = field(default_factory=dict)
    may_hold: bool = False
    may_return: bool = False
    back: str = ""


@dataclass(frozen=True)
class PaperPage(Page):
    """Lists as the office prints them."""

    papers: tuple = ()


@dataclass(frozen=True)
class ChangesPage(Page):
    """The sheet of increases and decreases."""

    rows: tuple = ()
    sums: dict = field(default_factory=dict)


def list_page(request, pk: int):
    """Một danh sách."""
    return show_list(request, visible_list(request.user, pk))


def show_list(request, paylist, *, refusal=None, status=200):
    """The page of a list; with a refusal what was typed stays."""
    lines = Line.objects.filter(paylist=paylist)
    checks = findings.by_check(Finding.objects.of_lists([paylist]))
    still_open, at_risk = findings.risk_of([paylist])
    only, start = request.GET.get("loc", ""), request.GET.get("tu", "")
    only = only if only in ONLY else ""
    shown = lines.filter(ONLY[only], position__gt=int(start) if start.isascii() and start.isdigit() else 0).order_by("position")
    part = list(shown[: SIZE + 1])
    counts = _counts(lines)
    page = OneListPage(
        title=_("%(place)s, tháng %(month)s") % {"place": place_name(paylist.area), "month": f"{paylist.month:%m/%Y}"}, rail=RAIL,
        note=_("Danh sách %(number)s · chi qua %(channel)s · theo điều biết đến %(known)s")
        % {"number": paylist.number, "channel": paylist.get_channel_display(), "known": _moment(paylist.known_at)},
        crumbs=_crumbs(paylist), buttons=_buttons(paylist), paylist=paylist, steps=_steps(paylist),
        chip=awaited_chip(awaited_of(paylist)) or state_chip(paylist),
        ledger=_ledger(paylist, counts), checks=tuple(_check(found, paylist) for found in checks),
        open_findings=still_open, at_risk=at_risk, decided=tuple(findings.decided_words([paylist])),
        may_sweep=paylist.state == State.PROPOSED and may(request.user, "payments.sweep", paylist),
        rows=tuple(_row(line) for line in part[:SIZE]), switch=_switch(paylist, counts, only),
        more=f"{list_url(paylist)}?loc={only}&tu={part[SIZE - 1].position}#dong" if len(part) > SIZE else "",
        decision=decision(request, [paylist], refusal) if _may_decide(request.user, paylist) else None,
        forms=_forms(request.user, paylist), results=counts,
        may_return=paylist.exported_in_id is not None and may(request.user, "payments.record_return", paylist),
        may_hold=paylist.state == State.PROPOSED and may(request.user, "payments.hold", paylist),
        refusal=refusal, back=list_url(paylist),
    )
    return render(request, "payments/list.html", {"page": page}, status=status)


def decision(request, lists, refusal=None) -> Decision:
    """What approving these lists would do, in people and đồng, and what is asked for it."""
    lines = Line.objects.filter(paylist__in=lists, total__gt=0)
    figures = lines.aggregate(
        people=Count("id", filter=Q(held_because="")), held=Count("id", filter=~Q(held_because="")),
    )
    held = sum(lines.exclude(held_because="").values_list("total", flat=True))
    amount = sum(lines.filter(held_because="").values_list("total", flat=True)) if held else sum(paylist.total for paylist in lists)
    preparers = sorted({str(paylist.proposed_in.by) for paylist in lists})
    still_open, at_risk = findings.risk_of(lists)
    return Decision(
        lists=tuple(lists), people=figures["people"], amount=amount, held_people=figures["held"], held_amount=held,
        open_findings=still_open, at_risk=at_risk, preparers=", ".join(preparers),
        is_own=any(paylist.proposed_in.by_id == request.user.pk for paylist in lists), asks_renewal=not is_renewed(request),
        typed={name: request.POST.get(name, "") for name in ("number", "reason")},
        refused_field=(refusal.field or "") if refusal else "", refusal=refusal, asked=_asked(request, lists), seen=seen_of(lists),
        is_many=is_many(lists),
    )


def _asked(request, lists) -> tuple[tuple[str, str], ...]:
    """How the lists were chosen, carried to the second step: by the filter, or each by its key."""
    if request.POST.get("tat-ca"):
        return tuple((name, request.POST.get(name, "")) for name in BY_FILTER)
    return tuple(("ds", str(paylist.pk)) for paylist in lists)


def _may_decide(account, paylist):
    return paylist.state == State.PROPOSED and may(account, "payments.approve", paylist)


def _forms(account, paylist) -> tuple[str, ...]:
    """Which further forms the page shows at this state to this account."""
    wanted = {
        State.PROPOSED: ("payments.withdraw",), State.APPROVED: ("payments.export",),
        State.EXPORTED: ("payments.reconcile", "payments.export_copy"),
        State.RETURNED: ("payments.close", "payments.reconcile", "payments.export_copy"), State.CLOSED: ("payments.export_copy",),
    }
    acts = ("payments.close", "payments.export_copy") if paylist.pays_nobody else wanted.get(paylist.state, ())
    return tuple(act.split(".")[1] for act in acts if may(account, act, paylist))


def _steps(paylist) -> tuple[Step, ...]:
    entries = (paylist.proposed_in, paylist.approved_in, paylist.exported_in, paylist.returned_in)
    words = (_("Lập"), _("Duyệt"), _("Xuất"), _("Đối chiếu"))
    waits = (_("chờ lập"), _("chờ người thứ hai"), _("chờ chuyển bưu điện, ngân hàng"), _("chờ tệp trả về"))
    later = ("", "", _("sau khi duyệt"), _("khi có tệp trả về"))
    current = next((i for i, entry in enumerate(entries) if entry is None), None)
    if paylist.state == State.WITHDRAWN:
        return (Step(words[0], str(entries[0].by), "done", entries[0].at), Step(_("Đã rút"), _("danh sách này không còn tính"), "current"))
    coming = (Step(words[i], waits[i] if i == current else later[i], "current" if i == current else "") for i in range(4))
    done = (entry and Step(word, str(entry.by), "done", entry.at) for word, entry in zip(words, entries, strict=True))
    return tuple(step or next_step for step, next_step in zip(done, coming, strict=True))


def _ledger(paylist, counts):
    url, before = list_url(paylist), previous(paylist.month)
    same = {"area__path": paylist.area_path, "channel": paylist.channel, "field": paylist.field}
    earlier = PayList.objects.standing().filter(month=before, **same).first()
    parts = (
        Part("month", _("Tháng %(month)s") % {"month": f"{paylist.month:%m}"}, paylist.this_month, f"{url}#dong"),
        Part("due", _("Truy lĩnh"), paylist.arrears, f"{url}?loc=truy-linh#dong"),
        Part("keep", _("Chuyển từ tháng %(month)s") % {"month": f"{before:%m}"}, paylist.carried, f"{url}?loc=chuyen-sang#dong"),
        Part("owe", _("Trừ thu hồi"), -paylist.deduction, f"{url}?loc=thu-hoi#dong"),
    )
    figures = (
        Figure(_("Người được chi"), paylist.people, url=f"{url}#dong", note=_before(before, earlier)),
        Figure(_("Được truy lĩnh"), counts["late"], _("người"), f"{url}?loc=truy-linh#dong", tone="due-n" if counts["late"] else ""),
        Figure(_("Giữ lại"), counts["held"], _("người"), f"{url}?loc=giu-lai#dong"),
    )
    return Ledger(_("Tổng danh sách"), paylist.total, f"{url}#dong", parts, figures)


def _before(month, paylist):
    return _("tháng %(month)s: %(n)s") % {"month": f"{month:%m}", "n": paylist.people} if paylist else ""


def _crumbs(paylist):
    month = Crumb(_("Tháng %(month)s") % {"month": f"{paylist.month:%m/%Y}"}, month_url(paylist.month))
    return (Crumb(_("Chi trả"), month_url(paylist.month)), month)


def _counts(lines) -> dict[str, int]:
    return lines.aggregate(
        all=Count("id"), late=Count("id", filter=Q(arrears__gt=0)), claims=Count("id", filter=ONLY["thu-hoi"]),
        carried=Count("id", filter=Q(carried__gt=0)), held=Count("id", filter=~Q(held_because="")),
        open=Count("id", filter=ONLY["chua-tra-loi"]),
        paid=Count("id", filter=Q(result__in=(Line.Result.PAID, Line.Result.PARTLY))), unpaid=Count("id", filter=ONLY["chua-nhan"]),
    )


def _switch(paylist, counts, only):
    words = (
        ("", _("Tất cả"), counts["all"]), ("truy-linh", _("Có truy lĩnh"), counts["late"]), ("thu-hoi", _("Có thu hồi"), counts["claims"]),
        ("giu-lai", _("Giữ lại"), counts["held"]), ("chua-nhan", _("Chưa nhận"), counts["unpaid"]),
    )
    if paylist.exported_in_id:
        words += (("chua-tra-loi", _("Chưa có kết quả"), counts["open"]),)
    return tuple(Link(f"{label} ({n})", f"{list_url(paylist)}?loc={code}#dong", code == only) for code, label, n in words)


def _check(found, paylist):
    return {"found": found, "url": findings_url(paylist.month, phep=found.code, noi=paylist.area_path)}


def _row(line):
    return {"line": line, "url": person_url(line.person_id)}


def _buttons(paylist):
    changes, paper = (reverse(name, args=[paylist.pk]) for name in ("payments.changes", "payments.paper"))
    files = (Button(_("Tệp trả về"), reverse("payments.return_files", args=[paylist.pk])),) if paylist.exported_in_id else ()
    return (*files, Button(_("Tăng, giảm"), changes), Button(_("Bản in A4"), paper))


def _moment(moment):
    return f"{moment:%d/%m/%Y}"


def changes_page(request, pk: int):
    """Biểu tăng, giảm so với tháng trước."""
    paylist = visible_list(request.user, pk)
    rows = changes_against_last_month(paylist)
    sums = {name: sum(row[name] for row in rows) for name in ("before", "now", "difference")}
    page = ChangesPage(
        title=_("Tăng, giảm tháng %(month)s, %(place)s") % {"month": f"{paylist.month:%m/%Y}", "place": place_name(paylist.area)},
        note=_("So với danh sách tháng trước của cùng xã, phường."), rail=RAIL, chip=awaited_chip(awaited_of(paylist)),
        crumbs=(Crumb(_("Chi trả"), month_url(paylist.month)), Crumb(paylist.number, list_url(paylist))), rows=tuple(rows), sums=sums,
    )
    return render(request, "payments/changes.html", {"page": page})


def paper_page(request, pk: int):
    """Bản in A4 của một danh sách."""
    return show_papers(request, [visible_list(request.user, pk)])


def show_papers(request, lists):
    """Lists on paper, one after the other, each with its sum in words and the places to sign."""
    lines = Line.objects.filter(paylist__in=lists).order_by("position")
    by_list = {}
    for line in lines:
        by_list.setdefault(line.paylist_id, []).append(line)
    papers = tuple(_paper(paylist, by_list.get(paylist.pk, [])) for paylist in lists)
    first = lists[0]
    page = PaperPage(
        title=_("Bản in danh sách tháng %(month)s") % {"month": f"{first.month:%m/%Y}"}, rail=RAIL, papers=papers,
        note=_("%(n)s danh sách. Dùng lệnh in của trình duyệt: khổ A4 ngang.") % {"n": len(papers)},
        crumbs=(Crumb(_("Chi trả"), month_url(first.month)),),
    )
    return render(request, "payments/paper.html", {"page": page})


def _paper(paylist, lines):
    paid = [line for line in lines if not line.held_because]
    sums = {name: sum(getattr(line, name) for line in paid) for name in ("this_month", "arrears", "carried", "deduction", "total")}
    return {
        "list": paylist, "place": place_name(paylist.area), "lines": lines, "sums": sums, "people": sum(line.total > 0 for line in paid),
        "in_words": amount_in_words(sums["total"]), "provisional": awaited_words(awaited_of(paylist, as_printed=True)),
        "before": previous(paylist.month), "decided": findings.decided_words([paylist]),
    }
