"""Rows of one file held against each other: one person in two groups that the law does not pay together, two rows that may be one person."""
import polars as pl
from django.utils.translation import gettext as _

from ansinh.engine.law import book
from ansinh.engine.law.sweep import Running
from ansinh.registry.imports.persons import identity

MARK = ("name", "birth_on", "sex", "area_path")


def with_contradictions(frame: pl.DataFrame) -> pl.DataFrame:
    """Add ``person_key``, ``right_key`` (what may stand once) and ``together_fault``."""
    several = [code for code, law in book().standings.items() if law.several]
    child = pl.when(pl.col("standing").is_in(several)).then(pl.col("born").cast(pl.String))
    frame = frame.with_columns(person_key=identity())
    frame = frame.with_columns(right_key=pl.concat_str("person_key", pl.col("standing").fill_null(""), child.fill_null(""), separator="|"))
    told = {**_perhaps_one_person(frame), **_of_one_person(frame)}
    return frame.with_columns(together_fault=pl.Series([told.get(row) for row in frame["row"]], dtype=pl.String))


def _of_one_person(frame):
    """Of rows with one key: another name or birth, or a group that excludes one that stands above."""
    several = frame.filter(pl.col("person_key").is_not_null() & pl.col("standing").is_not_null() & (pl.len().over("person_key") > 1))
    found = {}
    for _key, rows in several.sort("row").group_by("person_key", maintain_order=True):
        above = []
        for row in rows.iter_rows(named=True):
            if told := _differs(row, above) or _excluded(row, above):
                found[row["row"]] = told
            else:
                above.append(row)
    return found


def _differs(row, above):
    first = above[0] if above else row
    if (row["search_key"], row["birth_on"]) == (first["search_key"], first["birth_on"]):
        return None
    return _("Cùng số định danh với dòng %(row)d nhưng khác họ tên hoặc ngày sinh.") % {"row": first["row"]}


def _excluded(row, above):
    others = [one for one in above if one["standing"] != row["standing"]]
    running = [Running(one["standing"]) for one in (*others, row)]
    for rule in book().exclusive.values():
        if row["standing"] in rule.clash(running):
            said = {"row": others[0]["row"], "what": book().standing(others[0]["standing"]).short, "rule": rule.title, "basis": rule.basis}
            return _("Người này ở dòng %(row)d hưởng “%(what)s”. %(rule)s (%(basis)s); giữ dòng có mức cao hơn.") % said
    return None


def _perhaps_one_person(frame):
    """A row without a number that is like an earlier one in name, birth, sex and commune: nobody can tell them apart."""
    seen, found = {}, {}
    for row in frame.filter(pl.col("birth_on").is_not_null()).select("row", "number", "person", *MARK).sort("row").iter_rows(named=True):
        mark = tuple(row[name] for name in MARK)
        if mark not in seen:
            seen[mark] = row
        elif (row["number"] is None) != (seen[mark]["number"] is None) and row["person"] is None:
            found[row["row"]] = _("Cùng họ tên, ngày sinh, xã với dòng %(row)d, một dòng không có số định danh; ghi số cho cả hai dòng.") % {
                "row": seen[mark]["row"]}
    return found
