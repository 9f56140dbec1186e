"""Grant, suspend, resume, stop, correct: in force at once with the decision's number, undone by an inverse act."""
from datetime import timedelta

from django.utils.translation import gettext as _

from ansinh.engine import terms as engine_terms
from ansinh.engine.law import book
from ansinh.engine.months import as_month, last_day
from ansinh.engine.terms import TermsRow
from ansinh.office.act import action
from ansinh.office.actions import close_tasks
from ansinh.office.dated import record, withdraw
from ansinh.payments.actions import keep_payable, open_payable, record_openings, withdraw_openings
from ansinh.payments.models import Opening
from ansinh.web.refusal import Refusal

from ..letters import issue_with
from ..limits import limits_of, refuse_people, refuse_unlawful
from ..models import Entitlement, Terms
from ..queries import current_terms
from ..waiting_lists import lists_follow, lists_follow_back, with_waiting_lists
from .bulk import settled_spans


def _where(person, *, standing, **_more):
    return person.area_path, book().field_of(standing)


def refresh_payable(entry):
    """After an undo, the payable's last day follows the terms again."""
    for entitlement in Entitlement.objects.filter(terms_rows__withdrawn_in__undoes=entry).distinct():
        tell_payments(entitlement)


def _take_back_grant(entry):
    withdraw_openings(Opening.objects.filter(recorded_in=entry))
    refresh_payable(entry)


def tell_payments(entitlement: Entitlement):
    """Payments keep the title of today's terms and the last day of the right; a grant taken back ended before it began."""
    if rows := current_terms(entitlement):
        keep_payable(entitlement.payable, title=title_of(entitlement.standing, rows[-1].facts()), ends_on=rows[-1].until)
    elif first := entitlement.terms_rows.order_by("since").first():
        keep_payable(entitlement.payable, title=entitlement.payable.title, ends_on=first.since - timedelta(days=1))


@action("benefits.grant", label=_("Cho hưởng"), scope=_where, undo=_take_back_grant, undoing=lists_follow_back)
def grant(person, *, standing, since, source, rests_on=None, paid_up_to=None, letter=None, by, **facts):
    """Cho hưởng: a monthly allowance by a decision, from its decided first day on; a lump sum for its month only.

    ``facts`` are those of the standing (grade, special, attendant, martyrs, care, …); amounts are never typed. What the
    law does not allow (limits.yaml, the ages of the rules) is refused with its article. Months through ``paid_up_to`` were paid
    elsewhere. ``letter`` orders the decision with it.
    """
    law, facts = book().standing(standing), with_birth(person, standing, facts)
    refuse_unlawful(person, standing, since=since, facts=facts)
    with lists_follow([person.pk], [law.field]):
        payable = open_payable(person, field=law.field, title=title_of(standing, facts))
        entitlement = Entitlement.objects.create(payable=payable, standing=standing, paid_up_to=paid_up_to)
        _replace(entitlement, [], granted_rows(standing, since=since, values=facts), source=source, rests_on=rests_on)
        if paid_up_to:
            record_openings(settled_spans([entitlement.pk], paid_up_to, law.field))
    close_tasks("benefits.grant", key=f"registry.person:{person.pk}")
    issue_with("benefits.grant", entitlement, letter, day=since, source=source, by=by)
    return entitlement


def with_birth(person, standing: str, facts: dict) -> dict:
    """The facts with the day of birth where the standing's amount depends on age and the paper names nobody else's."""
    asks = "born" in book().standing(standing).facts and not facts.get("born")
    return {**facts, "born": person.birth_on} if asks else facts


def granted_rows(standing: str, *, since, values: dict) -> list[TermsRow]:
    """A new entitlement's terms: open, or the one month of a lump sum (trợ cấp một lần)."""
    rows = engine_terms.grant(since=since, values=values)
    return engine_terms.stop(rows, until=last_day(as_month(since))) if book().standing(standing).once else rows


@action("benefits.suspend", label=_("Tạm đình chỉ"), undo=refresh_payable, undoing=lists_follow_back)
@with_waiting_lists
def suspend(entitlement, *, since, source, letter=None, by):
    """Tạm đình chỉ: nothing is due from this day until a resumption (Pháp lệnh 02/2020 Điều 54)."""
    rows = _change(entitlement, engine_terms.suspend, source, since=since)
    close_tasks("benefits.suspend", key=f"benefits.entitlement:{entitlement.pk}")
    issue_with("benefits.suspend", entitlement, letter, day=since, source=source, by=by)
    return rows


@action("benefits.resume", label=_("Hưởng lại"), undo=refresh_payable, undoing=lists_follow_back)
@with_waiting_lists
def resume(entitlement, *, since, source, letter=None, by):
    """Hưởng lại: runs again from this day; the suspended months are not paid."""
    rows = _change(entitlement, engine_terms.resume, source, since=since)
    close_tasks("benefits.resume", key=f"benefits.entitlement:{entitlement.pk}")
    issue_with("benefits.resume", entitlement, letter, day=since, source=source, by=by)
    return rows


@action("benefits.begin", label=_("Sửa ngày bắt đầu hưởng"), undo=refresh_payable, undoing=lists_follow_back)
@with_waiting_lists
def begin(entitlement, *, since, source, letter=None, by):
    """Sửa ngày bắt đầu hưởng: earlier or later than was decided; paid months that fall away are recovered, months gained are arrears."""
    before = _standing_terms(entitlement)
    if book().standing(entitlement.standing).once:
        raise Refusal(_("Trợ cấp một lần không sửa ngày bắt đầu; hoàn tác quyết định cũ rồi cho hưởng lại."))
    if before[0].since == since:
        raise Refusal(_("Chế độ này đang được hưởng đúng từ ngày %(day)s.") % {"day": f"{since:%d/%m/%Y}"}, field="since")
    if before[-1].until and since > before[-1].until:
        raise Refusal(_("Ngày bắt đầu sau ngày thôi hưởng %(day)s.") % {"day": f"{before[-1].until:%d/%m/%Y}"}, field="since")
    rows = _replace(entitlement, before, engine_terms.begin([as_row(row) for row in before], since=since), source=source)
    close_tasks("benefits.begin", key=f"benefits.entitlement:{entitlement.pk}")
    issue_with("benefits.begin", entitlement, letter, day=since, source=source, by=by)
    return rows


@action("benefits.stop", label=_("Chấm dứt hưởng"), undo=refresh_payable, undoing=lists_follow_back)
@with_waiting_lists
def stop(entitlement, *, until, source, letter=None, by):
    """Chấm dứt, thôi hưởng: the entitlement ends on this day, inclusive; also a move to another province."""
    if until < _standing_terms(entitlement)[0].since:
        raise Refusal(_("Ngày thôi hưởng trước ngày bắt đầu hưởng."), field="until")
    rows = _change(entitlement, engine_terms.stop, source, until=until)
    close_tasks("benefits.stop", key=f"benefits.entitlement:{entitlement.pk}")
    issue_with("benefits.stop", entitlement, letter, day=until, source=source, by=by)
    return rows


@action("benefits.correct", label=_("Sửa nội dung hưởng"), undo=refresh_payable, undoing=lists_follow_back)
@with_waiting_lists
def correct(entitlement, *, since, source, rests_on=None, letter=None, by, **facts):
    """Sửa nội dung hưởng: these facts hold from this day until the next change already known of the same fact."""
    if not facts:
        raise Refusal(_("Chưa nêu điều gì phải sửa."))
    if complaint := book().complaint(entitlement.standing, {**_standing_terms(entitlement)[-1].facts(), **facts}):
        raise Refusal(complaint)
    for limit in limits_of(entitlement.standing):
        refuse_people(limit, facts)
    rows = _change(entitlement, engine_terms.correct, source, rests_on=rests_on, since=since, values=facts)
    close_tasks("benefits.correct", key=f"benefits.entitlement:{entitlement.pk}")
    issue_with("benefits.correct", entitlement, letter, day=since, source=source, by=by)
    return rows


def _standing_terms(entitlement):
    """The terms that a change is made to; refused where the grant was taken back."""
    if rows := current_terms(entitlement):
        return rows
    raise Refusal(_("Chế độ này đã được hoàn tác, không còn nội dung hưởng để sửa."))


def _change(entitlement, how, source, *, rests_on=None, **change):
    before = _standing_terms(entitlement)
    if "since" in change and change["since"] < before[0].since:
        raise Refusal(_("Ngày áp dụng trước ngày bắt đầu hưởng %(day)s.") % {"day": f"{before[0].since:%d/%m/%Y}"}, field="since")
    if "since" in change and before[-1].until and change["since"] > before[-1].until:
        # It would change nothing now, and be forgotten where the stop is taken back later.
        told = _("Chế độ này đã thôi hưởng sau ngày %(day)s, nên không có gì để đổi từ ngày áp dụng; thôi hưởng ghi sai thì hoàn tác trước.")
        raise Refusal(told % {"day": f"{before[-1].until:%d/%m/%Y}"}, field="since")
    return _replace(entitlement, before, how([as_row(t) for t in before], **change), source=source, rests_on=rests_on)


def _replace(entitlement, before, after, *, source, rests_on=None):
    """Withdraw the rows that no longer hold and record their successors; those untouched stay as they are."""
    kept = {as_row(row): row for row in before}
    gone, new = engine_terms.difference(list(kept), after)
    sources = {row: kept[row].source for row in gone}
    for row in gone:
        withdraw(kept[row])
    recorded = [_record(entitlement, row, _source_of(row, sources, source), rests_on) for row in new]
    tell_payments(entitlement)
    return recorded


def _source_of(row, gone, source):
    """A piece that says the same as a withdrawn row keeps that row's paper."""
    same = (paper for old, paper in gone.items() if (old.since, old.values, old.state) == (row.since, row.values, row.state))
    return next(same, source)


def _record(entitlement, row: TermsRow, source, rests_on):
    return record(
        Terms, entitlement=entitlement, since=row.since, until=row.until, source=source, state=row.state,
        decides=",".join(sorted(row.decides)), rests_on=rests_on, **as_columns(row),
    )


def as_row(terms: Terms) -> TermsRow:
    """A dated row as the engine knows it."""
    return TermsRow(
        since=terms.since, until=terms.until, state=terms.state, decides=frozenset(filter(None, terms.decides.split(","))),
        **terms.facts(),
    )


def as_columns(row: TermsRow) -> dict:
    return {name: getattr(row, name) for name in Terms.FACTS}


def title_of(standing: str, facts: dict) -> str:
    """How lists name the entitlement: "Thương binh, 61 %"."""
    return book().title(standing, facts)
