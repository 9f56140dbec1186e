"""What benefits does when the registry learns something: it raises tasks that propose an act; no fact moves money by itself."""
from datetime import timedelta

from django.utils.translation import gettext as _

from ansinh.engine.law import book
from ansinh.engine.law.book import ASSISTANCE, MERIT
from ansinh.engine.months import as_month, last_day, next_month
from ansinh.office import clock
from ansinh.office.act import reacts_to
from ansinh.office.actions import raise_task
from ansinh.payments.queries.locks import next_lock_day

from .ages import grown_children, leaving
from .level_tasks import ask_about_levels
from .queries import current_terms, entitlements_of, open_entitlements, terms_on
from .round_tasks import ask_about_rounds


@reacts_to("registry.record_death")
def ask_to_stop(_death, person, *, on, **_other):
    """A death raises a task to stop each entitlement that runs past the month of death."""
    end = last_day(as_month(on))
    for entitlement in open_entitlements(person, end):
        _ask(
            "benefits.stop", entitlement, cause="death",
            title=_("Dừng %(what)s: người hưởng mất ngày %(day)s") % {"what": entitlement, "day": f"{on:%d/%m/%Y}"},
            facts={"until": end.isoformat()},
        )


@reacts_to("registry.correct_standing")
def ask_to_correct(standing, person, *, since, **_other):
    """A corrected fact of a standing raises a task to correct the entitlement that rests on it."""
    for entitlement in entitlements_of(person).filter(standing=standing.code):
        terms = terms_on(entitlement, since)
        changed = {} if terms is None else {n: v for n, v in standing.facts().items() if getattr(terms, n) != v}
        if changed:
            _ask(
                "benefits.correct", entitlement, cause=f"standing:{standing.pk}",
                title=_("Sửa %(what)s theo diện đã sửa") % {"what": entitlement},
                facts={"since": since.isoformat(), **changed},
            )


@reacts_to("registry.recognise")
def ask_to_grant(standing, person, **_other):
    """A recognised standing without an entitlement raises a task to grant it; with one that began later, to look at its first day."""
    if entitlements_of(person).filter(standing=standing.code).exists():
        _ask_to_begin(standing, person)
        return
    raise_task(
        "benefits.grant", key=f"registry.person:{person.pk}", cause=f"standing:{standing.pk}",
        title=_("Cho hưởng theo diện mới ghi nhận"), area_path=person.area_path, field=book().standing(standing.code).field,
        due_on=next_lock_day(clock.today()), facts={"standing": standing.code, "since": standing.since.isoformat(), **standing.facts()},
    )


@reacts_to("registry.correct_beginning")
def ask_to_begin(standing, person, **_other):
    """A standing that began on another day raises a task to let its entitlement begin then."""
    _ask_to_begin(standing, person)


def _ask_to_begin(standing, person):
    """Of several entitlements the first may begin earlier; any that runs on may have begun too early."""
    terms = [(one, current_terms(one)) for one in entitlements_of(person).filter(standing=standing.code)]
    running = sorted((rows[0].since, one.pk, one) for one, rows in terms if rows and (rows[-1].until is None or rows[-1].until >= standing.since))
    too_early = [one for since, _pk, one in running if since < standing.since]
    too_late = [one for since, _pk, one in running[:1] if since > standing.since]
    for entitlement in too_early or too_late:
        _ask(
            "benefits.begin", entitlement, cause=f"standing:{standing.pk}",
            title=_("Sửa ngày bắt đầu hưởng %(what)s: diện có từ ngày %(day)s") % {"what": entitlement, "day": f"{standing.since:%d/%m/%Y}"},
            facts={"since": standing.since.isoformat()},
        )


@reacts_to("benefits.assess")
def ask_about_ages(_batch, month, *, field=MERIT, **_other):
    """Working out a month raises tasks for the month after it: a right that then has its last month, a child who grows out of one,
    an amount that changes by age, a round that comes again."""
    following = next_month(month)
    end = last_day(as_month(following))
    for terms in leaving(field, following):
        said = {"what": terms.entitlement, "month": f"{following:%m/%Y}", "then": _then(terms.entitlement.standing)}
        title = _("Thôi %(what)s: hết tuổi của diện, tháng cuối là %(month)s%(then)s") % said
        _ask("benefits.stop", terms.entitlement, cause=f"age:{following:%Y-%m}", facts={"until": end.isoformat()}, title=title)
    ask_about_levels(field, following)
    ask_about_rounds(field, following)
    for entitlement, child, age in grown_children(following) if field == ASSISTANCE else ():
        _ask_about_child(entitlement, child, age, end)


def _then(standing):
    """Which standing may follow, where the law names one."""
    ended = (limit.then for limit in book().ages.values() if limit.standing == standing and limit.how == "until" and limit.then)
    return "".join(_("; xét diện “%(what)s”") % {"what": book().standing(code).short} for code in ended)


def _ask_about_child(entitlement, child, age, end):
    """One child fewer from the month after the birthday, unless the child still goes to school."""
    left = (current_terms(entitlement)[-1].children or 1) - 1
    said = {"what": entitlement, "age": age, "month": f"{end:%m/%Y}"}
    title = _("Xem lại %(what)s: một trẻ trong hộ đủ %(age)s tuổi trong tháng %(month)s; còn đang học thì vẫn tính") % said
    facts = {"since": (end + timedelta(days=1)).isoformat(), "children": left} if left else {"until": end.isoformat()}
    _ask("benefits.correct" if left else "benefits.stop", entitlement, cause=f"child:{child.pk}", title=title, facts=facts)


def _ask(act, entitlement, *, cause, title, facts):
    raise_task(
        act, key=f"benefits.entitlement:{entitlement.pk}", cause=cause, title=title,
        area_path=entitlement.area_path, field=entitlement.field, facts=facts, due_on=next_lock_day(clock.today()),
    )
