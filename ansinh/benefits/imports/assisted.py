"""Checks of the columns that say what a person of social assistance receives: group, degree, case, children, household, whose age counts."""
import re
from pathlib import Path

import polars as pl
from django.utils.translation import gettext as _

from ansinh.engine.law import book
from ansinh.engine.law.book import ASSISTANCE
from ansinh.engine.law.facts import CHILD_CASES
from ansinh.engine.text.dates import parse_date
from ansinh.registry.imports import checks
from ansinh.registry.imports import persons as registry
from ansinh.registry.imports.frames import by_distinct
from ansinh.registry.imports.kinds import Setting

from ..limits_of_many import with_births
from . import reading
from .columns import columns_beside
from .groups import FILE, plain_words, poverty_in, read_group, severity_in
from .together import with_contradictions

COLUMNS = columns_beside(FILE, Path(registry.__file__).with_name("persons.yaml"), FILE.with_name("beneficiaries.yaml"))
TITLES = {column.name: column.title for column in COLUMNS}
FACTS = ("severity", "case", "children", "people", "poverty", "born")
# Facts that a group's words may say too, and those that a commune writes down for everybody, asked or not.
BESIDE_GROUP, FOR_ALL = ("severity", "case", "children", "poverty"), ("poverty", "born")
_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")


def checked(frame: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    """Every column of the sheet read."""
    frame = _poverty(_case(_severity(reading.with_person(frame, setting))))
    for name in ("children", "people"):
        frame = reading.whole_number(frame, name, TITLES[name])
    frame = with_ages(reading.terms(_with_group(_cared_birth(_certificate(_decision(frame)))), {"certificate": 200}))
    return with_contradictions(reading.complaints(_facts_of_standing(frame), [name for name in FACTS if name != "born"]))


def _with_group(frame):
    """``standing`` from the group as written, and the facts that the group's words say beside it."""

    def read(text):
        group = read_group(text, ASSISTANCE)
        return group.standing or None, group.ask or None, *(group.facts.get(name) for name in BESIDE_GROUP)

    schema = {"standing_read": pl.String, "standing_fault": pl.String, **{f"said_{name}": _kind(name) for name in BESIDE_GROUP}}
    frame = by_distinct(frame, "standing", read, schema)
    missing = pl.when(pl.col("standing").is_null()).then(pl.lit(_("Thiếu diện.")))
    frame = frame.with_columns(
        _disagrees(name) for name in BESIDE_GROUP
    ).with_columns(
        *(pl.coalesce(name, f"said_{name}").alias(name) for name in BESIDE_GROUP),
        standing_fault=pl.coalesce("standing_fault", missing), standing_written=pl.col("standing"), standing=pl.col("standing_read"),
    )
    return frame.drop("standing_read", *(f"said_{name}" for name in BESIDE_GROUP))


def _kind(name):
    return pl.Int64 if name == "children" else pl.String


def _disagrees(name):
    """The fault of a column that says another thing than the group's own words."""
    said = pl.format(_("Cột “{}” khác với điều ghi ở cột Diện “{}”."), pl.lit(TITLES[name]), pl.col("standing"))
    return pl.when(pl.col(name).is_not_null() & (pl.col(name) != pl.col(f"said_{name}"))).then(said).alias(f"{name}_group_fault")


def _facts_of_standing(frame):
    """Facts that the standing does not ask are left out; a degree, a case or children beside the wrong group are told."""
    known = pl.col("standing").is_not_null()
    unused = {name: known & ~pl.col("standing").is_in(_asking(name)) for name in FACTS}
    frame = frame.with_columns(_unused(unused[name], name) for name in FACTS if name not in FOR_ALL)
    frame = frame.with_columns(pl.when(~unused[name]).then(pl.col(name)).alias(name) for name in FACTS)
    cares = pl.col("standing").is_in(_asking("people")) & pl.col("people").is_null()
    no_case = pl.when((pl.col("standing") == "assisted_child") & pl.col("case").is_null()).then(
        pl.lit(_("Chưa ghi trường hợp của trẻ (điểm a đến l khoản 1 Điều 5); mức không đổi, hồ sơ cần.")))
    return frame.with_columns(
        people=pl.when(cares).then(1).otherwise("people"), case_note=no_case,
        **{name: pl.col(name).fill_null("") for name in ("severity", "case", "poverty")},
    )


def _asking(name):
    return [code for code, law in book().standings.items() if name in law.facts]


def _unused(unused, name):
    words = pl.format(_("Diện “{}” không dùng đến cột “{}”."), pl.col("standing_written"), pl.lit(TITLES[name]))
    return pl.when(unused & pl.col(name).is_not_null()).then(words).alias(f"{name}_unused_fault")


def _severity(frame):
    def read(text):
        plain = plain_words(text)
        if "nhe" in plain.split():
            return None, _("Khuyết tật nhẹ không thuộc diện hưởng hằng tháng (Nghị định 20/2021 Điều 5 khoản 6).")
        found = severity_in(plain)
        return found or None, None if found else _("Mức độ khuyết tật “%(text)s” không rõ; ghi Nặng hoặc Đặc biệt nặng.") % {"text": text}

    return _words(frame, "severity", read)


def _case(frame):
    def read(text):
        letter = text.lower().removeprefix("điểm").removeprefix("trường hợp").strip(" .)")
        known = ", ".join(CHILD_CASES)
        fault = _("Trường hợp “%(text)s” không có; ghi một trong các điểm %(known)s.") % {"text": text, "known": known}
        return (letter, None) if letter in CHILD_CASES else (None, fault)

    return _words(frame, "case", read)


def _poverty(frame):
    """The household from one column of words, or from two columns of crosses."""

    def read(text):
        found = poverty_in(plain_words(text))
        return found or None, None if found else _("Hộ “%(text)s” không rõ; ghi hộ nghèo, cận nghèo hoặc không nghèo.") % {"text": text}

    frame = _words(frame, "poverty", read)
    for name in ("poor", "near_poor"):
        frame = checks.flags(frame, name, TITLES[name])
    both = pl.when(pl.col("poor") & pl.col("near_poor")).then(pl.lit(_("Đánh dấu cả hộ nghèo lẫn hộ cận nghèo.")))
    crossed = pl.when("poor").then(pl.lit("poor")).when("near_poor").then(pl.lit("near_poor"))
    return frame.with_columns(poverty=pl.coalesce("poverty", crossed), both_fault=both)


def _words(frame, name, read):
    frame = by_distinct(frame, name, read, {"word_read": pl.String, f"{name}_fault": pl.String})
    return frame.with_columns(pl.col("word_read").alias(name)).drop("word_read")


def _decision(frame):
    """Number and day of the decision as one text, as it stands under a letter."""

    def read(text):
        found = parse_date(text, century=2000)
        day = found.day if found.precision == "day" and not found.fault else None
        return day, None if day else _("Ngày quyết định “%(text)s”: ghi ngày/tháng/năm.") % {"text": text}

    frame = by_distinct(frame, "decision_day", read, {"decided_on": pl.Date, "decision_day_fault": pl.String})
    dated = pl.format(_("{} ngày {}"), pl.col("decision"), pl.col("decided_on").dt.to_string("%d/%m/%Y"))
    whole = pl.when(pl.col("decision").str.contains(_DAY.pattern)).then("decision").otherwise(pl.coalesce(dated, "decision"))
    late = pl.when(pl.col("decided_on") > pl.col("this_month").dt.month_end()).then(pl.lit(_("Ngày quyết định sau tháng đang chi.")))
    return frame.with_columns(decision=whole, decided_fault=late)


def _certificate(frame):
    """The month of the certificate, where the text names its day: the right begins with it."""

    def read(text):
        found = _DAY.search(text)
        return (parse_date(found[0], century=2000).day if found else None,)

    return by_distinct(frame, "certificate", read, {"certified_on": pl.Date})


def _cared_birth(frame):
    """The child whose age counts for who fosters it."""

    def read(text):
        found = parse_date(text, century=2000)
        return found.day, found.fault or None

    return by_distinct(frame, "cared_birth", read, {"cared_born": pl.Date, "cared_birth_fault": pl.String})


def with_ages(frame: pl.DataFrame) -> pl.DataFrame:
    """``born`` of each row: the child's for who fosters one, otherwise the person's own; what the law begins with beside it."""
    fostering = pl.col("standing").is_in([code for code, law in book().standings.items() if law.several and "born" in law.facts])
    frame = with_births(frame.with_columns(born=pl.when(fostering).then("cared_born")))
    unknown = pl.when(fostering & pl.col("cared_born").is_null()).then(pl.lit(_("Thiếu ngày sinh của trẻ, người được nhận nuôi.")))
    early = pl.col("since").dt.month_start() < pl.col("certified_on").dt.month_start()
    begins = pl.format(
        _("Hưởng từ {} là trước tháng cấp giấy xác nhận khuyết tật {} (Nghị định 20/2021 Điều 8)."),
        pl.col("since").dt.to_string("%m/%Y"), pl.col("certified_on").dt.to_string("%m/%Y"),
    )
    is_disabled = pl.col("standing") == "disabled"
    paper = pl.when(is_disabled & early).then(begins).when(is_disabled & pl.col("certificate").is_null()).then(
        pl.lit(_("Chưa ghi giấy xác nhận khuyết tật.")))
    return frame.with_columns(born=pl.when(fostering).then("cared_born").otherwise("born"), cared_needs_fault=unknown, certificate_note=paper)
