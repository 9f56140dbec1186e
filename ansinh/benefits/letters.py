"""What the register says for letters about a person's entitlements: the values of a grant, a change, a stop, filled in beforehand."""
from collections.abc import Callable
from datetime import date, timedelta

from ansinh.documents.alongside import Order, Wanted, complete, issue
from ansinh.documents.queries import signers
from ansinh.engine.law import book
from ansinh.office import clock
from ansinh.office.rehearsal import rehearse
from ansinh.payments.letters import payable_words
from ansinh.web.composed import Draft
from ansinh.web.refusal import Refusal

from . import queries
from .models import Entitlement, Terms
from .reckoning import due_of_one

KINDS = {
    "benefits.grant": "grant", "benefits.correct": "change", "benefits.begin": "change", "benefits.stop": "stop", "benefits.suspend": "suspend",
    "benefits.resume": "resume",
}
RUNNING, SUSPENDED = ("change", "suspend", "stop"), ("resume", "stop")


def drafts_of_entitlements(person, account):
    """Of each entitlement the letters that fit how it stands today."""
    month = clock.today().replace(day=1)
    for entitlement in queries.entitlements_of(person).filter(pk__in=Entitlement.objects.visible_to(account)):
        terms = queries.current_terms(entitlement)
        if terms:
            yield _draft(entitlement, terms, month)


def letter_of(act: str, entitlement: Entitlement, *, day: date, source: str, reason: str = "") -> Wanted:
    """The letter that an act on an entitlement gives rise to, by the books after the act; ``day`` is the day that the act was told."""
    entitlement = Entitlement.objects.select_related("payable__person").get(pk=entitlement.pk)
    law = book().standing(entitlement.standing)
    since = day + timedelta(days=1) if act == "benefits.stop" else day
    values = {"scheme": payable_words(entitlement.payable), "since": since, "basis": source, "reason": reason or ("" if law.once else source)}
    if act not in ("benefits.stop", "benefits.suspend"):
        values["amount"] = _amount(entitlement, since, law.once)
    mark = f"{entitlement.standing} {since:%Y-%m-%d}" if act == "benefits.grant" else ""
    return Wanted(_kind_of(act, law), entitlement.person, entitlement.field, f"benefits.entitlement:{entitlement.pk}", values, mark)


def issue_with(act: str, entitlement: Entitlement, order: Order | None, *, day: date, source: str, by):
    """Inside an act: the letter that goes with it, where one was ordered."""
    if order is not None:
        issue(letter_of(act, entitlement, day=day, source=source, reason=order.reason), order.signer, by)


def rehearsed_letter(act: Callable[[], Wanted], account) -> tuple[Wanted, ...]:
    """What would be issued, as the act itself would have it: ``act()`` does it and says its letter; nothing where it is refused."""
    if not signers().exists():
        return ()
    try:
        return complete((rehearse(act),), account)
    except Refusal:
        return ()


def _amount(entitlement, since, once):
    """What the month of the right comes to: the running month, or the first one where the right begins later."""
    month = since.replace(day=1) if once else max(since.replace(day=1), clock.today().replace(day=1))
    return due_of_one(entitlement, month) or None


def _kind_of(act, law):
    if law.once:
        return "funeral" if "funeral" in law.code else "lump_sum"
    return KINDS[act]


def _draft(entitlement, terms, month: date):
    last = terms[-1]
    due = due_of_one(entitlement, month)
    values = {"scheme": payable_words(entitlement.payable), "amount": due or None, "since": last.since, "basis": last.source}
    kinds = _kinds(book().standing(entitlement.standing), last)
    return Draft(f"benefits.entitlement:{entitlement.pk}", str(entitlement.payable), entitlement.field, kinds, values)


def _kinds(law, last):
    if law.once:
        return ("lump_sum", "funeral")
    return ("grant", *(SUSPENDED if last.state == Terms.State.SUSPENDED else RUNNING))
