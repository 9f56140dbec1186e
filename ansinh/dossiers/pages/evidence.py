"""One piece of evidence: the page with the box, and who read, entered, checked and recorded it."""
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.office import clock
from ansinh.registry.models import Person
from ansinh.web.page import Crumb, Page

from ..models import Evidence, Suggestion
from ..queries.agreement import paper_words
from ..queries.proofs import field_of, kind_of
from ..queries.rows import Spot
from ..values import shown

NEEDED = ("page__dossier", "page__paper", "entering__entered_by", "checked_by", "recorded_in__by")


def evidence(request, pk: int):
    """Chứng cứ: where on the scan a value of the register was read."""
    rows = Evidence.objects.visible_to(request.user).select_related(*NEEDED)
    proof = get_object_or_404(rows, pk=pk)
    field, page = field_of(proof), proof.page
    row = getattr(proof, kind_of(proof))
    person = Person.objects.visible_to(request.user).filter(pk=row.person_id).first()
    dossier = page.dossier
    crumbs = [Crumb(str(person), reverse("person", args=[person.pk]))] if person else []
    content = {
        "page": page, "spot": Spot(page.pk, proof.left, proof.top, proof.width, proof.height), "facts": _facts(proof, field, row),
        "desk": f"{reverse('dossiers.at_desk', args=[dossier.pk])}?trang={page.pk}" if dossier else "", "code": dossier.code if dossier else "",
        "words": shown(field, proof.value), "field": field, "undone": hasattr(proof.recorded_in, "undone_by"),
    }
    frame = Page(
        title=f"{field.title}: {content['words']}", note=paper_words(page.paper) if page.paper else "", rail="dossiers", crumbs=tuple(crumbs),
        content=content,
    )
    return render(request, "dossiers/evidence.html", {"page": frame})


def _facts(proof, field, row) -> list[tuple[str, str]]:
    entering = proof.entering
    found = [(_("Nhập"), f"{entering.who}, {_at(entering.entered_at)}")]
    if entering.is_as_suggested:
        read = Suggestion.objects.filter(page=proof.page, name=field.code).order_by("-confidence").first()
        words = _("“%(raw)s”, chắc %(n)d %%") % {"raw": read.raw, "n": read.confidence} if read else _("máy đọc, người nhận")
        found.insert(0, (_("Máy đọc"), words))
    elsewhere = _("%(who)s ở nơi gửi gói") % {"who": proof.checked_elsewhere_by} if proof.checked_elsewhere_by else ""
    checked = elsewhere or str(proof.checked_by or _("một người nhập, không thuộc phần nhập hai lần"))
    found.append((_("Đối chiếu"), checked))
    found.append((_("Ghi vào sổ"), f"{proof.recorded_in.by}, {_at(proof.recorded_in.at)}"))
    found.append((_("Dòng trong sổ"), f"{row._meta.verbose_name} · {_('biết từ')} {row.recorded_at.astimezone(clock.ZONE):%d/%m/%Y}"))
    return found


def _at(moment):
    return f"{moment.astimezone(clock.ZONE):%H:%M %d/%m/%Y}"
