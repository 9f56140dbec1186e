"""What the register says for letters about a person's entitlements: the values of a grant, a change, a stop, filled in beforehand."""
from datetime import date

from ansinh.engine.law import book
from ansinh.office import clock
from ansinh.web.composed import Draft

from . import queries
from .models import Entitlement, Terms
from .reckoning import due_of_entitlements

RUNNING, SUSPENDED = ("change", "suspend", "stop"), ("resume", "stop")


def drafts_of_entitlements(person, account):
    """Of each entitlement the letters that fit how it stands today."""
    month = clock.today().replace(day=1)
    for entitlement in queries.entitlements_of(person).filter(pk__in=Entitlement.objects.visible_to(account)):
        terms = queries.current_terms(entitlement)
        if terms:
            yield _draft(entitlement, terms, month)


def _draft(entitlement, terms, month: date):
    last = terms[-1]
    due = due_of_entitlements([entitlement.pk], known=None, on=clock.today(), first=month, last=month).get(month, 0)
    title = str(entitlement.payable)
    values = {"scheme": f"chế độ {title[:1].lower()}{title[1:]}", "amount": due or None, "since": last.since, "basis": last.source}
    kinds = _kinds(book().standing(entitlement.standing), last)
    return Draft(f"benefits.entitlement:{entitlement.pk}", title, entitlement.field, kinds, values)


def _kinds(law, last):
    if law.once:
        return ("lump_sum", "funeral")
    return ("grant", *(SUSPENDED if last.state == Terms.State.SUSPENDED else RUNNING))
