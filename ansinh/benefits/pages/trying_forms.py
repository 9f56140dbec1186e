"""What an officer types to try a level, hands in as a law file, or chooses to compare with."""
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.web.fields import AmountField, DayField, MonthField

LARGEST = 2**20


class LevelForm(forms.Form):
    """A provincial level: as a thought only, or with what its resolution says."""

    ten = forms.CharField(label=gettext_lazy("Tên bản thử"), max_length=200)
    muc = AmountField(label=gettext_lazy("Mức chuẩn trợ giúp xã hội của tỉnh (đồng)"))
    tu = MonthField(label=gettext_lazy("Áp dụng từ tháng"))
    so = forms.CharField(
        label=gettext_lazy("Số nghị quyết"), max_length=60, required=False,
        help_text=gettext_lazy("Để trống khi mới chỉ thử; có số mới áp dụng được"),
    )
    ky = DayField(label=gettext_lazy("Ngày ký"), required=False)
    hieu_luc = DayField(label=gettext_lazy("Ngày có hiệu lực"), required=False)
    dieu = forms.CharField(label=gettext_lazy("Điều, khoản"), max_length=100, required=False, help_text=gettext_lazy("Ví dụ: Điều 1"))
    doi_chieu = forms.BooleanField(label=gettext_lazy("Đã đối chiếu với bản chính"), required=False)

    def clean(self):
        typed = super().clean()
        if typed.get("so") and not typed.get("ky") and "ky" not in self.errors:
            self.add_error("ky", _("Nghị quyết có số thì ghi ngày ký."))
        if typed.get("so") and not typed.get("hieu_luc") and "hieu_luc" not in self.errors:
            self.add_error("hieu_luc", _("Nghị quyết có số thì ghi ngày có hiệu lực."))
        return typed


class DraftFileForm(forms.Form):
    """A law file, read as text."""

    ten = forms.CharField(label=gettext_lazy("Tên bản thử"), max_length=200)
    tep = forms.FileField(label=gettext_lazy("Tệp luật (.yaml)"), help_text=gettext_lazy("Có title, instruments, schedules; xem sổ tay mục Thử mức"))

    def clean_tep(self):
        handed_in = self.cleaned_data["tep"]
        if handed_in.size > LARGEST:
            raise ValidationError(_("Tệp lớn hơn 1 MB; tệp luật chỉ là chữ, chọn lại tệp."))
        try:
            return handed_in.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValidationError(_("Tệp không phải chữ UTF-8; lưu lại tệp dạng UTF-8 rồi nạp.")) from error


class CompareForm(forms.Form):
    """Up to which month, with which other figure of a level, and beside which other draft."""

    den = MonthField(label=gettext_lazy("Đến tháng"), required=False)
    muc = AmountField(label=gettext_lazy("Thử số khác (đồng)"), required=False)
    voi = forms.ChoiceField(label=gettext_lazy("So với bản"), required=False)

    def __init__(self, *args, others, has_level, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_level:
            del self.fields["muc"]
        self._others = {str(draft.pk): draft for draft in others}
        self.fields["voi"].choices = [("", _("không so")), *((pk, draft.title) for pk, draft in self._others.items())]

    def other(self):
        """The chosen draft; none for a nonsense value."""
        return self._others.get(self.data.get("voi", ""))

    def amount(self) -> int | None:
        """The other figure; none where nothing or nonsense was typed."""
        return self.cleaned_data.get("muc") if self.is_valid() else None
