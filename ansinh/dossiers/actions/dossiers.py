"""Dossiers entered in the book."""
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import clock
from ansinh.office.act import action
from ansinh.web.refusal import Refusal

from ..catalogue import catalogue
from ..models import Dossier


def _where_new(code, *, category, area_path, person=None, **_more):
    known = catalogue().categories.get(category)
    return person.area_path if person else area_path, known.field if known else ""


@action("dossiers.register_dossier", label=gettext_lazy("Ghi sổ hồ sơ"), scope=_where_new, undoable=False, private=("title",))
def register_dossier(code: str, *, category: str, title: str, area_path: str, person=None, sheets_on_paper=None, shelf="") -> Dossier:
    """Ghi sổ hồ sơ: a paper file is entered under its number, before or when it is scanned."""
    known = catalogue().categories.get(category)
    if known is None:
        raise Refusal(_("Không có loại hồ sơ %(code)s; chọn trong danh mục.") % {"code": category}, field="category")
    code = " ".join(code.split())
    if not code:
        raise Refusal(_("Ghi số hồ sơ như trên bìa."), field="code")
    if Dossier.objects.filter(code=code).exists():
        raise Refusal(_("Số hồ sơ %(code)s đã có trong sổ.") % {"code": code}, field="code")
    if sheets_on_paper is not None and sheets_on_paper < 1:
        raise Refusal(_("Số tờ trên giấy phải từ 1 trở lên."), field="sheets_on_paper")
    return Dossier.objects.create(
        code=code, category=category, title=title.strip(), person=person, area_path=person.area_path if person else area_path, field=known.field,
        sheets_on_paper=sheets_on_paper, shelf=shelf, registered_at=clock.now(),
    )
