"""Templates on screen: which is in use, taking one home, giving an edited one, seeing it with an invented person."""
from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.office import clock, rights
from ansinh.office.act import may_do
from ansinh.office.departments import facts_of_department
from ansinh.web.acting import act_on_form
from ansinh.web.page import Button, Crumb, FormPage, Page

from .. import actions
from ..forms import TemplateForm
from ..kinds import kind_of, kinds
from ..models import LetterTemplate
from ..paper.pdf import letters_pdf
from ..paper.template import check_template
from ..queries import WORD, template_bytes, template_in_use
from ..values import day_in_words, named, of_asked, signing_title
from .letters import RAIL, crumb, sent

ACT = "documents.take_template"
SAMPLE = {
    "scheme": "trợ cấp thương binh hằng tháng", "amount": 2_055_000, "since": date(2023, 7, 1), "basis": "hồ sơ số TB/19/00161",
    "reason": "theo giấy tờ trong hồ sơ", "manner": "trừ dần 150.000 đồng mỗi tháng", "reply_by": date(2023, 8, 12), "month": "07/2023",
    "channel": "bưu điện xã", "details": "tháng này 2.055.000 đồng",
}


def _may_edit(account):
    return rights.may(account, ACT, actions.templates.PROVINCE)


def templates(request):
    """Mẫu văn bản: of each kind the one in use."""
    if not rights.sees(request.user, "persons"):
        raise Http404
    rows = [{"kind": kind, "own": template_in_use(kind.code)} for kind in kinds().values()]
    page = Page(
        title=_("Mẫu văn bản"), note=_("Tải mẫu về sửa bằng Word, giữ các chỗ điền như {{ họ và tên }}, rồi gửi lại; mẫu được soát trước khi dùng."),
        rail=RAIL, crumbs=(crumb(),), content={"rows": rows, "may_edit": _may_edit(request.user)},
    )
    return render(request, "documents/templates.html", {"page": page})


def file(request, slug: str):
    """Tải mẫu đang dùng."""
    kind = _kind(request, slug)
    return sent(template_bytes(kind.code), WORD, f"mau-{slug}.docx")


def sample(request, slug: str):
    """Xem mẫu với một người bịa ra, as PDF; nothing is written."""
    kind, today = _kind(request, slug), clock.today()
    facts = facts_of_department(today)
    values = of_asked(kind, SAMPLE) | named(today) | {
        "nơi": facts["place"], "ngày ký": day_in_words(today), "số, ký hiệu": f"000/{kind.series}-{facts['symbol']}",
        "chức vụ người ký": signing_title(_("Phó Giám đốc Sở"), facts["head"]), "người ký": _("Nguyễn Văn Mẫu"), "họ và tên": _("Trần Thị Thử"),
        "ngày sinh": "01/01/1950", "nơi cư trú": _("xóm Mẫu, xã Thử"), "mã kiểm tra": "VB-XXXX-XXXX-XXXX", "trang kiểm tra": "",
    }
    pdf = letters_pdf(check_template(template_bytes(kind.code), kind), [values], title=_("Bản xem thử"), signed_on=today)
    return sent(pdf, "application/pdf", f"xem-thu-{slug}.pdf")


def give(request, slug: str):
    """Gửi mẫu đã sửa: checked, then in use for the letters after."""
    kind, back = _kind(request, slug), reverse("letter_templates")
    if not _may_edit(request.user):
        raise Http404
    own = template_in_use(kind.code)
    frame = FormPage(
        title=_("Gửi mẫu: %(kind)s") % {"kind": kind.title}, rail=RAIL, crumbs=(crumb(), Crumb(_("Mẫu văn bản"), back)),
        verb=_("Soát và dùng mẫu này"), back=back,
        foot=_("Chỗ điền phải có: %(names)s.") % {"names": ", ".join(f"{{{{ {name} }}}}" for name in kind.needed)},
        buttons=(Button(_("Thôi dùng mẫu riêng"), reverse("letter_template.withdraw", args=[own.pk]), stop=True),) if own else (),
    )

    def act(said):
        return actions.take_template(kind.code, data=said["file"].read(), name=said["file"].name, by=request.user)

    return act_on_form(request, frame, TemplateForm, act, lambda _template: back, done=_("Mẫu đã soát xong và được dùng từ bây giờ."))


def withdraw(request, pk: int):
    """Thôi dùng mẫu riêng."""
    if not rights.sees(request.user, "persons"):
        raise Http404
    own, back = get_object_or_404(LetterTemplate.objects.filter(withdrawn_in=None), pk=pk), reverse("letter_templates")
    if not may_do(request.user, actions.withdraw_template, own):
        raise Http404
    frame = FormPage(
        title=_("Thôi dùng mẫu %(name)s") % {"name": own}, rail=RAIL, crumbs=(crumb(), Crumb(_("Mẫu văn bản"), back)), verb=_("Thôi dùng"), back=back,
        tone="stop", foot=_("Văn bản đã phát hành giữ nguyên mẫu của chúng. Hoàn tác được ở Nhật ký."),
    )
    if request.method == "POST":
        actions.withdraw_template(own, by=request.user)
        return redirect(back)
    return act_on_form(request, frame, None, lambda _said: None, lambda _none: back, effects=lambda _said: (), straight=True)


def _kind(request, slug):
    kind = kind_of(slug)
    if kind is None or not rights.sees(request.user, "persons"):
        raise Http404
    return kind
