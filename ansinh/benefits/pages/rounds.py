"""Chi theo đợt on screen: which lump sum, for whom, with names, sums and who is left out by which article; then one act."""
from dataclasses import replace

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.law import book
from ansinh.engine.law.book import FIELDS
from ansinh.web.acting import act_on_form
from ansinh.web.composed import place_names
from ansinh.web.page import Choice, Crumb, Effect, EffectGroup, FormPage
from ansinh.web.refusal import Refusal
from ansinh.web.templatetags.office_words import count

from .. import actions
from ..choosing import choices
from ..forms import GrantOnceForm, fact_fields
from ..limits import limit_words
from ..rounds import Round, is_for_rounds, round_of
from ..waiting_lists import changes_by
from .entitlements import RAIL
from .granting import ChoicePage
from .places import paths_of, places_of
from .plan_words import of_lists

ACT = "benefits.grant_round"
LAST, HOLDERS, NUMBERS = "last", "holders", "numbers"
WAYS = [
    (LAST, gettext_lazy("những người đã có lần trước")), (HOLDERS, gettext_lazy("những người đang hưởng hằng tháng một diện")),
    (NUMBERS, gettext_lazy("những người có số ghi dưới đây")),
]
# Names are told up to so many people, then only how many in each commune.
NAMED, LEFT_OUT = 300, 100


class RoundForm(GrantOnceForm):
    """When, by which decision, where, for whom."""

    noi = forms.ChoiceField(label=gettext_lazy("Địa bàn"))
    way = forms.ChoiceField(label=gettext_lazy("Cho ai"), choices=WAYS, widget=forms.RadioSelect, initial=LAST)
    holders = forms.ChoiceField(label=gettext_lazy("Diện đang hưởng"), required=False, help_text=gettext_lazy("Chỉ khi chọn cách thứ hai."))
    numbers = forms.CharField(
        label=gettext_lazy("Số định danh hoặc số hồ sơ"), required=False, widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("Mỗi dòng một số, dán từ bảng tính được. Chỉ khi chọn cách thứ ba."),
    )

    def clean(self):
        """The second and the third way need to be told who."""
        said = super().clean()
        if said.get("way") == HOLDERS and not said.get("holders"):
            self.add_error("holders", _("Chọn diện đang hưởng."))
        if said.get("way") == NUMBERS and not said.get("numbers", "").strip():
            self.add_error("numbers", _("Ghi ít nhất một số."))
        return said


def grant_round(request):
    """Chi theo đợt: the lump sum first, then for whom."""
    fields = [field for field in FIELDS if paths_of(request.user, ACT, field)]
    if not fields:
        raise Http404
    standing = request.GET.get("dien", "")
    if standing not in book().standings:
        return _ask_standing(request, fields)
    if book().standing(standing).field not in fields or not is_for_rounds(standing):
        raise Http404
    return act_on_form(
        request, _frame(book().standing(standing)), _form(request.user, standing),
        lambda values: actions.grant_round(standing, by=request.user, source=values["source"], people=values["people"], **_asked(standing, values)),
        lambda _made: f"{reverse('entitlements')}?dien={standing}",
        effects=lambda values: _of_lists(standing, values, request.user), initial={"noi": request.GET.get("noi", "")},
        decide=lambda values: _seen(round_of(standing, **_asked(standing, values)), values),
    )


def _of_lists(standing, values, account):
    """Lists that wait for approval and get lines of the round at once."""
    asked = _asked(standing, values)

    def tried():
        people = round_of(standing, **asked).people
        actions.grant_round(standing, by=account, source=values["source"], people=people, **asked)

    effects = tuple(of_lists(changes_by(tried, [book().standing(standing).field])))
    return (EffectGroup(_("Danh sách chờ duyệt đổi ngay khi ghi"), effects, _("hoàn tác được")),) if effects else ()


def _ask_standing(request, fields):
    asked = request.GET.get("tim", "")[:80]
    groups = (replace(group, standings=tuple(s for s in group.standings if is_for_rounds(s.code))) for group in choices(fields, asked))
    page = ChoicePage(
        title=_("Chi theo đợt"), rail=RAIL, crumbs=(_crumb(),), sought=asked, verb=_("Tiếp tục"), back=reverse("entitlements"),
        note=_("Thờ cúng, điều dưỡng, học tập và các khoản chi một lần khác, cho nhiều người bằng một quyết định."),
        groups=tuple(group for group in groups if group.standings),
    )
    return render(request, "benefits/standing.html", {"page": page})


def _frame(law):
    return FormPage(
        title=_("Chi theo đợt: %(what)s") % {"what": law.short[:1].lower() + law.short[1:]}, rail=RAIL, back=reverse("entitlement.round"),
        crumbs=(_crumb(), Crumb(_("Chi theo đợt"), reverse("entitlement.round"))), verb=_("Xem danh sách rồi ghi"),
        note=f"{law.vietnamese} ({law.basis}). {law.begins} {limit_words(law.code)}",
        foot=_("Số tiền theo bảng của luật, không gõ tay. Ai luật không cho thì bước sau nói rõ theo điều nào và không được ghi."),
    )


def _form(account, standing):
    """The form with the places of the account and the facts of the standing, for those of whom no last time says them."""
    law = book().standing(standing)
    facts = fact_fields(standing)
    for field in facts.values():
        field.required, field.help_text = False, _("Cho người chưa có ở lần trước. %(more)s") % {"more": field.help_text}
    made = type("RoundForm", (RoundForm,), facts)

    def build(*args, **kwargs):
        form = made(*args, **kwargs)
        form.fields["noi"].choices = places_of(account, ACT, law.field)
        monthly = ((s.code, s.short) for s in book().standings.values() if s.field == law.field and not s.once)
        form.fields["holders"].choices = [("", _("không chọn")), *monthly]
        return form

    return build


def _asked(standing, values) -> dict:
    way, facts = values["way"], {name: values[name] for name in book().standing(standing).facts if values.get(name) not in (None, "")}
    return {
        "since": values["since"], "area_path": values["noi"], "holders": values["holders"] if way == HOLDERS else "",
        "numbers": tuple(values["numbers"].splitlines()) if way == NUMBERS else (), "facts": facts,
    }


def _seen(found: Round, values) -> Choice:
    """How many people the officer had before the eyes goes with the decision."""
    if not (found.people or found.refused or found.unknown):
        raise Refusal(_("Không có ai như vậy ở địa bàn này. Chọn địa bàn khác, hoặc cách chọn người khác."), field="way")
    hidden = forms.IntegerField(widget=forms.HiddenInput, initial=found.people)
    return Choice(type("SeenForm", (forms.Form,), {"people": hidden}), _groups(found, values))


def _groups(found: Round, values):
    month = f"{values['since']:%m/%Y}"
    sums = tuple(
        Effect("✎", part.title, small=_("%(n)s người, mỗi người %(amount)s đ") % {"n": count(part.people), "amount": count(part.amount)},
               amount=part.people * part.amount)
        for part in found.parts
    )
    told = _("%(n)s người được chi trong tháng %(month)s") % {"n": count(found.people), "month": month}
    groups = [EffectGroup(told, (*sums, Effect("+", _("Cộng"), small=values["source"], amount=found.total)), _("vào danh sách tới; hoàn tác được"))]
    if found.people:
        groups.append(EffectGroup(_("Theo xã, phường"), tuple(_by_commune(found)), _("tên xếp theo tên gọi")))
    if found.refused or found.unknown:
        title = _("%(n)s người không được lần này") % {"n": count(len(found.refused) + len(found.unknown))}
        groups.append(EffectGroup(title, tuple(_left_out(found)), _("không ghi gì cho những người này")))
    return tuple(groups)


def _by_commune(found):
    names = place_names(set(found.grants["area_path"]))
    for (path,), people in sorted(found.grants.partition_by("area_path", as_dict=True, maintain_order=True).items()):
        small = ", ".join(people["who"]) if found.people <= NAMED else ""
        yield Effect("✎", names.get(path, path), small=small, aside=_("%(n)s người") % {"n": count(len(people))})


def _left_out(found):
    nobody = _("Không ai trong sổ có số này; xem lại số, hoặc ghi người ấy vào sổ trước.")
    told = [*((name, str(why.refusal())) for name, why in found.refused), *((number, nobody) for number in found.unknown)]
    for name, why in told[:LEFT_OUT]:
        yield Effect("✎", name, small=why)
    if more := len(told[LEFT_OUT:]):
        yield Effect("✎", _("và %(n)s người khác") % {"n": count(more)})


def _crumb():
    return Crumb(_("Chế độ"), reverse("entitlements"))
