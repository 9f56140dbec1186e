"""A commune's own list of who it began to pay social assistance, as it would come in: mostly right, with the faults of such lists."""
from datetime import date
from pathlib import Path

import xlsxwriter
from django.db.models import Count

from ansinh.benefits.models import Terms
from ansinh.engine.law.book import ASSISTANCE
from ansinh.office import clock
from ansinh.office.actions import PROVINCE
from ansinh.registry import actions as registry
from ansinh.registry.models import Area, Identifier, Person

from .scene import LAST_DAY, Step, Walk, at, work

BEGAN, PAID = date(2023, 10, 1), "10/2023"
HEADER = (
    "STT", "Họ và tên", "Ngày, tháng, năm sinh", "Giới tính", "Số CCCD", "Xã, phường", "Thôn, xóm", "Diện", "Mức độ khuyết tật",
    "Hộ nghèo, cận nghèo", "Hưởng từ tháng", "Số quyết định", "Ngày quyết định", "Đã chi đến tháng", "Mức đang chi",
)
SEXES = {"male": "Nam", "female": "Nữ"}
# How many, born in which years, what the commune calls them, their degree and household, what it pays.
GROUPS = (
    (3, (1925, 1942), "Người cao tuổi 80", "", "", 360_000), (3, (1970, 1999), "NKT", "Nặng", "", 540_000),
    (2, (1975, 1995), "NKT đặc biệt nặng", "", "", 720_000), (2, (1982, 1999), "Đơn thân nuôi 2 con", "", "Hộ nghèo", 720_000),
    (1, (2009, 2018), "điểm b khoản 1 Điều 5", "", "", 540_000), (1, (1964, 1970), "NKT nặng", "", "", 540_000),
    # An old woman of a poor household whom the commune pays too little; then what the law does not allow, and what nobody can read.
    (1, (1945, 1960), "NCT hộ nghèo, không có người phụng dưỡng", "", "Hộ nghèo", 360_000), (1, (1990, 2000), "Trẻ mồ côi", "", "", 540_000),
    (1, (1955, 1965), "Người cao tuổi", "", "Hộ nghèo", 540_000), (1, (1975, 1995), "Khuyết tật nhẹ", "", "", 360_000),
)


def commune_list_steps(here: Walk) -> list[Step]:
    """The list comes in on the last day and waits for who approves."""
    return [Step(at(LAST_DAY, 8), "Danh sách bảo trợ xã hội của một xã, chờ duyệt", lambda: bring_list(here))]


def bring_list(here: Walk):
    """The commune with the most beneficiaries sends whom it began to pay this month."""
    running = Terms.objects.on(clock.today()).filter(entitlement__payable__field=ASSISTANCE).values_list("entitlement__payable__person__area_path")
    path = running.annotate(n=Count("id")).order_by("-n", "entitlement__payable__person__area_path")[0][0]
    commune = Area.objects.on(clock.today()).get(path=path)
    file = here.folder / "danh-sach-bao-tro-xa-hoi.xlsx"
    write_list(file, commune, list(_rows(commune)))
    registry.upload_import("assisted", data=file.read_bytes(), name=file.name, area_path=PROVINCE, as_of=clock.today(), by=here.staff["trogiup"])
    work()


def _rows(commune: Area):
    """People of the commune who receive nothing yet, group by group; the second of two exclusive groups for the last of the disabled."""
    free = list(Person.objects.filter(payables=None, died_on=None, area_path=commune.path, birth_precision="day").order_by("pk"))
    homes = {person.pk: person.residence_rows.current().order_by("-since")[0].address for person in free}
    for count, (first, last), *said in GROUPS:
        taken = [person for person in free if first <= person.birth_on.year <= last][:count]
        free = [person for person in free if person not in taken]
        for person in taken:
            yield _row(person, homes[person.pk], commune, *said)
            if said[0] == "NKT đặc biệt nặng" and person is taken[-1]:
                yield _row(person, homes[person.pk], commune, "Người nhiễm HIV", "", "Hộ nghèo", 540_000)


def _row(person, address, commune, group, severity, poverty, amount):
    number = Identifier.objects.current().filter(person=person, kind="citizen").values_list("number", flat=True).first()
    return (
        person.name, f"{person.birth_on:%d/%m/%Y}", SEXES.get(person.sex, ""), number or "", commune.name, address, group, severity, poverty,
        f"{BEGAN:%m/%Y}", f"{100 + person.pk % 800}/QĐ-UBND", "28/09/2023", PAID, amount,
    )


def write_list(path: Path, commune: Area, rows: list[tuple]):
    """Write the workbook with its titles, the total line and who signs, as communes do."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_numbers": False})
    page, bold = book.add_worksheet("Danh sách"), book.add_format({"bold": True, "align": "center", "text_wrap": True})
    page.set_landscape()
    page.merge_range(0, 0, 0, 7, f"ỦY BAN NHÂN DÂN {commune.kind.upper()} {commune.name.upper()}", bold)
    page.merge_range(1, 0, 1, 7, "DANH SÁCH ĐỐI TƯỢNG BẢO TRỢ XÃ HỘI ĐANG HƯỞNG", bold)
    page.write_row(3, 0, HEADER, bold)
    for number, row in enumerate(rows, 1):
        page.write_row(3 + number, 0, (number, *row))
    page.write_row(4 + len(rows), 0, ("", "Tổng cộng", *("" for _column in HEADER[3:]), sum(row[-1] for row in rows)))
    book.close()
