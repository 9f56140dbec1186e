"""Trying a level or a decree, and letting a text count as law here."""
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.law import book
from ansinh.engine.law.book import ASSISTANCE
from ansinh.engine.text.money import dotted
from ansinh.office import clock
from ansinh.office.act import action, current_entry
from ansinh.web.refusal import Refusal

from ..law_text import base_and_text, read_text
from ..models import Entitlement, LawDraft
from ..own_law import publish

PROVINCE = "19."


def _where(*_arguments, **_more):
    return PROVINCE, ""


def _withdraw_draft(entry):
    if LawDraft.objects.filter(saved_in=entry).exclude(adopted_in=None).exists():
        raise Refusal(_("Văn bản này đang được áp dụng; hoàn tác việc áp dụng trước."))
    LawDraft.objects.filter(saved_in=entry).update(withdrawn_in=current_entry())


def _take_back(entry):
    draft = LawDraft.objects.get(adopted_in=entry)
    base, text = base_and_text(draft)
    if Entitlement.objects.filter(standing__in=[code for code in text.standings if code not in base.standings]).exists():
        raise Refusal(_("Đã có người hưởng diện mà chỉ văn bản này có; hoàn tác việc cho hưởng trước."))
    LawDraft.objects.filter(adopted_in=entry).update(adopted_in=None)
    transaction.on_commit(publish)


@action("benefits.save_draft", label=gettext_lazy("Lưu bản thử mức"), scope=_where, undo=_withdraw_draft, private=("text",))
def save_draft(title: str, *, text: str) -> LawDraft:
    """Lưu bản thử mức: a law file that was read and checked beside the law that stands; nothing is due by it."""
    _refuse_lower_level(read_text(text, title))
    return LawDraft.objects.create(title=title, text=text, saved_in=current_entry())


@action("benefits.adopt_law", label=gettext_lazy("Áp dụng văn bản"), scope=_where, undo=_take_back)
def adopt_law(draft: LawDraft, *, seen: str, by):
    """Áp dụng văn bản: from now on lists are reckoned by it too; another person than who prepared it, after seeing what it changes.

    ``seen`` names the law beside which its figures were shown.
    """
    if by == draft.saved_in.by:
        raise Refusal(_("Người lập bản thử không tự áp dụng được; nhờ người khác có quyền duyệt."))
    text = read_text(draft.text, draft.title)
    _refuse_unready(text)
    _refuse_lower_level(text)
    if seen != book().digest:
        raise Refusal(_("Luật vừa đổi sau khi trang này mở; xem lại con số rồi áp dụng."))
    if not LawDraft.objects.filter(pk=draft.pk, adopted_in=None, withdrawn_in=None).update(adopted_in=current_entry()):
        raise Refusal(_("Bản thử này vừa được người khác áp dụng hoặc bỏ."))
    transaction.on_commit(publish)


def _refuse_unready(text):
    for instrument in {row.instrument for row in text.rows}:
        if instrument.in_force is None:
            raise Refusal(_("%(number)s chưa có ngày có hiệu lực nên chưa áp dụng được; lập bản thử có đủ số, ngày ký, ngày có hiệu lực.")
                          % {"number": instrument.number})
        if instrument.signed > clock.today():
            raise Refusal(_("%(number)s ghi ngày ký %(day)s, sau hôm nay; văn bản chưa ký thì chưa áp dụng được.")
                          % {"number": instrument.number, "day": f"{instrument.signed:%d/%m/%Y}"})


def _refuse_lower_level(text):
    """A province decides a higher level, never a lower one."""
    for row in (row for row in text.rows if row.is_local):
        national = book().national_level(row.since, ASSISTANCE)
        if row.amount <= national:
            raise Refusal(_("Mức của tỉnh từ %(month)s là %(amount)s đ, không cao hơn mức cả nước %(national)s đ của tháng ấy.") % {
                "month": f"{row.since:%m/%Y}", "amount": dotted(row.amount), "national": dotted(national),
            }, "Nghị định 20/2021/NĐ-CP Điều 4 khoản 3", field="muc")
