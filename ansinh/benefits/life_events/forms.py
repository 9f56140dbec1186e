"""What the officer types for each event; what only one event asks is asked there."""
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.registry.fields import SpouseField
from ansinh.registry.models.persons import Sex
from ansinh.registry.queries.areas import find_communes, full_name
from ansinh.web.fields import DayField, MonthField

CAUSES = [
    ("sentenced", gettext_lazy("bản án phạt tù có hiệu lực")), ("detained", gettext_lazy("bị tạm giam, chưa có bản án có hiệu lực")),
]

SEVERITIES = [("severe", gettext_lazy("nặng")), ("especially_severe", gettext_lazy("đặc biệt nặng"))]


def _source(help_text):
    return forms.CharField(label=gettext_lazy("Giấy tờ làm căn cứ"), max_length=300, help_text=help_text, widget=forms.TextInput({"class": "whole"}))


class EventForm(forms.Form):
    """What every event says: the day and the paper."""


class DeathForm(EventForm):
    on = DayField(label=gettext_lazy("Ngày mất"))
    source = _source(gettext_lazy("Trích lục khai tử: số, ngày, nơi cấp. Chỉ có tin báo miệng thì chọn “Tin báo mất, chưa kiểm”."))


class ReportForm(EventForm):
    on = DayField(label=gettext_lazy("Ngày mất theo tin báo"))
    source = _source(gettext_lazy("Ai báo, ngày nào. Ví dụ: Xã báo miệng ngày 20/09/2023"))


class MarriageForm(EventForm):
    spouse = SpouseField(
        label=gettext_lazy("Vợ hoặc chồng"), required=False, max_length=40,
        help_text=gettext_lazy("số giấy tờ trong sổ; không có trong sổ thì để trống"),
    )
    on = DayField(label=gettext_lazy("Ngày kết hôn"))
    source = _source(gettext_lazy("Giấy chứng nhận kết hôn: số, ngày, nơi cấp"))


class BirthForm(EventForm):
    name = forms.CharField(label=gettext_lazy("Họ và tên con"), max_length=120)
    on = DayField(label=gettext_lazy("Ngày sinh"))
    sex = forms.ChoiceField(label=gettext_lazy("Giới tính"), choices=[choice for choice in Sex.choices if choice[0]])
    source = _source(gettext_lazy("Giấy khai sinh: số, ngày, nơi cấp"))


class GradeForm(EventForm):
    entitlement = forms.TypedChoiceField(label=gettext_lazy("Chế độ"), coerce=int, widget=forms.RadioSelect)
    grade = forms.IntegerField(
        label=gettext_lazy("Tỷ lệ tổn thương cơ thể mới (%)"), min_value=1, max_value=100, widget=forms.NumberInput({"class": "code"})
    )
    on = DayField(label=gettext_lazy("Ngày kết luận giám định"))
    source = _source(gettext_lazy("Biên bản giám định y khoa: số, ngày"))


class SeverityForm(EventForm):
    entitlement = forms.TypedChoiceField(label=gettext_lazy("Chế độ"), coerce=int, widget=forms.RadioSelect)
    severity = forms.ChoiceField(label=gettext_lazy("Mức độ khuyết tật mới"), choices=SEVERITIES, widget=forms.RadioSelect)
    on = DayField(label=gettext_lazy("Ngày cấp giấy xác nhận"))
    source = _source(gettext_lazy("Giấy xác nhận khuyết tật: số, ngày, nơi cấp"))


class ImprisonmentForm(EventForm):
    cause = forms.ChoiceField(label=gettext_lazy("Việc gì"), choices=CAUSES, widget=forms.RadioSelect)
    on = DayField(label=gettext_lazy("Từ ngày"), help_text=gettext_lazy("dd/mm/yyyy. Phạt tù: ngày bản án có hiệu lực pháp luật."))
    source = _source(gettext_lazy("Bản án, quyết định tạm giam: số, ngày, cơ quan"))


class ReleaseForm(EventForm):
    on = DayField(label=gettext_lazy("Ngày về"))
    source = _source(gettext_lazy("Giấy chứng nhận chấp hành xong án phạt tù: số, ngày"))


class PlaceForm(EventForm):
    """Where the person lives from a day on; the commune is the one of that day."""

    on = DayField(label=gettext_lazy("Ở đó từ ngày"))
    place = forms.CharField(
        label=gettext_lazy("Xã, phường"), max_length=120, help_text=gettext_lazy("tên hoặc mã của ngày đó, ví dụ: Tân Kim, Phú Bình hoặc 05920")
    )
    address = forms.CharField(label=gettext_lazy("Xóm, số nhà"), max_length=200, required=False)
    source = _source(gettext_lazy("Giấy xác nhận cư trú: số, ngày, nơi cấp"))

    def clean(self):
        said = super().clean()
        text = said.pop("place", "")
        if not (said.get("on") and text):
            return said
        found = find_communes(text, on=said["on"])
        if len(found) == 1:
            said["area"] = found[0]
        elif found:
            names = "; ".join(full_name(area, said["on"]) for area in found)
            self.add_error("place", _("Có %(n)d nơi cùng tên: %(names)s. Ghi thêm tên huyện hoặc ghi mã.") % {"n": len(found), "names": names})
        else:
            self.add_error("place", _("Không có xã, phường nào tên như vậy vào ngày đó."))
        return said


class ReturnHomeForm(PlaceForm):
    paid_up_to = MonthField(
        label=gettext_lazy("Nơi kia đã trả đến hết tháng"), help_text=gettext_lazy("mm/yyyy, theo giấy thôi trả; ở đây trả từ tháng sau.")
    )
    field_order = ("on", "place", "address", "paid_up_to", "source")


class MoveOutForm(EventForm):
    on = DayField(label=gettext_lazy("Chuyển đi ngày"))
    address = forms.CharField(label=gettext_lazy("Nơi đến"), max_length=200, help_text=gettext_lazy("xã, huyện, tỉnh theo giấy tờ"))
    source = _source(gettext_lazy("Đơn đề nghị di chuyển hồ sơ (mẫu 27): ngày; giấy xác nhận nơi đến"))
