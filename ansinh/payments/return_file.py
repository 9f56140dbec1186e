"""Reading the provider's return file: the form that An Sinh wrote, filled in, as a spreadsheet or CSV."""
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from ansinh.engine.text.names import fold
from ansinh.registry.sheets.columns import Column
from ansinh.registry.sheets.read import read_workbook
from ansinh.web.refusal import Refusal

from .models import PayList, ReturnAnswer

RESULT = ReturnAnswer.Result

COLUMNS = (
    Column("list_number", "Số danh sách", ("danh sách", "mã danh sách"), required=True, example="05920-2023-10-BĐ"),
    Column("position", "STT", ("số thứ tự",), required=True, example="1"),
    Column("file_number", "Số hồ sơ", ("mã hồ sơ",), example="TB/19/00161"),
    Column("name", "Họ và tên", ("họ tên", "người hưởng"), example="Dương Thị Lan"),
    Column("amount", "Số tiền", ("thực nhận", "tổng tiền"), example="4016000"),
    Column("result", "Kết quả", ("tình trạng", "trạng thái"), required=True, example="Đã nhận"),
    Column("reason", "Lý do", ("ghi chú",), example="vắng nhà"),
    Column("paid_amount", "Số tiền đã trả", ("đã trả", "số đã trả"), example="4016000"),
    Column("signer", "Người ký nhận", ("ký nhận", "người nhận"), example="Lý Văn Bình"),
    Column("relation", "Quan hệ", ("quan hệ với người hưởng",), example="con"),
    Column("paper", "Giấy tờ", ("giấy ủy quyền", "giấy tờ nhận thay"), example="Giấy ủy quyền 12/UQ"),
)
PAID = {"da nhan", "da tra", "da chi", "x"}
BROUGHT_BACK = {"tra lai", "tra lai sau", "hoan tra"}
UNPAID = {"chua nhan", "chua tra", "chua chi", "khong nhan", ""}


@dataclass(frozen=True)
class Answer:
    """One row of a return file: list and line number, paid (how much, to whom), why not, or brought back later."""

    list_number: str
    position: int
    paid: bool
    reason: str = ""
    amount: int | None = None
    row: int = 0
    file_number: str = ""
    paid_amount: int | None = None
    name: str = ""
    signer: str = ""
    relation: str = ""
    paper: str = ""
    brought_back: bool = False

    @property
    def result(self) -> str:
        if self.brought_back:
            return RESULT.BROUGHT_BACK
        return RESULT.PAID if self.paid else RESULT.UNPAID

    def plain(self) -> dict:
        """As it is kept where the answers came without a file."""
        return asdict(self)


def read_answers(data: bytes, name: str) -> list[Answer]:
    """The answers of a return file, in order; refused with the row where one cannot be understood."""
    found = [_answer(row) for sheet in read_workbook(data, name, COLUMNS).sheets for row in sheet.frame.iter_rows(named=True)]
    if not found:
        raise Refusal(_("Tệp %(name)s không có dòng nào.") % {"name": name})
    return found


def lists_of(answers: list[Answer], account) -> list[PayList]:
    """The lists that a file answers, among those the account sees; unknown numbers are refused."""
    numbers = {answer.list_number for answer in answers}
    lists = list(PayList.objects.visible_to(account).standing().filter(number__in=numbers).order_by("pk"))
    if missing := sorted(numbers - {paylist.number for paylist in lists}):
        raise Refusal(_("Không có danh sách %(lists)s; kiểm tra cột Số danh sách.") % {"lists": ", ".join(missing[:5])})
    return lists


def _answer(row):
    word = fold(row.get("result") or "")
    if word not in PAID | UNPAID | BROUGHT_BACK:
        raise Refusal(
            _("Dòng %(row)s của tệp: kết quả “%(word)s” không rõ; ghi Đã nhận, Chưa nhận hoặc Trả lại.") % {"row": row["row"], "word": row["result"]}
        )
    return Answer(
        list_number=row["list_number"] or "", position=_number(row, "position"), paid=word in PAID, reason=row.get("reason") or "",
        amount=_number(row, "amount") if row.get("amount") else None, row=row["row"], file_number=row.get("file_number") or "",
        paid_amount=_number(row, "paid_amount") if row.get("paid_amount") else None, brought_back=word in BROUGHT_BACK,
        **{name: (row.get(name) or "").strip() for name in ("name", "signer", "relation", "paper")},
    )


def _number(row, column) -> int:
    text = (row[column] or "").removesuffix(".0").replace(".", "").replace(",", "").replace(" ", "")
    if not text.isdigit():
        raise Refusal(_("Dòng %(row)s của tệp: “%(text)s” không phải số.") % {"row": row["row"], "text": row[column]})
    return int(text)
