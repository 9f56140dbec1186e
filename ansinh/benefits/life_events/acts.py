"""Acts: record an event with all that it leads to, take it back, and finish what follows from it."""
from django.utils.translation import gettext as _

from ansinh.engine.law.book import FIELDS
from ansinh.engine.law.life_events import life_events
from ansinh.office import clock, rights
from ansinh.office.act import action
from ansinh.office.actions import close_task
from ansinh.office.models import Entry
from ansinh.office.queries import tree_of
from ansinh.registry.actions.persons import PRIVATE as PRIVATE_OF_PERSONS
from ansinh.registry.actions.persons import where
from ansinh.web.refusal import Forbidden, Refusal

from ..waiting_lists import lock
from .carrying import Stale, carry_out
from .facts import release_lines
from .kinds import kind_named
from .letters import Chosen
from .plan import Plan
from .steps import Said
from .undoing import is_undone, person_of, spouses_in, take_back, together

PRIVATE = (*PRIVATE_OF_PERSONS, "cause", "severity", "seen")


@action("benefits.record_life_event", label=_("Ghi sự kiện trong đời"), scope=where, private=PRIVATE, undo=release_lines)
def record_life_event(person, *, event, on, source, left=(), letters=(), signer=None, seen=None, by, **more) -> Plan:
    """Ghi sự kiện trong đời: the registry's fact and the acts that follow from it, all or nothing; what is left stays a task.

    ``left`` are pairs of a step's key and the reason why it is not done now. ``seen`` is the digest of the consequences
    that the officer has before the eyes: where they have changed since, nothing is written. ``letters`` are the keys of the
    letters that ``signer`` signs and that are issued with it. Returns what changed.
    """
    lock([person.pk, *([more["spouse"].pk] if more.get("spouse") else [])], FIELDS)
    said = Said(event, on, source, more)
    _refuse_incomplete(said, dict(left))
    fits = kind_named(event).fits(person)
    plan = carry_out(person, said, dict(left), by, Chosen(tuple(letters), signer))
    # Asked before and said after: where a fact or an act refuses by itself, its reason says more.
    if not fits:
        told = _("“%(event)s” không ghi được cho %(who)s: không hợp với điều sổ đang biết về người này. Xem các sự kiện đã ghi ở trang người ấy.")
        raise Refusal(told % {"event": kind_named(event).label, "who": person.name})
    _refuse_stale(plan, seen)
    return plan


@action("benefits.undo_life_event", label=_("Hoàn tác sự kiện"), undoable=False)
def undo_life_event(entry, *, seen=None, by) -> Plan:
    """Hoàn tác sự kiện: takes back an event with its acts and tasks; what lists did since is made good by the next one."""
    person = person_of(entry)
    if person is None:
        raise Refusal(_("Dòng nhật ký này không phải một sự kiện của một người."))
    lock([person.pk, *(spouse.pk for spouse in spouses_in(entry, person))], FIELDS)
    if is_undone(entry):
        raise Refusal(_("Việc này đã được hoàn tác."))
    _refuse_other_fields(entry, by)
    plan = take_back(entry, by)
    _refuse_stale(plan, seen)
    return plan


@action("benefits.finish_follow_up", label=_("Ghi đã làm xong"))
def finish_follow_up(task, *, note):
    """Ghi đã làm xong: a task that followed from an event is closed with what was done about it."""
    if not note.strip():
        raise Refusal(_("Ghi đã làm gì, theo giấy tờ nào."), field="note")
    close_task(task)


def _refuse_incomplete(said, left):
    if said.event not in life_events():
        raise Refusal(_("Không có sự kiện %(name)s.") % {"name": said.event})
    if said.on > clock.today():
        raise Refusal(_("Ngày %(day)s chưa đến; ghi khi việc đã xảy ra.") % {"day": f"{said.on:%d/%m/%Y}"}, field="on")
    if not said.source.strip():
        raise Refusal(_("Ghi giấy tờ làm căn cứ."), field="source")
    if any(not reason.strip() for reason in left.values()):
        raise Refusal(_("Ghi lý do để lại việc bỏ chọn; việc ấy thành một việc phải làm."), field="reason")


def _refuse_other_fields(entry, by):
    """Who takes an event back has the right to each of its acts."""
    lines = Entry.objects.filter(pk__in=[pk for line in together(entry) for pk in tree_of(line)])
    if not all(rights.may(by, line.act, line.area_path, line.field) for line in lines):
        raise Forbidden(_("Sự kiện này gồm cả việc ở lĩnh vực hoặc địa bàn ngoài quyền của tài khoản; người có quyền ở đó hoàn tác."))


def _refuse_stale(plan, seen):
    if seen is not None and plan.digest != seen:
        raise Stale(_("Hệ quả đã khác lúc xem: điều gõ vào, điều bỏ chọn, hoặc sổ vừa đổi. Chưa ghi gì; xem lại rồi bấm lần nữa."))
