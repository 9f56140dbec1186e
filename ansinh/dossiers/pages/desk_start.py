"""Before the reading desk: where one was, what waits, who holds what, and the way to the next dossier."""
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import clock, rights
from ansinh.web.composed import place_names
from ansinh.web.page import Button, Page

from .. import actions
from ..actions.leasing import start_again
from ..catalogue import catalogue
from ..desk_forms import WantedForm
from ..models import Dossier, Lease
from ..queries.desk import bookmark_of, free_for, lease_of
from ..rounds import FIRST, SECOND, THIRD
from .parts import screens

SHOWN, COUNTED = 20, 1000
ROUNDS = {FIRST: gettext_lazy("nhập lần 1"), SECOND: gettext_lazy("nhập lần 2, kín"), THIRD: gettext_lazy("người thứ ba chọn")}


@dataclass(frozen=True)
class DeskPage(Page):
    """A page of the desk beside the other screens of the module."""

    screens: tuple = ()


def start(request):
    """Bàn đọc: where one left off, the queue by round, and who holds what."""
    if not rights.sees(request.user, "dossiers"):
        raise Http404
    mark = bookmark_of(request.user)
    wanted = mark.wanted if mark else {}
    form = _form(request, wanted)
    if request.method == "POST":
        return _given(request, form)
    free = free_for(request.user, wanted)
    lease = lease_of(mark.dossier) if mark else None
    content = {
        "form": form, "mark": mark, "holds": bool(lease and lease.account_id == request.user.pk), "until": _hour(lease),
        "rounds": [(words, _counted(free.filter(round=number))) for number, words in ROUNDS.items()],
        "passed": len(mark.passed) if mark else 0, "left": _counted(free.exclude(pk__in=mark.passed if mark else [])),
        "held": [_held(row) for row in _leases(request.user)], "checked": _checked(request.user),
        "may": rights.may_somewhere(request.user, "dossiers.take"),
    }
    page = DeskPage(
        title=_("Bàn đọc"), screens=screens("dossiers.desk"),
        note=_("Trang bên trái, ô bên phải; mỗi hồ sơ chỉ ở trong tay một người."), rail="dossiers", content=content,
        buttons=(Button(_("Sai sót khi nhập"), reverse("dossiers.errors")),),
    )
    return render(request, "dossiers/desk_start.html", {"page": page})


def _given(request, form):
    """The next dossier of the list as it is narrowed now; passed ones once more if that was asked."""
    if not rights.may_somewhere(request.user, "dossiers.take"):
        raise Http404
    if request.POST.get("do") == "again":
        start_again(request.user)
    wanted = {name: value for name, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    found = actions.take_next(request.user, wanted)
    if found is None:
        messages.warning(request, _("Danh sách này không còn hồ sơ nào để nhận."))
        return redirect("dossiers.desk")
    return redirect("dossiers.at_desk", pk=found.pk)


def _form(request, wanted):
    form = WantedForm(request.POST if request.method == "POST" else None, initial=wanted)
    paths = free_for(request.user).order_by("area_path").values_list("area_path", flat=True).distinct()[:COUNTED]
    named = sorted(place_names(paths).items(), key=lambda pair: pair[1])
    form.fields["area_path"].choices = [("", _("mọi nơi")), *named]
    return form


def _counted(rows):
    """Counted up to a thousand: more than that nobody has to know here."""
    return rows.order_by()[:COUNTED].count()


def _leases(account):
    rows = Lease.objects.visible_to(account).filter(until__gt=clock.now()).select_related("dossier", "account")
    return rows.order_by("until")[:SHOWN]


def _held(lease):
    return {"lease": lease, "until": _hour(lease), "url": reverse("dossiers.at_desk", args=[lease.dossier_id])}


def _checked(account):
    """Dossiers that wait to be written into the register, the oldest first."""
    rows = Dossier.objects.visible_to(account).filter(state=Dossier.State.CHECKED).order_by("registered_at", "pk")[:SHOWN]
    titles = {code: category.title for code, category in catalogue().categories.items()}
    return [{"dossier": row, "category": titles.get(row.category, row.category), "url": reverse("dossiers.confirm", args=[row.pk])} for row in rows]


def _hour(lease):
    return f"{lease.until.astimezone(clock.ZONE):%H:%M}" if lease else ""
