"""Tiền của tháng ở đâu: from the fund through the providers to where every đồng is now; each figure opens into its lines."""
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import rights
from ansinh.registry.models import Area
from ansinh.web.exports import as_xlsx
from ansinh.web.ledger import Figure, Ledger, Link, Part
from ansinh.web.page import Button, Chip, Crumb, Page

from ..models import Channel, PayList
from ..queries import months
from ..queries.whereabouts import NAMES, OUT, Whereabouts, carried_into, lines_at, sum_of, whereabouts
from .month import chosen_lists
from .parts import RAIL, list_url, month_asked, month_url, person_url, place_name

SIZE = 100
ASKED = ("huyen", "kenh", "linh_vuc")
WORDS = {
    "paid": gettext_lazy("Đã nhận"), "open": gettext_lazy("Chưa có kết quả"), "waiting": gettext_lazy("Chưa nhận, chờ"),
    "carried": gettext_lazy("Chưa nhận, đã chuyển sang"), "returned": gettext_lazy("Trả lại, chờ"),
    "returned_carried": gettext_lazy("Trả lại, đã chuyển sang"), "heirs": gettext_lazy("Chi cho thân nhân"), "set_off": gettext_lazy("Bù trừ"),
}
TONES = {"paid": "month", "open": "keep", "set_off": "owe"}
BY = {"danh-sach": gettext_lazy("Từng danh sách"), "huyen": gettext_lazy("Huyện, thành phố"), "kenh": gettext_lazy("Kênh chi")}


@dataclass(frozen=True)
class WhereaboutsPage(Page):
    """The month's money by list, place or channel, with its sum."""

    month: object = None
    ledger: Ledger | None = None
    heads: tuple = ()
    rows: tuple = ()
    total: dict | None = None
    switch: tuple[Link, ...] = ()
    filter_form: object = None
    into: tuple = ()


@dataclass(frozen=True)
class LinesPage(Page):
    """The lines behind one figure."""

    rows: tuple = ()
    count: int = 0
    amount: int = 0
    more: str = ""


def whereabouts_page(request):
    """Tiền của tháng ở đâu."""
    month, form, lists = _asked(request)
    found = whereabouts(lists)
    total, asked = sum_of(found.values()), _kept(request.GET)
    by = request.GET.get("theo", "") if request.GET.get("theo", "") in BY else "danh-sach"
    page = WhereaboutsPage(
        title=_("Tiền của tháng %(month)s ở đâu") % {"month": f"{month:%m/%Y}"}, rail=RAIL, month=month, crumbs=_crumbs(month),
        note=_("Các danh sách đã xuất: kho bạc, tổ chức chi trả, người nhận. Mỗi đồng ở đúng một cột."), filter_form=form,
        chip=Chip(_("Khớp từng đồng"), "ok") if total.adds_up else Chip(_("Lệch: báo người quản trị"), "owe bad"),
        buttons=(Button(_("Tải bảng tính"), _url("payments.whereabouts_sheet", month, asked)),), ledger=_ledger(month, total, asked, lists),
        heads=tuple(WORDS.values()), rows=tuple(_grouped(found, by, month, asked)), total=_cells(_("Cộng"), "", total, month, asked),
        switch=tuple(Link(str(words), _url("payments.whereabouts", month, asked, theo=code), code == by) for code, words in BY.items()),
        into=tuple({"url": reverse("payments.list", args=[key]), "number": number, "amount": amount} for key, number, amount in carried_into(lists)),
    )
    return render(request, "payments/whereabouts.html", {"page": page})


def lines_page(request):
    """Các dòng đứng sau một số của trang tiền ở đâu."""
    month, _form, lists = _asked(request)
    name = request.GET.get("o", "") if request.GET.get("o", "") in NAMES else ""
    lines = lines_at(_one_list(lists, request.GET), name)
    count, amount = months.count_and_sum(lines, "there")
    start = _number(request.GET.get("tu", "")) or 0
    asked = {**_kept(request.GET), "o": name, "ds": request.GET.get("ds", "")}
    page = LinesPage(
        title=_("%(what)s, tháng %(month)s") % {"what": WORDS.get(name, _("Đã xuất")), "month": f"{month:%m/%Y}"}, rail=RAIL,
        crumbs=(*_crumbs(month), Crumb(_("Tiền ở đâu"), _url("payments.whereabouts", month, _kept(request.GET)))),
        rows=tuple(_line(line) for line in lines[start : start + SIZE]), count=count, amount=amount,
        more=_url("payments.whereabouts_lines", month, asked, tu=start + SIZE) if start + SIZE < count else "",
    )
    return render(request, "payments/whereabouts_lines.html", {"page": page})


def sheet(request):
    """Bảng tính: one row a list, with its sum."""
    month, _form, lists = _asked(request)
    found = whereabouts(lists)
    head = [
        _("Số danh sách"), _("Xã, phường, thị trấn"), _("Kênh chi"), _("Kho bạc chuyển"), _("Đã ở tổ chức chi trả"), _("Đã xuất"),
        *(str(words) for words in WORDS.values()),
    ]
    rows = [[paylist.number, place_name(paylist.area), paylist.get_channel_display(), *_amounts(there)] for paylist, there in found.items()]
    return as_xlsx(f"tien-o-dau-{month:%Y-%m}", head, [*rows, [_("Cộng"), "", "", *_amounts(sum_of(found.values()))]])


def _amounts(there: Whereabouts) -> list[int]:
    return [there.fresh, there.held_before, there.exported, *(there.at[name] for name in NAMES)]


def _asked(request):
    """The month, the filters and the lists that they leave; those that went out are looked at."""
    if not rights.sees(request.user, "money"):
        raise Http404
    known = PayList.objects.visible_to(request.user).filter(state__in=OUT).order_by("-month").values_list("month", flat=True).first()
    month = month_asked(request) or known
    if month is None:
        raise Http404
    form, lists = chosen_lists(request.user, month, request.GET)
    form.fields.pop("buoc")
    return month, form, lists


def _one_list(lists, asked):
    key = _number(asked.get("ds", ""))
    return lists.filter(pk=key) if key else lists


def _number(text):
    return int(text) if text.isascii() and text.isdigit() else None


def _kept(asked) -> dict:
    return {name: asked.get(name, "") for name in ASKED if asked.get(name)}


def _url(name, month, asked, **more) -> str:
    given = {"thang": f"{month:%Y-%m}", **asked, **more}
    return f"{reverse(name)}?{urlencode({key: value for key, value in given.items() if value})}"


def _ledger(month, total, asked, lists):
    waiting = lists.exclude(state__in=OUT)
    parts = tuple(
        Part(TONES.get(name, "due"), str(words), total.at[name], _url("payments.whereabouts_lines", month, asked, o=name))
        for name, words in WORDS.items() if total.at[name] or name in ("paid", "open", "waiting")
    )
    figures = (
        Figure(_("Kho bạc chuyển mới"), total.fresh, _("đ"), note=_("cho các danh sách đã xuất của tháng")),
        Figure(_("Đã ở bưu điện, ngân hàng"), total.held_before, _("đ"), note=_("chưa nhận của các tháng trước, không chuyển lại")),
        Figure(_("Chưa xuất"), months.sums_of(waiting)["total"], _("đ"), month_url(month), _("danh sách của tháng chưa đi, ngoài các số này")),
    )
    return Ledger(_("Đã xuất"), total.exported, _url("payments.whereabouts_lines", month, asked), parts, figures)


def _grouped(found, by, month, asked):
    """Rows of lists, of districts or of channels, each with its sum."""
    if by == "danh-sach":
        for paylist, there in found.items():
            named = {"url": list_url(paylist), "number": paylist.number}
            yield _cells(place_name(paylist.area), paylist.get_channel_display(), there, month, {**asked, "ds": paylist.pk}, **named)
        return
    groups = {}
    for paylist, there in found.items():
        groups.setdefault(_district(paylist.area) if by == "huyen" else paylist.channel, []).append(there)
    for key, several in sorted(groups.items(), key=lambda group: str(group[0])):
        narrowed = {"huyen": key.path} if by == "huyen" else {"kenh": key}
        title = _capital(str(key)) if by == "huyen" else _capital(str(Channel.Kind(key).label))
        yield _cells(title, "", sum_of(several), month, {**asked, **narrowed})


def _district(area) -> Area:
    return area.parent if area.parent and area.parent.level == Area.Level.DISTRICT else area


def _capital(words):
    return words[:1].upper() + words[1:]


def _cells(title, small, there, month, asked, *, url="", number=""):
    cells = tuple(
        {"label": WORDS[name], "amount": there.at[name], "url": _url("payments.whereabouts_lines", month, asked, o=name) if there.at[name] else ""}
        for name in NAMES
    )
    exported = {"amount": there.exported, "url": _url("payments.whereabouts_lines", month, asked)}
    return {"title": title, "small": small, "number": number, "url": url, "exported": exported, "cells": cells, "adds_up": there.adds_up}


def _line(line):
    return {"line": line, "url": person_url(line.person_id), "list_url": list_url(line.paylist), "place": place_name(line.paylist.area)}


def _crumbs(month):
    return (Crumb(_("Chi trả"), month_url(month)),)
