"""Letters on screen: the list, one letter with its files."""
import zipfile
from io import BytesIO

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import rights
from ansinh.office.act import may_do
from ansinh.office.cabinet import read_file
from ansinh.web.composed import address_of
from ansinh.web.keyset import part_of
from ansinh.web.page import Button, Chip, Crumb, Page, Pager

from .. import actions
from ..forms import LetterFilters
from ..kinds import kinds
from ..models import Letter
from ..paper.package import MADE
from ..queries import WORD, fallen, is_out, letter_docx, letter_pdf

RAIL, SIZE = "letters", 50
STANDING, VOIDED = Chip(gettext_lazy("Còn giá trị"), "ok"), Chip(gettext_lazy("Đã hủy"), "owe bad")
LOST = Chip(gettext_lazy("Hết giá trị"), "hold")


def crumb() -> Crumb:
    return Crumb(_("Văn bản"), reverse("letters"))


def visible_letter(request, pk: int) -> Letter:
    """A letter that the reader may see; no other exists."""
    rows = Letter.objects.visible_to(request.user).select_related("person", "signer", "file", "template", "issued_in__by", "voided_in")
    return get_object_or_404(rows, pk=pk)


def rows_of(letters) -> list[dict]:
    """Letters as lines of a list."""
    shown = list(letters)
    lost = fallen(shown)
    return [
        {"letter": letter, "title": letter.title, "url": reverse("letter", args=[letter.pk]), "chip": chip_of(letter, lost)} for letter in shown
    ]


def chip_of(letter: Letter, lost: dict[int, str]) -> Chip:
    """Whether a letter holds: not where it was voided, nor where what it rests on is gone (``lost``, by letter)."""
    return VOIDED if letter.voided_in_id else LOST if letter.pk in lost else STANDING


def letters(request):
    """Sổ văn bản đi: newest first, narrowed by number, year, kind and whether they hold."""
    if not rights.sees(request.user, "persons"):
        raise Http404
    form = LetterFilters(request.GET)
    form.fields["loai"].choices = [("", _("mọi loại")), *((kind.slug, kind.title) for kind in kinds().values())]
    form.is_valid()
    after = request.GET.get("sau", "")
    shown, last = part_of(_narrowed(request.user, form), "-id", int(after) if after.isdecimal() else None, SIZE)
    query = request.GET.copy()
    query.pop("sau", None)
    first = f"?{query.urlencode()}"
    query["sau"] = last or ""
    pager = Pager(_("%(n)s văn bản") % {"n": len(shown)}, first if after else "", f"?{query.urlencode()}" if last else "")
    rows = [row | {"person": address_of(f"registry.person:{row['letter'].person_id}")} for row in rows_of(shown)]
    page = Page(
        title=_("Văn bản"), note=_("Văn bản đã phát hành, mới nhất ở trên. Số đã cấp không cấp lại, kể cả khi văn bản bị hủy."), rail=RAIL,
        buttons=(Button(_("Mẫu văn bản"), reverse("letter_templates")),), content={"rows": rows, "filter_form": form, "pager": pager},
    )
    return render(request, "documents/letters.html", {"page": page})


def _narrowed(account, form):
    rows = Letter.objects.visible_to(account).select_related("person")
    codes = {kind.slug: kind.code for kind in kinds().values()}
    wanted = {"number": form.chosen("so"), "year": form.chosen("nam"), "kind": codes.get(form.chosen("loai"))}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if form.chosen("hieu_luc"):
        rows = rows.filter(voided_in__isnull=form.chosen("hieu_luc") == "con")
    return rows


def letter(request, pk: int):
    """Một văn bản: what it says of itself, its files, and what it rests on."""
    found = visible_letter(request, pk)
    facts = (
        (_("Loại"), found.title), (_("Ngày ký"), f"{found.signed_on:%d/%m/%Y}"),
        (_("Người ký"), f"{found.signer.full_name}, {found.signer.title}"),
        (_("Người phát hành"), found.issued_in.by),
        (_("Mã kiểm tra"), found.code), (_("Mã băm của tệp"), found.file.sha256),
        (_("Mã băm của mẫu"), found.template.sha256),
    )
    void = ((_("Hủy ngày"), f"{found.voided_in.at:%d/%m/%Y}"), (_("Lý do hủy"), found.void_reason)) if found.voided_in else ()
    lost = fallen([found])
    facts += ((_("Trao ngày"), f"{found.handed_on:%d/%m/%Y}"),) if found.handed_on else ()
    facts += ((_("Hết giá trị"), lost[found.pk]),) if found.pk in lost else ()
    said = [(name, value) for name, value in found.values.items() if value and name in kinds()[found.kind].own]
    content = {
        "facts": facts + void, "letter": found, "said": said, "person": address_of(f"registry.person:{found.person_id}"),
        "about": address_of(found.about), "together": Letter.objects.filter(file=found.file).count(),
    }
    page = Page(
        title=_("Văn bản %(symbol)s") % {"symbol": found}, rail=RAIL, crumbs=(crumb(),), content=content, chip=chip_of(found, lost),
        buttons=tuple(_buttons(request.user, found)),
    )
    return render(request, "documents/letter.html", {"page": page})


def _buttons(account, letter):
    """What can be done with it: handed over and voided while it stands, fetched back where it was handed over and is void."""
    if letter.voided_in_id is None and letter.handed_on is None and may_do(account, actions.hand_over, letter):
        yield Button(_("Ghi đã trao"), reverse("letter.hand_over", args=[letter.pk]))
    if letter.voided_in_id is None and may_do(account, actions.void_letter, letter):
        yield Button(_("Hủy văn bản"), reverse("letter.void", args=[letter.pk]), stop=True)
    if letter.voided_in_id and is_out(letter) and may_do(account, actions.recall_letter, letter):
        yield Button(_("Ghi đã thu lại"), reverse("letter.recall", args=[letter.pk]), solid=True)


def pdf(request, pk: int):
    """Bản in PDF/A."""
    found = visible_letter(request, pk)
    return sent(letter_pdf(found), "application/pdf", f"{_plain(found)}.pdf")


def docx(request, pk: int):
    """Bản Word."""
    found = visible_letter(request, pk)
    return sent(letter_docx(found), WORD, f"{_plain(found)}.docx")


def together(request, pk: int):
    """Bản Word của mọi văn bản phát hành cùng lượt, in one ZIP: only those that the reader sees."""
    found = visible_letter(request, pk)
    out = BytesIO()
    rows = Letter.objects.visible_to(request.user).filter(file=found.file).select_related("template").order_by("number")
    with zipfile.ZipFile(out, "w") as whole:
        for one in rows:
            whole.writestr(zipfile.ZipInfo(f"{_plain(one)}.docx", MADE), letter_docx(one))
    return sent(out.getvalue(), "application/zip", f"{_plain(found)}.zip")


def whole(request, pk: int):
    """Tệp PDF của mọi văn bản phát hành cùng lượt, for whoever sees each of them."""
    found = visible_letter(request, pk)
    same = Letter.objects.filter(file=found.file)
    if same.count() != same.visible_to(request.user).count():
        raise Http404
    return sent(read_file(found.file), "application/pdf", f"{_plain(found)}-cung-luot.pdf")


def sent(data: bytes, content_type: str, name: str) -> HttpResponse:
    """A file to be taken away, kept by no one in between."""
    headers = {"Content-Disposition": content_disposition_header(True, name), "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type=content_type, headers=headers)


def _plain(letter):
    """A file name that says no person's name."""
    return f"{letter.year}-{kinds()[letter.kind].slug}-{letter.number:05d}"
