"""Proofs over the whole: the ledger's promises, the journal's seals, both copies of the stored files."""
from ansinh.office import fixity
from ansinh.office.copies import place_of
from ansinh.office.models import Entry, Seal, StoredFile
from ansinh.office.queries import broken_seal
from ansinh.payments.models import Movement, Posting
from ansinh.payments.queries import verify_ledger as broken_promises

from .answer import Answer

MOST_NAMED = 100


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


def verify_files(args) -> Answer:
    """Every stored file on both sides; what is bad on one is mended, what could not be is named by number and place."""
    counts = fixity.go_through()
    broken = [
        {"number": file.pk, "sha256": file.sha256, "place": place_of(file.sha256), "outcome": file.outcome}
        for file in fixity.broken_files()[:MOST_NAMED]
    ]
    lines = [f"tệp số {file['number']}, {file['place']}: {StoredFile.Outcome(file['outcome']).label}" for file in broken]
    ending = "{checked} tệp đã đọc cả hai bản: sửa {mended}, chỉ còn một bản tốt {weak}, hỏng cả hai bản {lost}.".format(**counts)
    return Answer([*lines, ending], {**counts, "broken": broken}, ok=not counts["weak"] + counts["lost"])
