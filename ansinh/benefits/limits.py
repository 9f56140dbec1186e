"""Giới hạn của luật: a grant that the law does not allow is refused with its article before anything is written."""
from datetime import date

from django.utils.translation import gettext as _

from ansinh.engine.law import book
from ansinh.engine.law.limits import DEAD, LIVING, Limit, age_complaint, poverty_complaint
from ansinh.engine.months import as_month
from ansinh.web.refusal import Refusal

from .models import Terms

# An age above which the law sets no end.
NO_END = 120


def refuse_unlawful(person, standing: str, *, since: date, facts: dict):
    """Refuse a grant by the first limit that it meets; ``facts`` with the birth that counts."""
    law = book().standing(standing)
    if person.birth_on and as_month(since) < as_month(person.birth_on):
        raise Refusal(_("%(who)s sinh ngày %(day)s; không thể hưởng trước khi sinh.") % {
            "who": person, "day": f"{person.birth_on:%d/%m/%Y}"}, law.basis, field="since")
    for limit in limits_of(standing):
        _refuse_by_life(limit, person, since)
        refuse_people(limit, facts)
        _refuse_again(limit, person, since)
    _refuse_by_age(standing, since, facts)


def limits_of(standing: str) -> list[Limit]:
    """The limits of a standing."""
    return [limit for limit in book().limits if standing in limit.standings]


def refuse_people(limit: Limit, facts: dict):
    """Refuse more people than the law pays for."""
    if limit.people is not None and (facts.get("people") or 1) > limit.people:
        raise Refusal(_("%(words)s; đã ghi %(n)s người.") % {"words": limit.words, "n": facts["people"]}, limit.article, field="people")


def limit_words(standing: str) -> str:
    """What the form says beside the day: the limits with their articles; those that nobody compared with the text say so."""
    said = []
    for limit in limits_of(standing):
        doubt = "" if limit.verified else _(", chưa đối chiếu bản gốc")
        said.append(f"{limit.words} ({limit.article}{doubt}).")
    return " ".join(said)


def _refuse_by_life(limit, person, since):
    died = person.died_on
    if limit.only == LIVING and died and as_month(since) > as_month(died):
        raise Refusal(_("%(who)s mất ngày %(day)s. %(words)s.") % {
            "who": person, "day": f"{died:%d/%m/%Y}", "words": limit.words}, limit.article, field="since")
    if limit.only != DEAD:
        return
    if died is None:
        raise Refusal(_("%(who)s chưa được ghi nhận mất. %(words)s; ghi nhận mất trước.") % {
            "who": person, "words": limit.words}, limit.article)
    if as_month(since) != as_month(died):
        raise Refusal(_("%(who)s mất ngày %(day)s. %(words)s: ghi một ngày của tháng ấy.") % {
            "who": person, "day": f"{died:%d/%m/%Y}", "words": limit.words}, limit.article, field="since")


def _refuse_again(limit, person, since):
    if limit.years is None:
        return
    granted = Terms.objects.current().filter(entitlement__payable__person=person, entitlement__standing__in=limit.standings)
    yearly = bool(limit.yearly_for) and _is_yearly(limit, person, since)
    for terms in granted.select_related("entitlement__payable").order_by("since"):
        if limit.meets(terms.since, since, yearly=yearly):
            raise Refusal(_("%(who)s đã có %(what)s trong tháng %(month)s. %(words)s; lần trước ghi nhầm thì hoàn tác lần ấy.") % {
                "who": person, "what": terms.entitlement, "month": f"{terms.since:%m/%Y}", "words": limit.words}, limit.article, field="since")


def _is_yearly(limit, person, since):
    held = Terms.objects.on(since).filter(entitlement__payable__person=person).values_list("entitlement__standing", "grade")
    return any(holder.fits(standing, grade) for holder in limit.yearly_for for standing, grade in held)


def _refuse_by_age(standing, since, facts):
    law, poverty = book().standing(standing), facts.get("poverty") or ""
    rules = book().rules[law.field]
    if article := poverty_complaint(rules, standing, poverty):
        raise Refusal(_("Hộ đã ghi không thuộc mức nghèo mà diện này cần."), article, field="poverty")
    if not facts.get("born"):
        return
    if ages := age_complaint(rules, standing, facts["born"], since, poverty):
        bounds = _("từ đủ %(first)s tuổi") if ages.last > NO_END else _("từ đủ %(first)s đến %(last)s tuổi")
        raise Refusal(_("Người sinh ngày %(born)s không ở tuổi của diện này trong tháng %(month)s: %(ages)s.") % {
            "born": f"{facts['born']:%d/%m/%Y}", "month": f"{since:%m/%Y}", "ages": bounds % {"first": ages.first, "last": ages.last}},
            ages.article, field="since")
