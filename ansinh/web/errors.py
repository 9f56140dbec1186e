"""Error pages: what was kept, what did not happen, what to do, and a number to read out."""
import logging
import secrets
from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

logger = logging.getLogger("ansinh.web")
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True)
class ErrorWords:
    """What an error page says; ``again`` is the address to open once more."""

    title: str
    sentence: str
    kept: str
    remedy: str
    reference: str = ""
    again: str = ""


def reference() -> str:
    """A short number that leads from the page to the line in the log."""
    return "L-" + "".join(secrets.choice(LETTERS) for _i in range(6))


def bad_request(request, exception=None):
    # A body too big is noticed before any view, while the token of the form is looked for.
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return _answer(request, 400, ErrorWords(
        _("Yêu cầu không đọc được"), _("Địa chỉ hoặc nội dung gửi lên không đúng dạng."),
        _("Mọi điều đã ghi trước đó."), _("Mở lại trang từ mục bên trái rồi làm lại."),
    ))


def forbidden(request, exception=None):
    return _answer(request, 403, ErrorWords(
        _("Tài khoản này không làm được việc đó"), _("Việc này thuộc vai trò, địa bàn hoặc lĩnh vực khác."),
        _("Mọi điều đã ghi trước đó."), _("Nhờ người có phần việc này, hoặc nhờ người quản trị giao quyền."),
    ))


def not_found(request, exception=None):
    return _answer(request, 404, ErrorWords(
        _("Không có trang này"), _("Địa chỉ sai, hoặc trang thuộc địa bàn, lĩnh vực ngoài phần việc của tài khoản đang dùng."),
        _("Mọi điều đã ghi trước đó."), _("Tìm người hoặc số hồ sơ ở ô tìm trên đầu trang."),
    ))


def too_large(request):
    return _answer(request, 413, ErrorWords(
        _("Tệp quá lớn"), _("Nội dung gửi lên vượt cỡ mà máy chủ nhận."),
        _("Mọi điều đã ghi trước đó."), _("Chia bảng thành vài tệp nhỏ hơn rồi nạp từng tệp."), again=request.path,
    ))


def server_error(request):
    number = reference()
    match = request.resolver_match
    logger.error("server error %s at %s", number, match.view_name if match else "-")
    words = ErrorWords(
        _("Chưa làm được việc này"), _("Máy chủ gặp lỗi giữa chừng."),
        _("Nội dung đã gõ vẫn ở trang trước; bấm nút quay lại của trình duyệt."),
        _("Chờ một phút rồi thử lại. Thử lại không làm chi hai lần."), reference=number, again=request.path,
    )
    # Without the request nothing around the page is asked of the database, which may be what failed.
    return HttpResponse(render_to_string("web/error.html", {"error": words}), status=500)


def csrf_failure(request, reason=""):
    return _answer(request, 403, ErrorWords(
        _("Trang mở đã lâu nên không gửi được"), _("Máy chủ không nhận trang gửi lên từ phiên đăng nhập trước."),
        _("Nội dung đã gõ vẫn ở trang trước; bấm nút quay lại của trình duyệt."),
        _("Tải lại trang rồi gửi lần nữa."), again=request.path,
    ))


def _answer(request, status, words):
    return render(request, "web/error.html", {"error": words}, status=status)
