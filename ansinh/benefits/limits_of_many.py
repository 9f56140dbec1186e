"""Giới hạn của luật for thousands of grants at once: the same answers as for one, asked only where they could be a no."""
from collections import defaultdict

import polars as pl

from ansinh.engine.law import book
from ansinh.engine.law.limits import DEAD, first_lines
from ansinh.registry.imports.matching import in_slices

from .couples import bonds_of
from .limits import Asked, Broken, broken, has_years, is_one_share, limits_of
from .models import Terms

HELD = {
    "entitlement__payable__person_id": "person", "entitlement__standing": "standing", "since": "since", "until": "until", "grade": "grade",
    "entitlement__payable__title": "title",
}


def with_births(rows: pl.DataFrame) -> pl.DataFrame:
    """``born`` is the person's own birth (``birth_on``) where the amount depends on age and the paper names nobody else's."""
    asking = [code for code, standing in book().standings.items() if "born" in standing.facts]
    said = pl.col("born") if "born" in rows.columns else pl.lit(None, pl.Date)
    return rows.with_columns(born=pl.when(pl.col("standing").is_in(asking)).then(pl.coalesce(said, "birth_on")).otherwise(said))


def broken_rows(rows: pl.DataFrame) -> dict[int, Broken]:
    """What the law does not allow, by the number of the row; every other row may be granted.

    ``rows``: ``person_id`` (null for who is not registered yet), ``who, birth_on, died_on, standing, since``, facts of the
    standings as ``with_births`` gives them.
    """
    rows = rows.with_row_index("place")
    bonds = _bonds(rows)
    held = _held(rows, bonds)
    doubtful = rows.filter(_doubtful(rows, held))
    found, given = {}, defaultdict(list)
    for row in doubtful.iter_rows(named=True):
        own = held.get(row["person_id"], []) + given[row["person_id"]]
        is_shared = any(bond.meets(_rights(row, held.get(bond.other, []) + given[bond.other]), row["since"]) for bond in bonds[row["person_id"]])
        if no := broken(_asked(row, own, is_shared)):
            found[row["place"]] = no
        elif row["person_id"] is not None:
            given[row["person_id"]].append(_as_held(row))
    return found


def _doubtful(rows, held):
    """Rows to which some limit could say no; a wounded soldier alive is none of them."""
    codes = [code for code in rows["standing"].unique() if _asks_more(code)]
    before_birth = (pl.col("since") < pl.col("birth_on")).fill_null(False)
    known = pl.col("person_id").is_in(list(held)).fill_null(False)
    return pl.col("standing").is_in(codes) | before_birth | pl.col("died_on").is_not_null() | known | ~_sound(rows)


def _asks_more(code):
    by_facts = any(line["age_from"] is not None or line["poverty"] for line in first_lines(book(), code))
    return by_facts or any(limit.years is not None or limit.people is not None or limit.only == DEAD or limit.couple for limit in limits_of(code))


def _sound(rows):
    """Rows whose facts the law's tables can be read by: asked once a distinct set of them."""
    names = ["standing", *(name for name in Terms.FACTS if name in rows.columns and name != "born")]
    wrong = [row for row in rows.select(names).unique().iter_rows() if book().complaint(row[0], dict(zip(names[1:], row[1:], strict=True)))]
    return ~pl.any_horizontal(*(_is(names, row) for row in wrong)) if wrong else pl.lit(True)


def _is(names, row):
    return pl.all_horizontal(pl.col(name).eq_missing(pl.lit(value)) for name, value in zip(names, row, strict=True))


def _bonds(rows):
    """Marriages of those who ask for what husband and wife have one share of; nobody else's matter."""
    codes = [code for code in rows["standing"].unique() if is_one_share(code)]
    return bonds_of(rows.filter(pl.col("standing").is_in(codes))["person_id"].drop_nulls().unique().to_list() if codes else [])


def _rights(row, held):
    """First and last days of what somebody has of the standing that a row asks for."""
    return [(one["since"], one["until"]) for one in held if one["standing"] == row["standing"]]


def _held(rows, bonds):
    """What the persons, and husband or wife, have been granted, by person: standing, first and last day, grade, title."""
    others = {bond.other for own in bonds.values() for bond in own}
    ids = list({*rows["person_id"].drop_nulls().unique(), *others})
    terms = in_slices(Terms.objects.current(), "entitlement__payable__person_id", ids, *HELD).rename(HELD).sort("since")
    found = defaultdict(list)
    for row in terms.iter_rows(named=True):
        found[row["person"]].append(row)
    return found


def _as_held(row):
    title = book().standing(row["standing"]).short
    return {"standing": row["standing"], "since": row["since"], "until": None, "grade": row.get("grade"), "title": title}


def _asked(row, own, is_shared):
    since, standing = row["since"], row["standing"]
    runs = any(one["standing"] == standing and (one["until"] is None or one["until"] >= since) for one in own)
    return Asked(
        row["who"], row["birth_on"], row["died_on"], standing, since, {name: row[name] for name in Terms.FACTS if name in row},
        tuple((one["standing"], one["since"], one["title"]) for one in own) if has_years(standing) else (),
        tuple((one["standing"], one["grade"]) for one in own if one["since"] <= since and (one["until"] is None or one["until"] >= since)),
        runs, is_shared,
    )
