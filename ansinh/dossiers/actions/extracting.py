"""Extracts: chosen pages of a dossier, numbered in the year, given out with a code by which they can be checked."""
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import clock
from ansinh.office.act import action, current_entry, one_at_a_time
from ansinh.office.cabinet import store_file
from ansinh.office.departments import department
from ansinh.office.papers import new_code
from ansinh.web.refusal import Refusal

from ..archive.extract import extract_pdf
from ..archive.pdf import archival_pdf
from ..catalogue import catalogue
from ..models import Dossier, Extract, Page
from ..picturing import pictured

# Two extracts must not take the same number at the same moment.
NUMBERING = 7413
PLACE = "Thái Nguyên"


@action("dossiers.make_extract", label=gettext_lazy("Cấp trích lục"), undoable=False, private=("purpose", "receiver"))
def make_extract(dossier: Dossier, *, pages, purpose: str, receiver: str, by) -> Extract:
    """Cấp trích lục: the chosen pages behind a cover with number, purpose, receiver and code; the file is kept by its digest."""
    purpose, receiver = " ".join(purpose.split()), " ".join(receiver.split())
    if not purpose or not receiver:
        raise Refusal(_("Ghi trích lục cấp cho ai và để làm gì."), field="receiver" if purpose else "purpose")
    chosen = list(
        dossier.pages.filter(pk__in=list(pages), kind=Page.Kind.PAGE)
        .select_related("scan__file", "scan__batch", "text", "paper").order_by("position", "pk")
    )
    if not chosen or len(chosen) != len(set(pages)):
        raise Refusal(_("Chọn ít nhất một trang đang có trong hồ sơ %(code)s.") % {"code": dossier}, field="pages")
    today = clock.today()
    number, code = _next_number(today.year), new_code("TL")
    made = clock.now()
    said = {
        "title": f"Trích lục {number}/{today.year}", "number": f"{number}/{today.year}", "department": department(today), "place": PLACE,
        "day": f"ngày {today.day} tháng {today.month} năm {today.year}", "dossier": dossier.code, "name": dossier.title, "receiver": receiver,
        "purpose": purpose, "count": len(chosen), "pages": [_told(page) for page in chosen], "code": code, "officer": by.full_name,
    }
    with pictured(chosen) as sides:
        scanned = archival_pdf(sides, title=said["title"], fields={}, made=made)
    file = store_file(extract_pdf(said, scanned, made=made), name=f"trich-luc-{number}-{today.year}.pdf", content_type="application/pdf")
    return Extract.objects.create(
        dossier=dossier, year=today.year, number=number, code=code, purpose=purpose, receiver=receiver, pages=[page.pk for page in chosen],
        file=file, made_in=current_entry(),
    )


def _next_number(year):
    one_at_a_time(NUMBERING)
    return (Extract.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0) + 1


def _told(page):
    kind = catalogue().papers.get(page.paper.kind) if page.paper else None
    place = _("trang %(n)d") % {"n": page.position or page.number}
    return f"{place}: {kind.title}" if kind else place
