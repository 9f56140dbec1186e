"""Extracts on screen: choosing pages, taking the file away, and checking one by its code."""
import hashlib

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from ansinh.office.act import may_do
from ansinh.office.cabinet import read_file
from ansinh.web.acting import act_on_form
from ansinh.web.page import Crumb, FormPage
from ansinh.web.page import Page as Frame
from ansinh.web.refusal import Refusal

from .. import actions
from ..forms import CheckForm, ExtractForm
from ..models import Dossier, Extract, Page
from .finding import words_for
from .parts import RAIL, crumb


def make(request, pk: int):
    """Cấp trích lục từ một hồ sơ: whom it is for, what for, and which pages."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user), pk=pk)
    if not may_do(request.user, actions.make_extract, dossier):
        raise Http404
    back = reverse("dossier", args=[pk])
    sheets = dossier.pages.filter(kind=Page.Kind.PAGE).select_related("dossier", "paper", "scan__batch").order_by("position", "pk")
    choices = [(page.pk, words_for(page)) for page in sheets]
    if not choices:
        raise Refusal(_("Hồ sơ %(code)s chưa có trang nào nên chưa cấp trích lục được; quét hồ sơ trước.") % {"code": dossier})

    def form(*args, **kwargs):
        made = ExtractForm(*args, **kwargs)
        made.fields["pages"].choices = choices
        return made

    frame = FormPage(
        title=_("Cấp trích lục: %(code)s") % {"code": dossier}, rail=RAIL, crumbs=(crumb(), Crumb(dossier.code, back)), verb=_("Cấp trích lục"),
        back=back, foot=_("Trích lục được đánh số trong năm và ghi vào nhật ký; không rút lại được."),
    )
    return act_on_form(
        request, frame, form, lambda said: actions.make_extract(dossier, **said, by=request.user), lambda made: reverse("extract", args=[made.pk])
    )


def extract(request, pk: int):
    """Một trích lục: its number, code and file."""
    found = _found(request, pk)
    made = found.made_in
    facts = (
        (_("Hồ sơ"), found.dossier.code), (_("Cấp cho"), found.receiver), (_("Để"), found.purpose), (_("Số trang"), len(found.pages)),
        (_("Cấp ngày"), f"{found.given_on:%d/%m/%Y}"), (_("Người cấp"), made.by), (_("Mã kiểm tra"), found.code),
        (_("Mã băm của tệp"), found.file.sha256),
    )
    dossier = Crumb(found.dossier.code, reverse("dossier", args=[found.dossier_id]))
    title, content = _("Trích lục %(number)s") % {"number": found}, {"facts": facts, "extract": found}
    page = Frame(title=title, rail=RAIL, crumbs=(crumb(), dossier), content=content)
    return render(request, "dossiers/extract.html", {"page": page})


def file(request, pk: int):
    """Tệp của một trích lục; opening it stands in the journal as opening its dossier."""
    found = _found(request, pk)
    actions.note_opening(found.dossier, request.user)
    headers = {"Content-Disposition": content_disposition_header(True, found.file.name), "Cache-Control": "private, no-store"}
    return HttpResponse(read_file(found.file), content_type="application/pdf", headers=headers)


def check(request):
    """Kiểm tra trích lục: whoever holds the code learns whether it was given out, and whether a file is the one that was."""
    form = CheckForm(request.POST or None, request.FILES or None)
    content = {"form": form, "found": None, "is_asked": False, "file": ""}
    if request.method == "POST" and form.is_valid():
        found = Extract.objects.select_related("file", "made_in").filter(code=form.cleaned_data["code"]).first()
        content |= {"found": found, "is_asked": True, "file": _compared(found, form.cleaned_data["file"])}
    return render(request, "dossiers/check.html", {"page": Frame(title=_("Kiểm tra trích lục"), rail=RAIL, content=content)})


def _compared(found, uploaded):
    if found is None or uploaded is None:
        return ""
    return "same" if hashlib.file_digest(uploaded, "sha256").hexdigest() == found.file.sha256 else "other"


def _found(request, pk):
    return get_object_or_404(Extract.objects.visible_to(request.user).select_related("dossier", "file", "made_in__by"), pk=pk)
