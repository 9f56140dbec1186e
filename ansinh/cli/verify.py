"""Proofs over the whole database: the ledger's promises and the journal's seals."""
from ansinh.office.models import Entry, Seal
from ansinh.office.queries import broken_seal
from ansinh.payments.models import Movement, Posting
from ansinh.payments.queries import verify_ledger as broken_promises

from .answer import Answer


def verify_ledger(args) -> Answer:
    """Every promise of the ledger, naming the first row that breaks one."""
    broken = broken_promises()
    counts = {"postings": Posting.objects.count(), "movements": Movement.objects.count(), "broken": broken}
    lines = [*broken, f"{counts['postings']} bút toán, {counts['movements']} dòng sổ chi, {len(broken)} điều không khớp."]
    return Answer(lines, counts, ok=not broken)


def verify_journal(args) -> Answer:
    """Every seal's digest over the entries before it."""
    seal = broken_seal()
    counts = {"entries": Entry.objects.count(), "seals": Seal.objects.count(), "broken": seal and seal.pk}
    ending = f"dấu niêm số {seal.pk} không khớp: có dòng bị sửa hay mất trước nó" if seal else "mọi dấu niêm khớp"
    return Answer([f"{counts['entries']} dòng nhật ký, {counts['seals']} dấu niêm; {ending}."], counts, ok=seal is None)
