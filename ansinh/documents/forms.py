"""What an officer types to issue a letter, to void one, and to give a template."""
from django import forms
from django.utils.translation import gettext_lazy

from ansinh.engine.law.book import ASSISTANCE, MERIT
from ansinh.web.fields import AmountField, DayField

from .kinds import Kind
from .queries import signers

FIELDS = [(MERIT, gettext_lazy("người có công")), (ASSISTANCE, gettext_lazy("trợ giúp xã hội"))]
LONGEST = 500


def letter_form(kind: Kind, fields: list[tuple]):
    """The form of a kind of letter: what it asks for, in which field, and who signs."""
    asked = {field.name: _field(field) for field in kind.asks}
    signing = forms.ModelChoiceField(signers(), label=gettext_lazy("Người ký"), empty_label=None)
    signing.label_from_instance = lambda account: f"{account.full_name}, {account.title}"
    of_field = {"field": forms.ChoiceField(label=gettext_lazy("Lĩnh vực"), choices=fields)}
    return type("LetterForm", (forms.Form,), {**asked, **of_field, "signer": signing})


def _field(field):
    if field.type == "money":
        return AmountField(label=field.label, help_text=field.help)
    if field.type == "day":
        return DayField(label=field.label)
    return forms.CharField(label=field.label, help_text=field.help, max_length=LONGEST, widget=forms.TextInput({"class": "whole"}))


class VoidForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Lý do hủy"), max_length=300, widget=forms.Textarea({"rows": 2}))


class HandingForm(forms.Form):
    on = DayField(label=gettext_lazy("Trao ngày"), help_text=gettext_lazy("dd/mm/yyyy: ngày người nhận ký nhận, hoặc ngày gửi bưu điện"))


class RecallForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Đã thu lại thế nào"), max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Thu lại bản giấy ngày nào; không thu lại được thì báo bằng văn bản số nào."),
    )


class TemplateForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Tệp Word (.docx)"), help_text=gettext_lazy("lưu dạng .docx, không macro, không hình, không liên kết"))


class LetterFilters(forms.Form):
    """What narrows the list; a nonsense value is ignored."""

    so = forms.IntegerField(label=gettext_lazy("Số"), required=False, min_value=1, widget=forms.NumberInput({"class": "code"}))
    nam = forms.IntegerField(label=gettext_lazy("Năm"), required=False, min_value=2000, max_value=2999, widget=forms.NumberInput({"class": "code"}))
    loai = forms.ChoiceField(label=gettext_lazy("Loại"), required=False)
    hieu_luc = forms.ChoiceField(
        label=gettext_lazy("Hiệu lực"), required=False,
        choices=[("", gettext_lazy("mọi văn bản")), ("con", gettext_lazy("còn giá trị")), ("huy", gettext_lazy("đã hủy"))],
    )

    def chosen(self, name):
        """A chosen value, or nothing where it was not a possible one."""
        return self.cleaned_data.get(name) if hasattr(self, "cleaned_data") else None
