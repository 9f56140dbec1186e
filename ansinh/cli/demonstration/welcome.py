"""What `make demo` says when the demonstration stands: its figures and its accounts."""
from ansinh.office import clock
from ansinh.office.models import Account
from ansinh.office.rights import roles

from ..answer import Answer, table
from ..brief import brief_lines
from ..ports import HOST
from . import staff


def welcome(port: int) -> Answer:
    """A page of figures and how to sign in."""
    members = (staff.ADMINISTRATOR, *staff.STAFF)
    rows = [(m.username, m.name, roles()[m.role]["title"], m.title) for m in members]
    leader = Account.objects.get(username="lanhdao")
    lines = [
        "",
        f"Bản trình diễn ngày {clock.today():%d/%m/%Y}. Mọi người và số hồ sơ đều do máy dựng.",
        *brief_lines(leader, as_of=clock.today()),
        "",
        f"Đăng nhập ở http://{HOST}:{port}/ , mật khẩu của mọi tài khoản: {staff.PASSWORD}",
        *table(rows),
        "Người duyệt và quản trị cần thêm mã 6 chữ số; trang đăng nhập hiện mã lúc này.",
    ]
    return Answer(lines, {"url": f"http://{HOST}:{port}/", "accounts": [m.username for m in members]})
