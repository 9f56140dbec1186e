"""Templates as the office edits them: taken after a check, and no longer used."""
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office.act import action, current_entry
from ansinh.office.cabinet import store_file
from ansinh.web.refusal import Refusal

from ..kinds import kinds
from ..models import LetterTemplate
from ..paper.template import check_template
from ..queries import WORD

PROVINCE = "19."


def _everywhere(*_args, **_more):
    return PROVINCE, ""


@action("documents.take_template", label=gettext_lazy("Nhận mẫu văn bản"), scope=_everywhere, undo=lambda entry: _take_back(entry))
def take_template(kind: str, *, data: bytes, name: str) -> LetterTemplate:
    """Nhận mẫu văn bản: letters of the kind are made of this DOCX from now on; the letters before keep theirs."""
    if kind not in kinds():
        raise Refusal(_("Không có loại văn bản này."), field="kind")
    check_template(data, kinds()[kind])
    file = store_file(data, name=name, content_type=WORD)
    return LetterTemplate.objects.create(kind=kind, file=file, name=name[:200], taken_in=current_entry())


@action("documents.withdraw_template", label=gettext_lazy("Thôi dùng mẫu văn bản"), scope=_everywhere, undo=lambda entry: _use_again(entry))
def withdraw_template(template: LetterTemplate):
    """Thôi dùng mẫu văn bản: the template before it, or the default one, is in use again."""
    if not LetterTemplate.objects.filter(pk=template.pk, withdrawn_in=None).update(withdrawn_in=current_entry()):
        raise Refusal(_("Mẫu %(name)s đã thôi dùng.") % {"name": template})


def _take_back(entry):
    LetterTemplate.objects.filter(taken_in=entry.pk, withdrawn_in=None).update(withdrawn_in=current_entry())


def _use_again(entry):
    LetterTemplate.objects.filter(withdrawn_in=entry.pk).update(withdrawn_in=None)
