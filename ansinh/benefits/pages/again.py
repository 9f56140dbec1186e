"""Tính lại hôm nay: what the months of a list come to by today's law and knowledge, beside what was posted."""
from dataclasses import dataclass

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.engine.law import book
from ansinh.office import clock
from ansinh.payments.models import Line
from ansinh.web.page import Chip, Crumb, Page

from ..over_time import OverTime, over_time
from .entitlements import person_url


@dataclass(frozen=True)
class AgainPage(Page):
    """The months beside each other, and whether anything differs."""

    over_time: OverTime | None = None
    changed: int = 0
    law: str = ""


def again_page(request, line: int):
    """Tính lại hôm nay số tiền của một dòng."""
    found = get_object_or_404(Line.objects.visible_to(request.user).select_related("paylist", "person"), pk=line)
    money = over_time(found.person)
    months = money.months if money else ()
    changed = sum(1 for month in months if month.difference and month.difference != sum(amount for _words, amount, _list in month.later))
    page = AgainPage(
        title=_("Tính lại hôm nay: %(name)s") % {"name": found.name}, rail="payments.lists", over_time=money, changed=changed,
        note=_("Theo luật và điều cơ quan biết đến %(day)s; không ghi gì vào sổ.") % {"day": f"{clock.today():%d/%m/%Y}"}, law=book().digest[:8],
        crumbs=(Crumb(found.name, person_url(found.person_id)), Crumb(_("Vì sao số tiền này"), reverse("payments.why", args=[line]))),
        chip=Chip(_("Có tháng chưa bù"), "warn") if changed else Chip(_("Không đổi"), "ok"),
    )
    return render(request, "benefits/again.html", {"page": page})
