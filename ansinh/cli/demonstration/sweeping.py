"""How the demonstration's office deals with findings before a list is approved: some are closed, the rest paid by a decision."""
from datetime import date

from ansinh.benefits.models import Entitlement
from ansinh.payments import actions as payments
from ansinh.payments.models import Finding
from ansinh.payments.queries.findings import risk_of
from ansinh.registry import actions as registry
from ansinh.registry.models import Identifier

from .scene import Walk, work

# What the officers found out when they asked, by check; what is left is decided.
ANSWERS = {
    "trung": ("two_people", "Xã xác nhận hai người, khác số định danh"),
    "tai-khoan": ("one_account", "Vợ chồng, có giấy đồng ý tại xã"),
    "uy-quyen": ("corrected", ""),
    "bat-thuong": ("decided", "Đã có quyết định điều chỉnh trong tháng"),
}

# What the police say of four payees of the district: standing, how many before, state, since when.
POLICE = (
    ("wounded", 14, "Đã chết", "03/10/2023"), ("martyr_relative", 10, "Đã chết", "21/09/2023"), ("sick", 3, "Đã chuyển đi", "12/09/2023"),
    ("prisoner", 1, "Đang giam giữ", "05/10/2023"), ("wounded", 15, "Đang cư trú", ""),
)
HEAD = "Số định danh;Họ và tên;Ngày sinh;Tình trạng;Ngày xảy ra;Số liệu đến ngày"


def police_list(here: Walk):
    """The police hand over their list of the district: a source beside the register, approved by another person."""
    rows = [_row(payee_of(standing, number), state, happened) for standing, number, state, happened in POLICE]
    data = b"\xef\xbb\xbf" + "\n".join([HEAD, *rows]).encode()
    import_ = registry.upload_import("population", data=data, name="cong-an-thang-10-phu-binh.csv", area_path="19.173.", by=here.staff["phubinh"])
    work()
    import_.refresh_from_db()
    registry.approve_import(import_, by=here.staff["nguoiduyet"])
    work()


def one_account(here: Walk):
    """A couple asks for one account, and an authority to collect runs out."""
    for number in (16, 17):
        payments.set_channel(
            payee_of("wounded", number).person, since=date(2023, 10, 1), kind="bank", bank="Agribank", account_number="8500205008830",
            source="Giấy đề nghị ngày 18/10/2023", by=here.staff["phubinh"],
        )
    payments.set_channel(
        payee_of("wounded", 18).person, since=date(2023, 9, 1), kind="post", receiver="Dương Văn Minh", receiver_relation="con",
        receiver_paper="Giấy ủy quyền số 8", receiver_until=date(2023, 10, 20), source="Giấy ủy quyền số 8", by=here.staff["phubinh"],
    )


def payee_of(standing: str, number: int) -> Entitlement:
    """The n-th open entitlement of a standing in Phú Bình; where there are fewer, of any standing."""
    rows = Entitlement.objects.filter(payable__ends_on=None, payable__person__died_on=None, payable__person__area_path__startswith="19.173.")
    rows = rows.select_related("payable__person").order_by("pk")
    own = rows.filter(standing=standing)
    return own[number] if own.count() > number else rows[number]


def _row(entitlement, state, happened):
    person = entitlement.person
    number = Identifier.objects.current().filter(person=person, kind=Identifier.Kind.CITIZEN, until=None).values_list("number", flat=True).first()
    born = f"{person.birth_on:%d/%m/%Y}" if person.birth_precision == "day" else f"{person.birth_on:%Y}"
    return ";".join((number or "", person.name, born, state, happened, "15/10/2023"))


def settle_findings(lists: list, month: date, *, officer, approver):
    """Close what was asked about, and record one decision for what is still open."""
    for finding in Finding.objects.unpaid_risk(lists).order_by("pk"):
        if answer := ANSWERS.get(finding.check_code):
            payments.close_finding(finding, reason=answer[0], note=answer[1], by=officer)
    still_open, _amount = risk_of(lists)
    if still_open:
        payments.decide_open(
            lists, number=f"Tờ trình {month:%m}/TTr-NCC", reason="Các xã đã được hỏi, trả lời trước kỳ sau; dòng sai thì trừ ở tháng sau",
            by=approver,
        )
