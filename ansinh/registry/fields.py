"""Fields of forms that name somebody of the register."""
from django import forms
from django.utils.translation import gettext as _

from .queries.search import bearers


class SpouseField(forms.CharField):
    """Husband or wife by a number that the register knows; who bears it may live outside of the account's area, so no name is said."""

    def clean(self, value):
        number = super().clean(value)
        found = bearers(number) if number else []
        if number and len(found) != 1:
            told = _("Không ai trong sổ mang số này.") if not found else _("Nhiều người trong sổ mang số này; ghi số định danh cá nhân.")
            raise forms.ValidationError(told)
        return found[0] if found else None
