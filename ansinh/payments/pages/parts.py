"""What several screens of payments share: places, states as chips, addresses, rights at a list."""
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.engine.text.dates import parse_month
from ansinh.office import rights
from ansinh.web import composed
from ansinh.web.page import Chip
from ansinh.web.templatetags.office_words import count

from ..models import PayList
from ..queries.awaited import Awaited

RAIL = "payments.lists"
TONES = {
    PayList.State.PROPOSED: "", PayList.State.APPROVED: "half", PayList.State.EXPORTED: "half", PayList.State.RETURNED: "ok",
    PayList.State.CLOSED: "ok", PayList.State.WITHDRAWN: "hold",
}


def state_chip(paylist) -> Chip:
    """A list's state as a shape and a word."""
    return Chip(paylist.get_state_display().capitalize(), TONES[paylist.state])


def provisional_chip(is_provisional) -> Chip | None:
    """The mark of a month of which something rests on law that is not loaded."""
    return Chip(_("có khoản tạm tính"), "warn") if is_provisional else None


def awaited_words(found: Awaited) -> str:
    """How much of a list is *tạm tính*, and which text it waits for; nothing where nothing is."""
    if not found.texts:
        return ""
    return _("tạm tính %(sum)s đ, chờ %(texts)s") % {"sum": count(found.amount), "texts": ", ".join(found.texts)}


def awaited_chip(found: Awaited) -> Chip | None:
    """The same as the mark of the list."""
    return Chip(awaited_words(found), "warn") if found.texts else None


def visible_list(account, pk: int) -> PayList:
    """A list with its place and the journal lines of its steps, or 404."""
    steps = ("proposed_in__by", "approved_in__by", "exported_in__by", "returned_in__by")
    lists = PayList.objects.visible_to(account).select_related("area__parent", *steps).defer("changes")
    return get_object_or_404(lists, pk=pk)


def may(account, act: str, paylist) -> bool:
    """Whether the account may do an act at a list's place."""
    return rights.may(account, act, paylist.area_path, paylist.field)


def month_asked(request):
    """The month of the address (``thang=2023-10`` or ``10/2023``); nonsense counts as nothing."""
    month, _fault = parse_month(request.GET.get("thang", ""))
    return month


def month_url(month, **asked) -> str:
    """The month's lists, narrowed: ``huyen``, ``kenh``, ``buoc``."""
    return f"{reverse('payments.lists')}?{urlencode({'thang': f'{month:%Y-%m}', **{k: v for k, v in asked.items() if v}})}"


def people_url(month, only="", **asked) -> str:
    """The people on the month's lists, narrowed to one of the figures."""
    kept = {"thang": f"{month:%Y-%m}", "loc": only, **asked}
    return f"{reverse('payments.people')}?{urlencode({k: v for k, v in kept.items() if v})}"


def findings_url(month, **asked) -> str:
    """The month's findings, narrowed: ``phep``, ``buoc``, ``noi``."""
    kept = {"thang": f"{month:%Y-%m}", **asked}
    return f"{reverse('payments.findings')}?{urlencode({k: v for k, v in kept.items() if v})}"


def list_url(paylist) -> str:
    return reverse("payments.list", args=[paylist.pk])


def person_url(person_id: int) -> str:
    """The page of a person, which config puts together."""
    return composed.address_of(f"registry.person:{person_id}")


def place_name(area) -> str:
    """``Xã Tân Kim, huyện Phú Bình``."""
    words = f"{area}, {area.parent}" if area.parent and area.parent.level > 1 else str(area)
    return words[:1].upper() + words[1:]
