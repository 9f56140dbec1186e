"""Vì sao số tiền này: for any month of an entitlement the parts by today's knowledge, and what was posted with its parts."""
from dataclasses import dataclass, field
from datetime import date

from ansinh.engine import amounts
from ansinh.engine.law import book
from ansinh.engine.months import as_month
from ansinh.office import clock
from ansinh.payments.models import Posting
from ansinh.registry.models import Person

from . import queries
from .models import Terms

PART_WORDS = {
    "allowance": "Trợ cấp hằng tháng", "supplement": "Phụ cấp", "seniority": "Phụ cấp thâm niên", "attendant": "Trợ cấp người phục vụ",
    "survivor": "Trợ cấp tuất", "care": "Trợ cấp nuôi dưỡng",
}
CUT_WORDS = {
    "attendant": "Không hưởng: mỗi người chỉ một suất người phục vụ, mức cao nhất",
    "care": "Không hưởng: mỗi người chỉ một suất nuôi dưỡng",
    "survivor": "Không hưởng: số suất tuất đã đủ",
}


@dataclass(frozen=True)
class Part:
    """One part of an amount: what, how much, by which article, right from when and known from when, on which paper."""

    words: str
    amount: int
    title: str
    reckoning: str
    basis: str
    article: str
    since: str
    known_from: str
    verified: bool
    paper: str
    note: str = ""


@dataclass(frozen=True)
class MonthWhy:
    """A month of an entitlement: what is due by today's knowledge, what was posted and when, each with its parts."""

    entitlement: int
    title: str
    month: date
    due: int
    parts: list[Part]
    postings: list[dict] = field(default_factory=list)
    provisional: bool = False


def why(person: Person, month: date) -> list[MonthWhy]:
    """Everything that a person is or was owed for a month, with its reasons; constant number of queries."""
    entitlements = {e.pk: e for e in queries.entitlements_of(person)}
    terms = queries.terms_frame(entitlements=list(entitlements))
    law = book().known_for(month=max(month, _this_month()), locked_on=clock.today())
    found = amounts.parts(terms, law, until_month=as_month(month)).to_native()
    rows = [r for r in found.iter_rows(named=True) if r["since"] <= as_month(month) <= r["until"]]
    papers = dict(Terms.objects.filter(pk__in={r["terms"] for r in rows}).values_list("pk", "source"))
    posted = _posted(list(entitlements), month)
    return [
        _month(e, month, [_part(r, papers.get(r["terms"], "")) for r in rows if r["entitlement"] == pk], posted.get(pk, []))
        for pk, e in entitlements.items()
    ]


def part_of(said: dict, paper: str = "") -> Part:
    """A stored part of a posting or proposal, in words."""
    return _part(said, paper)


def _this_month():
    return clock.today().replace(day=1)


def _month(entitlement, month, parts, postings):
    return MonthWhy(
        entitlement=entitlement.pk, title=str(entitlement), month=month, due=sum(p.amount for p in parts), parts=parts,
        postings=postings, provisional=book().is_provisional(month),
    )


def _part(row, paper):
    quantity = row["quantity"]
    reckoning = f"{quantity} × {row['unit_amount']:,} đ".replace(",", ".") if quantity != 1 else "lấy thẳng trong bảng"
    return Part(
        words=PART_WORDS[row["part"]], amount=row["amount"], title=row["title"], reckoning=reckoning, basis=row["basis"],
        article=row["article"], since=_day(row["applies_since"]), known_from=_day(row["in_force"]), verified=row["verified"], paper=paper,
        note=CUT_WORDS.get(row["cut_by"] or "", ""),
    )


def _day(value) -> str:
    value = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{value:%d/%m/%Y}" if value else "–"


def _posted(entitlements, month):
    rows = Posting.objects.filter(payable__in=entitlements, month=month).select_related("paylist").order_by("number")
    found: dict[int, list[dict]] = {}
    for row in rows:
        found.setdefault(row.payable_id, []).append({
            "number": row.number, "kind": row.kind, "label": row.get_kind_display(), "amount": row.amount, "total": row.total,
            "list": str(row.paylist) if row.paylist else "", "list_month": row.paylist.month if row.paylist else None,
            "parts": [part_of(part) for part in row.parts],
        })
    return found
