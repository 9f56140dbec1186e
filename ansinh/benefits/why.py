"""Vì sao số tiền này: for any month of an entitlement the parts by today's knowledge, and what was posted with its parts."""
from dataclasses import dataclass, field
from datetime import date

from ansinh.engine import amounts
from ansinh.engine.law import book
from ansinh.engine.months import as_month
from ansinh.engine.text.money import dotted
from ansinh.office import clock
from ansinh.payments.models import Posting
from ansinh.registry.models import Person

from . import queries
from .models import Terms

PART_WORDS = {
    "allowance": "Trợ cấp hằng tháng", "supplement": "Phụ cấp", "seniority": "Phụ cấp thâm niên", "attendant": "Trợ cấp người phục vụ",
    "survivor": "Trợ cấp tuất", "care": "Trợ cấp nuôi dưỡng", "assistance": "Trợ cấp xã hội hằng tháng",
    "care_support": "Hỗ trợ chăm sóc, nuôi dưỡng", "lump_sum": "Chi một lần", "travel": "Tiền đi lại",
}
CUT_WORDS = {
    "attendant": "Không hưởng: mỗi người chỉ một suất người phục vụ, mức cao nhất",
    "care": "Không hưởng: mỗi người chỉ một suất nuôi dưỡng",
    "survivor": "Không hưởng: số suất tuất đã đủ",
    "assistance": "Không hưởng: chỉ được một mức trợ cấp xã hội cao nhất",
}


@dataclass(frozen=True)
class Part:
    """One part of an amount: what, how much, by which article, right from when and known from when, on which paper.

    ``awaits`` is the text, known but not loaded, by which it is *tạm tính*.
    """

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
    awaits: str = ""


@dataclass(frozen=True)
class MonthWhy:
    """A month of an entitlement: what is due by today's knowledge, what was posted and when, each with its parts."""

    entitlement: int
    title: str
    month: date
    due: int
    parts: list[Part]
    postings: list[dict] = field(default_factory=list)

    @property
    def provisional(self) -> bool:
        """Whether some of it is *tạm tính*."""
        return any(part.awaits for part in self.parts)


def why(person: Person, month: date) -> list[MonthWhy]:
    """Everything that a person is or was owed for a month, with its reasons; constant number of queries."""
    entitlements = {e.pk: e for e in queries.entitlements_of(person)}
    rows = [row for field in sorted({e.field for e in entitlements.values()}) for row in _due_parts(entitlements, field, month)]
    papers = dict(Terms.objects.filter(pk__in={r["terms"] for r in rows}).values_list("pk", "source"))
    posted = _posted(list(entitlements), month)
    return [
        _month(e, month, [part_of(r, month, papers.get(r["terms"], "")) for r in rows if r["entitlement"] == pk], posted.get(pk, []))
        for pk, e in entitlements.items()
    ]


def _due_parts(entitlements, field, month):
    terms = queries.terms_frame(field=field, entitlements=list(entitlements))
    law = book().known_for(month=max(month, _this_month()), locked_on=clock.today(), field=field)
    found = amounts.parts(terms, law, until_month=as_month(month)).to_native()
    return [row for row in found.iter_rows(named=True) if row["since"] <= as_month(month) <= row["until"]]


def _this_month():
    return clock.today().replace(day=1)


def _month(entitlement, month, parts, postings):
    return MonthWhy(
        entitlement=entitlement.pk, title=str(entitlement), month=month, due=sum(p.amount for p in parts), parts=parts,
        postings=postings,
    )


def part_of(row: dict, month: date, paper: str = "") -> Part:
    """A part of an amount of a month, reckoned or stored with a posting or proposal, in words."""
    reckoning = _reckoning(row)
    return Part(
        words=PART_WORDS[row["part"]], amount=row["amount"], title=row["title"], reckoning=reckoning, basis=row["basis"],
        article=row["article"], since=_day(row["applies_since"]), known_from=_day(row["in_force"]), verified=row["verified"], paper=paper,
        note=CUT_WORDS.get(row["cut_by"] or "", ""), awaits=book().awaited_in(row["basis"], month) if row["amount"] else "",
    )


def _reckoning(row) -> str:
    """``2 × 360.000 đ × 1,5``: how the amount comes about; the national level beside a higher provincial one."""
    level = row.get("level")
    one = f"{_dong(level)} × {row['factor']}" if level else _dong(row["unit_amount"])
    words = f"{row['quantity']} × {one}" if row["quantity"] != 1 else one if level else "lấy thẳng trong bảng"
    return f"{words}; mức chung cả nước {_dong(row['national'])}, tỉnh quyết định mức cao hơn" if row.get("national") else words


def _dong(amount) -> str:
    return f"{dotted(amount)} đ"


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
            "parts": [part_of(part, month) for part in row.parts],
        })
    return found
