"""What both kinds of beneficiaries' sheets read in the same way: person, months, channel, first day, and what the law says of the facts."""
from collections.abc import Iterable

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.law import book
from ansinh.engine.text.dates import parse_date
from ansinh.engine.text.names import fold
from ansinh.registry.imports import checks
from ansinh.registry.imports.frames import by_distinct
from ansinh.registry.imports.kinds import Setting
from ansinh.registry.imports.persons import check_person, too_long

LENGTHS = {"decision": 300, "receiver": 120, "receiver_relation": 60, "receiver_paper": 200, "bank": 80, "account_number": 40}
CHANNELS = {
    "buu dien": "post", "tien mat": "post", "post": "post", "truc tiep": "post", "ngan hang": "bank", "chuyen khoan": "bank", "bank": "bank",
    "atm": "bank", "tai khoan": "bank", "the": "bank",
}


# What to do about a fault, by the column of faults that it stands in (the beginning of its name); the first that fits is told.
REMEDIES = (
    ("standing", gettext_lazy("Ghi diện như ở trang “Các diện” của mẫu trống, hoặc theo điều khoản.")),
    ("together", gettext_lazy("Giữ dòng đúng với giấy tờ; hai người khác nhau thì ghi đủ số định danh của từng người.")),
    ("name", gettext_lazy("Ghi đủ họ tên bằng chữ.")),
    ("birth", gettext_lazy("Ghi ngày/tháng/năm theo giấy tờ; chỉ biết năm thì ghi năm.")),
    ("cared", gettext_lazy("Ghi ngày sinh của trẻ ở cột riêng, theo giấy khai sinh.")),
    ("number", gettext_lazy("Ghi số định danh 12 chữ số, để ô ở dạng văn bản.")),
    ("place", gettext_lazy("Ghi mã xã, hoặc tên xã kèm huyện, theo tháng của bảng.")),
    ("since", gettext_lazy("Ghi tháng/năm bắt đầu hưởng theo quyết định.")),
    ("paid", gettext_lazy("Ghi tháng/năm cuối cùng đã chi đủ.")),
    ("amount", gettext_lazy("Ghi số đồng bằng chữ số, ví dụ 720000; không có thì để trống.")),
    ("needs", gettext_lazy("Ghi thêm ô còn thiếu theo giấy tờ của người này.")),
    ("bank", gettext_lazy("Ghi tên ngân hàng và số tài khoản, hoặc đổi kênh chi sang bưu điện.")),
    ("channel", gettext_lazy("Ghi Bưu điện hoặc Ngân hàng.")),
    ("law", gettext_lazy("Ghi thêm điều bảng của luật cần, theo quyết định hoặc giấy xác nhận.")),
    ("", gettext_lazy("Sửa ô này theo giấy tờ rồi nạp lại.")),
)


def remedy(frame: pl.DataFrame) -> pl.Expr:
    """What an officer does about the first fault of a row; null where there is none."""
    faults = [name for name in frame.columns if name.endswith("_fault")]
    told = [
        pl.when(pl.col(name).is_not_null()).then(pl.lit(str(words)))
        for beginning, words in REMEDIES for name in faults if name.startswith(beginning)
    ]
    return pl.coalesce(*told, pl.lit(None, pl.String))


def with_person(frame: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    """The person's columns read; communes are those of *tháng này*, the month after *paid up to*."""
    frame = checks.months(frame, "paid_up_to")
    frame = frame.with_columns(this_month=pl.col("paid_up_to").dt.offset_by("1mo"))
    return pl.concat(
        [_of_month(part, month, setting) for (month,), part in frame.group_by("this_month", maintain_order=True)], how="diagonal_relaxed"
    )


def _of_month(part, month, setting):
    as_of = month or setting.as_of
    return check_person(part, Setting(as_of, setting.today, setting.area_path, setting.entry_id, setting.source))


def terms(frame: pl.DataFrame, lengths: dict[str, int]) -> pl.DataFrame:
    """First day, channel, the amount now paid and lengths read."""
    frame = checks.amounts(_since(_channel(frame)), "amount")
    return frame.with_columns(too_long(name, limit) for name, limit in {**LENGTHS, **lengths}.items())


def whole_number(frame: pl.DataFrame, name: str, title: str) -> pl.DataFrame:
    """A column of small whole numbers; zero says nothing."""

    def read(text):
        plain = text.removesuffix(".0")
        if plain.isascii() and plain.isdigit() and int(plain) < 100:
            return int(plain) or None, None
        return None, _("Cột “%(title)s” ghi “%(text)s”, không phải số.") % {"title": title, "text": text}

    frame = by_distinct(frame, name, read, {"number_read": pl.Int64, f"{name}_fault": pl.String})
    return frame.with_columns(pl.col("number_read").alias(name)).drop("number_read")


def _channel(frame):
    def read(text):
        kind = CHANNELS.get(fold(text))
        return kind, None if kind else _("Kênh chi “%(text)s” không rõ; ghi Bưu điện hoặc Ngân hàng.") % {"text": text}

    def until(text):
        found = parse_date(text, century=2000)
        precise = found.day if found.precision == "day" else None
        return precise, None if precise else _("Ủy quyền đến “%(text)s”: ghi ngày/tháng/năm.") % {"text": text}

    frame = by_distinct(frame, "channel", read, {"channel_read": pl.String, "channel_fault": pl.String})
    frame = by_distinct(frame, "receiver_until", until, {"until_read": pl.Date, "receiver_until_fault": pl.String})
    by_account = pl.when(pl.col("account_number").is_not_null()).then(pl.lit("bank")).otherwise(pl.lit("post"))
    frame = frame.with_columns(channel=pl.coalesce("channel_read", by_account), receiver_until=pl.col("until_read"))
    lacks = (pl.col("channel") == "bank") & (pl.col("account_number").is_null() | pl.col("bank").is_null())
    unnamed = pl.col("receiver").is_not_null() & pl.col("receiver_paper").is_null()
    return frame.with_columns(
        bank_needs_fault=pl.when(lacks).then(pl.lit(_("Chi qua ngân hàng cần tên ngân hàng và số tài khoản."))),
        receiver_note=pl.when(unnamed).then(pl.lit(_("Người nhận thay chưa có giấy ủy quyền."))),
    ).drop("channel_read", "until_read")


def _since(frame):
    def read(text):
        found = parse_date(text, century=1900)
        if found.fault or found.day is None:
            return None, found.fault or None
        if found.precision == "year":
            return None, _("Hưởng từ “%(text)s” chỉ có năm; ghi tháng/năm.") % {"text": text}
        return found.day, None

    frame = by_distinct(frame, "since", read, {"since_read": pl.Date, "since_fault": pl.String})
    frame = frame.with_columns(since=pl.col("since_read")).drop("since_read")
    return frame.with_columns(
        since_needs_fault=pl.when(pl.col("since").is_null() & pl.col("since_fault").is_null()).then(
            pl.lit(_("Thiếu tháng bắt đầu hưởng."))
        ),
        paid_needs_fault=pl.when(pl.col("paid_up_to").is_null() & pl.col("paid_up_to_fault").is_null()).then(
            pl.lit(_("Thiếu tháng đã chi đến; chưa chi tháng nào thì ghi tháng trước tháng bắt đầu hưởng."))
        ),
    )


def complaints(frame: pl.DataFrame, facts: Iterable[str]) -> pl.DataFrame:
    """What the law's tables say of the facts together, once for each distinct set of them."""
    distinct = frame.select("standing", *facts).unique()
    words = [_complaint(row) for row in distinct.iter_rows(named=True)]
    table = distinct.with_columns(law_fault=pl.Series(words, dtype=pl.String))
    return frame.join(table, on=["standing", *facts], how="left", nulls_equal=True, maintain_order="left")


def _complaint(row):
    code = row.pop("standing")
    return book().complaint(code, row) if code else None
