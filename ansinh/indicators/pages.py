"""Front page and brief: the month's money, payees, tasks by their term, places; every figure opens into its rows."""
from dataclasses import dataclass
from datetime import date

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.law import book
from ansinh.engine.text.dates import parse_month
from ansinh.office import clock, rights
from ansinh.office.legal_clock import legal_clock
from ansinh.office.queries import act_label, tasks_of
from ansinh.payments.models import PayList
from ansinh.payments.pages.month import month_parts
from ansinh.payments.pages.parts import month_url, people_url, provisional_chip
from ansinh.payments.queries import months
from ansinh.registry.models import Area
from ansinh.web import ledger
from ansinh.web.composed import address_of
from ansinh.web.ledger import Figure, Ledger, Link
from ansinh.web.page import Button, Page
from ansinh.web.templatetags.office_words import count

from . import queries

RAIL = "front"
TASKS, TREND = 6, 6
STEPS = (
    (gettext_lazy("lập"), PayList.State.values[:5]),
    (gettext_lazy("duyệt"), PayList.State.values[1:5]),
    (gettext_lazy("xuất"), PayList.State.values[2:5]),
    (gettext_lazy("đối chiếu"), PayList.State.values[3:5]),
)


@dataclass(frozen=True)
class PlaceRow:
    """A district or commune with its figures, each leading to its rows."""

    name: str
    url: str
    people: int
    total: int
    arrears: int
    unpaid: int
    people_url: str
    arrears_url: str
    unpaid_url: str


@dataclass(frozen=True)
class FrontPage(Page):
    """Everything that the front page shows."""

    month: date | None = None
    months: tuple[Link, ...] = ()
    ledger: Ledger | None = None
    steps: tuple = ()
    tasks: tuple = ()
    tasks_count: int = 0
    places: tuple[PlaceRow, ...] = ()
    places_title: str = ""
    sums: dict | None = None
    unpaid: int = 0
    wider: str = ""


@dataclass(frozen=True)
class BriefPage(Page):
    """One page of figures on paper."""

    brief: queries.Brief | None = None
    rows: tuple = ()
    places: tuple = ()


def front(request):
    """Trang chính."""
    account = request.user
    known = months.months_listed(account) if rights.sees(account, "money") else []
    asked, _fault = parse_month(request.GET.get("thang", ""))
    month = asked or (known[0] if known else None)
    found = _tasks(account)
    frame = {
        "rail": RAIL, "month": month, "tasks": tuple(found[:TASKS]), "tasks_count": len(found),
        "months": tuple(Link(f"{m:%m/%Y}", f"/?thang={m:%Y-%m}", m == month) for m in sorted({*known[:4], *([month] if month else [])})),
    }
    if month is None:
        empty = FrontPage(title=_("Trang chính"), note=_("Chưa có danh sách chi trả nào."), **frame)
        return render(request, "indicators/front.html", {"page": empty})
    return render(request, "indicators/front.html", {"page": _month_page(account, month, request.GET.get("huyen", ""), frame)})


def _month_page(account, month, place, frame):
    lists = months.lists_of(account, month, place)
    before = months.lists_of(account, months.previous(month), place)
    sums, rows = months.sums_of(lists), list(lists)
    unpaid = months.count_and_sum(months.not_collected(before))
    places, title, wider = _places(rows, before, month, place)
    lock = book().lock_day(month)
    return FrontPage(
        title=_("Chi trả tháng %(month)s") % {"month": f"{month:%m/%Y}"}, chip=provisional_chip(any(paylist.is_provisional for paylist in rows)),
        note=_("Trợ cấp ưu đãi người có công, %(place)s. Số liệu khóa ngày %(lock)s.") % {"place": title, "lock": f"{lock:%d/%m/%Y}"},
        buttons=(Button(_("In bản tóm tắt"), f"{reverse('brief')}?thang={month:%Y-%m}"),), sums=sums, unpaid=sum(row.unpaid for row in places),
        ledger=_ledger(account, month, place, (lists, before), sums, unpaid), steps=_steps(rows, month, place), places=places,
        places_title=title, wider=wider, **frame,
    )


def _ledger(account, month, place, pair, sums, unpaid):
    lists, before = pair
    trend = months.by_month(account, months.months_until(month, TREND), place)
    return Ledger(
        _("Tổng phải chi"), sums["total"], month_url(month, huyen=place), month_parts(sums, month, huyen=place),
        (_payees(month, place, lists, before, trend), _late(month, place, trend), _unpaid(month, place, unpaid, trend)),
    )


def _payees(month, place, lists, before, trend):
    new, gone = months.came_and_left(month, lists, before)
    values = [row["people"] for row in trend.values()]
    change = Link(_("%(n)s mới") % {"n": count(new)}, people_url(month, "moi", huyen=place))
    stopped = Link(_("%(n)s thôi") % {"n": count(gone)}, people_url(month, "thoi", huyen=place))
    return Figure(
        _("Người được chi"), values[-1] if values else 0, url=people_url(month, huyen=place), links=(change, stopped),
        note=_("So với tháng %(month)s:") % {"month": f"{months.previous(month):%m}"}, trend=ledger.line(values, _ends(trend, "people")),
    )


def _late(month, place, trend):
    values = [row["late"] for row in trend.values()]
    return Figure(
        _("Được truy lĩnh"), values[-1] if values else 0, _("người"), people_url(month, "truy-linh", huyen=place),
        tone="due-n" if values and values[-1] else "",
        note=_("được nhận thêm cho các tháng trước"), trend=ledger.bars(values, _ends(trend, "late"), "due"),
    )


def _unpaid(month, place, unpaid, trend):
    before = months.previous(month)
    people, amount = unpaid
    link = Link(_("%(sum)s đ") % {"sum": count(amount)}, people_url(month, "chuyen-sang", huyen=place))
    earlier = {m: row for m, row in trend.items() if m < month}
    return Figure(
        _("Chưa nhận tháng %(month)s") % {"month": f"{before:%m}"}, people, _("người"), people_url(before, "chua-nhan", huyen=place),
        links=(link,) if people else (),
        note=_("chuyển sang danh sách tháng này:") if people else _("ai cũng đã nhận"),
        trend=ledger.bars([row["unpaid"] for row in earlier.values()], _ends(earlier, "unpaid")),
    )


def _ends(trend, name):
    """The first and the last value of a trend in words."""
    if len(trend) < 2:
        return ""
    first, *_between, last = trend
    return _("%(first)s (%(month)s) → %(last)s") % {"first": count(trend[first][name]), "month": f"{first:%m/%Y}", "last": count(trend[last][name])}


def _steps(rows, month, place):
    """How far the month's lists have come: each step with the number of lists that have passed it."""
    return tuple(
        {"words": words, "done": sum(paylist.state in states for paylist in rows), "all": len(rows), "url": month_url(month, huyen=place)}
        for words, states in STEPS
    )


def _tasks(account):
    """Open tasks by their term; the first ones are shown."""
    found = []
    for task in tasks_of(account):
        shown = len(found) < TASKS
        url = address_of(task.key, act=task.act)
        found.append({"task": task, "act": act_label(task.act), "clock": legal_clock(task.due_on), "url": url} if shown else None)
    return found


def _places(rows, before, month, place):
    """Districts of the lists; within one district its communes. Also the place's own words and the way back."""
    unpaid = months.unpaid_by_place(before)
    by_district = {paylist.area.parent for paylist in rows if paylist.area.parent.level == Area.Level.DISTRICT}
    if place or len(by_district) < 2:
        found = _summed(rows, unpaid, lambda area: area)
        districts = {str(district) for district in by_district}
        return _shown(found, month, is_district=False), ", ".join(sorted(districts)) or _("cả địa bàn"), f"/?thang={month:%Y-%m}" if place else ""
    return _shown(_summed(rows, unpaid, lambda area: area.parent), month, is_district=True), _("cả địa bàn"), ""


def _summed(rows, unpaid, unit_of):
    found, seen = {}, set()
    for paylist in rows:
        row = found.setdefault(unit_of(paylist.area), {"people": 0, "total": 0, "arrears": 0, "unpaid": 0})
        for name in ("people", "total", "arrears"):
            row[name] += getattr(paylist, name)
        if paylist.area_path not in seen:
            row["unpaid"] += unpaid.get(paylist.area_path, 0)
            seen.add(paylist.area_path)
    return found


def _shown(found, month, *, is_district):
    return tuple(_place(unit, found[unit], month, is_district) for unit in sorted(found, key=lambda unit: unit.search_key))


def _place(unit, figures, month, is_district):
    path, words = unit.path, str(unit)
    return PlaceRow(
        words[:1].upper() + words[1:], f"/?thang={month:%Y-%m}&huyen={path}" if is_district else month_url(month, huyen=path), **figures,
        people_url=people_url(month, huyen=path), arrears_url=people_url(month, "truy-linh", huyen=path),
        unpaid_url=people_url(months.previous(month), "chua-nhan", huyen=path),
    )


def brief(request):
    """Bản tóm tắt: one page of figures with their definitions, to be printed."""
    asked, _fault = parse_month(request.GET.get("thang", ""))
    today = clock.today()
    as_of = today if asked is None or asked == today.replace(day=1) else asked
    found = queries.brief(request.user, as_of=as_of)
    page = BriefPage(
        title=_("Bản tóm tắt số liệu, danh sách tháng %(month)s") % {"month": f"{found.month:%m/%Y}"}, rail=RAIL, brief=found,
        note=_("Số liệu ngày %(day)s, biết đến %(known)s.")
        % {"day": f"{as_of:%d/%m/%Y}", "known": f"{found.known_at.astimezone(clock.ZONE):%H:%M %d/%m/%Y}"},
        chip=provisional_chip(found.is_provisional), rows=tuple(_figure(figure) for figure in found.figures),
        places=tuple({"name": str(row.area), "values": tuple(row.values.get(f.indicator.code, 0) for f in found.figures)} for row in found.districts),
    )
    return render(request, "indicators/brief.html", {"page": page})


def _figure(figure):
    asked = "&".join(f"{name}={value}" for name, value in figure.query.items())
    return {"figure": figure, "url": f"{reverse(figure.opens)}?{asked}"}
