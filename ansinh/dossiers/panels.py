"""What dossiers prove: a mark beside each proved value of a person, and the panel that lists them."""
from django.urls import reverse
from django.utils.translation import gettext_lazy

from ansinh.office import rights
from ansinh.web import composed

from .models import Evidence
from .queries.agreement import paper_words
from .queries.proofs import field_of, proofs_of
from .values import shown


def _sees_dossiers(account) -> bool:
    return bool(rights.sees(account, "dossiers"))


def _addresses(person, account):
    """Address of the page with the box for each proved value."""
    return {key: reverse("evidence", args=[proof.pk]) for key, proof in proofs_of(person, account).items()} if _sees_dossiers(account) else {}


def _proofs(person, account, known):
    """The proved values with the paper and page that carry them; nothing where nothing is proved."""
    proofs = {proof.pk: proof for proof in proofs_of(person, account).values()}
    return [_line(proof) for proof in proofs.values()] or None


def _line(proof: Evidence):
    field, paper = field_of(proof), proof.page.paper
    checked = proof.checked_by_id is not None or bool(proof.checked_elsewhere_by)
    return {
        "title": field.title, "words": shown(field, proof.value), "source": paper_words(paper) if paper else proof.page.dossier.code,
        "page": proof.page.position, "url": reverse("evidence", args=[proof.pk]), "checked": checked,
    }


proofs_panel = composed.Panel("person", gettext_lazy("Chứng cứ"), 62, "dossiers/_proofs.html", _proofs, _sees_dossiers, side=True)
composed.put(proofs_panel)
composed.put_proofs(_addresses)
composed.put_door("dossiers.settle", lambda number: reverse("dossiers.contradictions", args=[number]))
composed.put_door("dossiers.confirm", lambda number: reverse("dossiers.confirm", args=[number]))
