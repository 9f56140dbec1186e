"""A list as plain values, shared by the sheet, the printed page and the bank's file."""
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ansinh.engine.text.amount_in_words import amount_in_words
from ansinh.engine.text.money import dotted
from ansinh.office.fields import MONEY_NAMES
from ansinh.registry.queries.areas import full_name

from ..models import PayList
from ..queries.awaited import awaited_of
from ..queries.changes import changes_against_last_month
from ..queries.findings import decided_words

PRINTED = (
    "position", "name", "file_number", "birth", "standing", "address", "this_month", "arrears", "arrears_months", "carried", "deduction",
    "overpaid", "total", "receiver", "bank", "account_number", "held_because",
)


@dataclass(frozen=True)
class ListContent:
    """Everything a printed list says."""

    number: str
    heading: str
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
    lines = [_line(line) for line in paylist.lines.order_by("position").values(*PRINTED)]
    sums = {name: getattr(paylist, name) for name in ("people", "this_month", "arrears", "carried", "deduction", "overpaid", "total")}
    provisional = _awaited(paylist)
    return ListContent(
        number=paylist.number, heading=_heading(paylist), month=f"{paylist.month:%m/%Y}", area=full_name(paylist.area, paylist.month),
        channel=paylist.get_channel_display(), provisional=provisional, locked=f"{paylist.known_at:%d/%m/%Y}",
        law=paylist.law_digest[:8], lines=lines, sums=sums, in_words=amount_in_words(paylist.total), decided=_decided(paylist),
        changes=changes_against_last_month(paylist),
    )


def _heading(paylist) -> str:
    """``DANH SÁCH CHI TRẢ TRỢ CẤP ƯU ĐÃI NGƯỜI CÓ CÔNG``, or of whatever field the list is."""
    return (_("Danh sách chi trả %(what)s") % {"what": MONEY_NAMES.get(paylist.field, paylist.field)}).upper()


def _awaited(paylist) -> str:
    """How much of it is *tạm tính*, and which text it waits for."""
    found = awaited_of(paylist, as_printed=True)
    said = {"sum": dotted(found.amount), "texts": ", ".join(found.texts)}
    return _("Tạm tính %(sum)s đồng, chờ %(texts)s") % said if found.texts else ""


def _decided(paylist) -> list[str]:
    """Which decisions let the list be paid while findings were open."""
    said = _("Chi khi còn %(n)s mục soát mở theo %(number)s: %(reason)s")
    return [said % decided for decided in decided_words([paylist])]


def _line(line: dict) -> dict:
    held = line.pop("held_because")
    return {**line, "total": 0 if held else line["total"], "held": held}

