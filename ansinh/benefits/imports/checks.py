"""Checks of the columns that say what a person of merit receives: standing and its facts."""

import re
from functools import cache
from pathlib import Path

import polars as pl
import yaml
from django.utils.translation import gettext as _

from ansinh.engine.law import book
from ansinh.engine.law.book import MERIT
from ansinh.engine.text.names import fold
from ansinh.registry.imports import checks
from ansinh.registry.imports.frames import by_distinct
from ansinh.registry.imports.kinds import Setting
from ansinh.registry.sheets.columns import load_columns

from . import reading

FILE = Path(__file__).with_name("beneficiaries.yaml")
COLUMNS = load_columns(FILE)
TITLES = {column.name: column.title for column in COLUMNS}
FLAGS = ("special", "attendant", "care", "remarried", "full_time")
COUNTS = ("martyrs", "seniority")
FACTS = ("grade", "special", "attendant", "martyrs", "care", "remarried", "medal", "full_time", "seniority")


def checked(frame: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    """Every column of the sheet read."""
    frame = reading.with_person(frame, setting)
    for name in FLAGS:
        frame = checks.flags(frame, name, TITLES[name])
    for name in COUNTS:
        frame = reading.whole_number(frame, name, TITLES[name])
    frame = _medal(_grade(_standing(frame))).with_columns(file=pl.col("file").str.to_uppercase())
    return reading.complaints(reading.terms(frame, {"file": 40}), FACTS)


@cache
def _standings():
    """Every way of writing a standing → its code."""
    more = yaml.safe_load(FILE.read_text("utf-8"))["standings"]
    found = {}
    for code, law in book().standings.items():
        if law.field == MERIT and not law.once:
            for words in (code, law.vietnamese, law.short, law.file, *more.get(code, ())):
                found.setdefault(fold(words), code)
    return found


def guide() -> list[tuple[str, str, str]]:
    """Every monthly standing of merit with the ways in which it may be written."""
    more = yaml.safe_load(FILE.read_text("utf-8"))["standings"]
    return [
        (law.vietnamese, "; ".join((code, law.short, law.file, *more.get(code, ()))), law.basis)
        for code, law in book().standings.items() if law.field == MERIT and not law.once
    ]


def _standing(frame):
    def read(text):
        code = _standings().get(fold(text))
        return code, None if code else _(
            "Diện “%(text)s” không có trong danh mục; ghi mã hoặc tên diện như ở trang “Các diện” của mẫu trống."
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
