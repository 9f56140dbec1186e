"""Kênh chi: how a person's money goes, and who may receive it for them."""
from datetime import date

import polars as pl
from django.utils.translation import gettext as _

from ansinh.office import bulk, clock, rights
from ansinh.office.act import action, current_entry
from ansinh.office.dated import EARLIEST, change
from ansinh.web.refusal import Forbidden, Refusal

from ..models import Channel, Payable

COLUMNS = ("kind", "bank", "account_number", "receiver", "receiver_relation", "receiver_paper", "receiver_until")


@action("payments.set_channel", label=_("Đổi kênh chi"), scope=lambda person, **_: (person.area_path, ""))
def set_channel(person, *, since: date, kind, by, source="", **values):
    """Đổi kênh chi: post or bank from a day on; a bank needs its name and the account number.

    The way is one for all money of the person, so that a right in any field of that money is enough.
    """
    held = set(Payable.objects.filter(person=person).values_list("field", flat=True)) or {""}
    if not any(rights.may(by, "payments.set_channel", person.area_path, field) for field in held):
        raise Forbidden(_("Tài khoản %(who)s không làm lĩnh vực nào mà người này đang có tiền.") % {"who": by})
    if kind == Channel.Kind.BANK and not (values.get("bank") and values.get("account_number")):
        raise Refusal(_("Chi qua ngân hàng cần tên ngân hàng và số tài khoản."), field="account_number")
    if values.get("receiver") and not values.get("receiver_paper"):
        raise Refusal(_("Người nhận thay cần giấy ủy quyền."), field="receiver_paper")
    return change(Channel, {"person": person}, since=since, kind=kind, source=source, **{name: values.get(name, "") for name in COLUMNS[1:-1]},
                  receiver_until=values.get("receiver_until"))


def set_channels(frame: pl.DataFrame, *, source: str):
    """Bulk form for imports, inside an act: persons who have no channel yet (``person_id`` and the channel's columns)."""
    rows = frame.select("person_id", *COLUMNS).with_columns(
        pl.col(*COLUMNS[1:-1]).fill_null(""), since=pl.lit(EARLIEST), source=pl.lit(source),
        recorded_at=pl.lit(clock.now()).dt.convert_time_zone("UTC"), recorded_in_id=pl.lit(current_entry().pk, dtype=pl.Int64),
    )
    bulk.write(rows, Channel)


def change_channels(frame: pl.DataFrame, *, source: str):
    """Bulk form of changing channels, inside an act: ``person_id, since`` and the channel's columns."""
    for row in frame.iter_rows(named=True):
        values = {name: row[name] or "" for name in COLUMNS[:-1]}
        change(
            Channel, {"person_id": row["person_id"]}, since=row["since"], source=source, receiver_until=row["receiver_until"], **values
        )
