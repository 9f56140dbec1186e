"""The legal clock: how many working days are left of a term."""
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ansinh.engine.law import book

from . import clock

NEAR, BLOCKS = 3, 12


@dataclass(frozen=True)
class LegalClock:
    """What is left of a term: words, one block a working day, and near, late or nothing."""

    words: str
    state: str = ""
    blocks: tuple[bool, ...] = ()


def legal_clock(due_on: date | None) -> LegalClock:
    """What is left of a term in working days, today not counted."""
    if due_on is None:
        return LegalClock(_("không có hạn"))
    left = book().calendar.working_days_until(clock.today(), due_on)
    if due_on < clock.today():
        return LegalClock(_("Quá %(n)d ngày") % {"n": max(-left, 1)}, "late", (False,) * min(max(-left, 1), BLOCKS))
    blocks = tuple(place < left for place in range(min(max(left, 5), BLOCKS)))
    return LegalClock(_("%(n)d ngày làm việc") % {"n": left} if left else _("hạn hôm nay"), "near" if left <= NEAR else "", blocks)
