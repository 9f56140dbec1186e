"""The events as an officer chooses them: words, form, for whom each fits, and the title under which it is shown."""
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ansinh.engine.law.life_events import life_events
from ansinh.engine.terms import SUSPENDED
from ansinh.office import clock
from ansinh.registry.actions.detention import held_on
from ansinh.registry.models import Person

from .. import queries
from . import forms
from .facts import home_of
from .steps import Said


@dataclass(frozen=True)
class LifeEvent:
    """Sự kiện: its name in law, its address, its words, its form; ``title`` takes the person's name and the day."""

    name: str
    slug: str
    label: str
    form: type[forms.EventForm]
    title: str
    verb: str
    hint: str
    fits: Callable[[Person], bool]


def _lives(person):
    return person.died_on is None


def _lives_here(person):
    home = home_of(person)
    return _lives(person) and home is not None and home.area_id is not None


def _lives_elsewhere(person):
    home = home_of(person)
    return _lives(person) and home is not None and home.area_id is None


def _is_entitled(person):
    return _lives(person) and queries.entitlements_of(person).exists()


def _has(event):
    return lambda person: _lives(person) and bool(chosen_from(event, person))


def _is_suspended(person):
    rows = [row for e in queries.entitlements_of(person) for row in queries.current_terms(e)]
    return _lives(person) and any(row.state == SUSPENDED and (row.until is None or row.until >= clock.today()) for row in rows)


def _may_return(person):
    """Whoever the register knows held, or whose money rests."""
    return _lives(person) and (held_on(person, clock.today()) is not None or _is_suspended(person))


def chosen_from(event: str, person: Person) -> list:
    """Entitlements of which one is chosen: those whose amount follows what the event's paper says."""
    standings = {code for rule in life_events()[event].acts for code in rule.standings}
    return [e for e in queries.entitlements_of(person).filter(standing__in=standings) if queries.current_terms(e)]


KINDS = {kind.slug: kind for kind in (
    LifeEvent("death", "mat", _("Mất"), forms.DeathForm, _("%(name)s mất ngày %(day)s"), _("Ghi nhận mất"),
              _("thôi hưởng, thu hồi, mai táng, tuất"), _lives),
    LifeEvent("death_report", "tin-bao-mat", _("Tin báo mất, chưa kiểm"), forms.ReportForm, _("%(name)s: tin báo mất ngày %(day)s, chưa kiểm"),
              _("Giữ lại, chưa dừng"), _("giữ lại dòng ở danh sách chờ duyệt, giao việc xác minh"), _is_entitled),
    LifeEvent("move", "chuyen-trong-tinh", _("Chuyển trong tỉnh"), forms.PlaceForm, _("%(name)s chuyển nơi ở từ ngày %(day)s"),
              _("Ghi chuyển nơi ở"), _("đổi danh sách của xã"), _lives_here),
    LifeEvent("move_out", "chuyen-tinh-khac", _("Chuyển đi tỉnh khác"), forms.MoveOutForm, _("%(name)s chuyển đi tỉnh khác ngày %(day)s"),
              _("Ghi chuyển đi"), _("thôi trả ở đây, chuyển hồ sơ"), _lives_here),
    LifeEvent("marriage", "ket-hon", _("Kết hôn"), forms.MarriageForm, _("%(name)s kết hôn ngày %(day)s"), _("Ghi kết hôn"),
              _("ghi vợ chồng vào sổ; vợ hoặc chồng liệt sĩ tái giá"), _lives),
    LifeEvent("birth", "sinh-con", _("Sinh con"), forms.BirthForm, _("%(name)s sinh con ngày %(day)s"), _("Ghi con mới sinh"),
              _("thêm người vào hộ"), _lives_here),
    LifeEvent("grade", "doi-ty-le", _("Đổi tỷ lệ tổn thương"), forms.GradeForm, _("%(name)s đổi tỷ lệ theo kết luận ngày %(day)s"),
              _("Ghi tỷ lệ mới"), _("giám định lại"), _has("grade")),
    LifeEvent("severity", "doi-muc-do-khuyet-tat", _("Đổi mức độ khuyết tật"), forms.SeverityForm,
              _("%(name)s đổi mức độ khuyết tật từ ngày %(day)s"), _("Ghi mức độ mới"), _("giấy xác nhận khuyết tật mới"), _has("severity")),
    LifeEvent("imprisonment", "phat-tu-tam-giam", _("Phạt tù, tạm giam"), forms.ImprisonmentForm, _("%(name)s bị phạt tù, tạm giam từ ngày %(day)s"),
              _("Ghi phạt tù, tạm giam"), _("tạm đình chỉ"), _lives),
    LifeEvent("release", "man-han-tu", _("Mãn hạn tù"), forms.ReleaseForm, _("%(name)s về từ nơi giam giữ ngày %(day)s"), _("Ghi ngày về"),
              _("hưởng lại"), _may_return),
    LifeEvent("return_home", "chuyen-ve", _("Chuyển về tỉnh"), forms.ReturnHomeForm, _("%(name)s chuyển về từ ngày %(day)s"), _("Ghi chuyển về"),
              _("trả tiếp theo hồ sơ chuyển về"), _lives_elsewhere),
)}


def kind_named(name: str) -> LifeEvent:
    """The event of this name in law."""
    return next(kind for kind in KINDS.values() if kind.name == name)


def title_of(kind: LifeEvent, person: Person, said: Said) -> str:
    """``Lục Văn Dần mất ngày 14/07/2023``."""
    return str(kind.title) % {"name": person.name, "day": f"{said.on:%d/%m/%Y}"}
