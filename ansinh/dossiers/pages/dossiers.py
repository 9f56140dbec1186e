"""Dossiers as a list, by filters and words; a new one entered in the book."""
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.office import clock
from ansinh.office.act import may_do
from ansinh.registry.models import Identifier, Person
from ansinh.web import exports
from ansinh.web.acting import act_on_form
from ansinh.web.composed import place_names
from ansinh.web.keyset import part_of
from ansinh.web.page import Button, Effect, EffectGroup, FormPage, Page

from .. import actions
from ..catalogue import catalogue
from ..forms import DossierFilters, RegisterForm
from ..models import Dossier
from ..queries.dossiers import dossiers_of
from ..reports.cover import MOST_AT_ONCE, cover_sheets
from ..states import chip_of
from .arranging import printed
from .parts import PART, RAIL, crumb, refuse_strangers, screens, whole

EXPORTS = {"csv": exports.as_csv, "xlsx": exports.as_xlsx}
CHUNK = 2_000
ASKED = {"loai": "category", "tinh_trang": "state", "xa": "place", "giay": "whereabouts", "tu": "text"}


@dataclass(frozen=True)
class DossiersPage(Page):
    """A part of the list. ``kept`` are the filters in force: they travel in a form, for words of a person stand in no address."""

    screens: tuple = ()
    filter_form: object = None
    kept: tuple = ()
    rows: tuple = ()
    words: str = ""
    next: int | None = None
    is_narrowed: bool = False
    first: bool = True


def dossiers(request):
    """Hồ sơ: those whom the account sees, by commune and number; narrowed, exported, in parts."""
    refuse_strangers(request.user)
    asked = request.POST if request.method == "POST" else request.GET
    # The brief opens a part of a list by the name that all lists know.
    given = {"tinh_trang": asked.get("loc", ""), **asked.dict()}
    form = DossierFilters({name: given.get(name, "") for name in ASKED if request.method == "POST" or name != "tu"}, account=request.user)
    form.is_valid()
    said = {name: value for name, value in form.cleaned_data.items() if value}
    rows = dossiers_of(request.user, **{ASKED[name]: value for name, value in said.items()}).select_related("lease__account")
    if asked.get("tai") == "to-bia":
        return printed(cover_sheets(rows.order_by("area_path", "code", "pk")[: MOST_AT_ONCE + 1]), "to-bia")
    if export := EXPORTS.get(asked.get("tai")):
        return export("ho-so", _head(), _lines(rows))
    after = whole(asked.get("sau"))
    shown, last = part_of(rows, ("area_path", "code"), after, PART)
    new = (Button(_("Ghi sổ hồ sơ"), reverse("dossier.new"), solid=True),) if may_do(request.user, actions.register_dossier) else ()
    words = _("%(n)s hồ sơ, còn nữa") if last else _("%(n)s hồ sơ")
    page = DossiersPage(
        title=_("Số hóa hồ sơ"), note=_("Theo xã, rồi theo số hồ sơ."), rail=RAIL, buttons=new, screens=screens("dossiers"), filter_form=form,
        kept=tuple(said.items()), rows=tuple(_rows(shown)), words=words % {"n": len(shown)}, next=last, is_narrowed=bool(said), first=not after,
    )
    return render(request, "dossiers/dossiers.html", {"page": page})


def register(request):
    """Ghi sổ hồ sơ: a paper file under its number, with whom it is about, after a look at both."""
    if not may_do(request.user, actions.register_dossier):
        raise Http404
    frame = FormPage(
        title=_("Ghi sổ hồ sơ"), rail=RAIL, crumbs=(crumb(),), verb=_("Ghi vào sổ"), back=reverse("dossiers"),
        foot=_("Ghi sổ chưa xác minh gì; hồ sơ được quét, đọc, nhập và đối chiếu sau."),
    )

    def form(*args, **kwargs):
        return RegisterForm(*args, account=request.user, **kwargs)

    def act(said):
        kept = {name: said[name] for name in ("category", "title", "area_path", "person", "sheets_on_paper", "shelf")}
        return actions.register_dossier(said["code"], **kept, by=request.user)

    return act_on_form(
        request, frame, form, act, lambda made: reverse("dossier", args=[made.pk]), effects=_registering, initial=_of(request),
        done=_("Đã ghi hồ sơ vào sổ."),
    )


def _registering(said):
    """What is written, and whose it becomes."""
    where = place_names([said["area_path"]])[said["area_path"]]
    title = catalogue().categories[said["category"]].title
    effects = [Effect("✎", _("%(code)s được ghi vào sổ, ở %(place)s") % {"code": said["code"], "place": where}, f"{title} · {said['title']}")]
    if said.get("person"):
        effects.append(Effect("✎", _("Hồ sơ của %(who)s") % {"who": said["person"]}, _("Đi theo người ấy khi chuyển nơi cư trú.")))
    else:
        effects.append(Effect("✎", _("Hồ sơ chưa gắn với ai"), _("Gắn sau bằng số giấy tờ, ở trang hồ sơ.")))
    return (EffectGroup(_("Đổi ngay khi ghi"), tuple(effects)),)


def _of(request):
    """Where one comes from a person's page, the file number of that person."""
    pk = whole(request.GET.get("nguoi"))
    if pk is None:
        return {}
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    numbers = {row.kind: row.number for row in Identifier.objects.on(clock.today()).filter(person=person)}
    return {"number": numbers.get(Identifier.Kind.FILE) or numbers.get(Identifier.Kind.CITIZEN, "")}


def _rows(shown):
    places, now = place_names(d.area_path for d in shown), clock.now()
    for dossier in shown:
        lease = getattr(dossier, "lease", None)
        yield {
            "row": dossier, "url": reverse("dossier", args=[dossier.pk]), "category": _title(dossier), "chip": chip_of(dossier),
            "place": places[dossier.area_path], "holder": lease.account if lease and lease.until > now else "",
        }


def _title(dossier):
    category = catalogue().categories.get(dossier.category)
    return category.title if category else dossier.category


def _head():
    return [
        _("Số hồ sơ"), _("Tên hồ sơ"), _("Loại"), _("Tình trạng"), _("Địa bàn"), _("Số tờ trên giấy"), _("Số trang đã quét"), _("Nơi để"),
        _("Mất bản gốc ngày"),
    ]


def _lines(rows):
    places = place_names(set(rows.order_by().values_list("area_path", flat=True).distinct()))
    for d in rows.order_by("area_path", "code", "pk").iterator(CHUNK):
        place = places[d.area_path]
        yield [d.code, d.title, _title(d), Dossier.State(d.state).label, place, d.sheets_on_paper, d.scanned, d.shelf, d.lost_on]
