"""What the registry puts on the rail, on the person page, in the search box, and what can be done to a person."""
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import clock, rights
from ansinh.office.act import may_do
from ansinh.web import composed, rail
from ansinh.web.cells import Column
from ansinh.web.desk import Desk, Verb
from ansinh.web.page import Effect, EffectGroup

from . import actions
from .forms import DeathForm, DetentionForm, DivorceForm, MarriageForm, MoveForm, NumberForm, ParticularsForm
from .models import Area, Detention, Person
from .queries import persons as queries
from .queries.search import search


def _sees_persons(account) -> bool:
    return bool(rights.sees(account, "persons"))


def _sees_imports(account) -> bool:
    return bool(rights.sees(account, "imports"))


def _keeps_accounts(account) -> bool:
    return bool(rights.sees(account, "accounts"))


def _anyone(account) -> bool:
    return True


def _at_once(*words) -> tuple[EffectGroup, ...]:
    effects = tuple(Effect("✎", words_, small) for words_, small in words)
    return (EffectGroup(_("Đổi ngay khi ghi"), effects, _("hoàn tác được")),)


def _leaves_benefits(*words) -> tuple[EffectGroup, ...]:
    """The same of a fact from which no benefit follows by itself."""
    return _at_once(words, (_("Chế độ không tự đổi theo; sửa chế độ là việc riêng."), ""))


def _death(person, said):
    return _at_once(
        (_("Mất ngày %(day)s được ghi vào sổ") % {"day": f"{said['on']:%d/%m/%Y}"}, said["source"]),
        (_("Mỗi chế độ đang hưởng có một việc đề nghị dừng từ tháng sau tháng mất"), _("Không khoản tiền nào đổi đến khi việc ấy được làm.")),
    )


def _detention(person, said):
    until = f"{said['until']:%d/%m/%Y}" if said["until"] else _("nay")
    span = _("%(what)s: %(since)s – %(until)s") % {"what": Detention.Cause(said["cause"]).label, "since": f"{said['since']:%d/%m/%Y}", "until": until}
    return _leaves_benefits(span, said["source"])


def _divorce(person, said):
    return _leaves_benefits(_("Ly hôn từ ngày %(day)s, ghi cho cả hai người") % {"day": f"{said['on']:%d/%m/%Y}"}, said["source"])


def _marriage(person, said):
    until = f"{said['until']:%d/%m/%Y}" if said["until"] else _("nay")
    span = _("Hôn nhân: %(since)s – %(until)s, sửa cho cả hai người") % {"since": f"{said['since']:%d/%m/%Y}", "until": until}
    return _leaves_benefits(span, said["source"])


def _move(person, said):
    return _at_once((_("Nơi cư trú từ %(day)s: %(place)s") % {"day": f"{said['since']:%d/%m/%Y}", "place": said["area"]}, said["address"]))


def _particulars(person, said):
    now = queries.now_of(person).particulars
    old, new = (now.name if now else person.name), said["name"]
    return _at_once((_("Họ tên: %(old)s → %(new)s") % {"old": old, "new": new}, ""), (_("Sinh: %(old)s → %(new)s") % {
        "old": queries.birth_words(now or person) or _("không rõ"), "new": f"{said['birth_on']:%d/%m/%Y}" if said["birth_on"] else _("không rõ"),
    }, said["source"]))


people = Desk(
    slug="persons", title=gettext_lazy("Người và hộ"), model=Person, columns=(Column("name"),), may=may_do,
    verbs=(
        Verb(actions.record_death, gettext_lazy("Ghi nhận mất"), "ghi-nhan-mat", DeathForm, when=lambda p: p.died_on is None, effects=_death),
        Verb(actions.correct_death, gettext_lazy("Sửa ngày mất"), "sua-ngay-mat", DeathForm, when=lambda p: p.died_on is not None),
        Verb(actions.correct_detention, gettext_lazy("Sửa giam giữ"), "sua-giam-giu", DetentionForm, when=queries.was_held, effects=_detention),
        Verb(actions.record_divorce, gettext_lazy("Ghi ly hôn"), "ghi-ly-hon", DivorceForm, when=queries.is_married, effects=_divorce),
        Verb(actions.correct_marriage, gettext_lazy("Sửa hôn nhân"), "sua-hon-nhan", MarriageForm, when=queries.was_married, effects=_marriage),
        Verb(actions.move, gettext_lazy("Chuyển nơi cư trú"), "chuyen-noi-cu-tru", MoveForm, effects=_move),
        Verb(actions.correct_particulars, gettext_lazy("Sửa nhân thân"), "sua-nhan-than", ParticularsForm, effects=_particulars),
        Verb(actions.add_identifier, gettext_lazy("Thêm số giấy tờ"), "them-so", NumberForm),
    ),
)


def _standings(person, account, known):
    """Standings with their papers, those that ended too."""
    rows = queries.Standing.objects.known(known).filter(person=person).order_by("-since", "code")
    proofs = composed.proofs_of(person, account)
    return [{
        "row": row, "words": queries.standing_words(row), "ended": bool(row.until and row.until < clock.today()),
        "grade_proof": proofs.get(("standing", row.pk, "grade")), "since_proof": proofs.get(("standing", row.pk, "since")),
    } for row in rows]


def _papers(person, account, known):
    """Numbers of papers, and what does not agree with them."""
    now, proofs = queries.now_of(person, known=known), composed.proofs_of(person, account)
    said = now.particulars
    return {
        "now": now, "warnings": queries.number_warnings(person), "married_to": queries.married_to(person, account, known=known),
        "numbers": [(row, proofs.get(("identifier", row.pk, "number"))) for row in now.identifiers],
        "name_proof": said and proofs.get(("particulars", said.pk, "name")), "birth_proof": said and proofs.get(("particulars", said.pk, "birth_on")),
    }


def _events(person, account, known):
    return queries.timeline(person, known)


def _found(text, account):
    for hit in search(text, account, limit=20):
        small = " · ".join(filter(None, [hit.number, queries.birth_words(hit.person)]))
        yield composed.Found(hit.person.name, small, reverse("person", args=[hit.person.pk]))


def _living(account):
    """Ids of persons who live."""
    return Person.objects.filter(died_on=None).values("pk")


def _names_of(paths):
    """Units of today by path."""
    return {area.path: str(area) for area in Area.objects.on(clock.today()).filter(path__in=paths)}


in_registry = composed.AreaFigure("nguoi", gettext_lazy("Người trong sổ"), _living)
standings_panel = composed.Panel("person", gettext_lazy("Diện và căn cứ"), 40, "registry/_standings.html", _standings)
papers_panel = composed.Panel("person", gettext_lazy("Nhân thân và số giấy tờ"), 60, "registry/_papers.html", _papers, side=True)
persons_found = composed.Search(gettext_lazy("Người"), _found)

composed.put(in_registry, standings_panel, papers_panel, persons_found)
composed.put_places(_names_of)
composed.put_events("person", _events)
composed.put_door("registry.person", lambda number: reverse("person", args=[number]))
composed.put_door("registry.area", lambda number: f"{reverse('persons')}?xa={number}")
composed.put_door("registry.import", lambda number: reverse("import", args=[number]))
rail.put(
    rail.RailItem(gettext_lazy("Người và hộ"), "persons", 30, _sees_persons),
    rail.RailItem(gettext_lazy("Nhập dữ liệu"), "imports", 70, _sees_imports),
    rail.RailItem(gettext_lazy("Tài khoản cán bộ"), "tai-khoan-can-bo", 110, _keeps_accounts),
    rail.RailItem(gettext_lazy("Địa bàn"), "areas", 80, _anyone),
)
