"""What may be typed on the pages of dossiers."""
from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.office import clock
from ansinh.registry.queries.areas import find_communes, full_name
from ansinh.web.fields import DayField

from .catalogue import catalogue
from .models import Dossier
from .queries.dossiers import LATE, LOST, OUT, dossiers_of, person_by_number, places_of

LONGEST_TERM = 70
LARGEST_AT_ONCE = 50 * 2**20
# Of one package: so many dossiers, and so many bytes through a browser.
MOST_AT_ONCE, LARGEST_PACKAGE = 2_000, 100 * 2**20
SHEETS = {
    "min_value": _("Số tờ từ 1 trở lên; để trống nếu chưa đếm."), "max_value": _("Nhiều tờ quá; soát lại số vừa gõ."),
    "invalid": _("Ghi số tờ bằng chữ số, ví dụ 24."),
}
TERM = {"min_value": _("Thời hạn từ 1 năm trở lên."), "max_value": _("Thời hạn dài nhất là %(limit_value)s năm; để trống nếu vĩnh viễn.")}
PRIORITIES = [(0, _("như thường")), (10, _("trước lô thường")), (100, _("gấp, trước mọi lô"))]


def _categories():
    return [(code, category.title) for code, category in catalogue().categories.items()]


class DossierFilters(forms.Form):
    """What narrows the list; a nonsense value is ignored. Words go by POST, so that no name stands in an address."""

    tu = forms.CharField(label=_("Số hoặc tên hồ sơ"), max_length=120, required=False)
    loai = forms.ChoiceField(label=_("Loại"), required=False)
    tinh_trang = forms.ChoiceField(label=_("Tình trạng"), required=False, choices=[("", _("Mọi tình trạng")), *Dossier.State.choices])
    xa = forms.ChoiceField(label=_("Địa bàn"), required=False)
    giay = forms.ChoiceField(label=_("Hồ sơ giấy"), required=False, choices=[
        ("", _("Ở đâu cũng được")), (OUT, _("đang cho mượn")), (LATE, _("mượn quá hẹn")), (LOST, _("mất bản gốc")),
    ])

    def __init__(self, *args, account, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["loai"].choices = [("", _("Mọi loại")), *_categories()]
        self.fields["xa"].choices = [("", _("Cả địa bàn")), *((area.path, str(area)) for area in places_of(account))]


class _OfPerson(forms.Form):
    """A person named by a number: a name is not enough to know who is meant."""

    number = forms.CharField(
        label=_("Số giấy tờ của người có hồ sơ"), max_length=40, required=False,
        help_text=_("số hồ sơ, số định danh hoặc số chứng minh đang ghi trong sổ"),
    )

    def __init__(self, *args, account, **kwargs):
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_number(self):
        number = self.cleaned_data["number"].strip()
        found = person_by_number(number, self.account) if number else None
        if number and found is None:
            raise forms.ValidationError(_("Không thấy ai mang số này trong địa bàn của tài khoản; soát lại số, hoặc ghi người vào sổ trước."))
        self.cleaned_data["person"] = found
        return number


class RegisterForm(_OfPerson):
    """A paper file as its cover says it."""

    code = forms.CharField(label=_("Số hồ sơ"), max_length=40, help_text=_("như ghi trên bìa"))
    category = forms.ChoiceField(label=_("Loại hồ sơ"))
    title = forms.CharField(label=_("Tên hồ sơ"), max_length=200, required=False, help_text=_("để trống thì lấy họ tên người có hồ sơ"))
    place = forms.CharField(
        label=_("Xã, phường"), max_length=120, required=False, help_text=_("chỉ cần khi hồ sơ chưa gắn với ai; ví dụ: Tân Kim, Phú Bình hoặc 05920")
    )
    sheets_on_paper = forms.IntegerField(label=_("Số tờ trên giấy"), min_value=1, max_value=10_000, required=False, error_messages=SHEETS)
    shelf = forms.CharField(label=_("Nơi để"), max_length=120, required=False, help_text=_("kho, giá, cặp; ví dụ: Kho 2, giá 4, cặp 17"))
    field_order = ("code", "category", "number", "title", "place", "sheets_on_paper", "shelf")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = _categories()

    def clean(self):
        said = super().clean()
        person = said.get("person")
        said["area_path"] = person.area_path if person else self._placed(said.get("place", ""))
        said["title"] = said.get("title") or (person.name if person else "")
        if not said["title"]:
            self.add_error("title", _("Ghi tên hồ sơ như trên bìa, hoặc số giấy tờ của người có hồ sơ."))
        return said

    def _placed(self, place):
        found = find_communes(place, on=clock.today()) if place else []
        if len(found) == 1:
            return found[0].path
        if found:
            names = "; ".join(full_name(area, clock.today()) for area in found)
            self.add_error("place", _("Có %(n)d nơi cùng tên: %(names)s. Ghi thêm tên huyện hoặc ghi mã.") % {"n": len(found), "names": names})
        elif "number" not in self.errors:
            missing, unknown = _("Hồ sơ chưa gắn với ai thì ghi xã, phường của hồ sơ."), _("Hôm nay không có xã, phường nào tên như vậy.")
            self.add_error("place", unknown if place else missing)
        return ""


class CorrectForm(_OfPerson):
    """What the book says of a dossier."""

    title = forms.CharField(label=_("Tên hồ sơ"), max_length=200)
    sheets_on_paper = forms.IntegerField(label=_("Số tờ trên giấy"), min_value=1, max_value=10_000, required=False, error_messages=SHEETS)
    shelf = forms.CharField(label=_("Nơi để"), max_length=120, required=False)
    is_of_nobody = forms.BooleanField(label=_("Hồ sơ chưa gắn với ai"), required=False)
    field_order = ("title", "number", "is_of_nobody", "sheets_on_paper", "shelf")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].help_text = _("chỉ ghi khi hồ sơ là của người khác; để trống thì giữ như đang ghi")


class LendForm(forms.Form):
    """Who takes the paper file."""

    borrower = forms.CharField(label=_("Người mượn"), max_length=120)
    purpose = forms.CharField(label=_("Để làm gì"), max_length=300)
    out_on = DayField(label=_("Mượn ngày"), required=False, help_text=_("dd/mm/yyyy; để trống là hôm nay"))
    due_on = DayField(label=_("Hẹn trả ngày"))


class ReturnForm(forms.Form):
    """When the paper file came back."""

    back_on = DayField(label=_("Trả ngày"), required=False, help_text=_("dd/mm/yyyy; để trống là hôm nay"))


class LossForm(forms.Form):
    """Since when the original cannot be found."""

    on = DayField(label=_("Không còn bản gốc từ ngày"))
    note = forms.CharField(label=_("Đã tìm ở đâu, biên bản số nào"), max_length=300)


class RetentionForm(forms.Form):
    """A term in years; nothing is for ever."""

    years = forms.IntegerField(
        label=_("Thời hạn (năm)"), min_value=1, max_value=LONGEST_TERM, required=False, help_text=_("để trống là vĩnh viễn"),
        error_messages=TERM,
    )


class ExtractForm(forms.Form):
    """Whom an extract is for, what for, and its pages."""

    receiver = forms.CharField(label=_("Cấp cho"), max_length=120)
    purpose = forms.CharField(label=_("Để làm gì"), max_length=300)
    pages = forms.TypedMultipleChoiceField(label=_("Các trang"), coerce=int, widget=forms.CheckboxSelectMultiple)


class CheckForm(forms.Form):
    """A code that was read from an extract, and its file where one has it."""

    code = forms.CharField(label=_("Mã kiểm tra"), max_length=20, help_text=_("in trên tờ bìa, ví dụ TL-ACDE-FGHJ-KLMN"))
    file = forms.FileField(label=_("Tệp trích lục"), required=False, help_text=_("không bắt buộc; đưa vào để so với bản đã lưu"))

    def clean_code(self):
        return self.cleaned_data["code"].strip().upper()


class BatchForm(forms.Form):
    """A new batch: its name, and whose pages come where there are no cover sheets among them."""

    name = forms.CharField(label=_("Tên lô"), max_length=200, help_text=_("để tìm lại, ví dụ: Kho 2, giá 4, cặp 17–20"))
    code = forms.CharField(
        label=_("Tất cả là của hồ sơ số"), max_length=40, required=False, help_text=_("để trống khi có tờ bìa hoặc tờ ngăn giữa các hồ sơ")
    )
    area_path = forms.ChoiceField(label=_("Địa bàn của lô"))
    sheets_on_paper = forms.IntegerField(label=_("Số tờ trên giấy của cả lô"), min_value=1, max_value=100_000, required=False, error_messages=SHEETS)
    priority = forms.TypedChoiceField(label=_("Đọc trước hay sau"), choices=PRIORITIES, coerce=int, empty_value=0)

    def __init__(self, *args, account, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.account = account
        self.fields["area_path"].choices = places

    def clean_code(self):
        code = " ".join(self.cleaned_data["code"].split())
        found = Dossier.objects.visible_to(self.account).filter(code=code).first() if code else None
        if code and found is None:
            raise forms.ValidationError(_("Không có hồ sơ số này trong địa bàn của tài khoản; ghi sổ hồ sơ trước."))
        self.cleaned_data["dossier"] = found
        return code


class PriorityForm(forms.Form):
    """Which pages are read first."""

    priority = forms.TypedChoiceField(label=_("Đọc trước hay sau"), choices=PRIORITIES, coerce=int)


class FilesField(forms.FileField):
    """Several files at once, for browsers without scripts."""

    widget = type("Files", (forms.ClearableFileInput,), {"allow_multiple_selected": True})

    def clean(self, data, initial=None):
        return [super(FilesField, self).clean(file, initial) for file in data or [None]]


class FilesForm(forms.Form):
    """Files of a batch, small enough to come in one go."""

    files = FilesField(label=_("Tệp quét"), help_text=_("PDF, TIFF, JPEG, PNG hoặc ZIP; chọn được nhiều tệp"))

    def clean_files(self):
        files = self.cleaned_data["files"]
        if large := [file.name for file in files if file.size > LARGEST_AT_ONCE]:
            raise forms.ValidationError(_("Tệp %(name)s lớn hơn 50 MB; bật script của trình duyệt để tải từng phần.") % {"name": large[0]})
        return files


class ExportForm(forms.Form):
    """Which dossiers leave: those named, or all that a place, a kind and a state leave over."""

    codes = forms.CharField(
        label=_("Số hồ sơ"), required=False, max_length=100_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("mỗi dòng một số; để trống thì lấy theo ba ô dưới đây"),
    )
    place = forms.ChoiceField(label=_("Địa bàn"), required=False)
    category = forms.ChoiceField(label=_("Loại hồ sơ"), required=False)
    state = forms.ChoiceField(
        label=_("Tình trạng"), required=False, choices=[("", _("Mọi tình trạng")), *Dossier.State.choices]
    )

    def __init__(self, *args, account, **kwargs):
        super().__init__(*args, **kwargs)
        self.account = account
        self.fields["category"].choices = [("", _("Mọi loại")), *_categories()]
        self.fields["place"].choices = [("", _("Cả địa bàn")), *((area.path, str(area)) for area in places_of(account))]

    def clean(self):
        said = super().clean()
        codes = list(dict.fromkeys(" ".join(line.split()) for line in said.get("codes", "").splitlines() if line.strip()))
        rows = dossiers_of(self.account, **{name: said.get(name, "") for name in ("place", "category", "state")}).order_by("code")
        found = list(rows.filter(code__in=codes) if codes else rows[: MOST_AT_ONCE + 1])
        missing = [code for code in codes if code not in {dossier.code for dossier in found}]
        if missing:
            words = _("Không thấy trong địa bàn và các ô đã chọn: %(codes)s. Soát lại số hồ sơ.")
            self.add_error("codes", words % {"codes": ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")})
        elif len(found) > MOST_AT_ONCE:
            self.add_error(None, _("Quá %(n)d hồ sơ một gói; chọn một xã hoặc một loại.") % {"n": MOST_AT_ONCE})
        elif not found:
            self.add_error(None, _("Không có hồ sơ nào như đã chọn."))
        said["dossiers"] = found
        return said


class ImportForm(forms.Form):
    """The file of a package, from the browser or from the intake folder of the office."""

    area_path = forms.ChoiceField(label=_("Địa bàn nhận"))
    file = forms.FileField(label=_("Tệp gói hồ sơ"), required=False, help_text=_("tệp .zip, đến 100 MB"))
    folder = forms.CharField(
        label=_("Hoặc tên gói trong thư mục nhận"), required=False, max_length=300,
        help_text=_("cho gói lớn: chép vào thư mục nhận của máy chủ, ví dụ 05920/goi-ho-so-17.zip"),
    )

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area_path"].choices = places

    def clean(self):
        said = super().clean()
        file, folder = said.get("file"), said.get("folder")
        if bool(file) == bool(folder):
            self.add_error("file", _("Chọn một tệp, hoặc ghi tên gói trong thư mục nhận; chỉ một trong hai."))
        elif file and file.size > LARGEST_PACKAGE:
            self.add_error("file", _("Tệp lớn hơn 100 MB; chép vào thư mục nhận của máy chủ rồi ghi tên ở ô dưới."))
        return said


class WatchForm(forms.Form):
    """A folder of a scanner, and how urgent its pages are."""

    folder = forms.CharField(
        label=_("Thư mục"), max_length=300,
        help_text=_("bên trong thư mục nhận của máy chủ, bắt đầu bằng mã đơn vị; ví dụ 05920/may-quet-1"),
    )
    priority = forms.TypedChoiceField(label=_("Đọc trước hay sau"), choices=PRIORITIES, coerce=int, empty_value=0)
