"""The file that a bank reads: one row a payee, nothing a spreadsheet could take for a formula."""
import csv
import io

from django.utils.translation import gettext as _

from ansinh.office.fields import MONEY_NAMES
from ansinh.web.refusal import Refusal

from ..models import Channel, PayList


def bank_file(paylist: PayList) -> bytes:
    """CSV (UTF-8 with mark): number, account, name, bank, amount in đồng, what it is for."""
    if paylist.channel != Channel.Kind.BANK:
        raise Refusal(_("%(list)s chi qua bưu điện, không có tệp ngân hàng.") % {"list": paylist})
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([_("Số thứ tự"), _("Số tài khoản"), _("Tên người nhận"), _("Ngân hàng"), _("Số tiền"), _("Nội dung")])
    told = _("%(what)s tháng %(month)s") % {"what": MONEY_NAMES.get(paylist.field, paylist.field), "month": f"{paylist.month:%m/%Y}"}
    lines = paylist.lines.filter(held_because="", total__gt=0).order_by("position")
    for position, account, name, bank, total in lines.values_list("position", "account_number", "name", "bank", "total"):
        writer.writerow([position, harmless(account), harmless(name), harmless(bank), total, told])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def harmless(text: str) -> str:
    """Text that begins like a formula gets an apostrophe, which spreadsheets show as plain text."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
