"""Quyết định cấp gạo on screen: all of them, one with its communes and people, and the receiving sheet on paper and as a spreadsheet."""
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Subquery, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.law import book
from ansinh.engine.law.book import ASSISTANCE
from ansinh.office import clock, rights
from ansinh.office.departments import department
from ansinh.payments.queries.explained import month_words
from ansinh.web.exports import EXCEL
from ansinh.web.keyset import part_of
from ansinh.web.page import Button, Chip, Crumb, Page, Pager

from ..food import last_of
from ..food_lists import food_lists, names_of
from ..food_sheet import food_sheet
from ..models import FoodDecision, FoodRelief
from .entitlements import RAIL, person_url
from .food import ACT, crumbs

SIZE, PEOPLE_SHOWN = 50, 100
STANDS, UNDONE = Chip(gettext_lazy("Có hiệu lực"), "ok"), Chip(gettext_lazy("Đã hoàn tác"), "hold")


@dataclass(frozen=True)
class FoodDecisionsPage(Page):
    rows: tuple = ()
    pager: Pager | None = None


@dataclass(frozen=True)
class FoodDecisionPage(Page):
    """One decision: its facts, its communes, the people of all of them or of one."""

    facts: tuple = ()
    places: tuple = ()
    rows: tuple = ()
    people: int = 0
    kilograms: int = 0
    place: str = ""
    everywhere: str = ""
    pager: Pager | None = None


@dataclass(frozen=True)
class FoodPaperPage(Page):
    """The receiving sheets of a decision, a commune each."""

    decision: FoodDecision | None = None
    papers: tuple = ()


def food_decisions_page(request):
    """Mọi quyết định cấp gạo mà tài khoản thấy."""
    if not rights.sees(request.user, "money", ASSISTANCE):
        raise Http404
    asked = request.GET.get("sau", "")
    after = int(asked) if asked.isascii() and asked.isdigit() else None
    shown, last = part_of(_with_sums(FoodDecision.objects.visible_to(request.user), request.user), "-id", after, SIZE)
    page = FoodDecisionsPage(
        title=_("Gạo hỗ trợ"), rail=RAIL, crumbs=crumbs()[:1], rows=tuple(_row(decision) for decision in shown),
        note=_("Hỗ trợ lương thực, Nghị định 20/2021/NĐ-CP Điều 12. Tính bằng kg, không phải tiền, không vào danh sách chi trả."),
        buttons=(Button(_("Cấp gạo"), reverse("food.give"), solid=True),) if rights.may_somewhere(request.user, ACT) else (),
        pager=Pager(_("%(n)s quyết định") % {"n": len(shown)}, "?" if after else "", f"?sau={last}" if last else ""),
    )
    return render(request, "benefits/food_decisions.html", {"page": page})


def _with_sums(decisions, account):
    own = FoodRelief.objects.visible_to(account).current().filter(decision=OuterRef("pk")).order_by().values("decision")
    people, kilograms = own.annotate(n=Count("pk")).values("n"), own.annotate(n=Sum("kilograms")).values("n")
    return decisions.annotate(people=Subquery(people), all_kilograms=Subquery(kilograms))


def _row(decision):
    return {
        "decision": decision, "url": reverse("food.decision", args=[decision.pk]), "occasion": _occasion(decision), "months": _months(decision),
        "chip": STANDS if decision.people else UNDONE,
    }


def food_decision_page(request, pk: int):
    """Một quyết định cấp gạo: bao nhiêu kg cho xã nào, những ai."""
    decision, rows, place = _asked(request, pk)
    everybody = _standing(request.user, decision)
    start = int(asked) if (asked := request.GET.get("tu", "")).isascii() and asked.isdigit() else 0
    part = list(rows[start : start + PEOPLE_SHOWN + 1])
    places, here, names = tuple(_places(everybody)), reverse("food.decision", args=[pk]), names_of([place] if place else [])
    page = FoodDecisionPage(
        title=_("Cấp gạo: %(name)s") % {"name": decision.name}, rail=RAIL, crumbs=crumbs(), note=str(decision),
        chip=STANDS if places else UNDONE, buttons=_buttons(request.user, decision, place) if places else (), facts=_facts(decision),
        places=tuple({**row, "url": f"{here}?xa={row['area_path']}#nguoi"} for row in places), place=names.get(place, ""), everywhere=here,
        rows=tuple({"row": row, "url": person_url(row.person_id)} for row in part[:PEOPLE_SHOWN]),
        people=sum(row["people"] for row in places), kilograms=sum(row["kilograms"] for row in places),
        pager=_pager(len(part[:PEOPLE_SHOWN]), start, len(part) > PEOPLE_SHOWN, place),
    )
    return render(request, "benefits/food_decision.html", {"page": page})


def _asked(request, pk):
    """The decision, its rows that the account sees, and the commune to which the address narrows them."""
    decision = get_object_or_404(FoodDecision.objects.visible_to(request.user).select_related("recorded_in__by"), pk=pk)
    place, rows = request.GET.get("xa", "")[:60], _standing(request.user, decision)
    narrowed = rows.filter(area_path=place) if place else rows
    return decision, narrowed.select_related("person").order_by("area_path", "person__sort_key", "pk"), place


def _standing(account, decision):
    return FoodRelief.objects.visible_to(account).current().filter(decision=decision)


def _places(rows):
    """Each commune with its people and kilograms."""
    found = list(rows.order_by().values("area_path").annotate(people=Count("pk"), kilograms=Sum("kilograms")))
    names = names_of({row["area_path"] for row in found})
    return sorted(({**row, "name": names[row["area_path"]]} for row in found), key=lambda row: row["area_path"])


def _pager(shown, start, has_more, place):
    kept = f"xa={place}&" if place else ""
    words = _("%(first)s–%(last)s") % {"first": start + 1, "last": start + shown}
    return Pager(words, f"?{kept}#nguoi" if start else "", f"?{kept}tu={start + shown}#nguoi" if has_more else "")


def _buttons(account, decision, place):
    narrowed = f"?xa={place}" if place else ""
    files = [
        Button(_("Bảng ký nhận (.xlsx)"), f"{reverse('food.sheet', args=[decision.pk])}{narrowed}"),
        Button(_("Bản in A4"), f"{reverse('food.paper', args=[decision.pk])}{narrowed}"),
    ]
    if rights.may(account, ACT, decision.area_path, ASSISTANCE):
        files.insert(0, Button(_("Thêm quyết định của dịp này"), f"{reverse('food.give')}?dip={decision.pk}"))
    if rights.may(account, "office.undo", decision.area_path, ASSISTANCE):
        files.append(Button(_("Hoàn tác"), reverse("undo", args=[decision.recorded_in_id]), stop=True))
    return tuple(files)


def _facts(decision):
    rule = book().food[decision.occasion].rule(decision.since) if decision.occasion in book().food else None
    doubt = "" if rule is None or rule.verified else _(" (chưa đối chiếu bản gốc)")
    return (
        (_("Loại dịp"), _occasion(decision)), (_("Gạo của tháng"), _months(decision)),
        (_("Mỗi người"), _("%(each)s kg × %(n)s tháng") % {"each": decision.kilograms, "n": decision.months}),
        (_("Điều luật"), f"{rule.article}{doubt}" if rule else "–"), (_("Người ghi"), str(decision.recorded_in.by or "")),
        (_("Ghi ngày"), f"{decision.recorded_in.at:%d/%m/%Y}"),
    )


def _occasion(decision):
    return book().food[decision.occasion].vietnamese if decision.occasion in book().food else decision.occasion


def _months(decision):
    return month_words(decision.since, last_of(decision.since, decision.months))


def food_paper(request, pk: int):
    """Bản in A4: một tờ ký nhận cho mỗi xã."""
    decision, rows, _place = _asked(request, pk)
    page = FoodPaperPage(
        title=_("Bản in ký nhận gạo: %(name)s") % {"name": decision.name}, rail=RAIL, decision=decision, papers=food_lists(decision, rows),
        note=_("Mỗi xã một tờ. Dùng lệnh in của trình duyệt: khổ A4 ngang."),
        crumbs=(*crumbs(), Crumb(decision.name, reverse("food.decision", args=[pk]))),
    )
    return render(request, "benefits/food_paper.html", {"page": page})


def food_sheet_file(request, pk: int):
    """Bảng ký nhận gạo để tải về: một trang tính cho mỗi xã."""
    decision, rows, _place = _asked(request, pk)
    data = food_sheet(decision, food_lists(decision, rows), department=department(clock.today()))
    return HttpResponse(data, content_type=EXCEL, headers={"Content-Disposition": f'attachment; filename="gao-{pk}.xlsx"'})
