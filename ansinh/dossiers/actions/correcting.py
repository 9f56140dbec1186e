"""What the book says of a dossier is corrected: title, place, sheets, person, retention, a lost original. All of it can be undone."""
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import clock, rights
from ansinh.office.act import action, current_entry
from ansinh.web.refusal import Forbidden, Refusal

from ..index import index_dossiers
from ..models import Dossier, FormerDossier
from ..retention import retention_of

KEPT = ("title", "person", "area_path", "sheets_on_paper", "shelf", "retention_years", "lost_on", "loss_note")


def _put_back(entry):
    """After an undo: what stood in the book before the act, unless another act has changed it since."""
    former = FormerDossier.objects.select_related("dossier", "person").get(replaced_in=entry)
    later = FormerDossier.objects.filter(dossier=former.dossier, pk__gt=former.pk)
    if later.filter(replaced_in__undone_by=None).exclude(replaced_in__act="office.undo").exists():
        raise Refusal(_("%(code)s đã được sửa lần nữa sau đó; hoàn tác lần sửa sau trước.") % {"code": former.dossier})
    _change(former.dossier, **{name: getattr(former, name) for name in KEPT})


def _change(dossier, **said):
    """Write new values and keep the old ones; a dossier of a person is found where the person is."""
    dossier.refresh_from_db()
    FormerDossier.objects.create(dossier=dossier, replaced_in=current_entry(), **{name: getattr(dossier, name) for name in KEPT})
    for name, value in said.items():
        setattr(dossier, name, value)
    if dossier.person and dossier.person.area_path:
        dossier.area_path = dossier.person.area_path
    dossier.save()
    index_dossiers([dossier.pk])


@action("dossiers.correct_dossier", label=gettext_lazy("Sửa hồ sơ trong sổ"), undo=_put_back, private=("title",))
def correct_dossier(dossier: Dossier, *, title: str, shelf: str = "", sheets_on_paper: int | None = None, person=None, by) -> Dossier:
    """Sửa hồ sơ trong sổ: its title, where it stands, its sheets on paper, and whose it is."""
    said = {"title": " ".join(title.split()), "shelf": " ".join(shelf.split()), "sheets_on_paper": sheets_on_paper, "person": person}
    if not said["title"]:
        raise Refusal(_("Ghi tên hồ sơ như trên bìa."), field="title")
    if sheets_on_paper is not None and sheets_on_paper < 1:
        raise Refusal(_("Số tờ trên giấy phải từ 1 trở lên."), field="sheets_on_paper")
    if all(getattr(dossier, name) == value for name, value in said.items()):
        raise Refusal(_("Không có gì khác với điều đang ghi."))
    # A dossier given to a person goes where the person is; nobody sends one to a place where they have no right.
    if person and not rights.may(by, "dossiers.correct_dossier", person.area_path, dossier.field):
        raise Forbidden(_("Người này ở ngoài địa bàn của tài khoản; nhờ cán bộ nơi ấy ghi."))
    _change(dossier, **said)
    return dossier


@action("dossiers.record_loss", label=gettext_lazy("Ghi mất bản gốc"), undo=_put_back, private=("note",))
def record_loss(dossier: Dossier, *, on: date, note: str) -> Dossier:
    """Ghi mất bản gốc: the paper file cannot be found since this day; the scan stays what it is."""
    if dossier.lost_on:
        raise Refusal(_("Đã ghi mất bản gốc từ ngày %(day)s.") % {"day": f"{dossier.lost_on:%d/%m/%Y}"}, field="on")
    if on > clock.today():
        raise Refusal(_("Ngày mất bản gốc chưa đến."), field="on")
    _change(dossier, lost_on=on, loss_note=note)
    return dossier


@action("dossiers.find_dossier", label=gettext_lazy("Ghi tìm thấy bản gốc"), undo=_put_back)
def find_dossier(dossier: Dossier) -> Dossier:
    """Ghi tìm thấy bản gốc: the paper file that was taken for lost is there again."""
    if not dossier.lost_on:
        raise Refusal(_("Bản gốc của %(code)s không ghi là mất.") % {"code": dossier})
    _change(dossier, lost_on=None, loss_note="")
    return dossier


@action("dossiers.set_retention", label=gettext_lazy("Định thời hạn bảo quản"), undo=_put_back)
def set_retention(dossier: Dossier, *, years: int | None) -> Dossier:
    """Định thời hạn bảo quản: a term in years, or for ever (None), within the rule of the day for the dossier's field."""
    rule = retention_of(dossier.field, clock.today())
    if years is not None and rule.longest is None:
        raise Refusal(_("Hồ sơ lĩnh vực này bảo quản vĩnh viễn."), rule.basis, field="years")
    if years is not None and not rule.shortest <= years <= rule.longest:
        said = {"from": rule.shortest, "to": rule.longest}
        raise Refusal(_("Thời hạn bảo quản từ %(from)d đến %(to)d năm, hoặc vĩnh viễn.") % said, rule.basis, field="years")
    if years == dossier.retention_years:
        raise Refusal(_("Không có gì khác với điều đang ghi."))
    _change(dossier, retention_years=years)
    return dossier
