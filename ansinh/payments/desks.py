"""What payments puts on the rail and on the page of a person."""
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ansinh.office import clock, rights
from ansinh.web import composed, rail

from .models import Line, PayList
from .pages.why import why_of


def sees_money(account) -> bool:
    return bool(rights.sees(account, "money"))


def list_address(key: str) -> str:
    """The page of a list named in the journal."""
    return reverse("payments.list", args=[int(key)]) if key.isdecimal() else ""


def paid(person, account, known):
    """Timeline: lists that the person was on, with what was to be received."""
    lines = Line.objects.visible_to(account).filter(person=person).exclude(paylist__state=PayList.State.WITHDRAWN)
    for line in lines.select_related("paylist__proposed_in").order_by("-paylist__month")[:24]:
        at = line.paylist.proposed_in.at
        if known is None or at.date() <= known:
            yield composed.Event(
                day=at.date(), words=_("Vào danh sách tháng %(month)s") % {"month": f"{line.paylist.month:%m/%Y}"}, small=_small(line),
                url=reverse("payments.why", args=[line.pk]), amount=line.total, tone="due" if line.arrears else "",
            )


def _small(line):
    if line.held_because:
        return line.held_because
    if line.result == Line.Result.UNPAID:
        return _("chưa nhận: %(why)s") % {"why": line.result_reason}
    return _("có truy lĩnh %(months)s") % {"months": line.arrears_months} if line.arrears else line.get_result_display()


def latest_why(person, account, known):
    """The receipt of the newest list that the person is on, as known then."""
    lines = Line.objects.visible_to(account).filter(person=person).exclude(paylist__state=PayList.State.WITHDRAWN)
    if known:
        lines = lines.filter(paylist__known_at__lt=clock.end_of(known))
    line = lines.select_related("paylist__area__parent").order_by("-paylist__month", "-total").first()
    return line and why_of(line)


rail.put(rail.RailItem(_("Chi trả"), "payments.lists", 50, sees_money))
composed.put(composed.Panel("person", _("Vì sao số tiền này?"), 10, "payments/_why_panel.html", latest_why, sees_money, side=True))
composed.put_door("payments.paylist", list_address)
composed.put_events("person", paid)
