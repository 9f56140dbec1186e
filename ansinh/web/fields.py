"""Form fields for what Vietnamese offices type: days, months, đồng, in the order and with the marks they use."""
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.text.dates import parse_date, parse_month
from ansinh.engine.text.money import parse_amount


class DayField(forms.CharField):
    """A whole day, dd/mm/yyyy; other common ways of writing it are read too."""

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", gettext_lazy("dd/mm/yyyy"))
        super().__init__(max_length=20, widget=forms.TextInput({"inputmode": "numeric", "class": "day"}), **kwargs)

    def to_python(self, value):
        if not (text := super().to_python(value)):
            return None
        read = parse_date(text, century=2000)
        if read.fault:
            raise ValidationError(read.fault)
        if read.precision != "day":
            raise ValidationError(_("“%(text)s” thiếu ngày hoặc tháng; ghi đủ dd/mm/yyyy.") % {"text": text})
        return read.day

    def prepare_value(self, value):
        return value.strftime("%d/%m/%Y") if hasattr(value, "strftime") else value


class MonthField(forms.CharField):
    """A month, mm/yyyy, as its first day."""

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", gettext_lazy("mm/yyyy"))
        super().__init__(max_length=20, widget=forms.TextInput({"inputmode": "numeric", "class": "month"}), **kwargs)

    def to_python(self, value):
        if not (text := super().to_python(value)):
            return None
        month, fault = parse_month(text)
        if fault or month is None:
            raise ValidationError(fault or _("“%(text)s” không phải một tháng; ghi mm/yyyy.") % {"text": text})
        return month

    def prepare_value(self, value):
        return value.strftime("%m/%Y") if hasattr(value, "strftime") else value


class AmountField(forms.CharField):
    """Whole đồng, with or without dots."""

    def __init__(self, **kwargs):
        super().__init__(max_length=30, widget=forms.TextInput({"inputmode": "numeric"}), **kwargs)

    def to_python(self, value):
        amount, fault = parse_amount(super().to_python(value) or None)
        if fault:
            raise ValidationError(fault)
        return amount

    def prepare_value(self, value):
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value
