"""Every verb of the command as a value: its words, what it needs, its arguments, and the function that answers."""
from argparse import SUPPRESS, ArgumentTypeError
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from pathlib import Path


class Needs(IntEnum):
    """What must stand before a verb runs; each includes those before it."""

    NOTHING = 0
    DJANGO = 1
    DATABASE = 2
    ACCOUNT = 3


@dataclass(frozen=True)
class Verb:
    """A verb; ``call`` names its function as ``module:function`` inside this package."""

    words: str
    help: str
    call: str
    needs: Needs = Needs.ACCOUNT
    arguments: tuple[tuple[tuple, dict], ...] = ()


def arg(*names, **settings):
    """One argument as argparse takes it."""
    return names, settings


def month(text: str) -> date:
    """``2023-10`` or ``10/2023`` as the first day of the month."""
    year, _, number = text.partition("-") if "-" in text else text.partition("/")[::-1]
    try:
        return date(int(year), int(number), 1)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} không phải tháng; viết 2023-10 hoặc 10/2023") from None


def day(text: str) -> date:
    """``2023-10-26`` or ``26/10/2023``."""
    parts = text.split("-") if "-" in text else text.split("/")[::-1]
    try:
        return date(*map(int, parts))
    except (TypeError, ValueError):
        raise ArgumentTypeError(f"{text!r} không phải ngày; viết 2023-10-26 hoặc 26/10/2023") from None


def port(text: str) -> int:
    """A port that a user may open."""
    if text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise ArgumentTypeError(f"{text!r} không phải cổng; viết một số từ 1 đến 65535")


MONTH = arg("--month", metavar="THÁNG", type=month, required=True, help="tháng của danh sách, ví dụ 2023-10")
AREA = arg("--area", metavar="MÃ", default="", help="mã huyện hoặc xã; không nêu: cả địa bàn của tài khoản")
FIELD = arg("--field", choices=("merit", "assistance"), default="merit", help="lĩnh vực: người có công (mặc định) hoặc trợ giúp xã hội")
CHANNEL = arg("--channel", choices=("post", "bank"), default="", help="chỉ bưu điện hoặc chỉ ngân hàng")
PORT = arg("--port", metavar="CỔNG", type=port, default=8000, help="cổng trên 127.0.0.1 (mặc định 8000)")
FILE = arg("file", metavar="TỆP", type=Path)
KIND = arg("kind", metavar="LOẠI", help="loại bảng: beneficiaries, persons hoặc population")
USERNAME = arg("username", metavar="TÀI_KHOẢN")

WORKERS = arg("--workers", metavar="SỐ", type=int, default=2, help="số tiến trình web")
VERBS = (
    Verb(
        "demo", "dựng bản trình diễn rồi phục vụ", "demonstration:demo", Needs.NOTHING,
        (
            arg("--people", metavar="SỐ", type=int, default=20_000, help="số người giả lập (1300000: cả tỉnh)"),
            PORT, WORKERS,
            arg("--seed", metavar="SỐ", type=int, default=173, help="cùng số thì cùng người"),
            arg("--no-serve", action="store_true", help="chỉ dựng, không mở trang"),
            arg("--built", action="store_true", help=SUPPRESS),
        ),
    ),
    Verb(
        "serve", "mở trang trên 127.0.0.1", "running:serve", Needs.DATABASE,
        (PORT, WORKERS),
    ),
    Verb(
        "worker", "chạy các việc nền", "running:worker", Needs.DATABASE,
        (
            arg("--until-idle", action="store_true", help="hết việc thì dừng"),
            arg("--beside", metavar="TIẾN_TRÌNH", type=int, help=SUPPRESS),
        ),
    ),
    Verb("doctor", "kiểm tra bản cài đặt và nói phải sửa gì", "doctor:doctor", Needs.NOTHING),
    Verb("migrate", "dựng hoặc nâng cấp cơ sở dữ liệu", "running:migrate", Needs.DJANGO),
    Verb("index", "dựng lại chỉ mục tìm chữ trong bản quét", "running:index", Needs.DATABASE),
    Verb("areas", "nạp danh mục đơn vị hành chính qua các thời kỳ", "places:load"),
    Verb("template", "ghi mẫu bảng tính trống", "sheets:template", Needs.DJANGO, (KIND, FILE)),
    Verb(
        "import", "nạp một bảng tính", "sheets:import_sheet", Needs.ACCOUNT,
        (
            KIND, FILE,
            arg("--dry-run", action="store_true", help="chỉ kiểm tra, không để lại lượt nạp"),
            arg("--approve", action="store_true", help="duyệt và ghi ngay; người duyệt phải khác người nạp (--approver)"),
            arg("--approver", metavar="TÀI_KHOẢN", help="người duyệt khi dùng --approve"),
            arg("--receipt", metavar="TỆP", type=Path, help="ghi bảng trả về có Kết quả, Lý do, Gợi ý sửa"),
            AREA,
        ),
    ),
    Verb(
        "scan", "nhận các tệp quét trong một thư mục", "scanning:scan", Needs.ACCOUNT,
        (
            arg("folder", metavar="THƯ_MỤC", type=Path, help="thư mục con mang số hồ sơ thì vào hồ sơ ấy"),
            arg("--dossier", metavar="SỐ_HỒ_SƠ", default="", help="mọi tệp thuộc hồ sơ này"),
            AREA,
            arg("--priority", metavar="SỐ", type=int, default=0, help="số lớn hơn được đọc trước"),
            arg("--watch", action="store_true", help="theo dõi thư mục cho tới khi dừng"),
            arg("--rounds", metavar="SỐ", type=int, help=SUPPRESS),
        ),
    ),
    Verb(
        "assess", "tính một tháng: phải chi trừ đã ghi", "money:assess", Needs.ACCOUNT,
        (MONTH, FIELD, arg("--on", metavar="NGÀY", type=day, help="theo điều biết đến hết ngày này")),
    ),
    Verb("list show", "xem các danh sách của một tháng", "lists:show_lists", Needs.ACCOUNT, (MONTH, FIELD, AREA, CHANNEL)),
    Verb("list propose", "lập danh sách từ kết quả tính", "lists:propose", Needs.ACCOUNT, (MONTH, FIELD, AREA)),
    Verb("list sweep", "soát lại danh sách chờ duyệt", "lists:sweep", Needs.ACCOUNT, (MONTH, FIELD, AREA, CHANNEL)),
    Verb(
        "list approve", "duyệt danh sách do người khác lập", "lists:approve", Needs.ACCOUNT,
        (
            MONTH, FIELD, AREA, CHANNEL,
            arg("--decision", metavar="SỐ", default="", help="số quyết định chi khi còn mục soát mở"),
            arg("--reason", metavar="LÝ DO", default="", help="lý do chi khi còn mục soát mở"),
        ),
    ),
    Verb(
        "list export", "xuất danh sách đã duyệt thành tệp", "lists:export", Needs.ACCOUNT,
        (MONTH, FIELD, AREA, CHANNEL, arg("--to", metavar="THƯ_MỤC", type=Path, required=True, help="nơi ghi các tệp")),
    ),
    Verb("list reconcile", "đối chiếu tệp trả về của bưu điện, ngân hàng", "lists:reconcile", Needs.ACCOUNT, (FILE,)),
    Verb("list withdraw", "rút danh sách chưa xuất", "lists:withdraw", Needs.ACCOUNT, (MONTH, FIELD, AREA, CHANNEL)),
    Verb(
        "why", "vì sao số tiền này", "why:why", Needs.ACCOUNT,
        (arg("person", metavar="-", help="dấu - : đọc số định danh hoặc số hồ sơ từ đầu vào chuẩn"), MONTH),
    ),
    Verb(
        "brief", "một trang số liệu", "brief:show_brief", Needs.ACCOUNT,
        (
            arg("--as-of", metavar="NGÀY", type=day, required=True, help="số liệu của ngày này"),
            arg("--known-on", metavar="NGÀY", type=day, help="theo điều biết đến hết ngày này (không nêu: bây giờ)"),
        ),
    ),
    Verb(
        "dossiers export", "xuất gói hồ sơ số hóa", "dossiers:export", Needs.ACCOUNT,
        (
            arg("codes", metavar="SỐ_HỒ_SƠ", nargs="*", help="không nêu: mọi hồ sơ trong địa bàn"), AREA,
            arg("--to", metavar="TỆP", type=Path, required=True, help="gói .zip sẽ ghi"),
        ),
    ),
    Verb("dossiers import", "nhận gói hồ sơ từ nơi khác", "dossiers:import_", Needs.ACCOUNT, (FILE,)),
    Verb("cases", "chạy các trường hợp mẫu của luật", "law:cases", Needs.NOTHING, (FILE,)),
    Verb("verify law", "đọc lại toàn bộ luật và chạy mọi trường hợp mẫu", "law:verify_law", Needs.NOTHING),
    Verb("verify ledger", "chứng minh sổ chi khớp", "verify:verify_ledger"),
    Verb("verify journal", "kiểm tra các dấu niêm của nhật ký", "verify:verify_journal"),
    Verb("verify files", "đọc mọi tệp lưu ở cả hai bản, sửa bản hỏng", "verify:verify_files", Needs.DATABASE),
    Verb(
        "account create", "tạo tài khoản (tài khoản đầu tiên là quản trị)", "accounts:create", Needs.DATABASE,
        (
            USERNAME,
            arg("--name", metavar="HỌ_TÊN", required=True),
            arg("--title", metavar="CHỨC_VỤ", default=""),
        ),
    ),
    Verb(
        "account appoint", "giao vai trò ở một địa bàn", "accounts:appoint", Needs.ACCOUNT,
        (
            USERNAME,
            arg("--role", metavar="VAI_TRÒ", required=True),
            AREA,
            arg("--field", metavar="LĨNH_VỰC", default="", help="ví dụ merit; không nêu: mọi lĩnh vực"),
            arg("--since", metavar="NGÀY", type=day, help="từ ngày (mặc định hôm nay)"),
            arg("--until", metavar="NGÀY", type=day, help="đến hết ngày"),
        ),
    ),
)
GROUPS = {
    "dossiers": "gói hồ sơ số hóa",
    "list": "danh sách chi trả",
    "verify": "chứng minh luật, sổ chi, nhật ký, kho tệp là nguyên vẹn",
    "account": "tài khoản và quyền",
}
