"""A list as plain values, shared by the sheet, the printed page and the bank's file."""
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ansinh.engine.text.amount_in_words import amount_in_words
from ansinh.registry.queries.areas import full_name

from ..models import Line, PayList
from ..queries.changes import changes_against_last_month
from ..queries.findings import decided_words


@dataclass(frozen=True)
class ListContent:
    """Everything a printed list says."""

    number: str
    month: str
    area: str
    channel: str
    provisional: str
    locked: str
    law: str
    lines: list[dict]
    sums: dict[str, int]
    in_words: str
    decided: list[str]
    changes: list[dict]


def content(paylist: PayList) -> ListContent:
    """The list with its lines in order, held lines marked and left out of the sums."""
    lines = [_line(line) for line in paylist.lines.order_by("position")]
    sums = {name: getattr(paylist, name) for name in ("people", "this_month", "arrears", "carried", "deduction", "overpaid", "total")}
    provisional = _("Tạm tính, chờ phụ lục") if paylist.is_provisional else ""
    return ListContent(
        number=paylist.number, month=f"{paylist.month:%m/%Y}", area=full_name(paylist.area, paylist.month),
        channel=paylist.get_channel_display(), provisional=provisional, locked=f"{paylist.known_at:%d/%m/%Y}",
        law=paylist.law_digest[:8], lines=lines, sums=sums, in_words=amount_in_words(paylist.total), decided=_decided(paylist),
        changes=changes_against_last_month(paylist),
    )


def _decided(paylist) -> list[str]:
    """Which decisions let the list be paid while findings were open."""
    said = _("Chi khi còn %(n)s mục soát mở theo %(number)s: %(reason)s")
    return [said % decided for decided in decided_words([paylist])]


def _line(line: Line) -> dict:
    return {
        "position": line.position, "name": line.name, "file_number": line.file_number, "birth": line.birth, "standing": line.standing,
        "address": line.address, "this_month": line.this_month, "arrears": line.arrears, "arrears_months": line.arrears_months,
        "carried": line.carried, "deduction": line.deduction, "overpaid": line.overpaid, "total": 0 if line.held_because else line.total,
        "receiver": line.receiver, "bank": line.bank, "account_number": line.account_number, "held": line.held_because,
    }

