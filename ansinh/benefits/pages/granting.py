"""Granting an entitlement: the standing first, then its facts, the consequences, the act."""
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.documents.alongside import choice_of, order_of
from ansinh.engine.law import book
from ansinh.engine.law.book import FIELDS
from ansinh.office import rights
from ansinh.office.models import Task
from ansinh.registry.models import Person
from ansinh.web.acting import act_on_form
from ansinh.web.page import Crumb, Effect, FormPage, Page
from ansinh.web.templatetags.office_words import count

from .. import actions
from ..actions.entitlements import with_birth
from ..choosing import choices
from ..consequences import parts_of_grant, preview_grant
from ..forms import grant_form, with_facts
from ..letters import letter_of, rehearsed_letter
from ..limits import limit_words, refuse_unlawful
from ..waiting_lists import changes_by
from .changing import after, days, groups
from .entitlements import RAIL, person_url
from .plan_words import of_lists


@dataclass(frozen=True)
class ChoicePage(Page):
    """The first question of a grant: which standing, in groups by field, narrowed by ``sought``."""

    groups: tuple = ()
    sought: str = ""
    verb: str = ""
    back: str = ""


def grant(request, person: int):
    """Cho hưởng một chế độ mới: the standing first, then its facts."""
    found = get_object_or_404(Person.objects.visible_to(request.user), pk=person)
    fields = [field for field in FIELDS if rights.may(request.user, "benefits.grant", found.area_path, field)]
    if not fields:
        raise Http404
    standing = request.GET.get("dien", "")
    if standing not in book().standings:
        return _ask_standing(request, found, fields)
    if book().standing(standing).field not in fields:
        raise Http404
    frame = _frame(found, book().standing(standing))
    return act_on_form(
        request, frame, with_facts(grant_form(standing), standing),
        lambda values: actions.grant(found, standing=standing, by=request.user, letter=order_of(values), **_filled(values)),
        lambda made: after(request, reverse("entitlement", args=[made.pk]), found, "benefits.grant"),
        effects=lambda values: _effects(found, standing, values, request.user),
        decide=lambda values: choice_of(_letter(found, standing, values, request.user)), initial=_proposed(found, standing),
    )


def _letter(person, standing, values, account):
    """The decision that goes with the grant, by the books after it."""

    said = {"day": values["since"], "source": values["source"]}
    return rehearsed_letter(lambda: letter_of("benefits.grant", _tried(person, standing, values, account), **said), account)


def _tried(person, standing, values, account):
    """The grant in a rehearsal, to an object of its own."""
    return actions.grant(Person.objects.get(pk=person.pk), standing=standing, by=account, **_filled(values))


def _frame(person, law):
    back = person_url(person.pk)
    words = _("Chi một lần %(what)s: %(who)s") if law.once else _("Cho hưởng %(what)s: %(who)s")
    return FormPage(
        title=words % {"what": law.short[:1].lower() + law.short[1:], "who": person.name}, rail=RAIL, back=back,
        crumbs=(Crumb(person.name, back), Crumb(_("Chọn diện khác"), reverse("entitlement.grant", args=[person.pk]))),
        verb=_("Xem hệ quả rồi ghi"), note=f"{law.vietnamese} ({law.basis}). {law.begins} {limit_words(law.code)}",
        foot=_("Số tiền theo bảng của luật từ nội dung của diện, không gõ tay; bước sau cho thấy số tiền và cách tính."),
    )


def _ask_standing(request, person, fields):
    asked = request.GET.get("tim", "")[:80]
    page = ChoicePage(
        title=_("Cho hưởng chế độ mới: %(who)s") % {"who": person.name}, rail=RAIL, crumbs=(Crumb(person.name, person_url(person.pk)),),
        note=_("Chọn diện; bước sau hỏi đúng những điều bảng của diện ấy cần."), groups=choices(fields, asked), sought=asked,
        verb=_("Tiếp tục"), back=person_url(person.pk),
    )
    return render(request, "benefits/standing.html", {"page": page})


def _filled(values):
    return {name: value for name, value in values.items() if value not in (None, "")}


def _effects(person, standing, values, account):
    law, since = book().standing(standing), values["since"]
    facts = _filled({name: value for name, value in values.items() if name in law.facts})
    refuse_unlawful(person, standing, since=since, facts=with_birth(person, standing, facts))
    found = preview_grant(person, standing, since=since, values=facts, paid_up_to=values.get("paid_up_to"))
    what = book().title(standing, facts)
    if law.once:
        words = _("Chi một lần trong tháng %(month)s: %(what)s") % {"month": f"{since:%m/%Y}", "what": what}
        at_once = [Effect("✎", words, small=values["source"])]
    else:
        words = _("Hưởng %(what)s từ %(day)s") % {"what": what, "day": f"{since:%d/%m/%Y}"}
        before = _("trước: %(old)s đ") % {"old": count(found.monthly_before)}
        monthly = Effect("+", _("Mỗi tháng từ danh sách tới"), small=before, amount=found.monthly_after - found.monthly_before)
        at_once = [Effect("✎", words, small=values["source"]), monthly]
    lists = of_lists(changes_by(lambda: _tried(person, standing, values, account), [law.field]))
    return groups(found, (*at_once, *lists, *_reckoned(person, standing, since, facts)), "")


def _reckoned(person, standing, since, facts):
    """How the amount comes about: each line of the law with its level, factor and article."""
    month, parts = parts_of_grant(person, standing, since=since, values=facts)
    for part in parts:
        reckoning = _("%(title)s: %(reckoning)s") % {"title": part.title, "reckoning": part.reckoning}
        awaits = _("tạm tính, chờ %(text)s") % {"text": part.awaits} if part.awaits else ""
        aside = part.note or awaits or ("" if part.verified else _("số liệu chưa đối chiếu bản gốc"))
        yield Effect("✎", _("Cách tính tháng %(month)s: %(amount)s đ") % {"month": f"{month:%m/%Y}", "amount": count(part.amount)},
                     small=f"{reckoning} ({part.basis}, {part.article})", aside=aside)
    if not parts:
        yield Effect("✎", _("Tháng %(month)s: bảng của luật không cho đồng nào với nội dung này") % {"month": f"{month:%m/%Y}"})


def _proposed(person, standing):
    tasks = Task.objects.open().filter(act="benefits.grant", key=f"registry.person:{person.pk}").order_by("-id")
    task = next((task for task in tasks if task.facts.get("standing") == standing), None)
    return days(task.facts) if task else {}
