"""What an officer may ask of the reading desk's list."""
from django import forms
from django.utils.translation import gettext_lazy as _

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
