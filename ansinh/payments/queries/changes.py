"""The sheet of increases and decreases: who differs from last month's list of the commune, and why."""
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from ansinh.office import bulk

from ..models import Kind, Line, PayList, Posting, Proposal

# Lists that are compared together: their lines are in memory at once.
TOGETHER = 50


def changes_against_last_month(paylist: PayList) -> list[dict]:
    """Lines that are new, stopped, moved in or out, or changed against last month, each with its reason and amounts (đồng).

    The comparison is by commune over both channels, so a change of channel is a change and not a stop and a start. A list
    that was exported says what it said then.
    """
    return paylist.changes if paylist.changes is not None else _compared([paylist])[paylist.pk]


def changes_of(lists: list[PayList]) -> dict[int, list[dict]]:
    """The same of many lists, by key: a few questions for fifty lists instead of six for each."""
    found = {}
    for month, field in sorted({(paylist.month, paylist.field) for paylist in lists}):
        same = [paylist for paylist in lists if (paylist.month, paylist.field) == (month, field)]
        for start in range(0, len(same), TOGETHER):
            found |= _compared(same[start : start + TOGETHER])
    return found


@dataclass(frozen=True)
class _Known:
    paylist: PayList
    elsewhere: dict
    bases: dict


def _compared(lists) -> dict[int, list[dict]]:
    """Lists of one month and field."""
    month, field = lists[0].month, lists[0].field
    before, now = _lines(previous(month), field, lists), _lines(month, field, lists)
    by_place, by_list = _by(before, lambda line: line.area_path), _by(now, lambda line: line.paylist)
    elsewhere, bases = _elsewhere(month, field, [*before, *now]), _bases(month, field, before, now)
    return {
        paylist.pk: _rows(by_place.get(paylist.area_path, {}), by_list.get(paylist.pk, {}), _Known(paylist, elsewhere, bases))
        for paylist in lists
    }


def _rows(before, now, known):
    rows = [_row(person, before.get(person), now.get(person), known) for person in {**now, **before}]
    return sorted((row for row in rows if row), key=lambda row: (row["order"], row["name"]))


def _lines(month, field, lists):
    lines = Line.objects.filter(
        Q(this_month__gt=0) | Q(overpaid__gt=0), paylist__month=month, paylist__field=field,
        paylist__area_path__in={paylist.area_path for paylist in lists},
    )
    return _shown(lines)


class _Shown(NamedTuple):
    """What the sheet needs of a line and its list; no model, because a province has two hundred thousand."""

    person: int
    paylist: int
    name: str
    file_number: str
    this_month: int
    month: date
    area: int
    area_path: str
    area_name: str
    channel: str


COLUMNS = (
    "person", "paylist", "name", "file_number", "this_month", "paylist__month", "paylist__area", "paylist__area_path",
    "paylist__area__name", "paylist__channel",
)


def _shown(lines) -> list[_Shown]:
    lines = lines.exclude(paylist__state=PayList.State.WITHDRAWN)
    return [_Shown(*row) for row in lines.order_by("pk").values_list(*COLUMNS)]


def _by(lines, group):
    found = {}
    for line in lines:
        found.setdefault(group(line), {})[line.person] = line
    return found


def _elsewhere(month, field, lines):
    """By person the lines of both months: who moved, or takes the money another way."""
    persons = bulk.Values({line.person for line in lines})
    rows = Line.objects.filter(
        person__among=persons, paylist__month__in=(month, previous(month)), paylist__field=field, this_month__gt=0
    )
    found = {}
    for line in _shown(rows):
        found.setdefault((line.person, line.month), []).append(line)
    return found


def _bases(month, field, before, now) -> dict[int, str]:
    """The article of each changed amount of the month: from what was posted, before that from what is proposed."""
    was = {line.person: line.this_month for line in before}
    changed = bulk.Values([line.person for line in now if was.get(line.person, line.this_month) != line.this_month])
    proposed = Proposal.objects.filter(batch__month=month, batch__field=field, kind=Kind.DUE, payable__person__among=changed)
    posted = Posting.objects.filter(paylist__in={line.paylist for line in now}, kind=Kind.DUE, payable__person__among=changed)
    rows = (row for found in (proposed, posted) for row in found.values_list("payable__person", "parts__0__basis"))
    return {person: basis for person, basis in rows if basis}


def previous(month: date) -> date:
    """The month before."""
    return (month - timedelta(days=1)).replace(day=1)


def _row(person, before, now, known):
    if now is None:
        return _gone(person, before, known)
    if before is None or before.this_month == 0:
        return _came(person, now, known)
    if now.this_month == 0:
        return _said(1, "−", _("thôi hưởng"), now, before.this_month, 0)
    if now.this_month != before.this_month:
        return _said(2, "±", known.bases.get(person) or _("đổi mức hưởng"), now, before.this_month, now.this_month)
    if before.channel != now.channel:
        return _said(3, "↔", _("đổi kênh chi"), now, before.this_month, now.this_month)
    return None


def _gone(person, before, known):
    there = known.elsewhere.get((person, known.paylist.month), [])
    if any(line.area == known.paylist.area_id for line in there):
        return None
    if before.channel != known.paylist.channel:
        return None
    reason = _("chuyển đến %(place)s") % {"place": there[0].area_name} if there else _("thôi hưởng hoặc tạm đình chỉ")
    return _said(1, "−", reason, before, before.this_month, 0)


def _came(person, now, known):
    if now.this_month == 0:
        return None
    there = known.elsewhere.get((person, previous(known.paylist.month)), [])
    reason = _("chuyển từ %(place)s") % {"place": there[0].area_name} if there else _("mới hưởng")
    return _said(0, "+", reason, now, 0, now.this_month)


def _said(order, sign, reason, line, before, now):
    return {
        "order": order, "sign": sign, "reason": reason, "name": line.name, "file_number": line.file_number, "before": before,
        "now": now, "difference": now - before,
    }
