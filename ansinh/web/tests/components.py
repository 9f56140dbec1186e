"""The page that shows every part once; for tests only."""
from pathlib import Path

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from ansinh.web.fields import DayField
from ansinh.web.page import Button, Chip, Crumb, FormPage, parts

TEMPLATE = Path(__file__).with_name("components.html")


class Example(forms.Form):
    died_on = DayField(label="Ngày mất")
    number = forms.CharField(label="Số định danh", help_text="12 chữ số")
    checked = forms.ChoiceField(label="Tin này đã kiểm chưa", choices=[("yes", "Có trích lục khai tử"), ("no", "Xã báo miệng")], widget=forms.RadioSelect)
    held = forms.BooleanField(label="Giữ lại dòng tháng này", required=False)


@login_not_required
def components(request):
    content = {
        "parts": parts(("c-month", 46_161), ("c-due", 29_044), ("c-keep", 551), ("c-owe", 186)),
        "due": 2_526_000, "owe": -600_000, "nought": 0, "unknown": None, "state": Chip("Chờ duyệt", "half"),
    }
    page = FormPage(
        title="Thành phần", note="Mọi trang chỉ ghép từ các mẫu này.", chip=Chip("Đang hưởng", "ok"), form=Example({"died_on": "32/07/2023"}),
        crumbs=(Crumb("Người và hộ", "/"), Crumb("Thành phần")), content=content,
        buttons=(Button("Duyệt 2.129 người", "/", solid=True), Button("Tải bảng tính", "/"), Button("Hoàn tác cả đợt", "/", stop=True)),
    )
    return HttpResponse(engines["django"].from_string(TEMPLATE.read_text("utf-8")).render({"page": page, "may_search": True}, request))


urlpatterns = [path("thanh-phan/", components), path("", include("ansinh.config.urls"))]
