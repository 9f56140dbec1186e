"""What can happen to a standing (diện): recognised, corrected, begun on another day, ended."""
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.law import book
from ansinh.office import clock
from ansinh.office.act import action
from ansinh.office.dated import record, restate, withdraw
from ansinh.web.refusal import Refusal

from ..models import Standing
from .cache import refresh_persons_of


def _where(person, *, code, **_more):
    return person.area_path, book().field_of(code)


@action("registry.recognise", label=gettext_lazy("Ghi nhận diện"), scope=_where, undo=refresh_persons_of)
def recognise(person, *, code, since, source, until=None, **facts) -> Standing:
    """Ghi nhận diện: by a paper, with the facts by which the law's tables are read."""
    facts = _checked(code, facts)
    _check_first_day(person, since, source)
    if rows_of(person, code).touching(since, until).exists():
        raise Refusal(
            _("Đã ghi nhận diện %(what)s trong khoảng này; sửa diện đang ghi thay vì ghi thêm.") % {"what": title(code)}, field="code"
        )
    return record(Standing, person=person, code=code, since=since, until=until, source=source, **facts)


@action("registry.correct_standing", label=gettext_lazy("Sửa diện"), scope=_where, undo=refresh_persons_of)
def correct_standing(person, *, code, since, source, **facts) -> Standing:
    """Sửa diện: each named fact holds from this day until the next change already known of the same fact."""
    rows = list(rows_of(person, code).touching(since, None).order_by("since"))
    if not rows or rows[0].since > since:
        raise Refusal(
            _("Người này không có diện %(what)s vào ngày %(day)s.") % {"what": title(code), "day": f"{since:%d/%m/%Y}"}, field="since"
        )
    wanted = [_said(rows, index, facts) for index in range(len(rows))]
    changed = [(row, said) for row, said in zip(rows, wanted, strict=True) if any(getattr(row, n) != v for n, v in said.items())]
    if not changed:
        raise Refusal(_("Không có gì khác với điều đang ghi."))
    for row, said in changed:
        _checked(code, {**row.facts(), **said})
    written = [_restated(row, since, source, said) for row, said in changed]
    return written[0]


@action("registry.correct_beginning", label=gettext_lazy("Sửa ngày bắt đầu diện"), scope=_where, undo=refresh_persons_of)
def correct_beginning(person, *, code, since, source) -> Standing:
    """Sửa ngày bắt đầu diện: earlier or later than was believed; of the days that fall away nothing is believed any more."""
    rows = list(rows_of(person, code).order_by("since"))
    said = {"what": title(code), "day": f"{since:%d/%m/%Y}"}
    if not rows:
        raise Refusal(_("Người này không có diện %(what)s; ghi nhận diện thay vì sửa.") % said, field="code")
    if rows[0].since == since:
        raise Refusal(_("Diện %(what)s đang ghi bắt đầu đúng ngày %(day)s; không có gì để sửa.") % said, field="since")
    _check_first_day(person, since, source)
    fallen = [row for row in rows if row.until and row.until < since]
    first = next((row for row in rows if row not in fallen), None)
    if first is None or fallen and first.since > since:
        raise Refusal(_("Vào ngày %(day)s sổ ghi đã thôi diện %(what)s; sửa ngày thôi diện trước, rồi sửa ngày bắt đầu.") % said, field="since")
    for row in fallen:
        withdraw(row)
    return restate(first, since=since, source=source)


@action("registry.end_standing", label=gettext_lazy("Thôi diện"), scope=_where, undo=refresh_persons_of)
def end_standing(person, *, code, until, source) -> Standing:
    """Thôi diện: the last day of the standing, inclusive."""
    rows = list(rows_of(person, code).order_by("since"))
    kept = [row for row in rows if row.since <= until]
    if not kept:
        raise Refusal(_("Người này chưa có diện %(what)s vào ngày đó.") % {"what": title(code)}, field="until")
    if kept[-1].until and kept[-1].until <= until and len(kept) == len(rows):
        raise Refusal(_("Diện này đã thôi từ ngày %(day)s.") % {"day": f"{kept[-1].until:%d/%m/%Y}"}, field="until")
    for row in rows[len(kept):]:
        withdraw(row)
    return restate(kept[-1], until=until, source=source)


def rows_of(person, code):
    """Current rows of one standing of a person."""
    return Standing.objects.current().filter(person=person, code=code)


def title(code: str) -> str:
    """The short Vietnamese name of a standing."""
    return book().standings[code].short if code in book().standings else code


def _check_first_day(person, since, source):
    """A standing begins on a day that came, in a life, by a paper."""
    if since > clock.today():
        raise Refusal(_("Ngày %(day)s chưa đến.") % {"day": f"{since:%d/%m/%Y}"}, field="since")
    if person.birth_on and since < person.birth_on:
        raise Refusal(_("Ngày công nhận trước ngày sinh %(day)s.") % {"day": f"{person.birth_on:%d/%m/%Y}"}, field="since")
    if not source.strip():
        raise Refusal(_("Ghi quyết định hoặc giấy tờ làm căn cứ."), field="source")


def _checked(code, facts):
    if code not in book().standings:
        raise Refusal(_("Không có diện mã %(code)s; chọn trong danh mục diện.") % {"code": code}, field="code")
    if complaint := book().complaint(code, facts):
        raise Refusal(complaint, book().standing(code).basis, field="grade")
    return facts


def _said(rows, index, facts):
    """Facts of the correction that still hold in this row: no row up to it has changed the same fact."""
    pairs = list(zip(rows[:index], rows[1 : index + 1], strict=True))
    return {n: v for n, v in facts.items() if all(getattr(a, n) == getattr(b, n) for a, b in pairs)}


def _restated(row, since, source, said):
    if row.since >= since:
        return restate(row, source=source, **said)
    before = row.values()
    withdraw(row)
    record(Standing, **{**before, "until": since - timedelta(days=1)})
    return record(Standing, **{**before, **said, "since": since, "source": source})
