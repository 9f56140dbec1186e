"""Lists of a month: all communes and channels, sums, states, and a selection on which one act may work."""
from dataclasses import dataclass, field, replace

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.law import book
from ansinh.office import rights
from ansinh.office.fields import FIELD_NAMES, MONEY_NAMES
from ansinh.registry.models import Area
from ansinh.web.composed import panels_of
from ansinh.web.ledger import Figure, Ledger, Link, Part
from ansinh.web.page import Button, Crumb, Page
from ansinh.web.templatetags.office_words import count

from ..models import Channel, PayList
from ..queries import months
from .parts import (
    RAIL,
    findings_url,
    list_url,
    month_asked,
    month_url,
    people_url,
    person_url,
    place_name,
    provisional_chip,
    state_chip,
)

SIZE, LISTS_SHOWN = 100, 200
ACTS = {"payments.approve": PayList.State.PROPOSED, "payments.export": PayList.State.APPROVED}


class ListFilters(forms.Form):
    """What narrows the lists of a month; a nonsense value is ignored."""

    linh_vuc = forms.ChoiceField(
        label=gettext_lazy("Lĩnh vực"), required=False, choices=[("", gettext_lazy("Mọi lĩnh vực")), *FIELD_NAMES.items()]
    )
    huyen = forms.ChoiceField(label=gettext_lazy("Huyện, thành phố"), required=False)
    kenh = forms.ChoiceField(label=gettext_lazy("Kênh chi"), required=False, choices=[("", gettext_lazy("Mọi kênh")), *Channel.Kind.choices])
    buoc = forms.ChoiceField(
        label=gettext_lazy("Bước"), required=False, choices=[("", gettext_lazy("Mọi bước")), *PayList.State.choices[:-1]]
    )

    def __init__(self, *args, districts=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["huyen"].choices = [("", _("Cả địa bàn")), *districts]

    def chosen(self, name) -> str:
        """A chosen value, or nothing where it was not one of the choices."""
        return self.cleaned_data.get(name, "") if self.is_valid() or self.is_bound else ""


@dataclass(frozen=True)
class MonthPage(Page):
    """A month's lists with their sums and states."""

    month: object = None
    months: tuple[Link, ...] = ()
    ledger: Ledger | None = None
    states: tuple = ()
    filter_form: object = None
    rows: tuple = ()
    sums: dict = field(default_factory=dict)
    acts: tuple[str, ...] = ()
    count: int = 0
    first: str = ""
    more: str = ""
    missing: str = ""
    panels: tuple = ()


@dataclass(frozen=True)
class PeoplePage(Page):
    """Lines of many lists that one figure counts."""

    rows: tuple = ()
    switch: tuple[Link, ...] = ()
    count: int = 0
    total: int = 0
    more: str = ""
    month: object = None


def lists_page(request):
    """Danh sách chi trả của một tháng."""
    if not rights.sees(request.user, "money"):
        raise Http404
    known = months.months_listed(request.user)
    month = month_asked(request) or (known[0] if known else None)
    panels = tuple(panels_of("payments.month", month, request.user))
    frame = MonthPage(title=_("Danh sách chi trả"), rail=RAIL, months=month_switch(known, month), buttons=_other_pages(month), panels=panels)
    if month is None:
        return render(request, "payments/lists.html", {"page": replace(frame, missing=_("Chưa có danh sách nào."))})
    return render(request, "payments/lists.html", {"page": _filled(request, frame, month)})


def chosen_lists(account, month, asked) -> tuple:
    """The filter form and the lists that it leaves."""
    everything = months.lists_of(account, month)
    form = ListFilters(asked, districts=_districts(everything))
    form.is_valid()
    lists = everything.filter(area_path__startswith=form.chosen("huyen"))
    asked_as = (("field", "linh_vuc"), ("channel", "kenh"), ("state", "buoc"))
    narrowed = {name: form.chosen(said) for name, said in asked_as if form.chosen(said)}
    return form, lists.filter(**narrowed)


def _filled(request, frame, month):
    form, lists = chosen_lists(request.user, month, request.GET)
    states, sums = months.states_of(lists), months.sums_of(lists)
    n, start = sum(states.values()), _start(request)
    found = list(lists[start : start + LISTS_SHOWN])
    place = dict(form.fields["huyen"].choices).get(form.chosen("huyen"), "")
    lock = book().lock_day(month)
    return replace(
        frame, title=_("Danh sách chi trả tháng %(month)s") % {"month": f"{month:%m/%Y}"}, month=month,
        note=_("%(what)s, %(place)s. Ngày khóa số liệu: %(lock)s.")
        % {"what": _money_words(lists), "place": place[:1].lower() + place[1:] or _("cả địa bàn"), "lock": f"{lock:%d/%m/%Y}"},
        chip=provisional_chip(lists.filter(is_provisional=True).exists()), filter_form=form,
        ledger=_ledger(request.user, month, lists, sums, form), states=_states(request.user, month, form),
        rows=tuple(_row(paylist) for paylist in found), sums=sums, acts=tuple(_acts(request.user, states)), count=n,
        more=f"{month_url(month, **_filter_of(form))}&tu={start + LISTS_SHOWN}#dong" if start + LISTS_SHOWN < n else "",
        first=f"{month_url(month, **_filter_of(form))}#dong" if start else "",
        missing="" if found else _("Tháng này không có danh sách nào như bộ lọc."),
    )


def _money_words(lists):
    """What is paid: one field's allowances, or both."""
    fields = sorted(set(lists.order_by().values_list("field", flat=True)), reverse=True)
    return "; ".join(str(MONEY_NAMES.get(field, field)) for field in fields) or _("Không có danh sách")


def _start(request) -> int:
    """Where the shown part begins; nonsense counts as the beginning."""
    asked = request.GET.get("tu", "")
    return int(asked) if asked.isascii() and asked.isdigit() else 0


def _filter_of(form) -> dict[str, str]:
    return {name: form.chosen(name) for name in ("linh_vuc", "huyen", "kenh", "buoc")}


def _acts(account, states):
    """The acts that the account may do and for which a list waits."""
    return (act for act, state in ACTS.items() if state in states and rights.may_somewhere(account, act))


def month_switch(known, month) -> tuple[Link, ...]:
    """The last six months that have lists, oldest first; the month in hand is always among them."""
    shown = sorted({*known[:6], *([month] if month else [])})
    return tuple(Link(f"{m:%m/%Y}", month_url(m), m == month) for m in shown)


def month_parts(sums, month, **asked) -> tuple[Part, ...]:
    """The parts of a month's total, each with the people behind it."""
    return (
        Part("month", _("Trợ cấp, phụ cấp tháng %(month)s") % {"month": f"{month:%m}"}, sums["this_month"], people_url(month, **asked)),
        Part("due", _("Truy lĩnh"), sums["arrears"], people_url(month, "truy-linh", **asked)),
        Part("keep", _("Chưa nhận, chuyển từ tháng trước"), sums["carried"], people_url(month, "chuyen-sang", **asked)),
        Part("owe", _("Trừ thu hồi"), -sums["deduction"], people_url(month, "thu-hoi", **asked)),
    )


def _ledger(account, month, lists, sums, form):
    place, field = form.chosen("huyen"), form.chosen("linh_vuc")
    asked = {"huyen": place, "linh_vuc": field}
    by_channel = months.by_channel(lists)
    figures = tuple(
        Figure(str(kind.label).capitalize(), by_channel.get(kind, {}).get("people", 0), _("người"), month_url(month, kenh=kind, **asked),
               note=_money(by_channel.get(kind, {}).get("total", 0)))
        for kind in Channel.Kind
    )
    before = months.sums_of(months.lists_of(account, months.previous(month), place, field))["people"]
    people = Figure(_("Người được chi"), sums["people"], url=people_url(month, **asked), note=_("tháng trước: %(n)s") % {"n": count(before)})
    return Ledger(_("Tổng danh sách"), sums["total"], people_url(month, **asked), month_parts(sums, month, **asked), (people, *figures))


def _states(account, month, form):
    """How many lists stand at each step, each a filter."""
    place, channel, field = form.chosen("huyen"), form.chosen("kenh"), form.chosen("linh_vuc")
    lists = months.lists_of(account, month, place, field).filter(**({"channel": channel} if channel else {}))
    counts = months.states_of(lists)
    everything = [("", _("Mọi bước"), sum(counts.values()))]
    steps = [(state, str(PayList.State(state).label), counts[state]) for state in PayList.State.values if counts.get(state)]
    return tuple(
        {"label": label, "count": count, "url": month_url(month, huyen=place, kenh=channel, linh_vuc=field, buoc=state),
         "is_here": state == form.chosen("buoc")}
        for state, label, count in everything + steps
    )


def _row(paylist):
    return {"list": paylist, "url": list_url(paylist), "place": place_name(paylist.area), "chip": state_chip(paylist)}


def _districts(lists):
    found = lists.order_by().values_list("area__parent__path", "area__parent__kind", "area__parent__name", "area__parent__level").distinct()
    named = ((path, f"{kind} {name}") for path, kind, name, level in found if level == Area.Level.DISTRICT)
    return sorted((path, name[:1].upper() + name[1:]) for path, name in named)


def _other_pages(month):
    others = ((_("Chưa nhận"), "payments.unpaid"), (_("Phải thu hồi"), "payments.claims"))
    slips = f"{reverse('payments.slips')}?thang={month:%Y-%m}" if month else ""
    where = f"{reverse('payments.whereabouts')}?thang={month:%Y-%m}" if month else ""
    returned = f"{reverse('payments.returns_of_month')}?thang={month:%Y-%m}" if month else ""
    of_month = (
        (
            Button(_("Mục soát"), findings_url(month)), Button(_("Tệp trả về"), returned), Button(_("Tiền ở đâu"), where),
            Button(_("In phiếu"), slips),
        ) if month else ()
    )
    return (*of_month, *(Button(words, reverse(name)) for words, name in others))


def _money(amount):
    return f"{count(amount)} đ"


def _only(account, month, place, field):
    """Which lines each figure counts."""
    lists, before = months.lists_of(account, month, place, field), months.lists_of(account, months.previous(month), place, field)
    lines = months.lines_of(lists)
    return {
        "": (_("Mọi dòng"), lambda: lines),
        "truy-linh": (_("Có truy lĩnh"), lambda: lines.filter(arrears__gt=0)),
        "chuyen-sang": (_("Chuyển từ tháng trước"), lambda: lines.filter(carried__gt=0)),
        "thu-hoi": (_("Có thu hồi"), lambda: lines.filter(overpaid__gt=0) | lines.filter(deduction__gt=0)),
        "moi": (_("Mới"), lambda: months.came(lists, before)),
        "thoi": (_("Thôi"), lambda: months.left(lists, before)),
        "giu-lai": (_("Giữ lại"), lambda: months.held(lists)),
        "chua-nhan": (_("Chưa nhận"), lambda: months.not_collected(lists)),
    }


SHOWN = ("", "truy-linh", "chuyen-sang", "thu-hoi", "moi", "thoi", "giu-lai", "chua-nhan")


def people_page(request):
    """Người trên danh sách của tháng: the lines behind a figure."""
    known = months.months_listed(request.user)
    month = month_asked(request) or (known[0] if known else None)
    if month is None or not rights.sees(request.user, "money"):
        raise Http404
    place, field = request.GET.get("huyen", ""), request.GET.get("linh_vuc", "")
    field = field if field in FIELD_NAMES else ""
    asked = {"huyen": place, "linh_vuc": field}
    choices = _only(request.user, month, place, field)
    only = request.GET.get("loc", "") if request.GET.get("loc", "") in choices else ""
    words, find = choices[only]
    lines = find().select_related("paylist__area__parent")
    found, total = months.count_and_sum(lines)
    start = _start(request)
    page = PeoplePage(
        title=_("%(what)s, tháng %(month)s") % {"what": words, "month": f"{month:%m/%Y}"}, rail=RAIL, month=month,
        crumbs=(Crumb(_("Chi trả"), month_url(month)),), note=_place_words(place), rows=tuple(_line(line) for line in lines[start : start + SIZE]),
        switch=tuple(Link(str(choices[code][0]), people_url(month, code, **asked), code == only) for code in SHOWN),
        count=found, total=total, more=people_url(month, only, tu=start + SIZE, **asked) if start + SIZE < found else "",
    )
    return render(request, "payments/people.html", {"page": page})


def _place_words(place):
    area = Area.objects.filter(path=place).order_by("-since").first() if place else None
    return place_name(area) if area else _("Toàn địa bàn được xem")


def _line(line):
    return {"line": line, "url": person_url(line.person_id), "list_url": list_url(line.paylist), "place": place_name(line.paylist.area)}
