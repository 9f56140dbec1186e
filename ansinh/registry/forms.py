"""What may be typed on the registry's pages."""
from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.engine.text.dates import parse_date
from ansinh.office import clock
from ansinh.office.fields import FIELD_NAMES
from ansinh.office.rights import roles
from ansinh.web.fields import DayField

from .fields import SpouseField
from .models import Detention, Identifier
from .models.persons import Sex
from .queries.areas import find_communes, full_name, units_named

LARGEST_FILE = 70 * 2**20


class UploadForm(forms.Form):
    """A spreadsheet, what it is, and whose communes it names."""

    kind = forms.ChoiceField(label=_("Loại bảng"))
    area_path = forms.ChoiceField(label=_("Địa bàn của bảng"), help_text=_("Dòng ngoài địa bàn này bị trả lại."))
    as_of = DayField(label=_("Tên, mã xã tính theo ngày"), required=False, help_text=_("dd/mm/yyyy; để trống là hôm nay"))
    file = forms.FileField(label=_("Tệp bảng tính"), help_text=_(".xlsx, .xls, .ods hoặc .csv, không quá 70 MB"))

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("Tệp %(mb)d MB, quá 70 MB; chia thành vài tệp rồi nạp từng tệp.") % {"mb": file.size // 2**20})
        return file


def _own_password():
    return forms.CharField(
        label=_("Mật khẩu tạm"), min_length=10, max_length=120, widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("ít nhất 10 ký tự; người dùng tự đổi sau khi đăng nhập"),
    )


class AccountForm(forms.Form):
    """A new member of staff."""

    username = forms.RegexField("^[a-z0-9.]{3,40}$", label=_("Tên đăng nhập"), help_text=_("chữ thường không dấu, số, dấu chấm"))
    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    title = forms.CharField(label=_("Chức vụ"), max_length=120, required=False)
    password = _own_password()


class ResetForm(forms.Form):
    """A password for who forgot it."""

    password = _own_password()


class EndRightForm(forms.Form):
    """The last day of a right."""

    until = DayField(label=_("Quyền đến hết ngày"))


class AppointForm(forms.Form):
    """A role in an area and a field, from a day on."""

    role = forms.ChoiceField(label=_("Vai trò"))
    place = forms.CharField(label=_("Địa bàn"), max_length=120, help_text=_("tên hoặc mã tỉnh, huyện, xã hôm nay; ví dụ: huyện Phú Bình"))
    field = forms.ChoiceField(label=_("Lĩnh vực"), choices=[("", _("mọi lĩnh vực")), *FIELD_NAMES.items()], required=False)
    since = DayField(label=_("Từ ngày"))
    until = DayField(label=_("Đến hết ngày"), required=False, help_text=_("dd/mm/yyyy; để trống nếu chưa định"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(code, role["title"]) for code, role in roles().items()]

    def clean(self):
        said = super().clean()
        found = units_named(said.pop("place", ""), on=clock.today())
        if len(found) == 1:
            said["area_path"] = found[0].path
        elif found:
            self.add_error("place", _("Có nhiều nơi cùng tên: %(names)s. Ghi mã thay cho tên.") % {"names": _listed(found)})
        else:
            self.add_error("place", _("Hôm nay không có đơn vị nào tên hay mã như vậy."))
        return said


def _listed(areas):
    return "; ".join(f"{area} ({area.code})" for area in areas)


class ComparisonForm(forms.Form):
    """Two days on which one figure is told."""

    first = DayField(label=_("So ngày"), required=False, help_text="")
    second = DayField(label=_("với ngày"), required=False, help_text="")


def _source():
    return forms.CharField(label=_("Giấy tờ làm căn cứ"), max_length=300, help_text=_("số, ngày, nơi cấp; ví dụ: Trích lục khai tử 38/2023"))


class DeathForm(forms.Form):
    """The day of death and the paper that says so."""

    on = DayField(label=_("Ngày mất"))
    source = _source()


class DetentionForm(forms.Form):
    """Days and cause of a detention that were written down wrongly."""

    cause = forms.ChoiceField(label=_("Vì sao"), choices=Detention.Cause.choices, widget=forms.RadioSelect)
    since = DayField(label=_("Từ ngày"))
    until = DayField(label=_("Đến hết ngày"), required=False, help_text=_("dd/mm/yyyy; để trống khi chưa về. Về ngày nào thì ghi ngày liền trước."))
    source = _source()


class DivorceForm(forms.Form):
    """The first day after a marriage and the judgment that says so."""

    on = DayField(label=_("Ly hôn từ ngày"), help_text=_("dd/mm/yyyy, ngày bản án, quyết định có hiệu lực"))
    source = forms.CharField(label=_("Giấy tờ làm căn cứ"), max_length=300, help_text=_("bản án, quyết định của tòa án: số, ngày"))


class MarriageForm(forms.Form):
    """Days of a marriage, or husband or wife, that were written down wrongly."""

    spouse = SpouseField(
        label=_("Vợ hoặc chồng"), required=False, max_length=40, help_text=_("số giấy tờ của người ấy trong sổ; để trống là giữ như đang ghi")
    )
    since = DayField(label=_("Kết hôn ngày"))
    until = DayField(
        label=_("Đến hết ngày"), required=False, help_text=_("dd/mm/yyyy; để trống khi chưa ly hôn. Ly hôn ngày nào thì ghi ngày liền trước.")
    )
    source = _source()


class MoveForm(forms.Form):
    """Where the person lives from a day on; the commune is the one of that day."""

    since = DayField(label=_("Ở đó từ ngày"))
    place = forms.CharField(label=_("Xã, phường"), max_length=120, help_text=_("tên hoặc mã của ngày đó, ví dụ: Tân Kim, Phú Bình hoặc 05920"))
    address = forms.CharField(label=_("Xóm, số nhà"), max_length=200, required=False)
    source = _source()

    def clean(self):
        said = super().clean()
        if not (said.get("since") and said.get("place")):
            return said
        found = find_communes(said.pop("place"), on=said["since"])
        if len(found) == 1:
            said["area"] = found[0]
        elif found:
            names = "; ".join(full_name(area, said["since"]) for area in found)
            self.add_error("place", _("Có %(n)d nơi cùng tên: %(names)s. Ghi thêm tên huyện hoặc ghi mã.") % {"n": len(found), "names": names})
        else:
            self.add_error("place", _("Không có xã, phường nào tên như vậy vào ngày đó."))
        return said


class ParticularsForm(forms.Form):
    """Name, birth and sex as they should have been written from the beginning."""

    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    birth = forms.CharField(label=_("Ngày sinh"), required=False, max_length=20, help_text=_("dd/mm/yyyy; chỉ biết năm thì ghi năm"))
    sex = forms.ChoiceField(label=_("Giới tính"), choices=Sex.choices, required=False)
    source = _source()

    def clean(self):
        said = super().clean()
        read = parse_date(said.pop("birth", ""))
        if read.fault:
            self.add_error("birth", read.fault)
        return {**said, "birth_on": read.day, "birth_precision": read.precision}


class RegisterForm(MoveForm):
    """A new person: particulars, citizen number, and where the person lives."""

    name = forms.CharField(label=_("Họ và tên"), max_length=120)
    birth = forms.CharField(label=_("Ngày sinh"), required=False, max_length=20, help_text=_("dd/mm/yyyy; chỉ biết năm thì ghi năm"))
    sex = forms.ChoiceField(label=_("Giới tính"), choices=Sex.choices, required=False)
    number = forms.CharField(label=_("Số định danh"), required=False, max_length=20, help_text=_("12 chữ số; để trống nếu chưa có"))
    field_order = ("name", "birth", "sex", "number", "place", "address", "since", "source")

    def clean(self):
        said = super().clean()
        read = parse_date(said.pop("birth", ""))
        if read.fault:
            self.add_error("birth", read.fault)
        number = said.pop("number", "")
        numbers = {Identifier.Kind.CITIZEN: number} if number else {}
        return {**said, "birth_on": read.day, "birth_precision": read.precision, "numbers": numbers}


class NumberForm(forms.Form):
    """A number that leads to the person."""

    kind = forms.ChoiceField(label=_("Loại"), choices=Identifier.Kind.choices)
    number = forms.CharField(label=_("Số"), max_length=40)
    source = _source()
