"""What can be asked of imports: the preview, what became of each row, and the receipt in the office's own sheet."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office.cabinet import read_file

from ..imports.kinds import kind_named
from ..models import Area, Import, ImportRow, Person
from ..sheets.read import read_workbook
from ..sheets.receipt import write_receipt

Outcome, Result = ImportRow.Outcome, ImportRow.Result
MAX_CANDIDATES = 5

BEFORE = {
    Outcome.NEW: gettext_lazy("Sẽ ghi: mới"),
    Outcome.CHANGED: gettext_lazy("Sẽ ghi: thay đổi"),
    Outcome.SAME: gettext_lazy("Không đổi"),
    Outcome.AMBIGUOUS: gettext_lazy("Không nhận: chưa rõ là ai"),
    Outcome.WRONG: gettext_lazy("Không nhận"),
}
AFTER = {
    (Result.APPLIED, Outcome.NEW): gettext_lazy("Đã ghi: mới"),
    (Result.APPLIED, Outcome.CHANGED): gettext_lazy("Đã ghi: thay đổi"),
    (Result.LEFT, Outcome.NEW): gettext_lazy("Không ghi"),
    (Result.LEFT, Outcome.CHANGED): gettext_lazy("Không ghi"),
    (Result.UNDONE, Outcome.NEW): gettext_lazy("Đã hoàn tác"),
    (Result.UNDONE, Outcome.CHANGED): gettext_lazy("Đã hoàn tác"),
    (Result.KEPT, Outcome.NEW): gettext_lazy("Giữ lại khi hoàn tác"),
    (Result.KEPT, Outcome.CHANGED): gettext_lazy("Giữ lại khi hoàn tác"),
}


@dataclass(frozen=True)
class Said:
    """What is said of a row: *Kết quả, Lý do, Gợi ý sửa*."""

    result: str
    reason: str
    remedy: str


def waiting_imports(account):
    """Imports that the account sees and that wait for an approval, oldest first."""
    return Import.objects.visible_to(account).filter(state=Import.State.CHECKED).order_by("id")


def rows_of(import_: Import, account, *, outcome: str = ""):
    """The rows of an import in the order of the sheet, of one outcome if asked."""
    rows = ImportRow.objects.visible_to(account).filter(of_import=import_)
    return (rows.filter(outcome=outcome) if outcome else rows).order_by("sheet", "row")


def said_of(row: ImportRow, account) -> Said:
    """What the account may be told of a row; persons outside its areas only as somebody elsewhere."""
    result = AFTER.get((row.result, row.outcome)) or BEFORE[row.outcome]
    changes = "; ".join(_("%(title)s: %(old)s → %(new)s") % change for change in differences_of(row))
    reason = " ".join(filter(None, [row.reason, changes, _said_of_candidates(row, account), row.note]))
    return Said(str(result), reason, row.remedy)


def differences_of(row: ImportRow) -> list[dict]:
    """What a changed row would change, each with title, old and new as officers read them."""
    if not row.differences:
        return []
    kind = kind_named(row.of_import.kind)
    titles = kind.shows
    return [
        {"title": titles[name], "old": _shown(name, old, kind) or _("trống"), "new": _shown(name, new, kind)}
        for name, (old, new) in row.differences.items()
        if name in titles
    ]


def candidates_of(row: ImportRow, account) -> tuple[list[Person], int]:
    """Persons whom the row may mean, as far as the account sees them, and how many it does not see."""
    if not row.candidates:
        return [], 0
    seen = list(Person.objects.visible_to(account).filter(pk__in=row.candidates)[:MAX_CANDIDATES])
    return seen, len(set(row.candidates)) - Person.objects.visible_to(account).filter(pk__in=row.candidates).count()


def receipt_of(import_: Import, account) -> tuple[bytes, str]:
    """The same sheet back with *Kết quả, Lý do, Gợi ý sửa* beside every row, and its name."""
    data = read_file(import_.file)
    book = read_workbook(data, import_.name, kind_named(import_.kind).columns)
    answers: dict[int, dict] = {}
    for row in rows_of(import_, account).select_related("of_import").iterator(chunk_size=5_000):
        said = said_of(row, account)
        answers.setdefault(row.sheet, {})[row.row] = (said.result, said.reason, said.remedy)
    return write_receipt(data, import_.name, list(book.sheets), answers)


def _said_of_candidates(row, account):
    seen, unseen = candidates_of(row, account)
    words = [_("%(name)s, sinh %(birth)s (mã người %(id)d)") % {"name": p.name, "birth": _birth(p), "id": p.pk} for p in seen]
    elsewhere = [_("có người trùng ở xã khác")] if unseen else []
    return _("Có thể là: %(who)s.") % {"who": "; ".join([*words, *elsewhere])} if words or elsewhere else ""


def _birth(person):
    if person.birth_on is None:
        return _("không rõ")
    return person.birth_on.strftime({"year": "%Y", "month": "%m/%Y"}.get(person.birth_precision, "%d/%m/%Y"))


def _shown(name, value, kind):
    if value is None or value == "":
        return ""
    if value in (words := kind.words.get(name, {})):
        return words[value]
    if name == "area_id":
        area = Area.objects.filter(pk=int(value)).first()
        return f"{area.kind} {area}" if area else value
    if name in ("sex", "birth_precision"):
        return str(dict(Person._meta.get_field(name).choices)[value])
    if len(value) == 10 and value[4] == value[7] == "-":
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return {"true": _("có"), "false": _("không")}.get(value, value)
