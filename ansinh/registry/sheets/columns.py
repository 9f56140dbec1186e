"""Columns that a kind of import knows: their names, titles and the words by which offices head them."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from django.utils.translation import gettext_lazy as _

# Columns that a receipt adds; in a sheet that comes back they are ours, not the office's.
RECEIPT_TITLES = (_("Kết quả"), _("Lý do"), _("Gợi ý sửa"))


@dataclass(frozen=True)
class Column:
    """Cột: ``name`` in code, ``title`` on the empty form, ``synonyms`` (accents do not matter), an example and help.

    A column that is not ``on_form`` is understood where an office has it, but not asked for.
    """

    name: str
    title: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    example: str = ""
    help: str = ""
    is_text: bool = True
    on_form: bool = True


def load_columns(path: Path) -> tuple[Column, ...]:
    """The columns of a kind from ``columns`` of its YAML file: mappings with the fields of :class:`Column`."""
    rows = yaml.safe_load(path.read_text("utf-8"))["columns"]
    return tuple(Column(**{**row, "synonyms": tuple(row.get("synonyms", ()))}) for row in rows)
