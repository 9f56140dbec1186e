"""The sheet of increases and decreases: who differs from last month's list of the commune, and why."""
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from ..models import Kind, Line, PayList, Posting, Proposal


def changes_against_last_month(paylist: PayList) -> list[dict]:
    """Lines that are new, stopped, moved in or out, or changed against last month, each with its reason and amounts (đồng).

    The comparison is by commune over both channels, so a change of channel is a change and not a stop and a start. A list
    that was exported says what it said then.
    """
    if paylist.changes is not None:
        return paylist.changes
    before = _amounts(paylist, previous(paylist.month))
    now = _amounts(paylist, paylist.month, only=paylist)
    known = _Known(paylist, _others(paylist, set(before) | set(now)), _bases(paylist))
    rows = [_row(person, before.get(person), now.get(person), known) for person in {**now, **before}]
    return sorted((row for row in rows if row), key=lambda row: (row["order"], row["name"]))


@dataclass(frozen=True)
class _Known:
    paylist: PayList
    elsewhere: dict
    bases: dict


def _bases(paylist) -> dict[int, str]:
    """The article of each payee's amount of the month: from what was posted, before that from what is proposed."""
    posted = Posting.objects.filter(paylist=paylist, kind=Kind.DUE).values_list("payable__person", "parts")
    proposed = Proposal.objects.filter(
        batch__month=paylist.month, batch__field=paylist.field, kind=Kind.DUE, payable__person__lines__paylist=paylist
    ).values_list("payable__person", "parts")
    return {person: parts[0]["basis"] for person, parts in [*proposed, *posted] if parts}


def previous(month: date) -> date:
    """The month before."""
    return (month - timedelta(days=1)).replace(day=1)


def _amounts(paylist, month, only=None):
    lines = Line.objects.filter(
        paylist__month=month, paylist__area__path=paylist.area_path, paylist__field=paylist.field
    ).exclude(paylist__state=PayList.State.WITHDRAWN)
    lines = lines.filter(paylist=only) if only else lines
    return {line.person_id: line for line in lines.select_related("paylist").filter(Q(this_month__gt=0) | Q(overpaid__gt=0))}


def _others(paylist, persons):
    """Persons of both lists who are on another list of either month: moved, or another channel."""
    lines = Line.objects.filter(
        person__in=persons, paylist__month__in=(paylist.month, previous(paylist.month)), paylist__field=paylist.field, this_month__gt=0
    ).exclude(paylist__state=PayList.State.WITHDRAWN).select_related("paylist__area")
    return {(line.person_id, line.paylist.month, line.paylist_id): line for line in lines}


def _row(person, before, now, known):
    if now is None:
        return _gone(person, before, known)
    if before is None or before.this_month == 0:
        return _came(person, now, known)
    if now.this_month == 0:
        return _said(1, "−", _("thôi hưởng"), now, before.this_month, 0)
    if now.this_month != before.this_month:
        return _said(2, "±", known.bases.get(person) or _("đổi mức hưởng"), now, before.this_month, now.this_month)
    if before.paylist.channel != now.paylist.channel:
        return _said(3, "↔", _("đổi kênh chi"), now, before.this_month, now.this_month)
    return None


def _gone(person, before, known):
    there = [line for (who, month, _list), line in known.elsewhere.items() if who == person and month == known.paylist.month]
    if any(line.paylist.area_id == known.paylist.area_id for line in there):
        return None
    if before.paylist.channel != known.paylist.channel:
        return None
    reason = _("chuyển đến %(place)s") % {"place": there[0].paylist.area.name} if there else _("thôi hưởng hoặc tạm đình chỉ")
    return _said(1, "−", reason, before, before.this_month, 0)


def _came(person, now, known):
    if now.this_month == 0:
        return None
    there = [line for (who, month, _list), line in known.elsewhere.items() if who == person and month != known.paylist.month]
    reason = _("chuyển từ %(place)s") % {"place": there[0].paylist.area.name} if there else _("mới hưởng")
    return _said(0, "+", reason, now, 0, now.this_month)


def _said(order, sign, reason, line, before, now):
    return {
        "order": order, "sign": sign, "reason": reason, "name": line.name, "file_number": line.file_number, "before": before,
        "now": now, "difference": now - before,
    }
