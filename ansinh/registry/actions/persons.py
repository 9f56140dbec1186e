"""What can happen to a person in the registry: registered, corrected, numbered, moved, died."""
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.text.names import normalise
from ansinh.office import clock
from ansinh.office.act import action
from ansinh.office.dated import EARLIEST, change, dated_models, record, restate, until_next
from ansinh.web.refusal import Refusal

from ..models import Area, Death, Identifier, Particulars, Person, Residence
from ..models.persons import PersonRow
from ..names import LONGEST, name_keys
from .cache import path_today, refresh_one, refresh_persons, refresh_persons_of

PARTICULARS = ("name", "birth_on", "birth_precision", "sex", "ethnicity")
PRIVATE = ("name", "birth_on", "birth_precision", "sex", "ethnicity", "numbers", "number", "address", "household", "phone")
Kind = Identifier.Kind


def where(person, **_more):
    """A person's facts belong to the place of residence and to no field."""
    return person.area_path, ""


def _where_new(*, area, **_more):
    return path_today(area), ""


def forget_unless_built_on(entry):
    """After the undo of a registration: the person is found by nobody; refused where others have said more since."""
    persons = list(Particulars.objects.filter(recorded_in=entry).values_list("person_id", flat=True))
    for model in dated_models():
        if issubclass(model, PersonRow) and _current_rows_about(model, persons).exists():
            raise Refusal(
                _("Không hoàn tác được việc ghi tên vào sổ vì đã có %(what)s của người này; hoàn tác các việc ấy trước.")
                % {"what": model._meta.verbose_name}
            )
    refresh_persons(persons)


def _current_rows_about(model, persons):
    """Rows that name one of the persons, also as the other of two."""
    about = Q()
    for field in model._meta.concrete_fields:
        about |= Q(**{f"{field.name}__in": persons}) if field.related_model is Person else Q()
    return model.objects.current().filter(about)


@action("registry.register_person", label=gettext_lazy("Ghi tên vào sổ"), scope=_where_new, undo=forget_unless_built_on, private=PRIVATE)
def register_person(*, name, area, since, source, birth_on=None, birth_precision="unknown", sex="", ethnicity="",
                    address="", household="", phone="", numbers=None) -> Person:
    """Ghi tên vào sổ: a new person with particulars, residence from a day on and numbers by kind."""
    said = {"name": name, "birth_on": birth_on, "birth_precision": birth_precision, "sex": sex, "ethnicity": ethnicity}
    said = _checked_particulars(said)
    _check_place(area, since)
    person = Person.objects.create(name=said["name"], **name_keys(said["name"]))
    record(Particulars, person=person, since=EARLIEST, source=source, **said)
    record(Residence, person=person, since=since, area=area, address=address, household=household, phone=phone, source=source)
    for kind, number in (numbers or {}).items():
        _record_number(person, kind, number, EARLIEST, source)
    refresh_one(person)
    return person


@action("registry.correct_particulars", label=gettext_lazy("Sửa nhân thân"), scope=where, undo=refresh_persons_of, private=PRIVATE)
def correct_particulars(person, *, source, since=None, **said) -> Particulars:
    """Sửa nhân thân: what was wrong from the beginning, or, with ``since``, what changed on a day (a new name)."""
    rows = list(Particulars.objects.current().filter(person=person).order_by("since"))
    if not rows:
        raise Refusal(_("Trong sổ không còn nhân thân của người này."))
    said = _checked_particulars({**{n: getattr(rows[-1], n) for n in PARTICULARS}, **said}, only=said)
    if all(getattr(row, n) == value for row in rows for n, value in said.items()):
        raise Refusal(_("Không có gì khác với điều đang ghi."))
    if since is None:
        for row in rows:
            restate(row, source=source, **said)
    else:
        subject = {"person": person}
        change(Particulars, subject, since=since, until=until_next(Particulars, subject, since=since), source=source, **said)
    refresh_one(person)
    return Particulars.objects.on(clock.today()).get(person=person)


@action("registry.add_identifier", label=gettext_lazy("Thêm số giấy tờ"), scope=where, undo=refresh_persons_of, private=PRIVATE)
def add_identifier(person, *, kind, number, source, since=None) -> Identifier:
    """Thêm số giấy tờ: a number that leads to the person; with ``since`` it takes the place of the number before it."""
    open_row = Identifier.objects.current().filter(person=person, kind=kind, until=None).first()
    if open_row is None:
        return _record_number(person, kind, number, since or EARLIEST, source)
    if since is None:
        raise Refusal(
            _("Đã có %(kind)s %(number)s; ghi ngày đổi số, hoặc sửa số đang ghi nếu số đó sai.")
            % {"kind": open_row.get_kind_display(), "number": open_row}, field="since",
        )
    number = _checked_number(person, kind, number)
    return change(Identifier, {"person": person, "kind": kind}, since=since, number=number, source=source)[0]


@action("registry.correct_identifier", label=gettext_lazy("Sửa số giấy tờ"), scope=lambda identifier, **_: where(identifier.person),
        undo=refresh_persons_of, private=PRIVATE)
def correct_identifier(identifier, *, number, source) -> Identifier:
    """Sửa số giấy tờ: the number was written down wrongly."""
    number = _checked_number(identifier.person, identifier.kind, number)
    return restate(identifier, number=number, source=source)


@action("registry.move", label=gettext_lazy("Chuyển nơi cư trú"), scope=where, undo=refresh_persons_of, private=PRIVATE)
def move(person, *, area, since, source, address="", household="", phone="") -> Residence:
    """Chuyển nơi cư trú: lives elsewhere from this day until the next move already known.

    ``area`` None is out of the province; ``address`` then says where, and officers of the last commune still see the person.
    """
    _check_place(area, since)
    if area is None and not address.strip():
        raise Refusal(_("Chuyển ra ngoài tỉnh thì ghi nơi đến vào địa chỉ."), field="address")
    before = Residence.objects.on(since).filter(person=person).first()
    if before and before.area_id == (area.pk if area else None) and before.address == address and not (household or phone):
        raise Refusal(_("Người này đã ở nơi đó vào ngày %(day)s.") % {"day": f"{since:%d/%m/%Y}"}, field="area")
    subject = {"person": person}
    until = until_next(Residence, subject, since=since)
    said = {"area": area, "address": address, "household": household, "phone": phone or (before.phone if before else "")}
    row = change(Residence, subject, since=since, until=until, source=source, **said)[0]
    refresh_one(person)
    return row


@action("registry.record_death", label=gettext_lazy("Ghi nhận mất"), scope=where, undo=refresh_persons_of)
def record_death(person, *, on, source) -> Death:
    """Ghi nhận mất: the day of death; what it means for benefits is asked, not done."""
    if known := Death.objects.current().filter(person=person).first():
        raise Refusal(_("Đã ghi nhận mất ngày %(day)s; sửa ngày đó nếu sai.") % {"day": f"{known.since:%d/%m/%Y}"}, field="on")
    _check_death(person, on)
    row = record(Death, person=person, since=on, source=source)
    refresh_one(person)
    return row


@action("registry.correct_death", label=gettext_lazy("Sửa ngày mất"), scope=where, undo=refresh_persons_of)
def correct_death(person, *, on, source) -> Death:
    """Sửa ngày mất: the day was written down wrongly. Who was wrongly taken for dead: undo the act that said so."""
    known = Death.objects.current().filter(person=person).first()
    if known is None:
        raise Refusal(_("Chưa ghi nhận người này mất."))
    if known.since == on:
        raise Refusal(_("Ngày mất đang ghi đã là ngày này."), field="on")
    _check_death(person, on)
    row = restate(known, since=on, source=source)
    refresh_one(person)
    return row


def _checked_particulars(said, only=None):
    """Particulars that may be written; with ``only`` just the named ones are given back."""
    name = normalise(said["name"])
    if not name or any(c.isdigit() for c in name):
        raise Refusal(_("Họ tên không được để trống và không có chữ số."), field="name")
    if len(name) > LONGEST:
        raise Refusal(_("Họ tên dài hơn %(count)d chữ.") % {"count": LONGEST}, field="name")
    if said["birth_on"] and said["birth_on"] > clock.today():
        raise Refusal(_("Ngày sinh ở tương lai."), field="birth_on")
    if (said["birth_on"] is None) != (said["birth_precision"] == "unknown"):
        raise Refusal(_("Ghi ngày sinh cùng với độ rõ của nó (đủ ngày, tháng, năm), hoặc để trống cả hai."), field="birth_on")
    return {n: value for n, value in {**said, "name": name}.items() if only is None or n in only}


def _check_place(area: Area | None, since: date):
    if since > clock.today():
        raise Refusal(_("Ngày %(day)s chưa đến.") % {"day": f"{since:%d/%m/%Y}"}, field="since")
    if area is None:
        return
    if area.level != Area.Level.COMMUNE:
        raise Refusal(_("Nơi cư trú phải là xã, phường, thị trấn; %(area)s thì chưa đủ.") % {"area": area}, field="area")
    if area.since > since or (area.until and area.until < since):
        raise Refusal(
            _("Không có %(area)s (mã %(code)s) vào ngày %(day)s; chọn đơn vị của ngày đó.")
            % {"area": area, "code": area.code, "day": f"{since:%d/%m/%Y}"}, field="area",
        )


def _check_death(person, on):
    if on > clock.today():
        raise Refusal(_("Ngày mất ở tương lai."), field="on")
    if person.birth_on and on < person.birth_on:
        raise Refusal(_("Ngày mất trước ngày sinh %(day)s.") % {"day": f"{person.birth_on:%d/%m/%Y}"}, field="on")


def _record_number(person, kind, number, since, source):
    return record(Identifier, person=person, kind=kind, number=_checked_number(person, kind, number), since=since, source=source)


def _checked_number(person, kind, number):
    """The number as it is kept; refused where it is not one, or leads to another person (who is not named here)."""
    if kind not in Kind.values:
        raise Refusal(_("Không có loại số %(kind)s.") % {"kind": kind}, field="kind")
    number = normalise(number).upper()
    digits = {Kind.CITIZEN: (12,), Kind.OLD_CARD: (9, 12), Kind.SOCIAL_INSURANCE: (10,)}.get(kind)
    if digits:
        number = number.replace(" ", "")
    if digits and not (number.isascii() and number.isdigit() and len(number) in digits):
        wanted = _(" hoặc ").join(map(str, digits))
        raise Refusal(_("%(kind)s phải có %(digits)s chữ số.") % {"kind": Kind(kind).label.capitalize(), "digits": wanted}, field="number")
    if not number or len(number) > 40:
        raise Refusal(_("Ghi số, không quá 40 ký tự."), field="number")
    if Identifier.objects.current().filter(kind=kind, number=number, until=None).exclude(person=person).exists():
        raise Refusal(_("Số %(number)s đang thuộc về một người khác trong sổ; kiểm tra lại.") % {"number": number}, field="number")
    return number
