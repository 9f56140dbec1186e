"""What benefits puts on the rail, on the page of a person, and behind its tasks."""
from datetime import date
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ansinh.engine.law.book import FIELDS
from ansinh.office import clock, rights
from ansinh.office.actions import undo
from ansinh.office.models import Entry
from ansinh.payments.models import Channel
from ansinh.payments.queries.explained import RECKONED_ANEW_AT
from ansinh.registry.models import Marriage
from ansinh.web import composed, rail

from . import queries
from .letters import drafts_of_entitlements
from .level_letters import drafts_of_level_changes
from .life_events.undoing import RECORD, entry_of_death, whole_event
from .models import Entitlement, FoodRelief, Terms
from .over_time import due_in, over_time
from .pages.changing import CHANGES
from .pages.entitlements import CHIPS, state_of
from .pages.life_events import event_words
from .pages.plan_words import of_lists
from .pages.preparing import preparing, sees_whole
from .waiting_lists import changes_by

SHOWN_EVENTS = 5


def sees_money(account) -> bool:
    return bool(rights.sees(account, "money"))


def _sees_money_of(account, person):
    return any(person.area_path.startswith(path) for field in FIELDS for path in rights.sees(account, "money", field))


def now_entitled(person, account, known):
    """Đang hưởng: each entitlement with its amount of the month, right from when, known from when, and by which way it is paid."""
    if not _sees_money_of(account, person):
        return None
    day = known or clock.today()
    month, entitlements = day.replace(day=1), list(queries.entitlements_of(person).filter(pk__in=Entitlement.objects.visible_to(account)))
    terms = _terms_by_entitlement(entitlements, known)
    channel = Channel.objects.on(day, known).filter(person=person).first()
    rows = tuple(_entitled(entitlement, terms.get(entitlement.pk, []), month, day) for entitlement in entitlements)
    total, awaited = due_in(entitlements, month, known=known, on=day) if entitlements else (0, ())
    may_grant = known is None and any(rights.may(account, "benefits.grant", person.area_path, field) for field in FIELDS)
    return {
        "rows": rows, "month": month, "total": total, "channel": channel,
        "awaited": ", ".join(awaited),
        "grant": reverse("entitlement.grant", args=[person.pk]) if may_grant else "",
    }


def _terms_by_entitlement(entitlements, known):
    found = {}
    rows = Terms.objects.known(known).filter(entitlement__in=[e.pk for e in entitlements]).select_related("recorded_in").order_by("since")
    for row in rows:
        found.setdefault(row.entitlement_id, []).append(row)
    return found


def _entitled(entitlement, terms, month, day):
    now = next((row for row in terms if row.since <= day and (row.until is None or row.until >= day)), terms[-1] if terms else None)
    chip = CHIPS[state_of(terms)] if terms else None
    return {"entitlement": entitlement, "url": reverse("entitlement", args=[entitlement.pk]), "now": now, "chip": chip}


def money_over_time(person, account, known):
    """Tiền theo thời gian, for those who see money."""
    if not _sees_money_of(account, person):
        return None
    return over_time(person, known=known)


def food_relief(person, account, known):
    """Gạo hỗ trợ: on which occasions the person got rice, by which decision; nothing where there was none."""
    rows = FoodRelief.objects.visible_to(account).known(known).filter(person=person).select_related("decision").order_by("-since")
    shown = [{"row": row, "url": reverse("food.decision", args=[row.decision_id])} for row in rows]
    return {"rows": shown} if shown else None


def task_address(verb: str):
    """The form of an act that a task asks for."""
    return lambda number: reverse("entitlement.change", args=[int(number), verb]) if number.isdecimal() else ""


def round_address(number: str) -> str:
    """The page of a round that comes again: its lump sum and its place are chosen there already."""
    standing, _dash, place = number.rpartition("-")
    return f"{reverse('entitlement.round')}?{urlencode({'dien': standing, 'noi': place})}"


def parallel_month(import_, account, known):
    """Tháng đối chiếu: what the office pays beside what we work out, for the whole sheet."""
    report = import_.report
    if not report.get("compared"):
        return None
    return {**report, "difference": report["ours"] - report["theirs"]}


def entitled_persons(account):
    """Ids of persons with an entitlement that runs today, within what the account sees."""
    running = Terms.objects.visible_to(account).on(clock.today()).filter(state=Terms.State.IN_FORCE)
    return running.values("entitlement__payable__person")


def life_events(person, account, known):
    """Sự kiện trong đời: what was recorded of the person as an event, with the way back, and the way to record another."""
    if known is not None or not rights.may(account, RECORD, person.area_path, ""):
        return None
    married = Marriage.objects.current().of(person).values_list("recorded_in__parent", flat=True)
    about = Entry.objects.filter(Q(key=f"registry.person:{person.pk}") | Q(pk__in=[pk for pk in married if pk]), act=RECORD, undone_by=None)
    lines = [line for line in about.order_by("-pk")[:SHOWN_EVENTS] if rights.may(account, RECORD, line.area_path, line.field)]
    death = entry_of_death(person)
    if death is not None and death not in lines:
        lines = [whole_event(death), *lines]
    rows = [{"words": event_words(line), "line": line, "on": _day_of(line), "undo": reverse("life_event.undo", args=[line.pk])} for line in lines]
    return {"rows": rows, "new": reverse("life_events", args=[person.pk]), "followed": reverse("life_event.follow_ups", args=[person.pk])}


def _day_of(line):
    """The day that a journal line speaks of."""
    return date.fromisoformat(line.facts["on"]) if line.facts.get("on") else None


def lists_of_undoing(entries):
    """What undoing acts on entitlements changes of lists that wait for approval."""
    entry = Entry.objects.select_related("by").get(pk=min(entries))
    if entry.by is None or not Terms.objects.filter(recorded_in__in=entries).exists():
        return ()
    return of_lists(changes_by(lambda: undo(Entry.objects.get(pk=entry.pk), by=entry.by), FIELDS))


rail.put(rail.RailItem(_("Chế độ"), "entitlements", 40, sees_money), rail.RailItem(_("Thử mức"), "law_drafts", 45, sees_money))
composed.put(
    composed.Panel("person", _("Đang hưởng"), 10, "benefits/_entitled.html", now_entitled, sees_money),
    composed.AreaFigure("dang-huong", _("Người đang hưởng trợ cấp hằng tháng"), entitled_persons),
    composed.Panel("import", _("Tháng đối chiếu: bảng đang chi và mức tính ra"), 10, "benefits/_parallel.html", parallel_month, sees_money),
    composed.Panel("person", _("Tiền theo thời gian"), 20, "benefits/_over_time.html", money_over_time, sees_money),
    composed.Panel("person", _("Gạo hỗ trợ"), 25, "benefits/_food.html", food_relief, sees_money),
)
composed.put(composed.Panel("person", _("Sự kiện trong đời"), 5, "benefits/_life_events.html", life_events, sees_money, side=True))
composed.put(composed.Panel("payments.month", _("Lập danh sách"), 10, "benefits/_preparing.html", preparing, sees_whole))
composed.put_door("benefits.finish_follow_up", lambda number: reverse("life_event.follow_ups", args=[int(number)]))
composed.put_door("payments.month", lambda day: f"{reverse('payments.lists')}?thang={day[:7]}")
for undone in (RECORD, "registry.record_death"):
    composed.put_door(f"undo {undone}", lambda number: reverse("life_event.undo", args=[int(number)]))
composed.put_undoing(lists_of_undoing)
composed.put_drafts(drafts_of_entitlements)
composed.put_drafts(drafts_of_level_changes)
composed.put_door("benefits.entitlement", lambda number: reverse("entitlement", args=[int(number)]))
composed.put_door("benefits.level_change", lambda number: reverse("entitlement", args=[int(number.partition("-")[0])]))
composed.put_door("benefits.level_changes", lambda number: reverse("level_changes", args=[number]))
composed.put_door("benefits.fooddecision", lambda number: reverse("food.decision", args=[int(number)]))
composed.put_door("benefits.lawdraft", lambda number: reverse("law_draft", args=[int(number)]))
composed.put_door("benefits.grant_round", round_address)
composed.put_door("benefits.grant", lambda number: reverse("entitlement.grant", args=[int(number)]))
for slug, change in CHANGES.items():
    composed.put_door(change.name, task_address(slug))
RECKONED_ANEW_AT.update(dict.fromkeys(FIELDS, "benefits.again"))
