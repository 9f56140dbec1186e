"""Checks of the columns that say what a person receives: standing, facts, months, channel."""

import re
from functools import cache
from pathlib import Path

import polars as pl
import yaml
from django.utils.translation import gettext as _

from ansinh.engine.law import book
from ansinh.engine.text.dates import parse_date
from ansinh.engine.text.names import fold
from ansinh.registry.imports import checks
from ansinh.registry.imports.frames import by_distinct
from ansinh.registry.imports.kinds import Setting
from ansinh.registry.imports.persons import check_person, too_long
from ansinh.registry.sheets.columns import load_columns

FILE = Path(__file__).with_name("beneficiaries.yaml")
COLUMNS = load_columns(FILE)
TITLES = {column.name: column.title for column in COLUMNS}
FLAGS = ("special", "attendant", "care", "remarried", "full_time")
COUNTS = ("martyrs", "seniority")
FACTS = ("grade", "special", "attendant", "martyrs", "care", "remarried", "medal", "full_time", "seniority")
LIMITS = {
    "file": 40,
    "decision": 300,
    "receiver": 120,
    "receiver_relation": 60,
    "receiver_paper": 200,
    "bank": 80,
    "account_number": 40,
}
CHANNELS = {
    "buu dien": "post",
    "tien mat": "post",
    "post": "post",
    "truc tiep": "post",
    "ngan hang": "bank",
    "chuyen khoan": "bank",
    "bank": "bank",
    "atm": "bank",
    "tai khoan": "bank",
    "the": "bank",
}


def checked(frame: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    """Every column of the sheet read; communes are those of *tháng này*, the month after *paid up to*."""
    frame = checks.months(frame, "paid_up_to")
    frame = frame.with_columns(this_month=pl.col("paid_up_to").dt.offset_by("1mo"))
    frame = pl.concat(
        [_with_person(part, month, setting) for (month,), part in frame.group_by("this_month", maintain_order=True)],
        how="diagonal_relaxed",
    )
    for name in FLAGS:
        frame = checks.flags(frame, name, TITLES[name])
    for name in COUNTS:
        frame = _whole_number(frame, name)
    frame = _since(_channel(_medal(_grade(_standing(frame)))))
    frame = checks.amounts(frame, "amount").with_columns(file=pl.col("file").str.to_uppercase())
    return _complaints(frame.with_columns(too_long(name, limit) for name, limit in LIMITS.items()))


def _with_person(part, month, setting):
    as_of = month or setting.as_of
    return check_person(part, Setting(as_of, setting.today, setting.area_path, setting.entry_id, setting.source))


@cache
def _standings():
    """Every way of writing a standing → its code."""
    more = yaml.safe_load(FILE.read_text("utf-8"))["standings"]
    found = {}
    for code, law in book().standings.items():
        for words in (code, law.vietnamese, law.short, law.file, *more.get(code, ())):
            found.setdefault(fold(words), code)
    return found


def _standing(frame):
    def read(text):
        code = _standings().get(fold(text))
        return code, None if code else _(
            "Diện “%(text)s” không có trong danh mục; ghi mã hoặc tên diện như ở trang hướng dẫn."
        ) % {"text": text}

    frame = by_distinct(frame, "standing", read, {"standing_read": pl.String, "standing_fault": pl.String})
    missing = pl.when(pl.col("standing").is_null()).then(pl.lit(_("Thiếu diện.")))
    return frame.with_columns(standing=pl.col("standing_read"), standing_fault=pl.coalesce("standing_fault", missing)).drop(
        "standing_read"
    )


def _grade(frame):
    def read(text):
        number = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*%?", text)
        value = float(number[1].replace(",", ".")) if number else None
        # A cell in percent format holds 0.61.
        value = value * 100 if value is not None and 0 < value <= 1 and "%" not in text and "." in text else value
        whole = round(value) if value is not None else None
        if whole is None or abs(value - whole) > 1e-6 or not 0 <= whole <= 100:
            return None, _("Tỷ lệ “%(text)s” không phải số nguyên từ 0 đến 100.") % {"text": text}
        return whole or None, None

    frame = by_distinct(frame, "grade", read, {"grade_read": pl.Int64, "grade_fault": pl.String})
    return frame.with_columns(grade=pl.col("grade_read")).drop("grade_read")


def _whole_number(frame, name):
    def read(text):
        plain = text.removesuffix(".0")
        if plain.isascii() and plain.isdigit() and int(plain) < 100:
            return int(plain) or None, None
        return None, _("Cột “%(title)s” ghi “%(text)s”, không phải số.") % {"title": TITLES[name], "text": text}

    frame = by_distinct(frame, name, read, {"number_read": pl.Int64, f"{name}_fault": pl.String})
    return frame.with_columns(pl.col("number_read").alias(name)).drop("number_read")


def _medal(frame):
    def read(text):
        words = fold(text)
        if words in ("before1945", "resistance"):
            return words, None
        if "1945" in words or "to quoc ghi cong" in words or "co cong voi nuoc" in words:
            return "before1945", None
        if "khang chien" in words:
            return "resistance", None
        return None, _("Hình thức khen thưởng “%(text)s” không rõ; ghi “Trước 1945” hoặc “Kháng chiến”.") % {"text": text}

    frame = by_distinct(frame, "medal", read, {"medal_read": pl.String, "medal_fault": pl.String})
    return frame.with_columns(medal=pl.col("medal_read").fill_null("")).drop("medal_read")


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


def _complaints(frame):
    """What the law's tables say of the facts together, once for each distinct set of them."""
    distinct = frame.select("standing", *FACTS).unique()
    words = [_complaint(row) for row in distinct.iter_rows(named=True)]
    table = distinct.with_columns(law_fault=pl.Series(words, dtype=pl.String))
    return frame.join(table, on=["standing", *FACTS], how="left", nulls_equal=True, maintain_order="left")


def _complaint(row):
    code = row.pop("standing")
    return book().complaint(code, row) if code else None
