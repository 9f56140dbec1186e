"""From a file to staged rows: read, check, match; nothing is written here."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from django.utils.translation import gettext as _

from ansinh.office import clock
from ansinh.office.cabinet import read_file

from ..models import Import
from ..sheets.read import Sheet, read_workbook
from .frames import sentence, to_json, with_missing
from .kinds import Kind, Setting, kind_named

SLICE = 50_000
OUTCOMES = ("new", "changed", "same", "ambiguous", "wrong")


@dataclass(frozen=True)
class Staged:
    """Kết quả kiểm tra: rows as ImportRow holds them (in parts, on disk), how many of each outcome, notes, the kind's report."""

    folder: TemporaryDirectory
    parts: tuple[Path, ...]
    counts: dict[str, int]
    notes: list[str]
    report: dict

    def frames(self) -> Iterator[pl.DataFrame]:
        """The rows, part by part."""
        return (pl.read_ipc(part) for part in self.parts)


class Seen:
    """What stood in earlier rows of the file, for values that may stand once in it."""

    def __init__(self):
        self.rows: dict[str, pl.DataFrame] = {}

    def first_rows(self, frame: pl.DataFrame, column: str) -> pl.Series:
        """For each row the earlier row with the same value; null where it is the first or has none."""
        own = pl.when(pl.int_range(pl.len()).over(column) > 0).then(pl.col("row").first().over(column))
        before = self.rows.get(column)
        rows = frame.select(column, "row", own=own)
        rows = (
            rows.with_columns(earlier=pl.lit(None, pl.Int64))
            if before is None
            else rows.join(before, on=column, how="left", maintain_order="left")
        )
        fresh = rows.filter(pl.col(column).is_not_null() & pl.col("own").is_null() & pl.col("earlier").is_null())
        fresh = fresh.select(column, earlier="row")
        self.rows[column] = fresh if before is None else pl.concat([before, fresh])
        return rows.select(pl.when(pl.col(column).is_not_null()).then(pl.coalesce("earlier", "own"))).to_series()


def setting_of(import_: Import) -> Setting:
    """What checks of this import may know."""
    return Setting(
        import_.as_of, clock.today(), import_.area_path, import_.applied_in_id, _("bảng %(name)s") % {"name": import_.name}
    )


def stage(import_: Import, progress: Callable[[int], None] = lambda _percent: None) -> Staged:
    """Read, check and match the file of an import; ``progress`` hears of percents. A file that cannot be read is refused.

    Rows are taken in parts that are put on disk, so that a province needs no more memory than a commune.
    """
    kind, setting, seen = kind_named(import_.kind), setting_of(import_), Seen()
    book = read_workbook(read_file(import_.file), import_.name, kind.columns)
    progress(20)
    # Removed with the Staged that holds it, or at the end of the process.
    folder = TemporaryDirectory(prefix="ansinh-import-")
    parts, counts, reported = [], Counter(), []
    slices = [(sheet, start) for sheet in book.sheets for start in range(0, len(sheet.frame), SLICE)]
    for number, (sheet, start) in enumerate(slices, 1):
        matched = _matched(_checked(sheet, start, kind, setting, seen), kind, setting, seen)
        rows = _as_rows(matched, sheet.raw[start : start + SLICE], kind)
        parts.append(Path(folder.name) / f"{number}.arrow")
        rows.write_ipc(parts[-1])
        counts.update(dict(rows.group_by("outcome").len().iter_rows()))
        if kind.report:
            reported.append(matched.select(kind.reported))
        progress(20 + 75 * number // len(slices))
    notes = [*book.notes, *(note for sheet in book.sheets for note in sheet.notes)]
    report = kind.report(pl.concat(reported, how="vertical_relaxed")) if reported else {}
    return Staged(folder, tuple(parts), {outcome: counts[outcome] for outcome in OUTCOMES}, notes, report)


def _checked(sheet, start, kind: Kind, setting, seen):
    texts = with_missing(_texts(sheet, start), [column.name for column in kind.columns])
    return _once(kind.check(texts, setting), kind.keys, "fault", seen)


def _texts(sheet: Sheet, start: int):
    """Rows of a sheet with what is worth saying of each: hidden, formula, old encoding."""
    frame, raw = sheet.frame[start : start + SLICE], sheet.raw[start : start + SLICE]
    marks = [pl.when(pl.col("row").is_in(list(sheet.hidden))).then(pl.lit(_("Dòng ẩn trong tệp.")))]
    for rows in sheet.formulas.values():
        marks.append(pl.when(pl.col("row").is_in(list(rows))).then(pl.lit(_("Có ô công thức, lấy kết quả đã lưu."))))
    for name in frame.columns[1:]:
        written = raw[name].str.normalize("NFC")
        if (written.str.contains("[\u00a1-\u00ff]") & (written != frame[name])).any():
            marks.append(_conversion(written, frame[name]))
    return frame.with_columns(file_note=sentence(*marks), sheet=pl.lit(sheet.index))


def _conversion(written, read):
    """Where a cell was in an old encoding: what was written and what it was taken for."""
    differs = (written.str.replace_all(r"\s+", " ").str.strip_chars() != read) & written.str.contains("[\u00a1-\u00ff]")
    return pl.when(differs).then(pl.format(_("Chuyển bảng mã: “{}” → “{}”."), pl.lit(written), pl.lit(read)))


def _once(frame, columns, reason, seen: Seen):
    """Of two rows that share a value which may stand once in a file, the later is at fault."""
    frame = frame.sort("row")
    for column in columns:
        frame = frame.with_columns(first=seen.first_rows(frame, column))
        is_later, said = pl.col("first").is_not_null(), pl.format(_("Trùng với dòng {} của tệp này."), "first")
        frame = frame.with_columns(
            pl.when(is_later & pl.col(reason).is_null()).then(said).otherwise(reason).alias(reason),
            pl.when(is_later).then(pl.lit(_("Giữ một dòng, xóa dòng kia."))).otherwise("remedy").alias("remedy"),
        )
    return frame.drop("first")


def _matched(checked, kind: Kind, setting, seen):
    """Rows without fault are matched; of two that turn out to be one person the later is at fault as well."""
    good = checked.filter(pl.col("fault").is_null()).drop("remedy")
    bad = checked.filter(pl.col("fault").is_not_null()).with_columns(outcome=pl.lit("wrong"), reason=pl.col("fault"))
    if not len(good):
        return bad
    matched = _once(kind.match(good, setting).with_columns(twice=pl.lit(None, pl.String)), kind.once, "twice", seen)
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
    raw = raw.select("row", raw=to_json(raw.columns[1:]))
    rows = rows.join(raw, on="row", how="left")
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
