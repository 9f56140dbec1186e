"""Checks of columns that kinds share: each adds typed columns and, beside them, ``…_fault`` and ``…_note`` in Vietnamese."""

from datetime import date

import polars as pl
from django.utils.translation import gettext as _

from ansinh.engine.text import citizen_number
from ansinh.engine.text.dates import FIRST_YEAR, parse_date, parse_month
from ansinh.engine.text.money import parse_amount
from ansinh.engine.text.names import fold, proper_case, sort_key

from .frames import by_distinct, sentence

SEXES = {
    "nam": "male",
    "m": "male",
    "male": "male",
    "trai": "male",
    "ong": "male",
    "nu": "female",
    "f": "female",
    "female": "female",
    "gai": "female",
    "ba": "female",
}
YES = {"x", "co", "1", "v", "true", "yes"}
NO = {"", "0", "khong", "k", "false", "no"}
LONGEST_NAME = 120
# How nearly all dates are written; anything else is read one by one.
USUAL = ((r"^[0-9]{2}/[0-9]{2}/[0-9]{4}$", "%d/%m/%Y"), (r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "%Y-%m-%d"))


def names(frame: pl.DataFrame) -> pl.DataFrame:
    """``name`` in its right case, ``search_key`` and ``sort_key``."""
    schema = {
        "proper": pl.String,
        "search_key": pl.String,
        "sort_key": pl.Binary,
        "name_fault": pl.String,
        "name_note": pl.String,
    }
    frame = by_distinct(frame, "name", _name, schema)
    missing = pl.when(pl.col("name").is_null()).then(pl.lit(_("Thiếu họ và tên.")))
    return frame.with_columns(name=pl.col("proper"), name_fault=pl.coalesce("name_fault", missing)).drop("proper")


def _name(text):
    proper = proper_case(text)
    fault = note = None
    if any(c.isdigit() for c in proper) or not any(c.isalpha() for c in proper):
        fault = _("Họ tên “%(name)s” có số hoặc không có chữ.") % {"name": text}
    elif len(proper) > LONGEST_NAME:
        fault = _("Họ tên dài hơn %(count)d chữ.") % {"count": LONGEST_NAME}
    elif proper != text:
        note = _("Chữ hoa, chữ thường: “%(typed)s” → “%(right)s”.") % {"typed": text, "right": proper}
    return proper, fold(proper)[:LONGEST_NAME], sort_key(proper), fault, note


def births(frame: pl.DataFrame, *, today: date) -> pl.DataFrame:
    """``birth`` as ``birth_on`` (date) and ``birth_precision``; a day to come is a fault.

    Usual forms (``USUAL``) are read by column; whatever else is written goes to ``parse_date`` once a distinct text.
    """
    schema = {"birth_on": pl.Date, "birth_precision": pl.String, "birth_fault": pl.String, "birth_note": pl.String}

    def read(text):
        found = parse_date(text)
        future = found.day is not None and found.day > today
        fault = _("Ngày sinh %(day)s ở tương lai.") % {"day": text} if future else found.fault
        return found.day, found.precision, fault or None, found.note or None

    written = pl.col("birth")
    plain = pl.coalesce(pl.when(written.str.contains(form)).then(written.str.to_date(order, strict=False)) for form, order in USUAL)
    plain = pl.when(plain.is_between(date(FIRST_YEAR, 1, 1), today)).then(plain)
    frame = frame.with_columns(plain_birth=plain).with_columns(odd=pl.when(pl.col("plain_birth").is_null()).then(written))
    day = pl.when(pl.col("plain_birth").is_not_null()).then(pl.lit("day"))
    return by_distinct(frame, "odd", read, schema).with_columns(
        birth_on=pl.coalesce("plain_birth", "birth_on"), birth_precision=pl.coalesce(day, "birth_precision", pl.lit("unknown")),
    ).drop("odd", "plain_birth")


def sexes(frame: pl.DataFrame) -> pl.DataFrame:
    """``sex`` as male, female or empty."""

    def read(text):
        found = SEXES.get(fold(text))
        return found or "", None if found else _("Giới tính “%(text)s” không rõ; ghi Nam hoặc Nữ.") % {"text": text}

    frame = by_distinct(frame, "sex", read, {"sex_read": pl.String, "sex_fault": pl.String})
    return frame.with_columns(sex=pl.col("sex_read").fill_null("")).drop("sex_read")


def citizen_numbers(frame: pl.DataFrame, column="number") -> pl.DataFrame:
    """The citizen or old card number: cleaned, lost zeros restored where the number then fits sex and birth year.

    Adds ``number_kind``; what only disagrees is a note, since old records have such faults.
    """
    frame = _cleaned(frame, column)
    lost = (
        frame.filter(pl.col(column).str.len_chars().is_in([8, 10, 11]))
        .select(column, "sex", year=pl.col("birth_on").dt.year())
        .unique()
    )
    if len(lost):
        frame = _restored(frame, lost, column)
    length = pl.col(column).str.len_chars()
    kind = pl.when(length == 12).then(pl.lit("citizen")).when(length == 9).then(pl.lit("old_card"))
    wrong = pl.format(_("Số {} có {} chữ số; số định danh có 12, chứng minh cũ có 9."), pl.col(column), length)
    frame = frame.with_columns(
        kind.alias(f"{column}_kind"),
        pl.coalesce(f"{column}_fault", pl.when(length.is_not_null() & kind.is_null()).then(wrong)).alias(f"{column}_fault"),
    )
    return frame.with_columns(_disagreement(column).alias(f"{column}_agree_note"))


def _cleaned(frame, column):
    """Digits only; what is already digits is left to the frame library."""
    plain = pl.col(column).str.contains(r"^[0-9]+$")
    odd = frame.filter(~plain)[column].drop_nulls().unique()
    read = [citizen_number.clean_number(text) for text in odd]
    table = pl.DataFrame(
        {column: odd, "digits": [d or None for d, _f in read], f"{column}_fault": [f or None for _d, f in read]},
        schema={column: pl.String, "digits": pl.String, f"{column}_fault": pl.String},
    )
    frame = frame.join(table, on=column, how="left", maintain_order="left")
    return frame.with_columns(pl.when(plain).then(pl.col(column)).otherwise(pl.col("digits")).alias(column)).drop("digits")


def _restored(frame, lost, column):
    def whole(row):
        if len(row[column]) == 8:
            return citizen_number.restore_old_card(row[column])
        return citizen_number.restore_leading_zero(row[column], sex=row["sex"] or "", birth_year=row["year"])

    table = lost.with_columns(whole=pl.Series([whole(row) for row in lost.iter_rows(named=True)], dtype=pl.String))
    frame = frame.with_columns(year=pl.col("birth_on").dt.year())
    frame = frame.join(table, on=[column, "sex", "year"], how="left", nulls_equal=True, maintain_order="left")
    note = pl.format(_("Số {} mất số 0 ở đầu, đã khôi phục thành {}."), pl.col(column), pl.col("whole"))
    return frame.with_columns(note.alias(f"{column}_note"), pl.coalesce("whole", column).alias(column)).drop("whole", "year")


def _disagreement(column):
    """Where a citizen number does not fit province, sex or birth year; null where it fits or cannot be compared."""
    number = pl.col(column)
    is_citizen = number.str.len_chars() == 12
    mark = number.str.slice(3, 1).cast(pl.Int64, strict=False)
    year = 1900 + mark // 2 * 100 + number.str.slice(4, 2).cast(pl.Int64, strict=False)
    sex = pl.when(mark % 2 == 1).then(pl.lit("female")).otherwise(pl.lit("male"))
    place = number.str.slice(0, 3)
    known_place = place.is_in(list(citizen_number.provinces())) | (place >= "100")
    remarks = (
        pl.when(~known_place).then(pl.format(_("Ba số đầu {} không phải mã tỉnh."), place)),
        pl.when((pl.col("sex") != "") & (sex != pl.col("sex"))).then(pl.lit(_("Số định danh không khớp giới tính."))),
        pl.when(pl.col("birth_on").dt.year() != year).then(pl.format(_("Số định danh cho năm sinh {}."), year)),
    )
    return pl.when(is_citizen).then(sentence(*remarks))


def months(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """A month column as the first day of the month."""

    def read(text):
        month, fault = parse_month(float(text) if text.count(".") == 1 and text.replace(".", "").isdigit() else text)
        return month, fault or None

    frame = by_distinct(frame, column, read, {"month_read": pl.Date, f"{column}_fault": pl.String})
    return frame.with_columns(pl.col("month_read").alias(column)).drop("month_read")


def amounts(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """An amount column as integer đồng."""

    def read(text):
        amount, fault = parse_amount(text)
        return amount, fault or None

    frame = by_distinct(frame, column, read, {"amount_read": pl.Int64, f"{column}_fault": pl.String})
    return frame.with_columns(pl.col("amount_read").alias(column)).drop("amount_read")


def flags(frame: pl.DataFrame, column: str, title: str) -> pl.DataFrame:
    """A column of crosses as true and false; empty is false."""

    def read(text):
        word = fold(text)
        known = word in YES or word in NO
        fault = None if known else _("Cột “%(title)s” ghi “%(text)s”; ghi x hoặc để trống.") % {"title": title, "text": text}
        return word in YES, fault

    frame = by_distinct(frame, column, read, {"flag_read": pl.Boolean, f"{column}_fault": pl.String})
    return frame.with_columns(pl.col("flag_read").fill_null(False).alias(column)).drop("flag_read")
