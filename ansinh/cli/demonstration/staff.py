"""The staff of the demonstration: invented people, one of each role, who exist in a demonstration database only."""
from dataclasses import dataclass
from datetime import date

from ansinh.office.actions import PROVINCE, appoint, create_account
from ansinh.office.founding import found_administrator, make_demonstration_account
from ansinh.office.models import Account
from ansinh.office.rights import roles

PASSWORD = "an sinh trinh dien"


@dataclass(frozen=True)
class Member:
    """One member of staff with the one right that the demonstration gives."""

    username: str
    name: str
    title: str
    role: str
    area_path: str = PROVINCE
    field: str = "merit"


ADMINISTRATOR = Member("quantri", "Vi Quang Khoát", "Quản trị hệ thống, Văn phòng Sở", "administrator", field="")
STAFF = (
    Member("lanhdao", "Lục Thị Nhài", "Phó Giám đốc Sở", "leader"),
    Member("nguoiduyet", "Lường Thị Mến", "Trưởng phòng Người có công", "approver"),
    Member("chuyenvien", "Đàm Quang Tuyến", "Chuyên viên phòng Người có công", "officer"),
    Member("phubinh", "Ninh Khắc Hòe", "Chuyên viên huyện Phú Bình", "officer", "19.173."),
    Member("songcong", "Bế Thị Xoan", "Chuyên viên thành phố Sông Công", "officer", "19.165."),
    Member("tankim", "Tống Văn Ngọ", "Cán bộ xã Tân Kim", "commune_officer", "19.173.05920."),
    Member("sohoa1", "Lâm Thị Thơm", "Nhân viên số hóa", "digitiser"),
    Member("sohoa2", "Phùng Văn Điền", "Nhân viên số hóa", "digitiser"),
    Member("sohoa3", "Ma Thị Hiền", "Nhân viên số hóa", "digitiser"),
    Member("ketoan", "Diệp Thị Sâm", "Kế toán phòng Người có công", "accountant"),
    Member("trogiup", "La Thị Hảo", "Chuyên viên phòng Bảo trợ xã hội", "officer", field="assistance"),
    Member("duyettrogiup", "Trần Đình Lũy", "Trưởng phòng Bảo trợ xã hội", "approver", field="assistance"),
    Member("ketoantrogiup", "Hà Thị Nụ", "Kế toán phòng Bảo trợ xã hội", "accountant", field="assistance"),
    Member("kiemtra", "Hứa Đình Chấn", "Thanh tra Sở", "auditor", field=""),
)


def engage(*, since: date) -> dict[str, Account]:
    """Make all accounts of the demonstration; by username."""
    first = ADMINISTRATOR
    made = {first.username: found_administrator(first.username, full_name=first.name, title=first.title, password=PASSWORD)}
    chief = made[first.username]
    for member in STAFF:
        account = create_account(member.username, full_name=member.name, title=member.title, password=PASSWORD, by=chief)
        appoint(account, role=member.role, area_path=member.area_path, field=member.field, since=since, by=chief)
        made[member.username] = account
    for member in (first, *STAFF):
        make_demonstration_account(made[member.username], second_factor=roles()[member.role]["second_factor"])
    return made


def more_officers(districts: dict[str, str], *, since: date, by: Account) -> dict[str, Account]:
    """For a whole province: an officer for each district (path → name) that has none."""
    taken = {member.area_path for member in STAFF if member.role == "officer"}
    found = {}
    for path, name in districts.items():
        if path not in taken:
            username = f"huyen{path.split('.')[1]}"
            account = create_account(username, full_name=f"Chuyên viên {name}", title=name, password=PASSWORD, by=by)
            appoint(account, role="officer", area_path=path, field="merit", since=since, by=by)
            make_demonstration_account(account, second_factor=False)
            found[path] = account
    return found
