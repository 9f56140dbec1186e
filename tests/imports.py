"""A walk down the import road in one word, for tests of any kind."""
from datetime import date

import pytest

from ansinh.office import clock, jobs
from ansinh.registry.actions import approve_import, upload_import
from ansinh.registry.models import Import
from ansinh.registry.sheets.tests.workbooks import xlsx

HEADER = ["Số định danh", "Họ và tên", "Ngày sinh", "Giới tính", "Xã", "Địa chỉ"]
AN = ["019050001234", "Nguyễn Văn An", "15/08/1950", "Nam", "Tân Kim", "Xóm 5"]
BINH = ["019145000001", "Trần Thị Bình", "1945", "Nữ", "05920", "Xóm 6"]


@pytest.fixture
def a_day_in_may():
    """The clock stands at 20 May 2023."""
    with clock.held_at(date(2023, 5, 20)):
        yield


@pytest.fixture
def upload(officer, areas, a_day_in_may):
    """``upload(rows)``: a sheet of the population register, checked; more by keyword."""

    def make(rows, *, kind="persons", header=HEADER, by=officer, area_path="19.173.", name="dan-cu.xlsx", data=None, **more):
        data = data or xlsx([header, *rows], **more)
        made = upload_import(kind, data=data, name=name, area_path=area_path, by=by)
        jobs.work(until_idle=True)
        made.refresh_from_db()
        return made

    return make


@pytest.fixture
def take_in(upload, chief):
    """``take_in(rows)``: uploaded, approved by the chief and applied."""

    def make(rows, **more):
        made = upload(rows, **more)
        approve_import(made, by=chief)
        jobs.work(until_idle=True)
        return Import.objects.get(pk=made.pk)

    return make
