"""What an officer may ask of the reading desk's list."""
from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.web.fields import DayField

from .catalogue import catalogue
from .models import Entering


class WantedForm(forms.Form):
    """Which dossiers the officer wants next; remembered until they are narrowed otherwise."""

    category = forms.ChoiceField(label=_("Loại hồ sơ"), required=False)
    area_path = forms.ChoiceField(label=_("Địa bàn"), required=False)
    round = forms.TypedChoiceField(
        label=_("Lần nhập"), required=False, coerce=int, empty_value=None, choices=[("", _("lần nào cũng được")), *Entering.Round.choices]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [("", _("mọi loại")), *((code, known.title) for code, known in catalogue().categories.items())]


class FactsForm(forms.Form):
    """What a deciding paper says of a standing beside the fields that are entered."""

    special = forms.BooleanField(label=_("Thương tật đặc biệt nặng"), required=False)
    attendant = forms.BooleanField(label=_("Có người phục vụ"), required=False)
    care = forms.BooleanField(label=_("Hưởng nuôi dưỡng"), required=False)
    full_time = forms.BooleanField(label=_("Thoát ly"), required=False)
    medal = forms.ChoiceField(label=_("Hình thức khen thưởng"), choices=[
        ("", _("chọn")), ("before1945", _("trước Cách mạng tháng Tám 1945")), ("resistance", _("trong kháng chiến")),
    ])


class SinceForm(forms.Form):
    """From which day on enterings are counted."""

    tu = DayField(label=_("Nhập từ ngày"), required=False, help_text="")
