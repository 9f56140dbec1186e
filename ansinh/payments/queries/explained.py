"""Vì sao số tiền này: the parts of a line's amount, from what its postings keep; a proposed line from its proposals."""
from dataclasses import dataclass, field
from datetime import date

from ansinh.engine.law import book
from ansinh.engine.months import as_date, as_month, last_day

from ..models import Batch, Item, Kind, Line, PayList, Posting, Proposal
from .carried import carried_items

# Where a line is reckoned anew, by field: the address's name, put here by the module that owns the field.
RECKONED_ANEW_AT: dict[str, str] = {}


@dataclass(frozen=True)
class Reason:
    """One part of a month's due amount: the table's row, its article, when it is right, when it was known, the paper.

    ``awaits`` is the text, known but not loaded, by which it is *tạm tính*.
    """

    title: str
    amount: int
    unit_amount: int
    quantity: int
    basis: str
    article: str
    applies_since: date | None
    in_force: date | None
    signed: date | None
    learnt: date | None
    paper: str
    verified: bool
    cut_by: str
    level: int | None = None
    factor: str = ""
    national: int | None = None
    awaits: str = ""


@dataclass(frozen=True)
class Piece:
    """Months of one payable with the same amounts: ``each`` đồng a month, from ``before`` to ``after``."""

    payable_id: int
    title: str
    kind: str
    since: date
    until: date
    before: int
    after: int
    reasons: tuple[Reason, ...] = ()
    paid_by: str = ""
    ends_on: date | None = None

    @property
    def months(self) -> int:
        return as_month(self.until) - as_month(self.since) + 1

    @property
    def each(self) -> int:
        return abs(self.after - self.before)

    @property
    def amount(self) -> int:
        return self.each * self.months

    @property
    def last_day(self) -> date:
        return last_day(as_month(self.until))

    @property
    def awaits(self) -> list[str]:
        """The texts by which it is *tạm tính*."""
        return sorted({reason.awaits for reason in self.reasons if reason.awaits})

    @property
    def known_on(self) -> date | None:
        """The first day on which both the law and the paper were known."""
        days = [day for reason in self.reasons for day in (reason.in_force, reason.learnt) if day]
        return max(days, default=None)


@dataclass(frozen=True)
class Carried:
    """What was listed before and not collected."""

    month: date
    amount: int
    reason: str


@dataclass(frozen=True)
class Explanation:
    """A line's amount in pieces: this month, arrears, overpayments found, cancelled recoveries, what was carried over."""

    line: Line
    pieces: dict[str, tuple[Piece, ...]] = field(default_factory=dict)
    carried: tuple[Carried, ...] = ()

    def of(self, kind: Kind) -> tuple[Piece, ...]:
        return self.pieces.get(kind.value, ())


def explained(line: Line) -> Explanation:
    """Why a line holds what it holds; from postings once the list is approved, from the month's proposals before."""
    proposed = line.paylist.state == PayList.State.PROPOSED
    found = _proposed(line) if proposed else _posted(line)
    pieces = {kind: tuple(piece for piece in found if piece.kind == kind) for kind in Kind.values}
    return Explanation(line, pieces, tuple(_waiting(line) if proposed else _carried(line)))


def postings_explained(postings) -> list[Piece]:
    """Postings as pieces; months that follow each other with the same amounts are one. Needs ``payable`` at hand."""
    pieces = []
    for posting in sorted(postings, key=lambda p: (p.payable_id, p.kind, p.month, p.number)):
        piece = _piece(posting, posting.month, posting.month, posting.total - posting.amount, posting.total)
        if pieces and _goes_on(pieces[-1], piece):
            piece = Piece(**{**vars(pieces.pop()), "until": piece.until})
        pieces.append(piece)
    return pieces


def _proposed(line):
    batch = Batch.objects.filter(month=line.paylist.month, field=line.paylist.field).first()
    proposals = Proposal.objects.filter(batch=batch, payable__person=line.person_id).select_related("payable").order_by("payable", "since")
    return with_history([_piece(p, since, until, p.before, p.after) for p in proposals for since, until in _spans(p)])


def _spans(proposal):
    """Its months, apart where the later ones are *tạm tính* and the earlier ones are not."""
    texts = {text for part in proposal.parts if part["amount"] and (text := book().awaited(part["basis"]))}
    starts = sorted({text.since for text in texts if proposal.since < text.since <= proposal.until})
    return zip([proposal.since, *starts], [*(as_date(as_month(start) - 1) for start in starts), proposal.until], strict=True)


def _posted(line):
    postings = Posting.objects.filter(paylist=line.paylist_id, payable__person=line.person_id).select_related("payable")
    return with_history(postings_explained(postings))


def with_history(pieces) -> list[Piece]:
    """Each late piece with the article by which its months had been paid."""
    late = [piece for piece in pieces if piece.kind in (Kind.ARREARS, Kind.OVERPAYMENT) and piece.before]
    earlier = Posting.objects.filter(payable__in={p.payable_id for p in late}, month__in={p.until for p in late}).order_by("number")
    by_total = {(p.payable_id, p.month, p.total): p for p in earlier}
    return [_told(piece, by_total.get((piece.payable_id, piece.until, piece.before))) if piece in late else piece for piece in pieces]


def _told(piece, earlier):
    words = earlier.parts[0]["basis"] if earlier and earlier.parts else ""
    return Piece(**{**vars(piece), "paid_by": words})


def _piece(row, since, until, before, after):
    month = as_month(until)
    parts = [part for part in row.parts if part["since"] <= month <= part["until"]]
    reasons = tuple(_reason(part, until) for part in parts)
    return Piece(row.payable_id, row.payable.title, row.kind, since, until, before, after, reasons, ends_on=row.payable.ends_on)


def _reason(part, month):
    instrument = _instrument(part["basis"])
    return Reason(
        part["title"], part["amount"], part["unit_amount"], part["quantity"], part["basis"], part["article"],
        _day(part["applies_since"]), _day(part["in_force"]), instrument and instrument.signed, _day(part.get("learnt")),
        part.get("paper") or "", part["verified"], part["cut_by"] or "",
        part.get("level"), part.get("factor") or "", part.get("national"), book().awaited_in(part["basis"], month) if part["amount"] else "",
    )


def _instrument(basis):
    """The text that a citation names."""
    return next((text for number, text in book().instruments.items() if number in basis), None)


def _goes_on(before, after):
    same = ("payable_id", "kind", "before", "after", "reasons")
    return all(getattr(before, name) == getattr(after, name) for name in same) and as_month(after.since) == as_month(before.until) + 1


def _carried(line):
    items = Item.objects.filter(line=line).exclude(carried_from=None).select_related("posting", "carried_from__line")
    return _by_month((item.posting.month, item.amount, item.carried_from.line.result_reason) for item in items)


def _waiting(line):
    items = carried_items(line.paylist.month, line.paylist.field).filter(line__person=line.person_id).select_related("posting", "line")
    return _by_month((item.posting.month, item.amount, item.line.result_reason) for item in items)


def _by_month(rows):
    found = {}
    for month, amount, reason in rows:
        found[month, reason] = found.get((month, reason), 0) + amount
    return [Carried(month, amount, reason) for (month, reason), amount in sorted(found.items())]


def _day(text):
    return date.fromisoformat(text) if text else None


def months_of(since: date, until: date) -> list[date]:
    """The months of a span."""
    return [as_date(m) for m in range(as_month(since), as_month(until) + 1)]


def month_words(since: date, until: date) -> str:
    """The months of a span: ``07, 08, 09``, or ``07/2021 – 09/2023`` where there are many."""
    months = months_of(since, until)
    if len(months) == 1:
        return f"{since:%m/%Y}"
    if len(months) <= 4 and since.year == until.year:
        return ", ".join(f"{month:%m}" for month in months) + f"/{until:%Y}"
    return f"{since:%m/%Y} – {until:%m/%Y}"
