"""`ansinh doctor`: looks at an installation and says what to mend."""
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

import django
import typst
from django.conf import settings
from django.db import connection
from django.db.utils import OperationalError

from ansinh.engine.law import LawError, load
from ansinh.web.refusal import Refusal

from .answer import Answer
from .entrance import set_up, waiting_migrations

OLDEST_PYTHON, OLDEST_POSTGRESQL, OLDEST_SQLITE = (3, 11), 150000, (3, 37)
SECRET_LENGTH = 50
FREE_BYTES = 2 * 2**30
CHECK_IS_LATE_AFTER = timedelta(days=2)
SERIFS = {"Times New Roman", "Liberation Serif", "Noto Serif"}


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is as it should be, and what to do where it is not."""

    what: str
    ok: bool
    said: str
    remedy: str = ""

    @property
    def line(self) -> str:
        remedy = "" if self.ok else f" → {self.remedy}"
        return f"{'✓' if self.ok else '✗'} {self.what}: {self.said}{remedy}"


def doctor(_args) -> Answer:
    """Every check in turn; exit code 0 only when there is nothing to mend."""
    findings = list(_findings())
    broken = sum(not finding.ok for finding in findings)
    ending = "Không có gì phải sửa." if not broken else f"{broken} chỗ phải sửa."
    return Answer([*(f.line for f in findings), ending], [asdict(f) for f in findings], ok=broken == 0)


def _findings() -> Iterator[Finding]:
    yield python()
    yield law()
    try:
        set_up()
    except Refusal as refusal:
        yield Finding("Cấu hình", False, refusal.sentence, "sửa biến đó rồi chạy lại")
        return
    yield from (check() for check in WITHOUT_DATABASE)
    try:
        waiting = waiting_migrations()
    except OperationalError as fault:
        yield Finding("Cơ sở dữ liệu", False, " ".join(str(fault).split()), "kiểm tra ANSINH_DATABASE_URL và máy chủ")
        return
    yield database()
    said = f"còn {len(waiting)} bước nâng cấp" if waiting else "đúng bản này"
    yield Finding("Bảng dữ liệu", not waiting, said, "chạy: ansinh migrate")
    if not waiting:
        yield from (check() for check in WITH_TABLES)


def python() -> Finding:
    found = f"{'.'.join(map(str, sys.version_info[:3]))}, Django {django.__version__}"
    return Finding("Python", sys.version_info >= OLDEST_PYTHON, found, "cài Python 3.11 trở lên")


def law() -> Finding:
    try:
        book = load()
    except LawError as fault:
        return Finding("Luật", False, str(fault), "sửa tệp luật ở chỗ đó")
    return Finding("Luật", True, f"{len(book.schedule)} dòng mức, bản {book.digest[:12]}")


def mode() -> Finding:
    return Finding("Chế độ chạy", True, settings.MODE)


def secret_key() -> Finding:
    ok = settings.MODE != "production" or len(settings.SECRET_KEY) >= SECRET_LENGTH
    remedy = f"đặt ANSINH_SECRET_KEY là chuỗi ngẫu nhiên từ {SECRET_LENGTH} ký tự"
    return Finding("Khóa bí mật", ok, "đủ dài" if ok else "quá ngắn", remedy)


def intake() -> Finding:
    if settings.INTAKE is None:
        return Finding("Thư mục nhận", True, "không đặt")
    ok = os.access(settings.INTAKE, os.R_OK | os.X_OK)
    return Finding("Thư mục nhận", ok, "đọc được" if ok else "không có hoặc không đọc được", "tạo thư mục của ANSINH_INTAKE, cho ansinh quyền đọc")


def time_zone() -> Finding:
    return Finding("Múi giờ", ZoneInfo(settings.TIME_ZONE) is not None, settings.TIME_ZONE, "cài gói tzdata")


def data_folder() -> Finding:
    try:
        settings.DATA.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.DATA):
            free = shutil.disk_usage(settings.DATA).free
    except OSError as fault:
        remedy = "cho tài khoản hệ điều hành quyền ghi (ANSINH_DATA)"
        return Finding("Thư mục dữ liệu", False, f"{settings.DATA}: {fault.strerror}", remedy)
    said = f"{settings.DATA}, còn {free / 2**30:.1f} GB"
    return Finding("Thư mục dữ liệu", free >= FREE_BYTES, said, "giải phóng đĩa, cần ít nhất 2 GB")


def fonts() -> Finding:
    present = SERIFS & set(typst.Fonts().families())
    return Finding("Phông in", bool(present), ", ".join(sorted(present)) or "không thấy", "cài gói fonts-noto-core")


def page_reader() -> Finding:
    missing = import_module("ansinh.dossiers.reading.recognise").missing()
    return Finding("Máy đọc trang quét", not missing, f"thiếu {missing}" if missing else "tesseract, tiếng Việt", f"cài gói {missing}")


def two_copies() -> Finding:
    copies, what, remedy = import_module("ansinh.office.copies"), "Hai bản của kho tệp", "đặt ANSINH_COPY ở một đĩa khác"
    if away := copies.away():
        sides = ", ".join(str(copies.SIDES[side]) for side in away)
        return Finding(what, False, f"không tới được {sides}", "nối lại đĩa hoặc máy chủ (ANSINH_STORAGE, ANSINH_COPY)")
    apart = copies.are_apart()
    return Finding(what, apart or settings.MODE != "production", "ở hai đĩa" if apart else "cùng một đĩa", remedy)


def database() -> Finding:
    if connection.vendor == "sqlite":
        version = connection.Database.sqlite_version
        ok = connection.Database.sqlite_version_info >= OLDEST_SQLITE
        return Finding("Cơ sở dữ liệu", ok, f"SQLite {version}", "cần SQLite 3.37 trở lên")
    version = connection.cursor().connection.info.server_version
    return Finding("Cơ sở dữ liệu", version >= OLDEST_POSTGRESQL, f"PostgreSQL {version // 10000}", "cần PostgreSQL 15 trở lên")


def guards() -> Finding:
    missing = import_module("ansinh.office.guard").missing_guards()
    return Finding("Khóa chỉ-ghi-thêm", not missing, ", ".join(missing) or "đủ", "chạy: ansinh migrate")


def areas() -> Finding:
    count = import_module("ansinh.registry.models").Area.objects.count()
    return Finding("Địa bàn", count > 0, f"{count} đơn vị", "chạy: ansinh areas --as TÀI_KHOẢN_QUẢN_TRỊ")


def accounts() -> Finding:
    account = import_module("ansinh.office.models").Account
    count = account.objects.filter(is_active=True).count()
    return Finding("Tài khoản", count > 0, f"{count} đang dùng", "chạy: ansinh account create TÊN --name 'Họ tên'")


def demonstration() -> Finding:
    demonstration = import_module("ansinh.office.installation").is_demonstration()
    ok = not demonstration or settings.MODE != "production"
    return Finding("Bản trình diễn", ok, "có" if demonstration else "không", "trỏ ANSINH_DATABASE_URL sang cơ sở dữ liệu mới")


def worker() -> Finding:
    alive = import_module("ansinh.cli.running").worker_is_alive()
    return Finding("Việc nền", alive, "đang chạy" if alive else "không chạy", "chạy: ansinh worker (trình diễn: ansinh serve)")


def stored_files() -> Finding:
    fixity, clock = import_module("ansinh.office.fixity"), import_module("ansinh.office.clock")
    if broken := fixity.broken_files().count():
        return Finding("Kho tệp", False, f"{broken} tệp chưa sửa được", "chạy: ansinh verify files, rồi lấy lại các tệp nêu tên từ bản sao lưu")
    last = fixity.last_check()
    is_late = fixity.has_files() and (last is None or last.at < clock.now() - CHECK_IS_LATE_AFTER)
    said = f"kiểm tra xong lúc {last.at.astimezone(clock.ZONE):%H:%M %d/%m/%Y}" if last else "chưa kiểm tra lần nào"
    return Finding("Kho tệp", not is_late or settings.MODE != "production", said, "hẹn giờ chạy mỗi đêm: ansinh verify files")


WITHOUT_DATABASE: tuple[Callable[[], Finding], ...] = (mode, secret_key, time_zone, data_folder, intake, two_copies, fonts, page_reader)
WITH_TABLES: tuple[Callable[[], Finding], ...] = (guards, areas, accounts, demonstration, worker, stored_files)
