"""Form fields for what Vietnamese offices type: days, months, đồng, in the order and with the marks they use."""
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.engine.text.dates import parse_date, parse_month
from ansinh.engine.text.money import dotted, parse_amount

LONGEST = 30


class _Written(forms.Field):
    """Short text that is read into a value by ``read(text)``."""

    size = ""

    def __init__(self, **kwargs):
        widget = forms.TextInput({"inputmode": "numeric", "class": self.size, "maxlength": LONGEST})
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value):
        text = str(value or "").strip()
        if len(text) > LONGEST:
            raise ValidationError(_("Dài quá %(n)d ký tự.") % {"n": LONGEST})
        return self.read(text) if text else None


class DayField(_Written):
    """A whole day, dd/mm/yyyy; other common ways of writing it are read too."""

    size = "day"

    def __init__(self, **kwargs):
        super().__init__(**{"help_text": gettext_lazy("dd/mm/yyyy"), **kwargs})

    def read(self, text):
        found = parse_date(text, century=2000)
        if found.fault:
            raise ValidationError(found.fault)
        if found.precision != "day":
            raise ValidationError(_("“%(text)s” thiếu ngày hoặc tháng; ghi đủ dd/mm/yyyy.") % {"text": text})
        return found.day

    def prepare_value(self, value):
        return value.strftime("%d/%m/%Y") if hasattr(value, "strftime") else value


class MonthField(_Written):
    """A month, mm/yyyy, as its first day."""

    size = "month"

    def __init__(self, **kwargs):
        super().__init__(**{"help_text": gettext_lazy("mm/yyyy"), **kwargs})

    def read(self, text):
        month, fault = parse_month(text)
        if fault or month is None:
            raise ValidationError(fault or _("“%(text)s” không phải một tháng; ghi mm/yyyy.") % {"text": text})
        return month

    def prepare_value(self, value):
        return value.strftime("%m/%Y") if hasattr(value, "strftime") else value


class AmountField(_Written):
    """Whole đồng, with or without dots."""

    def read(self, text):
        amount, fault = parse_amount(text)
        if fault:
            raise ValidationError(fault)
        return amount

    def prepare_value(self, value):
        return dotted(value) if isinstance(value, int) else value
