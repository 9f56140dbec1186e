"""From a file to staged rows: read, check, match; nothing is written here."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import polars as pl
from django.utils.translation import gettext as _

from ansinh.office import clock
from ansinh.office.actions import read_file

from ..models import Import
from ..sheets.read import Sheet, read_workbook
from .frames import sentence, to_json, with_missing
from .kinds import Kind, Setting, kind_named

OUTCOMES = ("new", "changed", "same", "ambiguous", "wrong")


@dataclass(frozen=True)
class Staged:
    """Kết quả kiểm tra: rows as ImportRow holds them, how many of each outcome, notes on the file, the kind's report."""

    rows: pl.DataFrame
    counts: dict[str, int]
    notes: list[str]
    report: dict


def setting_of(import_: Import) -> Setting:
    """What checks of this import may know."""
    return Setting(
        import_.as_of, clock.today(), import_.area_path, import_.applied_in_id, _("bảng %(name)s") % {"name": import_.name}
    )


def stage(import_: Import, progress: Callable[[int], None] = lambda _percent: None) -> Staged:
    """Read, check and match the file of an import; ``progress`` hears of percents. A file that cannot be read is refused."""
    kind, setting = kind_named(import_.kind), setting_of(import_)
    book = read_workbook(read_file(import_.file), import_.name, kind.columns)
    progress(30)
    texts = with_missing(pl.concat([_texts(sheet) for sheet in book.sheets], how="diagonal"), [c.name for c in kind.columns])
    raw = with_missing(pl.concat([s.raw.with_columns(sheet=pl.lit(s.index)) for s in book.sheets], how="diagonal"), [])
    checked = _once(kind.check(texts, setting), kind.keys, "fault")
    progress(60)
    rows = _matched(checked, kind, setting)
    progress(90)
    report = kind.report(rows) if kind.report else {}
    rows = _as_rows(rows, raw, kind)
    found = dict(rows.group_by("outcome").len().iter_rows())
    notes = [*book.notes, *(note for sheet in book.sheets for note in sheet.notes)]
    return Staged(rows, {outcome: found.get(outcome, 0) for outcome in OUTCOMES}, notes, report)


def _texts(sheet: Sheet):
    """A sheet's rows with what is worth saying of each: hidden, formula, old encoding."""
    frame = sheet.frame.with_columns(sheet=pl.lit(sheet.index))
    marks = [pl.when(pl.col("row").is_in(list(sheet.hidden))).then(pl.lit(_("Dòng ẩn trong tệp.")))]
    for rows in sheet.formulas.values():
        marks.append(pl.when(pl.col("row").is_in(list(rows))).then(pl.lit(_("Có ô công thức, lấy kết quả đã lưu."))))
    for name in sheet.frame.columns[1:]:
        written = sheet.raw[name].str.normalize("NFC")
        if (written.str.contains("[\u00a1-\u00ff]") & (written != sheet.frame[name])).any():
            marks.append(_conversion(written, sheet.frame[name]))
    return frame.with_columns(file_note=sentence(*marks))


def _conversion(written, read):
    """Where a cell was in an old encoding: what was written and what it was taken for."""
    differs = (written.str.replace_all(r"\s+", " ").str.strip_chars() != read) & written.str.contains("[\u00a1-\u00ff]")
    return pl.when(differs).then(pl.format(_("Chuyển bảng mã: “{}” → “{}”."), pl.lit(written), pl.lit(read)))


def _once(frame, columns, reason):
    """Of two rows that share a value which may stand once in a file, the later is at fault."""
    frame = frame.sort("sheet", "row")
    for column in columns:
        first = pl.col("row").first().over(column)
        is_later = pl.col(column).is_not_null() & (pl.int_range(pl.len()).over(column) > 0)
        said = pl.format(_("Trùng với dòng {} của tệp này."), first)
        frame = frame.with_columns(
            pl.when(is_later & pl.col(reason).is_null()).then(said).otherwise(reason).alias(reason),
            pl.when(is_later).then(pl.lit(_("Giữ một dòng, xóa dòng kia."))).otherwise("remedy").alias("remedy"),
        )
    return frame


def _matched(checked, kind: Kind, setting):
    """Rows without fault are matched; of two that turn out to be one person the later is at fault as well."""
    good = checked.filter(pl.col("fault").is_null()).drop("remedy")
    bad = checked.filter(pl.col("fault").is_not_null()).with_columns(outcome=pl.lit("wrong"), reason=pl.col("fault"))
    if not len(good):
        return bad
    matched = kind.match(good, setting).with_columns(twice=pl.lit(None, pl.String))
    matched = _once(matched, ["subject"], "twice")
    is_twice = pl.col("twice").is_not_null()
    matched = matched.with_columns(
        outcome=pl.when(is_twice).then(pl.lit("wrong")).otherwise("outcome"), reason=pl.coalesce("twice", "reason")
    )
    return pl.concat([matched, bad], how="diagonal_relaxed")


def _as_rows(rows, raw, kind: Kind):
    """Rows as ImportRow holds them; the raw cells are kept where something was understood, converted or refused."""
    differences = differences_of(rows, kind)
    remarks = sentence(*(pl.col(c) for c in ("file_note", "note") if c in rows.columns))
    rows = rows.with_columns(
        differences=differences,
        note=remarks,
        values=to_json(kind.schema),
        candidates=_as_json(rows, "candidates"),
        subject=pl.col("subject") if "subject" in rows.columns else pl.lit(None, pl.Int64),
    )
    raw = raw.with_columns(raw=to_json([c for c in raw.columns if c not in ("row", "sheet")])).select("sheet", "row", "raw")
    rows = rows.join(raw, on=["sheet", "row"], how="left")
    worth_keeping = (pl.col("note") != "") | pl.col("outcome").is_in(["wrong", "ambiguous"])
    texts = [pl.col(name).fill_null("") for name in ("reason", "remedy", "note", "title")]
    return rows.select(
        "sheet",
        "row",
        "outcome",
        *texts,
        "values",
        "differences",
        "candidates",
        "subject",
        raw=pl.when(worth_keeping).then("raw"),
    ).sort("sheet", "row")


def _as_json(rows, column):
    if column not in rows.columns:
        return pl.lit(None, pl.String)
    inside = pl.col(column).cast(pl.List(pl.String)).list.join(",")
    return pl.when(pl.col(column).list.len() > 0).then(pl.format("[{}]", inside))


def differences_of(rows: pl.DataFrame, kind: Kind) -> pl.Series:
    """For each changed row a JSON object column → [old, new]; null elsewhere."""
    names = [name for name in kind.compared if f"old_{name}" in rows.columns]
    pairs = [
        pl.struct(pl.col(f"old_{name}").cast(pl.String).alias("old"), pl.col(name).cast(pl.String).alias("new")).alias(name)
        for name in names
    ]
    changed = rows.with_row_index("place").filter(pl.col("outcome") == "changed").select("place", *pairs)
    texts: list[str | None] = [None] * len(rows)
    for place, *cells in changed.iter_rows():
        said = {n: [c["old"], c["new"]] for n, c in zip(names, cells, strict=True) if c["new"] not in (None, "", c["old"])}
        texts[place] = json.dumps(said, ensure_ascii=False)
    return pl.Series("differences", texts, dtype=pl.String)
