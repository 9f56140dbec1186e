"""Loading the dated list of administrative units, and letting persons follow a merger."""
import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.text.names import fold
from ansinh.office.act import action
from ansinh.office.actions import PROVINCE, raise_task
from ansinh.web.refusal import Refusal

from ..models import Area, Person, Succession
from ..models.areas import UNKNOWN_START
from ..queries.areas import Lineage

AREAS_FILE = Path(__file__).resolve().parents[2] / "law" / "areas.csv"
LEVELS = {2: Area.Level.PROVINCE, 3: Area.Level.DISTRICT, 5: Area.Level.COMMUNE}
CARRIED = ("name", "kind", "level", "path", "search_key", "until", "source", "parent")


@dataclass(frozen=True)
class Line:
    """One line of the list of units."""

    number: int
    code: str
    kind: str
    name: str
    parent: str
    since: date
    until: date | None
    successors: tuple[str, ...]
    source: str

    @property
    def level(self) -> int:
        return LEVELS[len(self.code)]

    def exists(self, day: date) -> bool:
        return self.since <= day and (self.until is None or self.until >= day)


def _province(*_args, **_kwargs):
    return PROVINCE, ""


@action("registry.load_areas", label=gettext_lazy("Nạp danh mục đơn vị hành chính"), scope=_province, undoable=False)
def load_areas(*, file: Path = AREAS_FILE) -> int:
    """Nạp danh mục đơn vị hành chính: units and successions as of the list; loading again changes only what differs.

    Returns how many units are new or changed.
    """
    lines = read_areas(file)
    before = {(a.code, a.since): a for a in Area.objects.all()}
    made, changed = {}, 0
    for level in Area.Level.values:
        rows = [_as_area(line, lines, made) for line in lines if line.level == level]
        changed += _write(rows, before)
        made |= {(a.code, a.since): a for a in Area.objects.filter(level=level)}
    _write_successions(lines, made)
    return changed


def read_areas(file: Path = AREAS_FILE) -> list[Line]:
    """The lines of a list of units, each checked; refused with file, line and reason."""
    with file.open(encoding="utf-8", newline="") as text:
        lines = [_line(number, row, file) for number, row in enumerate(csv.DictReader(text), start=2)]
    for line in lines:
        _refuse_doubles(line, lines, file)
        for code in line.successors:
            _unit_on(lines, code, line.until + timedelta(days=1), line, file)
    return lines


def _line(number, row, file):
    try:
        since = date.fromisoformat(row["since"]) if row["since"] else UNKNOWN_START
        until = date.fromisoformat(row["until"]) if row["until"] else None
        LEVELS[len(row["code"])]
    except (KeyError, ValueError) as fault:
        _refuse(file, number, _("ngày hoặc mã không đọc được (%(fault)s)") % {"fault": fault})
    successors = tuple(row["successors"].split())
    if successors and until is None:
        _refuse(file, number, _("có đơn vị kế tiếp nhưng không có ngày kết thúc"))
    return Line(number, row["code"], row["kind"], row["name"], row["parent"], since, until, successors, row["source"])


def _refuse_doubles(line, lines, file):
    for other in lines:
        if other.number < line.number and other.code == line.code and (other.exists(line.since) or line.exists(other.since)):
            _refuse(file, line.number, _("mã %(code)s trùng ngày với dòng %(other)d") % {"code": line.code, "other": other.number})


def _unit_on(lines, code, day, line, file=AREAS_FILE):
    found = [other for other in lines if other.code == code and other.exists(day)]
    if not found:
        _refuse(file, line.number, _("không có đơn vị mã %(code)s vào ngày %(day)s") % {"code": code, "day": day.isoformat()})
    return found[0]


def _refuse(file, number, why):
    raise Refusal(_("%(file)s dòng %(line)d: %(why)s.") % {"file": file.name, "line": number, "why": why})


def _as_area(line, lines, made):
    parent = None
    if line.parent:
        above = _unit_on(lines, line.parent, line.since, line)
        parent = made[above.code, above.since]
    return Area(
        code=line.code, name=line.name, kind=line.kind, level=line.level, parent=parent, since=line.since, until=line.until,
        path=f"{parent.path if parent else ''}{line.code}.", search_key=fold(line.name), source=line.source,
    )


def _write(rows, before):
    """Insert new units, carry changes over to known ones; returns how many of either."""
    new = [row for row in rows if (row.code, row.since) not in before]
    differing = []
    for row in rows:
        known = before.get((row.code, row.since))
        if known and any(_differs(known, row, name) for name in CARRIED):
            row.pk = known.pk
            differing.append(row)
    Area.objects.bulk_create(new)
    Area.objects.bulk_update(differing, CARRIED)
    return len(new) + len(differing)


def _differs(known, row, name):
    column = "parent_id" if name == "parent" else name
    return getattr(known, column) != getattr(row, column)


def _write_successions(lines, made):
    known = set(Succession.objects.values_list("predecessor_id", "successor_id"))
    rows = []
    for line in lines:
        for code in line.successors:
            day = line.until + timedelta(days=1)
            successor = _unit_on(lines, code, day, line)
            rows.append(Succession(
                predecessor=made[line.code, line.since], successor=made[successor.code, successor.since], on=day,
                is_split=len(line.successors) > 1, source=line.source,
            ))
    Succession.objects.bulk_create(row for row in rows if (row.predecessor_id, row.successor_id) not in known)


@action("registry.follow_areas", label=gettext_lazy("Chuyển địa bàn theo sắp xếp đơn vị hành chính"), scope=_province, undoable=False)
def follow_areas(*, on: date) -> int:
    """Chuyển địa bàn theo sắp xếp: persons of units that ended are found under the one successor from then on.

    The residence itself stays as it was recorded. Persons of a divided unit stay and one task a unit asks where each
    belongs. Returns how many persons moved.
    """
    moved = 0
    lineage = Lineage()
    for old in _ended_paths(on):
        new = lineage.on(old, on)
        if len(new) == 1:
            moved += Person.objects.filter(area_path=old.path).update(area_path=new[0].path)
        elif Person.objects.filter(area_path=old.path, died_on=None).exists():
            _ask_where(old, new)
    return moved


def _ended_paths(on):
    """Of each path that no unit has any more, the unit that had it last; a code may have passed to another unit before."""
    last = {area.path: area for area in Area.objects.communes().order_by("since")}
    return [area for area in last.values() if area.until and area.until < on]


def _ask_where(old, successors):
    new = ", ".join(str(area) for area in successors)
    count = Person.objects.filter(area_path=old.path, died_on=None).count()
    raise_task(
        "registry.move", key=f"registry.area:{old.pk}", cause="split", area_path=old.path,
        title=_("Xếp địa bàn mới cho %(count)d người của %(old)s (nay thuộc %(new)s)") % {"count": count, "old": old, "new": new},
    )
