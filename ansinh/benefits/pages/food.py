"""Cấp gạo on screen: the occasion first, then the decision and for whom, with names, kilograms and who is left out; then one act."""
from dataclasses import dataclass

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.law import book
from ansinh.engine.law.book import ASSISTANCE
from ansinh.engine.law.food import FoodOccasion
from ansinh.office import clock
from ansinh.web.acting import act_on_form
from ansinh.web.fields import DayField, MonthField
from ansinh.web.page import Choice, Crumb, Effect, EffectGroup, FormPage, Page
from ansinh.web.refusal import Refusal
from ansinh.web.templatetags.office_words import count

from .. import actions
from ..food import FoodAsked, FoodRound, food_round
from ..food_lists import names_of
from ..models import FoodDecision
from .entitlements import RAIL
from .places import paths_of, places_of

ACT = "benefits.give_food"
# Names are told up to so many people, then only how many in each commune.
NAMED, LEFT_OUT, FORMER = 300, 100, 20


@dataclass(frozen=True)
class OccasionPage(Page):
    """The first question: on which kind of occasion, or on which that had a decision already."""

    occasions: tuple = ()
    former: tuple = ()
    back: str = ""


class FoodForm(forms.Form):
    """The occasion by its name, the months, the decision, where, for whom."""

    name = forms.CharField(
        label=gettext_lazy("Tên dịp"), max_length=120, widget=forms.TextInput({"class": "whole"}),
        help_text=gettext_lazy("Ví dụ: Bão số 3 tháng 9/2024. Các quyết định cùng tên là của một dịp, số tháng được cộng lại."),
    )
    since = MonthField(label=gettext_lazy("Gạo từ tháng"))
    months = forms.IntegerField(label=gettext_lazy("Số tháng"), min_value=1, max_value=12, initial=1, widget=forms.NumberInput({"class": "code"}))
    number = forms.CharField(label=gettext_lazy("Số quyết định"), max_length=60, help_text=gettext_lazy("Ví dụ: QĐ 118/QĐ-UBND"))
    signed_on = DayField(label=gettext_lazy("Ngày ký"))
    noi = forms.ChoiceField(label=gettext_lazy("Địa bàn"))
    numbers = forms.CharField(
        label=gettext_lazy("Số định danh hoặc số hồ sơ"), widget=forms.Textarea({"rows": 8}),
        help_text=gettext_lazy("Mỗi dòng một số, dán từ bảng tính được."),
    )
    households = forms.BooleanField(
        label=gettext_lazy("Cấp cho cả hộ của những người này"), required=False,
        help_text=gettext_lazy("Mọi người còn sống cùng số hộ, cùng xã trong sổ; ghi số của một người mỗi hộ là đủ."),
    )


def give_food(request):
    """Cấp gạo: the occasion first, then for whom."""
    if not paths_of(request.user, ACT, ASSISTANCE):
        raise Http404
    asked = request.GET.get("dip", "")
    former = get_object_or_404(FoodDecision.objects.visible_to(request.user), pk=int(asked)) if asked.isascii() and asked.isdigit() else None
    code = former.occasion if former else asked
    if code not in book().food:
        return _ask_occasion(request)
    return act_on_form(
        request, _frame(book().food[code]), _form(request.user, book().food[code], former),
        lambda values: actions.give_food(
            code, **_asked(code, values).of_decision(), number=values["number"], signed_on=values["signed_on"], people=values["people"],
            by=request.user,
        ),
        lambda made: reverse("food.decision", args=[made.pk]),
        effects=lambda _values: (), decide=lambda values: _seen(food_round(_asked(code, values)), values),
    )


def _ask_occasion(request):
    former = {}
    for decision in FoodDecision.objects.visible_to(request.user).order_by("-pk")[:FORMER]:
        former.setdefault((decision.occasion, decision.name), decision)
    page = OccasionPage(
        title=_("Cấp gạo"), rail=RAIL, crumbs=crumbs(), back=reverse("food.decisions"), former=tuple(former.values()),
        note=_("Gạo tính bằng kg, theo dịp mà luật nêu; không phải tiền, không vào danh sách chi trả."),
        occasions=tuple({"occasion": occasion, "words": rule_words(occasion)} for occasion in book().food.values()),
    )
    return render(request, "benefits/food_occasion.html", {"page": page})


def _frame(occasion):
    return FormPage(
        title=_("Cấp gạo: %(what)s") % {"what": occasion.vietnamese}, rail=RAIL, back=reverse("food.decisions"),
        crumbs=(*crumbs(), Crumb(_("Chọn dịp khác"), reverse("food.give"))), verb=_("Xem danh sách rồi ghi"), note=rule_words(occasion),
        foot=_("Số kg theo luật, không gõ tay. Ai luật không cho thì bước sau nói rõ vì sao và không được ghi. Ai thiếu đói là do quyết định."),
    )


def rule_words(occasion: FoodOccasion) -> str:
    """What the law gives on an occasion today, with its article; what nobody compared with the text says so."""
    rule = occasion.rule(clock.today())
    if rule is None:
        return _("Luật đã nạp chưa có.")
    said = {"kilograms": rule.kilograms, "months": rule.months, "article": rule.article}
    words = _("Mỗi người mỗi tháng %(kilograms)s kg, một dịp nhiều nhất %(months)s tháng (%(article)s).") % said
    doubts = [] if rule.verified else [_("Chưa đối chiếu bản gốc.")]
    if book().is_provisional(clock.today().replace(day=1), ASSISTANCE):
        doubts.append(_("Tạm tính: văn bản mới của tháng này chưa đọc đủ."))
    return " ".join((words, *doubts))


def _form(account, occasion, former):
    """The form with the places of the account; another decision on an occasion keeps its name."""

    def build(*args, **kwargs):
        form = FoodForm(*args, **kwargs)
        form.fields["noi"].choices = places_of(account, ACT, ASSISTANCE)
        if former:
            form.fields["name"].initial, form.fields["name"].disabled = former.name, True
        elif occasion.yearly:
            form.fields["name"].initial = f"{occasion.vietnamese} {clock.today().year}"
        return form

    return build


def _asked(code, values) -> FoodAsked:
    return FoodAsked(
        code, values["name"], values["since"], values["months"], values["noi"], tuple(values["numbers"].splitlines()), values["households"],
    )


def _seen(found: FoodRound, values) -> Choice:
    """How many people the officer had before the eyes goes with the decision."""
    if not (found.people or found.left_out):
        raise Refusal(_("Không có số nào để tìm. Ghi ít nhất một số."), field="numbers")
    hidden = forms.IntegerField(widget=forms.HiddenInput, initial=found.people)
    return Choice(type("SeenForm", (forms.Form,), {"people": hidden}), tuple(_groups(found, values)))


def _groups(found, values):
    decision = _("%(number)s ngày %(day)s") % {"number": values["number"], "day": f"{values['signed_on']:%d/%m/%Y}"}
    said = {"each": found.rule.kilograms, "months": found.months, "all": count(found.each)}
    each = Effect("✎", _("Mỗi người %(each)s kg × %(months)s tháng = %(all)s kg") % said, small=found.rule.article)
    total = Effect("+", _("Cộng"), small=decision, aside=kilograms_words(found.kilograms))
    title = _("%(n)s người được cấp gạo từ tháng %(month)s") % {"n": count(found.people), "month": f"{values['since']:%m/%Y}"}
    yield EffectGroup(title, (each, total), _("không phải tiền, không vào danh sách chi; hoàn tác được"))
    if found.people:
        yield EffectGroup(_("Theo xã, phường"), tuple(_by_commune(found)), _("tên xếp theo tên gọi"))
    if found.noticed:
        yield EffectGroup(_("Vẫn được cấp, xem lại"), tuple(_told(found.noticed)))
    if found.left_out:
        title = _("%(n)s người không được lần này") % {"n": count(len(found.left_out))}
        yield EffectGroup(title, tuple(_told(found.left_out)), _("không ghi gì cho những người này"))


def _by_commune(found):
    names = names_of(set(found.receivers["area_path"]))
    for (path,), people in sorted(found.receivers.partition_by("area_path", as_dict=True, maintain_order=True).items()):
        small = ", ".join(people["who"]) if found.people <= NAMED else ""
        said = {"n": count(len(people)), "kilograms": kilograms_words(len(people) * found.each)}
        yield Effect("✎", names[path], small=small, aside=_("%(n)s người, %(kilograms)s") % said)


def _told(people):
    """Each sentence once, with everybody of whom it holds."""
    by_words: dict[str, list[str]] = {}
    for told in people:
        by_words.setdefault(told.words, []).append(told.who)
    for words, names in by_words.items():
        more = _(" và %(n)s người khác") % {"n": count(len(names) - LEFT_OUT)} if len(names) > LEFT_OUT else ""
        yield Effect("✎", words, small=", ".join(names[:LEFT_OUT]) + more, aside=_("%(n)s người") % {"n": count(len(names))})


def kilograms_words(kilograms: int) -> str:
    return _("%(n)s kg") % {"n": count(kilograms)}


def crumbs() -> tuple[Crumb, ...]:
    return Crumb(_("Chế độ"), reverse("entitlements")), Crumb(_("Gạo hỗ trợ"), reverse("food.decisions"))
