"""What dossiers put on the rail, on the page of a person and in the search box, and what can be done to a dossier."""
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import clock, rights
from ansinh.office.act import may_do
from ansinh.web import composed, rail
from ansinh.web.cells import Column
from ansinh.web.desk import Desk, Verb
from ansinh.web.page import Effect, EffectGroup

from . import actions
from .catalogue import catalogue
from .forms import LendForm, LossForm, RetentionForm, ReturnForm
from .models import Dossier
from .pages.checking import checked_extract
from .pages.finding import words_for
from .queries.scans import found_pages, hits
from .question import understood
from .retention import retention_of
from .states import chip_of

FEW = 5


def _sees_dossiers(account) -> bool:
    return bool(rights.sees(account, "dossiers"))


def _loss(dossier, said):
    words = _("Bản gốc của %(code)s được ghi là mất từ %(day)s") % {"code": dossier, "day": f"{said['on']:%d/%m/%Y}"}
    stays = Effect("✎", _("Không cho mượn được nữa đến khi ghi tìm thấy"), _("Bản quét và chứng cứ vẫn giữ nguyên."))
    return (EffectGroup(_("Đổi ngay khi ghi"), (Effect("✎", words, said["note"]), stays), _("hoàn tác được")),)


def _is_out(dossier):
    return dossier.loans.filter(back_on=None).exists()


desk = Desk(
    slug="dossiers", title=gettext_lazy("Số hóa hồ sơ"), model=Dossier, columns=(Column("code"),), may=may_do,
    verbs=(
        Verb(actions.lend_dossier, gettext_lazy("Cho mượn hồ sơ giấy"), "cho-muon", LendForm, when=lambda d: not d.lost_on and not _is_out(d)),
        Verb(actions.return_dossier, gettext_lazy("Nhận lại hồ sơ giấy"), "nhan-lai", ReturnForm, when=_is_out),
        Verb(actions.record_loss, gettext_lazy("Ghi mất bản gốc"), "mat-ban-goc", LossForm, when=lambda d: d.lost_on is None, effects=_loss),
        Verb(actions.find_dossier, gettext_lazy("Ghi tìm thấy bản gốc"), "tim-thay", None, when=lambda d: d.lost_on is not None),
        Verb(
            actions.set_retention, gettext_lazy("Định thời hạn bảo quản"), "thoi-han", RetentionForm,
            when=lambda d: retention_of(d.field, clock.today()).longest is not None,
        ),
    ),
)


def _dossiers(person, account, known):
    """The person's dossiers; the panel stays away where there are none and none may be entered."""
    rows = Dossier.objects.visible_to(account).filter(person=person).order_by("code")
    may_register = known is None and rights.may(account, "dossiers.register_dossier", person.area_path)
    found = [{"row": d, "category": catalogue().categories.get(d.category), "chip": chip_of(d), "url": reverse("dossier", args=[d.pk])} for d in rows]
    new = f"{reverse('dossier.new')}?nguoi={person.pk}" if may_register else ""
    return {"rows": found, "new": new} if found or may_register else None


def _in_scans(text, account):
    question = understood(text)
    for hit in hits(question, account, found_pages(question, account, most=FEW)):
        yield composed.Found(words_for(hit.page), " ".join(word for word, _asked in hit.snippet), reverse("page", args=[hit.page.pk]))


dossiers_panel = composed.Panel("person", gettext_lazy("Hồ sơ số hóa"), 50, "dossiers/_of_person.html", _dossiers, _sees_dossiers)
scans_found = composed.Search(gettext_lazy("Trong bản quét"), _in_scans, page="scans.search")

composed.put(dossiers_panel, scans_found)
composed.put_check(checked_extract)
composed.put_door("dossiers.dossier", lambda number: reverse("dossier", args=[number]))
composed.put_door("dossiers.packagetransfer", lambda number: reverse("package", args=[number]))
composed.put_door("dossiers.watchedfolder", lambda _number: reverse("watched_folders"))
composed.put_door("dossiers.batch", lambda number: reverse("scan_batch", args=[number]))
rail.put(rail.RailItem(gettext_lazy("Số hóa hồ sơ"), "dossiers", 60, _sees_dossiers))
