"""What confirming a dossier would do: the registry's acts one by one, in words for the officer and ready to be called."""
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from ansinh.engine.text.names import proper_case
from ansinh.office import clock
from ansinh.registry import actions as registry
from ansinh.registry.models import Area, Identifier, Person
from ansinh.web.refusal import Refusal

from ..models import Dossier
from ..queries.agreement import CARD_LENGTH, OLD_CARD, Agreement, Said, agreement_of, standing_of
from ..values import birth_of

NUMBERS = ("citizen_number", OLD_CARD, "dossier_number")
CODES = ("full_name", "birth", *NUMBERS, "injury_rate", "entitled_from", "death_day")


@dataclass(frozen=True)
class Step:
    """One act of the registry: ``call(person, by)`` does it, ``words`` and ``source`` say it beforehand."""

    words: str
    source: str
    call: Callable


def steps_of(dossier: Dossier, person: Person | None, facts: dict, *, is_new: bool = False) -> list[Step]:
    """What is not in the register yet, in the order in which it is written."""
    found = agreement_of(dossier, person)
    said = {code: found.said[code] for code in CODES if code in found.said}
    first = [_registering(dossier, said)] if is_new else [*_particulars(found, said), *_numbers(found, said)]
    return [*first, *_standing(dossier, found, said, facts), *_death(found, said)]


def _new(said, found: Agreement, code: str) -> bool:
    """Whether the dossier says something of this field that the register does not say in the same words."""
    return code in said and said[code].row is None and (code not in found.known or found.known[code].value != said[code].value)


def _registering(dossier, said) -> Step:
    name = said.get("full_name")
    if name is None:
        raise Refusal(_("Hồ sơ %(code)s chưa có họ tên; nhập họ tên rồi mới ghi người mới.") % {"code": dossier.code})
    area = Area.objects.on(clock.today()).filter(path=dossier.area_path).first()
    if area is None or area.level != Area.Level.COMMUNE:
        raise Refusal(_("Địa bàn của hồ sơ %(code)s không phải một xã của hôm nay; sửa địa bàn hồ sơ trước.") % {"code": dossier.code})
    birth_on, precision = birth_of(said["birth"].value if "birth" in said else "")
    issued = name.papers[0].paper.issued_on
    since = issued if issued and issued >= area.since else area.since
    values = {
        "name": proper_case(name.value), "birth_on": birth_on, "birth_precision": precision, "area": area, "since": since,
        "source": name.source, "numbers": dict(map(_number, _numbers_in(said))),
    }
    words = _("%(who)s được ghi vào sổ ở %(place)s, sinh %(birth)s") % {
        "who": values["name"], "place": area, "birth": said["birth"].words if "birth" in said else _("không rõ"),
    }
    return Step(words, name.source, lambda _person, by: registry.register_person(by=by, **values))


def _particulars(found, said) -> Iterator[Step]:
    changes, words = {}, []
    if _new(said, found, "full_name") and not _same_name(found, said):
        changes["name"] = proper_case(said["full_name"].value)
        words.append(_("Họ tên: %(old)s → %(new)s") % {"old": found.known["full_name"].words, "new": changes["name"]})
    if _new(said, found, "birth") and not _is_less_precise(found, said):
        changes["birth_on"], changes["birth_precision"] = birth_of(said["birth"].value)
        old = found.known["birth"].words if "birth" in found.known else _("không rõ")
        words.append(_("Sinh: %(old)s → %(new)s") % {"old": old, "new": said["birth"].words})
    if changes:
        source = said["birth" if "birth_on" in changes else "full_name"].source
        yield Step("; ".join(words), source, lambda person, by: registry.correct_particulars(person, source=source, by=by, **changes))


def _same_name(found, said) -> bool:
    return "full_name" in found.known and proper_case(said["full_name"].value).casefold() == found.known["full_name"].value.casefold()


def _is_less_precise(found, said) -> bool:
    return "birth" in found.known and found.known["birth"].value.startswith(f"{said['birth'].value}-")


def _numbers_in(said) -> list[Said]:
    return [said[code] for code in NUMBERS if code in said]


def _number(number: Said) -> tuple[str, str]:
    """The registry's kind of a number, and the number."""
    if number.field.code == "dossier_number":
        return Identifier.Kind.FILE, number.value
    return CARD_LENGTH[len(number.value)], number.value


def _numbers(found, said) -> Iterator[Step]:
    for number in _numbers_in(said):
        if _new(said, found, number.field.code):
            kind, digits = _number(number)
            known = found.known.get(number.field.code)
            words = f"{Identifier.Kind(kind).label}: {known.words if known else '–'} → {digits}"
            yield Step(words[:1].upper() + words[1:], number.source, _number_act(known, kind, digits, number.source))


def _number_act(known, kind, digits, source):
    if known and known.row.kind == kind:
        return lambda _person, by: registry.correct_identifier(known.row, number=digits, source=source, by=by)
    return lambda person, by: registry.add_identifier(person, kind=kind, number=digits, source=source, by=by)


def _standing(dossier, found, said, facts) -> Iterator[Step]:
    standing, since = standing_of(dossier), said.get("entitled_from")
    if standing is None or since is None:
        return
    begins, grade = date.fromisoformat(f"{since.value}-01"), said.get("injury_rate")
    values = {"grade": int(grade.value)} if grade and standing.grade else {}
    known = found.known.get("entitled_from")
    if known is None:
        rate = f", {grade.value} %" if values else ""
        words = _("Diện %(what)s từ %(when)s%(grade)s") % {"what": standing.short, "when": since.words, "grade": rate}
        given = {name: value for name, value in facts.items() if value and name in standing.facts}
        yield Step(words, since.source, lambda person, by: registry.recognise(
            person, code=standing.code, since=begins, source=since.source, by=by, **values, **given
        ))
        return
    if _new(said, found, "entitled_from"):
        yield _since(standing, known, begins, since, values)
    if values and _new(said, found, "injury_rate"):
        start = begins if _new(said, found, "entitled_from") else known.row.since
        old = found.known["injury_rate"].words if "injury_rate" in found.known else "–"
        words = _("Diện %(what)s: tỷ lệ %(old)s → %(new)s") % {"what": standing.short, "old": old, "new": grade.words}
        yield Step(words, grade.source, lambda person, by: registry.correct_standing(
            person, code=standing.code, since=start, source=grade.source, by=by, **values
        ))


def _since(standing, known, begins, since, values) -> Step:
    """The standing began earlier than the register says: the span before is recognised too; or later: what was said of it falls away."""
    said = {"what": standing.short, "new": since.words, "old": known.words}
    if begins > known.row.since:
        words = _("Diện %(what)s có từ %(new)s, trước ghi từ %(old)s; từ %(old)s đến trước %(new)s không còn là đối tượng") % said
        return Step(words, since.source, lambda person, by: registry.correct_beginning(
            person, code=standing.code, since=begins, source=since.source, by=by
        ))
    until = known.row.since - timedelta(days=1)
    facts = {**known.row.facts(), **values}
    return Step(_("Diện %(what)s có từ %(new)s, trước ghi từ %(old)s") % said, since.source, lambda person, by: registry.recognise(
        person, code=standing.code, since=begins, until=until, source=since.source, by=by, **facts
    ))


def _death(found, said) -> Iterator[Step]:
    if not _new(said, found, "death_day"):
        return
    death = said["death_day"]
    on = date.fromisoformat(death.value)
    act = registry.correct_death if "death_day" in found.known else registry.record_death
    yield Step(_("Mất ngày %(day)s") % {"day": death.words}, death.source, lambda person, by: act(person, on=on, source=death.source, by=by))
