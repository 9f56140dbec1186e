"""A trial as a sheet: every month, commune and standing on a row, of two drafts beside each other where two were compared."""
from django.utils.translation import gettext as _

from ansinh.engine.law import book
from ansinh.engine.months import as_date
from ansinh.web import composed, exports

EXPORTS = {"xlsx": exports.as_xlsx, "csv": exports.as_csv}
KEYS = ("month", "place", "standing")


def table(trial, other=None) -> tuple[list[str], list[list]]:
    """Head and rows for an export."""
    head = [_("Tháng"), _("Xã, phường"), _("Diện"), _("Theo luật đang có (đồng)"), *_columns(trial)]
    beside = {}
    if other:
        head += _columns(other)
        beside = {tuple(row[key] for key in KEYS): row for row in other.found.cells.iter_rows(named=True)}
    found = {tuple(row[key] for key in KEYS): row for row in trial.found.cells.iter_rows(named=True)}
    names, standings = composed.place_names({key[1] for key in (*found, *beside)}), book().standings
    rows = []
    for key in sorted({*found, *beside}):
        month, place, standing = key
        before = (found.get(key) or beside[key])["before"]
        row = [f"{as_date(month):%m/%Y}", names[place], standings[standing].vietnamese, before, *_figures(found.get(key), before)]
        rows.append(row + _figures(beside.get(key), before) if other else row)
    return head, rows


def _columns(trial):
    said = {"draft": trial.draft.title}
    return [
        _("%(draft)s (đồng)") % said, _("Chênh lệch: %(draft)s") % said, _("Số người tăng: %(draft)s") % said, _("Số người giảm: %(draft)s") % said,
    ]


def _figures(row, before):
    return [row["after"], row["after"] - row["before"], row["up"], row["down"]] if row else [before, 0, 0, 0]
