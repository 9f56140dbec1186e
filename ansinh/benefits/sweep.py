"""Checks that benefits puts into the sweep: benefits that exclude each other, ages crossed; and the standard that explains a rise."""
from calendar import monthrange
from datetime import date

import polars as pl
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.law import book
from ansinh.engine.law.book import LEVEL_OF
from ansinh.engine.law.limits import ONE_SHARE
from ansinh.engine.law.sweep import Running
from ansinh.office import bulk
from ansinh.payments.models import Kind, Proposal
from ansinh.payments.queries.checks import BETWEEN, FOUND, Check, Scope, as_found, found, joined, put_checks
from ansinh.payments.queries.sweep import put_level
from ansinh.registry.models import Marriage

from .limits import limits_of
from .models import Terms

PERSON = "entitlement__payable__person_id"
UNVERIFIED = gettext_lazy("căn cứ chờ đối chiếu")


def _paid(scope: Scope):
    """Terms in force in the month that are paid for it: what the reckoning cuts already puts nothing at risk."""
    return _paid_in(scope.month).filter(entitlement__payable__person__in=scope.persons)


def _paid_in(month: date):
    """The same of whoever is paid, also by lists that are not swept now."""
    due = Proposal.objects.filter(batch__month=month, kind=Kind.DUE, after__gt=0, payable=OuterRef("entitlement"))
    return Terms.objects.on(month).filter(Exists(due), state=Terms.State.IN_FORCE)


def _exclusive(scope: Scope) -> pl.DataFrame:
    rows = _paid(scope)
    several = rows.order_by().values(PERSON).annotate(n=Count("id")).filter(n__gt=1)
    frame = bulk.frame(rows.filter(**{f"{PERSON}__in": several.values(PERSON)}), PERSON, "entitlement__standing", "martyrs", "care")
    clashes = []
    for (person,), terms in frame.group_by(PERSON):
        running = [Running(standing, martyrs, care) for _person, standing, martyrs, care in terms.iter_rows()]
        told = ((rule.code, rule.clash(running)) for rule in book().exclusive.values())
        clashes += [{"person_id": person, "facts": BETWEEN.join((code, ",".join(clash)))} for code, clash in told if clash]
    return as_found(pl.DataFrame(clashes, schema=FOUND))


def _couples(scope: Scope) -> pl.DataFrame:
    """Husband and wife who are both paid for the month what law gives them one share of; each is found who stands on these lists."""
    told = []
    for limit in (limit for limit in book().limits if limit.couple == ONE_SHARE):
        for standing in limit.standings:
            both = _paid_in(scope.month).filter(entitlement__standing=standing).order_by().values(PERSON)
            couples = Marriage.objects.lasting(scope.month).filter(person__in=both, spouse__in=both)
            couples = couples.annotate(facts=joined(Value(standing), F("person_id") + F("spouse_id")))
            told += [found(couples.filter(**{f"{name}__in": scope.persons}), person=f"{name}_id") for name in ("person", "spouse")]
    return as_found(pl.concat(told)) if told else as_found(pl.DataFrame(schema=FOUND))


def _ages(scope: Scope) -> pl.DataFrame:
    last = scope.month.replace(day=monthrange(scope.month.year, scope.month.month)[1])
    conditions = {limit.code: _crossed(limit, scope.month, last) for limit in book().ages.values()}
    which = Case(*(When(condition, then=Value(code)) for code, condition in conditions.items()), default=Value(""))
    rows = _paid(scope).filter(entitlement__payable__field=scope.field, entitlement__payable__person__birth_on__isnull=False)
    rows = rows.annotate(which=which).exclude(which="")
    return found(rows.annotate(facts=joined("which", "entitlement__payable__person__birth_on")), person=PERSON)


def _crossed(limit, first: date, last: date) -> Q:
    """Born so that the age is reached by the end of the month, not reached by then, or reached in this very month."""
    birth = "entitlement__payable__person__birth_on"
    reached = {f"{birth}__lte": years_before(last, limit.age)}
    own = Q(entitlement__standing=limit.standing)
    if limit.how == "from":
        return own & ~Q(**reached)
    if limit.how == "change":
        return own & Q(**reached, **{f"{birth}__gte": years_before(first, limit.age)})
    return own & Q(**reached)


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; of 29 February the 28th."""
    last = monthrange(day.year - years, day.month)[1]
    return day.replace(year=day.year - years, day=min(day.day, last))


def _title(standing):
    known = book().standings.get(standing)
    return known.short if known else standing


def _say_exclusive(code, standings):
    rule = book().exclusive.get(code)
    names = "; ".join(_title(standing) for standing in standings.split(","))
    return f"{rule.title}: {names} ({_basis(rule)})" if rule else names


def _say_couple(standing, _together):
    limit = next((limit for limit in limits_of(standing) if limit.couple == ONE_SHARE), None)
    told = {"what": _title(standing), "words": limit and limit.words, "article": limit and limit.article}
    return _("%(what)s: %(words)s (%(article)s)") % told if limit else _title(standing)


def _say_age(code, birth):
    limit = book().ages.get(code)
    born = f"{date.fromisoformat(birth):%d/%m/%Y}"
    if limit is None:
        return _("sinh %(day)s") % {"day": born}
    words = {"until": _("đã đủ %(age)s tuổi, hết diện"), "from": _("chưa đủ %(age)s tuổi"), "change": _("tháng này đủ %(age)s tuổi, mức đổi")}
    said = words[limit.how] % {"age": limit.age}
    return _("%(what)s: %(said)s, sinh %(day)s (%(basis)s)") % {"what": _title(limit.standing), "said": said, "day": born, "basis": _basis(limit)}


def _basis(rule):
    return rule.basis if rule.verified else f"{rule.basis}, {UNVERIFIED}"


put_checks(
    Check("loai-tru", gettext_lazy("Hai chế độ không cùng hưởng"), gettext_lazy("tháng này chi cả hai"), 40,
          _exclusive, _say_exclusive),
    Check("vo-chong", gettext_lazy("Vợ chồng cùng hưởng, luật cho một suất"), gettext_lazy("tháng này chi cho cả hai"), 45,
          _couples, _say_couple),
    Check("qua-tuoi", gettext_lazy("Qua mốc tuổi"), gettext_lazy("đủ tuổi hết diện, chưa đủ tuổi, hoặc đổi mức trong tháng"), 60, _ages, _say_age),
)
for known in LEVEL_OF:
    put_level(known, lambda month, field=known: book().level(month, field).amount)
