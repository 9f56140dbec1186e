"""Letters: issued with a number that is never given twice."""
from io import BytesIO
from os.path import commonprefix

import pikepdf
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import clock
from ansinh.office.act import action, current_entry, one_at_a_time
from ansinh.office.cabinet import read_file, store_file
from ansinh.office.departments import facts_of_department
from ansinh.office.models import Account
from ansinh.office.papers import new_code
from ansinh.registry.models import Person
from ansinh.web.refusal import Refusal

from ..kinds import Kind, kinds
from ..models import Letter
from ..paper.pdf import letters_pdf
from ..paper.template import check_template
from ..queries import signers, template_file
from ..values import of_asked, of_office, of_person
from .voiding import void_issued

# Two letters must not take the same number at the same moment.
NUMBERING = 7421


def _place_of_letter(person, *, field, **_more):
    return person.area_path, field


def _place_of_letters(persons, *, field, **_more):
    """The smallest unit that holds all of them."""
    shared = commonprefix([person.area_path for person in persons])
    return shared[: shared.rfind(".") + 1], field


@action("documents.issue_letter", label=gettext_lazy("Phát hành văn bản"), scope=_place_of_letter, undo=void_issued, private=("values",))
def issue_letter(person: Person, *, kind: str, field: str, signer: Account, values: dict, about: str = "") -> Letter:
    """Phát hành văn bản: a letter of a kind to a person gets its number and code; PDF and template are kept by their digests.

    ``values`` are what the kind asks for by name (``kinds.yaml``): amounts in đồng, days as dates. ``about`` is the subject it rests on.
    Acts of upper modules call this inside of their own act; undoing that act voids the letter, its number stays taken.
    """
    today, asked = clock.today(), of_asked(_kind(kind), values)
    return _issue([(person, of_person(person, today) | asked, about)], _kind(kind), field, signer, today)[0]


@action("documents.issue_letters", label=gettext_lazy("Phát hành nhiều văn bản"), scope=_place_of_letters, undoable=False, private=("said", "abouts"))
def issue_letters(persons: list[Person], *, kind: str, field: str, signer: Account, said: list[dict], abouts: list[str]) -> list[Letter]:
    """Phát hành nhiều văn bản: letters of one kind in one PDF, in their order.

    ``said`` has for each person ``values``, ``name``, ``born`` and ``home``; ``abouts`` the subject on which it rests.
    """
    chosen = _kind(kind)
    wanted = [
        (person, {"họ và tên": one["name"], "ngày sinh": one["born"], "nơi cư trú": one["home"]} | of_asked(chosen, one["values"]), about)
        for person, one, about in zip(persons, said, abouts, strict=True)
    ]
    return _issue(wanted, chosen, field, signer, clock.today())


def _kind(code) -> Kind:
    if code not in kinds():
        raise Refusal(_("Không có loại văn bản này."), field="kind")
    return kinds()[code]


def _issue(wanted, kind, field, signer, today):
    """Rows and file of letters; numbers in the order in which they are wanted."""
    if not signers().filter(pk=signer.pk).exists():
        raise Refusal(_("%(who)s không thuộc người ký văn bản; chọn người có chức vụ ký.") % {"who": signer}, field="signer")
    stored = template_file(kind.code)
    template, office = check_template(read_file(stored), kind), of_office(signer, today)
    first, abbreviation = _next_number(kind.series, today.year), facts_of_department(today)["symbol"]
    letters = [
        Letter(
            kind=kind.code, series=kind.series, year=today.year, number=number, symbol=f"{number:02d}/{kind.series}-{abbreviation}",
            code=new_code("VB"), person=person, field=field, about=about, signed_on=today, signer=signer, template=stored,
            values=office | values, issued_in=current_entry(),
        )
        for number, (person, values, about) in enumerate(wanted, first)
    ]
    for letter in letters:
        letter.values |= {"số, ký hiệu": letter.symbol, "mã kiểm tra": letter.code}
    pdf = letters_pdf(template, [letter.values for letter in letters], title=f"{kind.title} {letters[0].symbol}", signed_on=today)
    file = store_file(pdf, name=f"{kind.code}-{first}-{today.year}.pdf", content_type="application/pdf")
    for letter, page in zip(letters, _first_pages(pdf, len(letters)), strict=True):
        letter.file, letter.page = file, page
    return Letter.objects.bulk_create(letters, batch_size=500)


def _first_pages(pdf, count):
    """On which page each letter begins: the typesetter writes an outline entry for each where there are several."""
    if count == 1:
        return [1]
    with pikepdf.open(BytesIO(pdf)) as document:
        place = {page.objgen: number for number, page in enumerate(document.pages, 1)}
        with document.open_outline() as outline:
            return [place[pikepdf.Page(item.destination[0]).objgen] for item in outline.root]


def _next_number(series, year):
    one_at_a_time(NUMBERING)
    return (Letter.objects.filter(series=series, year=year).aggregate(last=Max("number"))["last"] or 0) + 1
