"""Issuing a letter to a person: choose a kind, type what it asks for, see the whole text, then issue it."""
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.office import clock, rights
from ansinh.office.departments import facts_of_department
from ansinh.registry.models import Person
from ansinh.web.acting import act_on_form
from ansinh.web.composed import address_of, drafts_of
from ansinh.web.page import Crumb, Effect, EffectGroup, FormPage, Page
from ansinh.web.refusal import Refusal

from .. import actions
from ..forms import FIELDS, letter_form
from ..kinds import Kind, kind_of, kinds
from ..paper.template import opened
from ..queries import signers, template_bytes
from ..values import of_asked, of_office, of_person
from .letters import RAIL, crumb

ACT = "documents.issue_letter"


def may_issue(account, person) -> list[tuple]:
    """The fields in which the account may issue letters to a person, with their words."""
    return [(code, words) for code, words in FIELDS if rights.may(account, ACT, person.area_path, code)]


def choose(request, person: int):
    """Chọn loại văn bản: what is known suggests letters with their values; any kind can be begun empty."""
    subject = _person(request, person)
    drafts = [
        {"words": draft.words, "title": kinds()[code].title, "url": f"{_address(subject, kinds()[code])}?tu={draft.key}"}
        for draft in drafts_of(subject, request.user) for code in draft.kinds
    ]
    empty = [{"title": kind.title, "series": kind.series, "url": _address(subject, kind)} for kind in kinds().values()]
    page = Page(
        title=_("Phát hành văn bản"), note=subject.name, rail=RAIL, crumbs=(crumb(), _back(subject)), content={"drafts": drafts, "kinds": empty},
    )
    return render(request, "documents/choose.html", {"page": page})


def issue(request, person: int, slug: str):
    """Phát hành: a form of what the kind asks for, then the text as it will stand, then the letter."""
    subject, kind = _person(request, person), kind_of(slug)
    if kind is None:
        raise Http404
    if not signers().exists():
        raise Refusal(_("Chưa có tài khoản nào được ký văn bản; nhờ người quản trị giao vai trò Lãnh đạo hoặc Người duyệt cho người có chức danh."))
    asked = request.GET.get("tu", "")
    draft = next((one for one in drafts_of(subject, request.user) if one.key == asked and kind.code in one.kinds), None)
    fields = [pair for pair in may_issue(request.user, subject) if draft is None or pair[0] == draft.field]

    def act(said):
        signer, field = said.pop("signer"), said.pop("field")
        about = draft.key if draft else ""
        return actions.issue_letter(subject, kind=kind.code, field=field, signer=signer, values=said, about=about, by=request.user)

    frame = FormPage(
        title=kind.title, note=subject.name, rail=RAIL, crumbs=(crumb(), _back(subject)), verb=_("Phát hành"),
        back=reverse("letter.choose", args=[subject.pk]),
        foot=_("Văn bản được đánh số và lưu tệp; sai thì hủy rồi phát hành văn bản khác, số cũ không dùng lại."),
    )
    return act_on_form(
        request, frame, letter_form(kind, fields), act, lambda letter: reverse("letter", args=[letter.pk]),
        effects=lambda said: _text(subject, kind, said), initial=draft.values if draft else None,
    )


def _text(subject, kind: Kind, said):
    """Xem trước: every paragraph as it will stand; number and code are given when it is issued."""
    today = clock.today()
    waits = {"số, ký hiệu": f"…/{kind.series}-{facts_of_department(today)['symbol']}", "mã kiểm tra": _("cấp khi phát hành")}
    values = of_office(said["signer"], today) | of_person(subject, today) | of_asked(kind, said) | waits
    lines = tuple(Effect("", line) for line in _lines(opened(template_bytes(kind.code)).shown(values)))
    return (EffectGroup(_("Văn bản sẽ ghi"), lines, _("theo mẫu đang dùng")),)


def _lines(blocks):
    for block in blocks:
        if block["type"] == "table":
            for cell in block["cells"]:
                yield from _lines(cell)
        elif text := "".join(run["text"] for run in block["runs"]).strip():
            yield text


def _person(request, pk):
    subject = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not may_issue(request.user, subject):
        raise Http404
    return subject


def _address(person, kind):
    return reverse("letter.issue", args=[person.pk, kind.slug])


def _back(person):
    return Crumb(person.name, address_of(f"registry.person:{person.pk}"))
