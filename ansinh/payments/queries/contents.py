"""What somebody agrees to when he agrees to lists: each list's content with its held lines, and what was open on them."""
import hashlib

from django.db.models import Sum

from ..models import Closing, Finding, Line

# So many people are approved or exported while one waits: a commune or two, some seconds. What is more goes to the background.
AT_ONCE = 2_000


def is_many(lists) -> bool:
    """Whether lists together are too long for an officer to wait for."""
    return sum(paylist.people for paylist in lists) > AT_ONCE


def contents_of(lists) -> dict[str, str]:
    """A digest of each list by its key: its lines, and which of them are held back and why."""
    held: dict[int, list] = {}
    lines = Line.objects.filter(paylist__in=lists).exclude(held_because="").order_by("paylist", "person")
    for paylist, person, reason in lines.values_list("paylist", "person", "held_because"):
        held.setdefault(paylist, []).append(f"{person} {reason}")
    return {str(paylist.pk): _digest([paylist.content_digest, *held.get(paylist.pk, [])]) for paylist in lists}


def seen_of(lists) -> str:
    """One digest of all that a page shows of lists before they are approved; another one, and something has changed."""
    return _digest([*(f"{key} {digest}" for key, digest in sorted(contents_of(lists).items())), open_findings(lists)])


def open_findings(lists) -> str:
    """A digest of the findings that are open and would be paid, with their facts; empty where none is."""
    return _told(Finding.objects.unpaid_risk(lists).order_by("pk").values_list("pk", "facts"))


def decided_findings(decision) -> str:
    """The same digest of the findings that a decision closed."""
    return _told(Closing.objects.filter(decision=decision).order_by("finding").values_list("finding", "facts"))


def held_amount(lists) -> int:
    """đồng of the lines that are held back."""
    return Line.objects.filter(paylist__in=lists).exclude(held_because="").aggregate(s=Sum("total"))["s"] or 0


def _told(rows) -> str:
    rows = [f"{key} {facts}" for key, facts in rows]
    return _digest(rows) if rows else ""


def _digest(texts) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
