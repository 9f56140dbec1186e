"""Changes of an entitlement: the form with help beside its fields, the consequences before the act, the way back after it."""
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ansinh.documents.alongside import choice_of, order_of
from ansinh.engine import terms as engine_terms
from ansinh.office import rights
from ansinh.office.models import Entry, Task
from ansinh.web.acting import act_on_form
from ansinh.web.page import Crumb, Effect, EffectGroup, FormPage
from ansinh.web.templatetags.office_words import count

from .. import actions, queries
from ..actions.entitlements import as_row
from ..consequences import preview
from ..forms import BeginForm, CorrectForm, ResumeForm, StopForm, SuspendForm, with_facts
from ..letters import letter_of, rehearsed_letter
from ..life_events.money import open_lines_of
from ..models import Entitlement
from ..waiting_lists import changes_by
from .entitlements import RAIL, visible_entitlement
from .plan_words import of_lists
from .words import facts_words, verb_words

SHOWN_MONTHS, BESIDE = 12, "|"


@dataclass(frozen=True)
class Change:
    """One way to change an entitlement: its verb, form, act, and how the engine makes the new terms."""

    verb: str
    form: type
    act: object
    how: object

    @property
    def name(self) -> str:
        return f"benefits.{self.verb}"


CHANGES = {
    "sua": Change("correct", CorrectForm, actions.correct, engine_terms.correct),
    "ngay-bat-dau": Change("begin", BeginForm, actions.begin, engine_terms.begin),
    "tam-dinh-chi": Change("suspend", SuspendForm, actions.suspend, engine_terms.suspend),
    "huong-lai": Change("resume", ResumeForm, actions.resume, engine_terms.resume),
    "thoi-huong": Change("stop", StopForm, actions.stop, engine_terms.stop),
}


def change(request, pk: int, verb: str):
    """Sửa nội dung, sửa ngày bắt đầu, tạm đình chỉ, hưởng lại, thôi hưởng."""
    entitlement, asked = visible_entitlement(request.user, pk), CHANGES.get(verb)
    if asked is None or not rights.may(request.user, asked.name, entitlement.area_path, entitlement.field):
        raise Http404
    terms = queries.current_terms(entitlement)
    version = _version(entitlement, terms)
    form = with_facts(asked.form, entitlement.standing, version=version, told=lambda seen: _told(entitlement, terms, seen))
    back = reverse("entitlement", args=[pk])
    frame = FormPage(
        title=_("%(verb)s: %(what)s, %(who)s") % {
            "verb": verb_words(entitlement.field)[asked.verb], "what": entitlement, "who": entitlement.person.name,
        }, rail=RAIL,
        crumbs=(Crumb(_("Chế độ"), reverse("entitlements")), Crumb(str(entitlement), back)), verb=_("Xem hệ quả rồi ghi"), back=back,
        note=_now_words(terms), foot=_("Bước sau cho thấy hệ quả bằng tháng và bằng đồng; chưa ghi gì vào sổ."),
    )
    return act_on_form(
        request, frame, form, lambda values: _act(asked, entitlement, terms, values, request.user),
        lambda _done: after(request, back, entitlement, asked.name),
        effects=lambda values: _effects(asked, entitlement, terms, values, request.user),
        decide=lambda values: choice_of(_letter(asked, entitlement, terms, values, request.user)),
        initial={**(terms[-1].facts() if terms else {}), "seen": version, **_proposed(asked.name, entitlement)},
    )


def _act(asked, entitlement, terms, values, account):
    order = order_of(values, reason=_reason(asked, terms, values))
    return asked.act(entitlement, by=account, source=_source(asked, values), letter=order, **_given(asked, terms, values))


def _letter(asked, entitlement, terms, values, account):
    """The decision that goes with the act, by the books after it."""
    day = values["until"] if asked.name == "benefits.stop" else values["since"]
    said = {"day": day, "source": _source(asked, values), "reason": _reason(asked, terms, values)}

    return rehearsed_letter(lambda: letter_of(asked.name, _tried(asked, entitlement, terms, values, account), **said), account)


def _tried(asked, entitlement, terms, values, account) -> Entitlement:
    """The act in a rehearsal, on an object of its own."""
    own = Entitlement.objects.select_related("payable__person").get(pk=entitlement.pk)
    _act(asked, own, terms, dict(values), account)
    return own


def _reason(asked, terms, values):
    """Why, as the letter says it; where the form does not ask, it is the paper itself."""
    if asked.name == "benefits.stop":
        return str(dict(StopForm.CAUSES).get(values.get("cause"), ""))
    if asked.name == "benefits.correct" and terms:
        after = asked.how([as_row(row) for row in terms], **_engine_change(asked, terms, values))
        return _("nội dung hưởng nay là %(facts)s") % {"facts": facts_words(after[-1])}
    return _("ngày bắt đầu hưởng được sửa lại") if asked.name == "benefits.begin" else ""


def _source(asked, values):
    """The decision; a stop also says why."""
    cause = dict(StopForm.CAUSES).get(values.get("cause"))
    return f"{values['source']}; {cause}" if cause and asked.name == "benefits.stop" else values["source"]


def _given(asked, terms, values):
    """Arguments of the act: days, and of the facts only those that differ from what holds on that day."""
    if asked.name == "benefits.stop":
        return {"until": values["until"]}
    if asked.name != "benefits.correct":
        return {"since": values["since"]}
    return {"since": values["since"], **_corrected(terms, values)}


def _corrected(terms, values):
    holds = next((row for row in reversed(terms) if row.since <= values["since"]), terms[0])
    now = holds.facts()
    return {name: value for name, value in values.items() if name in now and value != now[name]}


def _engine_change(asked, terms, values):
    given = _given(asked, terms, values)
    if asked.name == "benefits.correct":
        return {"since": given.pop("since"), "values": given}
    return given


def _effects(asked, entitlement, terms, values, account) -> tuple[EffectGroup, ...]:
    """What the act changes, in months and đồng, before it happens."""
    if asked.name == "benefits.stop" and terms and values["until"] < terms[0].since:
        return (EffectGroup(_("Không ghi được"), (Effect("✎", _("Ngày thôi hưởng trước ngày bắt đầu hưởng.")),)),)
    if asked.name == "benefits.begin" and terms and terms[-1].until and values["since"] > terms[-1].until:
        return (EffectGroup(_("Không ghi được"), (Effect("✎", _("Ngày bắt đầu sau ngày thôi hưởng.")),)),)
    engine = _engine_change(asked, terms, values)
    found = preview(entitlement, asked.how, **engine)
    after = asked.how([as_row(row) for row in terms], **engine)
    lists = changes_by(lambda: _tried(asked, entitlement, terms, values, account), [entitlement.field])
    return groups(found, (*_at_once(terms, after, found), *of_lists(lists)), _("%(what)s, 1 người") % {"what": entitlement})


def _at_once(before, after, found):
    last = after[-1] if after else None
    until = f"{last.until:%d/%m/%Y}" if last and last.until else _("không có ngày cuối")
    words = _("Hưởng đến hết: %(day)s; nội dung: %(facts)s") % {"day": until, "facts": facts_words(last)} if last else _("Không còn nội dung hưởng")
    yield Effect("✎", words, small=_("Trước: %(words)s") % {"words": _now_words(before)})
    change = found.monthly_after - found.monthly_before
    if change:
        monthly = _("Mỗi tháng từ danh sách tới: %(old)s → %(new)s đ") % {"old": count(found.monthly_before), "new": count(found.monthly_after)}
        yield Effect("+" if change > 0 else "−", monthly, amount=change)
    else:
        yield Effect("✎", _("Mỗi tháng từ danh sách tới không đổi: %(now)s đ") % {"now": count(found.monthly_after)})


def groups(found, at_once, note) -> tuple[EffectGroup, ...]:
    """What changes at once, which paid months change, and what has to be known."""
    said = [EffectGroup(_("Đổi ngay khi ghi"), tuple(at_once), _("hoàn tác được"))]
    more, less = ([m for m in found.months if (m.difference > 0) is wanted] for wanted in (True, False))
    if less:
        said.append(EffectGroup(_("Tháng đã chi thừa: không sửa, thành khoản thu hồi"), tuple(_months(less, "−")), _sum(less, found.recovery)))
    if more:
        said.append(EffectGroup(_("Còn được nhận: truy lĩnh ở danh sách tới"), tuple(_months(more, "+")), _sum(more, found.arrears)))
    if not found.months:
        said.append(EffectGroup(_("Tháng đã chi"), (Effect("✎", _("Không tháng nào đã chi bị đổi: không truy lĩnh, không thu hồi.")),), note))
    if warnings := tuple(_warnings(found)):
        said.append(EffectGroup(_("Cần biết"), warnings))
    return tuple(said)


def _sum(months, amount):
    return _("%(n)s tháng, %(sum)s đ") % {"n": len(months), "sum": count(amount)}


def _months(changed, sign):
    for month in changed[-SHOWN_MONTHS:]:
        words = _("Tháng %(month)s: đã chi %(paid)s, được hưởng %(due)s") % {
            "month": f"{month.month:%m/%Y}", "paid": count(month.settled), "due": count(month.due),
        }
        yield Effect(sign, words, amount=month.difference)
    if rest := changed[:-SHOWN_MONTHS]:
        words = _("%(n)s tháng trước đó, từ %(first)s") % {"n": len(rest), "first": f"{rest[0].month:%m/%Y}"}
        yield Effect(sign, words, amount=sum(month.difference for month in rest))


def _warnings(found):
    if found.unknown:
        first, last = found.unknown
        yield Effect("✎", _("Chưa nạp bảng của các tháng %(first)s – %(last)s: không tính được, không truy lĩnh, không thu hồi.") % {
            "first": f"{first:%m/%Y}", "last": f"{last:%m/%Y}",
        })
    if found.awaited:
        words = _("Tạm tính, chờ %(texts)s: mức từ danh sách tới chưa có bảng chính thức, còn có thể đổi.")
        yield Effect("✎", words % {"texts": ", ".join(found.awaited)})


def _version(entitlement, terms) -> str:
    """What the officer has before the eyes: the rows of terms by key, and what lists that wait pay of the person."""
    lines = (f"{line.number}={line.total}" for line in open_lines_of(entitlement.person) if line.field == entitlement.field)
    return BESIDE.join([_keys(terms), *lines])


def _keys(terms) -> str:
    return "-".join(str(row.pk) for row in terms)


def _told(entitlement, terms, seen) -> str:
    """Both versions, for the slower of two officers."""
    if seen.partition(BESIDE)[0] == _keys(terms):
        return _("Danh sách chờ duyệt có người này vừa được duyệt, rút hoặc lập lại, nên hệ quả đã khác. Chưa ghi gì; xem lại rồi bấm lần nữa.")
    newest = max(terms, key=lambda row: row.recorded_at, default=None)
    if newest is None:
        return _("Chế độ này vừa được hoàn tác. Nội dung đang gõ vẫn còn ở dưới.")
    return _("%(who)s vừa ghi lúc %(at)s: %(now)s (%(source)s). Nội dung đang gõ vẫn còn ở dưới; xem lại rồi bấm lần nữa.") % {
        "who": newest.recorded_in.by, "at": f"{newest.recorded_at:%H:%M %d/%m/%Y}", "now": _now_words(terms), "source": newest.source,
    }


def _now_words(terms) -> str:
    if not terms:
        return _("không còn nội dung hưởng")
    row = terms[-1]
    until = f"{row.until:%d/%m/%Y}" if row.until else _("nay")
    return _("%(facts)s; %(state)s, %(since)s – %(until)s") % {
        "facts": facts_words(row), "state": row.get_state_display(), "since": f"{row.since:%d/%m/%Y}", "until": until,
    }


def _proposed(act, entitlement):
    """Values that a task proposes for this act."""
    task = Task.objects.open().filter(act=act, key=f"benefits.entitlement:{entitlement.pk}").order_by("-id").first()
    return days(task.facts) if task else {}


def days(facts):
    """Facts of a task with their days as days."""
    return {name: date.fromisoformat(value) if name in ("since", "until") else value for name, value in facts.items()}


def after(request, url, subject, act):
    """Where one goes after the act, with the way back in a message."""
    key = f"{subject._meta.label_lower}:{subject.pk}"
    entry = Entry.objects.filter(act=act, key=key, by=request.user).order_by("-id").first()
    if entry and rights.may(request.user, "office.undo", entry.area_path, entry.field):
        messages.info(request, format_html('{} <a href="{}">{}</a>', _("Ghi nhầm?"), reverse("undo", args=[entry.pk]), _("Hoàn tác việc này")))
    return url
