"""What may be typed on the office's pages."""
from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.web.fields import DayField

from .act import ACTS


class DismissForm(forms.Form):
    """Why a task is closed without its act."""

    reason = forms.CharField(label=_("Lý do bỏ việc này"), widget=forms.Textarea({"rows": 3}), max_length=500)


class JournalForm(forms.Form):
    """Which lines of the journal to show."""

    act = forms.ChoiceField(label=_("Việc"), required=False)
    until = DayField(label=_("Đến hết ngày"), required=False)
    by = forms.CharField(label=_("Người làm"), required=False, max_length=60)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        words = sorted((str(act.label), name) for name, act in ACTS.items())
        self.fields["act"].choices = [("", _("mọi việc")), *((name, label) for label, name in words)]
