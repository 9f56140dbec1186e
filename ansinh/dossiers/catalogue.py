"""Kinds of paper, fields and categories of dossiers: read from law/dossiers/, refused where a name leads nowhere."""
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ansinh.engine.law.own import book_of_package
from ansinh.engine.law.places import Place, listed

FOLDER = Path(__file__).resolve().parents[1] / "law" / "dossiers"
TYPES = {"name", "birth", "citizen_number", "dossier_number", "paper_number", "day", "month", "rate", "place"}


@dataclass(frozen=True)
class Field:
    """Ô: ``type`` says how it is read and checked; ``digits`` are never accepted without a person; ``proves`` names kind.value."""

    code: str
    title: str
    type: str
    digits: bool
    twice: bool
    proves: str


@dataclass(frozen=True)
class PaperKind:
    """Loại giấy tờ and the fields that it usually carries; ``abbreviation`` stands in its archive code."""

    code: str
    title: str
    form: str
    basis: str
    verified: bool
    abbreviation: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Category:
    """Loại hồ sơ: each of ``papers`` is a set of kinds of which one must be there; ``fields`` must be confirmed."""

    code: str
    title: str
    standing: str
    field: str
    papers: tuple[tuple[PaperKind, ...], ...]
    fields: tuple[Field, ...]
    basis: str
    verified: bool


@dataclass(frozen=True)
class Catalogue:
    """All that is known of dossiers before one is opened, by code."""

    fields: dict[str, Field]
    papers: dict[str, PaperKind]
    categories: dict[str, Category]


@cache
def catalogue() -> Catalogue:
    """The office's catalogue."""
    return load()


def load(folder: Path = FOLDER) -> Catalogue:
    """Read a folder; a wrong name or key is refused with file, line and reason (``LawError``)."""
    fields = _by_code(_field(row) for row in listed(folder / "fields.yaml"))
    papers = _by_code(_paper(row, fields) for row in listed(folder / "papers.yaml"))
    categories = _by_code(_category(row, fields, papers) for row in listed(folder / "categories.yaml"))
    return Catalogue(fields, papers, categories)


def _by_code(rows):
    return {row.code: row for row in rows}


def _field(row: Place) -> Field:
    row.only({"code", "vietnamese", "type", "digits", "twice", "proves"})
    if row.text("type") not in TYPES:
        row.refuse(f"{row['type']!r} is no type of field; one of {', '.join(sorted(TYPES))}", "type")
    return Field(
        row.text("code"), row.text("vietnamese"), row.text("type"), row.flag("digits", False), row.flag("twice", False), row.text("proves", "")
    )


def _paper(row: Place, fields) -> PaperKind:
    row.only({"code", "vietnamese", "form", "basis", "verified", "abbreviation", "fields"})
    return PaperKind(
        row.text("code"), row.text("vietnamese"), row.text("form", ""), row.text("basis"), row.flag("verified", True), row.text("abbreviation"),
        _named(row, "fields", fields),
    )


def _category(row: Place, fields, papers) -> Category:
    row.only({"code", "vietnamese", "standing", "field", "papers", "fields", "basis", "verified"})
    row.names([row["standing"]] if "standing" in row else [], "standing", book_of_package().standings)
    needed = tuple(tuple(_known(row, "papers", papers, name.strip()) for name in choice.split("|")) for choice in row["papers"])
    return Category(
        row.text("code"), row.text("vietnamese"), row.text("standing", ""), row.text("field"), needed, _named(row, "fields", fields),
        row.text("basis"), row.flag("verified", True),
    )


def _named(row, key, known):
    return tuple(_known(row, key, known, name) for name in row[key])


def _known(row, key, known, name):
    if name not in known:
        row.refuse(f"{name!r} is not known; one of {', '.join(known)}", key)
    return known[name]
