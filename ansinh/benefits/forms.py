"""What an officer types to grant or change an entitlement: days, the decision, the facts that the standing's table asks for."""
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.law import book
from ansinh.engine.law.facts import CHILD_CASES, MOST
from ansinh.web.fields import DayField, MonthField

MEDALS = [("", gettext_lazy("không")), ("before1945", gettext_lazy("trước 1945")), ("resistance", gettext_lazy("kháng chiến"))]
SEVERITIES = [("severe", gettext_lazy("nặng")), ("especially_severe", gettext_lazy("đặc biệt nặng"))]
POVERTY = [
    ("", gettext_lazy("theo quyết định")), ("poor", gettext_lazy("hộ nghèo")), ("near_poor", gettext_lazy("hộ cận nghèo")),
    ("none", gettext_lazy("không nghèo")),
]
DECISION_HELP = gettext_lazy("Số, ngày, cơ quan ký. Ví dụ: QĐ 1204/QĐ-SLĐTBXH ngày 12/06/2023")


def decision_field():
    return forms.CharField(label=gettext_lazy("Quyết định"), help_text=DECISION_HELP, max_length=300, widget=forms.TextInput({"class": "whole"}))


def fact_fields(standing: str) -> dict[str, forms.Field]:
    """The fields of the facts that a standing's paper must state."""
    law = book().standing(standing)
    low, high = law.grade or (0, 100)
    known = {
        "grade": forms.IntegerField(
            label=gettext_lazy("Tỷ lệ tổn thương cơ thể (%)"), min_value=low, max_value=high, required=True,
            help_text=_("Theo biên bản giám định; bảng của diện này từ %(low)s đến %(high)s %%.") % {"low": low, "high": high},
            widget=forms.NumberInput({"class": "code"}),
        ),
        "special": _flag(gettext_lazy("Thương tật, bệnh tật đặc biệt nặng"), gettext_lazy("Biên bản ghi rõ; phụ cấp đặc biệt theo đó mà ra.")),
        "attendant": _flag(gettext_lazy("Có người phục vụ, sống ở gia đình"), gettext_lazy("Từ 81 %; mỗi người một suất, lấy mức cao nhất.")),
        "martyrs": forms.IntegerField(label=gettext_lazy("Số liệt sĩ"), min_value=1, max_value=20, widget=forms.NumberInput({"class": "code"})),
        "care": _flag(gettext_lazy("Hưởng tuất nuôi dưỡng"), gettext_lazy("Cô đơn, không nơi nương tựa, có quyết định.")),
        "remarried": _flag(gettext_lazy("Vợ hoặc chồng liệt sĩ tái giá"), ""),
        "medal": forms.ChoiceField(label=gettext_lazy("Hình thức khen thưởng"), choices=MEDALS, required=False),
        "full_time": _flag(gettext_lazy("Diện thoát ly"), ""),
        "seniority": forms.IntegerField(
            label=gettext_lazy("Số thâm niên"), min_value=0, max_value=60, required=False, widget=forms.NumberInput({"class": "code"})
        ),
        **_assistance_fields(law),
    }
    return {name: field for name, field in known.items() if name in law.facts}


def _assistance_fields(law):
    return {
        "case": forms.ChoiceField(
            label=gettext_lazy("Trường hợp của trẻ"), choices=[(letter, f"điểm {letter}") for letter in CHILD_CASES],
            help_text=gettext_lazy("Nghị định 20/2021 Điều 5 khoản 1, theo giấy tờ kèm hồ sơ."),
        ),
        "severity": forms.ChoiceField(
            label=gettext_lazy("Mức độ khuyết tật"), choices=SEVERITIES, help_text=gettext_lazy("Theo giấy xác nhận khuyết tật."),
        ),
        "children": forms.IntegerField(
            label=gettext_lazy("Số con"), min_value=1, max_value=MOST["children"], widget=forms.NumberInput({"class": "code"}),
            help_text=gettext_lazy("Chỉ con dưới 16 tuổi, hoặc từ 16 đến 22 tuổi đang học."),
        ),
        "people": forms.IntegerField(
            label=gettext_lazy("Số người"), min_value=1, max_value=MOST["people"], required=False, initial=1,
            widget=forms.NumberInput({"class": "code"}),
        ),
        "quantity": forms.IntegerField(
            label=_("Số %(what)s") % {"what": law.counts}, min_value=1, max_value=MOST["quantity"], widget=forms.NumberInput({"class": "code"}),
        ),
        "born": DayField(
            label=gettext_lazy("Ngày sinh của người được tính tuổi"), required=False,
            help_text=gettext_lazy("dd/mm/yyyy. Để trống thì lấy ngày sinh của người hưởng; người nhận chăm sóc ghi ngày sinh của trẻ."),
        ),
        "poverty": forms.ChoiceField(
            label=gettext_lazy("Hộ"), choices=POVERTY, required=False,
            help_text=gettext_lazy("Để trống khi quyết định không nói đến; hết nghèo thì thôi hưởng từ tháng sau."),
        ),
    }


def _flag(label, help_text):
    return forms.BooleanField(label=label, help_text=help_text, required=False)


class ChangeForm(forms.Form):
    """What every change of an entitlement shares; ``seen`` is the state that the officer had before the eyes."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class BeginForm(ChangeForm):
    since = DayField(
        label=gettext_lazy("Hưởng từ ngày"),
        help_text=gettext_lazy("dd/mm/yyyy. Sớm hơn thì truy lĩnh các tháng được thêm; muộn hơn thì tháng đã chi trước ngày này phải thu hồi."),
    )
    source = decision_field()


class SuspendForm(ChangeForm):
    since = DayField(
        label=gettext_lazy("Từ ngày"), help_text=gettext_lazy("dd/mm/yyyy. Từ ngày này không còn được hưởng cho đến khi hưởng lại.")
    )
    source = decision_field()


class ResumeForm(ChangeForm):
    since = DayField(label=gettext_lazy("Hưởng lại từ ngày"), help_text=gettext_lazy("dd/mm/yyyy. Các tháng đã tạm đình chỉ không được trả."))
    source = decision_field()


class StopForm(ChangeForm):
    CAUSES = [
        ("death", gettext_lazy("người hưởng mất")), ("moved", gettext_lazy("chuyển hồ sơ đi tỉnh khác")),
        ("other", gettext_lazy("hết điều kiện hưởng")),
    ]
    cause = forms.ChoiceField(label=gettext_lazy("Vì sao thôi hưởng"), choices=CAUSES, widget=forms.RadioSelect)
    until = DayField(
        label=gettext_lazy("Hưởng đến hết ngày"),
        help_text=gettext_lazy("dd/mm/yyyy. Người mất được hưởng đến hết tháng mất: ghi ngày cuối tháng ấy."),
    )
    source = decision_field()


class CorrectForm(ChangeForm):
    since = DayField(
        label=gettext_lazy("Đúng từ ngày"), help_text=gettext_lazy("dd/mm/yyyy. Giữ đến lần đổi đã biết sau đó; tháng đã chi được tính bù.")
    )
    source = decision_field()


class GrantForm(forms.Form):
    since = DayField(label=gettext_lazy("Hưởng từ ngày"), help_text=gettext_lazy("dd/mm/yyyy, theo quyết định; không tính lại ở đây."))
    paid_up_to = MonthField(
        label=gettext_lazy("Đã chi đến hết tháng"), required=False,
        help_text=gettext_lazy("mm/yyyy. Chỉ ghi khi nơi khác đã chi, như hồ sơ chuyển đến; các tháng ấy coi là đã xong."),
    )
    source = decision_field()


class GrantOnceForm(forms.Form):
    """A lump sum (trợ cấp một lần): the day says the month in which it is due."""

    since = DayField(
        label=gettext_lazy("Chi một lần trong tháng của ngày"),
        help_text=gettext_lazy("dd/mm/yyyy. Tiền vào danh sách tới; mức là mức của tháng này. Tháng đã qua thì thành truy lĩnh."),
    )
    source = decision_field()


def grant_form(standing: str):
    """The form of a new entitlement of a standing."""
    return GrantOnceForm if book().standing(standing).once else GrantForm


def with_facts(form_class, standing: str, *, version: str | None = None, told=None):
    """The form with the facts of a standing; with ``version`` it refuses what was typed over an older state, and keeps it.

    ``told(seen)`` says what became of the state that the officer had before the eyes.
    """
    facts = fact_fields(standing) if form_class in (GrantForm, GrantOnceForm, CorrectForm) else {}
    made = type(form_class.__name__, (form_class,), facts)

    def build(data=None, files=None, **kwargs):
        if data is None or version is None:
            return made(data, files, **kwargs)
        seen = data.get("seen", "")
        kept = data.copy()
        kept["seen"] = version
        form = made(kept, files, **kwargs)
        if seen != version:
            form.add_error(None, ValidationError(told(seen)))
        return form

    return build
