"""Signing in: every door locked, sign-up closed, a second factor where a role asks for it, codes shown in a demonstration only."""
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt, is_mfa_enabled
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ansinh.web import drafts

from . import installation, rights
from .models import Account

ALWAYS_OPEN = ("/dang-nhap", "/dang-xuat", "/xac-thuc", "/mat-khau", "/tinh/")


class Adapter(DefaultAccountAdapter):
    """Accounts are made by an administrator only; what goes wrong at the door is said in Vietnamese."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu không đúng."),
        "too_many_login_attempts": _("Sai quá nhiều lần. Chờ năm phút rồi thử lại, hoặc nhờ người quản trị đặt lại mật khẩu."),
        "enter_current_password": _("Gõ mật khẩu đang dùng."),
        "incorrect_password": _("Mật khẩu không đúng."),
        "incorrect_code": _("Mã không đúng hoặc đã hết hạn. Gõ mã mới nhất; mã đổi mỗi 30 giây."),
        "same_as_current": _("Mật khẩu mới phải khác mật khẩu đang dùng."),
        "rate_limited": _("Gửi quá nhiều lần. Chờ vài phút rồi thử lại."),
        "account_inactive": _("Tài khoản này đã khóa; hỏi người quản trị."),
    }

    def is_open_for_signup(self, request):
        return False

    def add_message(self, *args, **kwargs):
        """The page itself shows that one is in or out."""


class FactorAdapter(DefaultMFAAdapter):
    """The second factor: what goes wrong is said in Vietnamese."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("Không bỏ được ứng dụng xác thực lúc này."),
        "cannot_generate_recovery_codes": _("Gắn ứng dụng xác thực trước, rồi mới lập mã dự phòng."),
        "incorrect_code": _("Mã không đúng hoặc đã hết hạn. Gõ mã mới nhất; mã đổi mỗi 30 giây."),
    }


class LockedDoorsMiddleware(LoginRequiredMiddleware):
    """Every page needs an account unless it says otherwise; what was typed when the session ended is kept."""

    def handle_no_permission(self, request, view_func):
        drafts.keep(request)
        return super().handle_no_permission(request, view_func)


class SecondFactorMiddleware:
    """Approvers and administrators set up a second factor before anything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        account = request.user
        inside = account.is_authenticated and not request.path.startswith(ALWAYS_OPEN)
        if inside and rights.needs_second_factor(account) and not is_mfa_enabled(account):
            return redirect(reverse("mfa_activate_totp"))
        return self.get_response(request)


@login_not_required
def closed(request):
    """There is no signing up: the page does not exist."""
    raise Http404


def demonstration_code(account: Account) -> str | None:
    """The current six digits of a demonstration account; ``None`` in service or without a second factor."""
    if not account.is_demonstration or not installation.is_demonstration():
        return None
    factor = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).first()
    if factor is None:
        return None
    secret = TOTP(factor).instance.data["secret"]
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(decrypt(secret), counters[len(counters) // 2]))


def demonstration_accounts() -> list[dict]:
    """The accounts of a demonstration with the code of the moment, for its sign-in page."""
    if not installation.is_demonstration():
        return []
    accounts = Account.objects.filter(is_demonstration=True, is_active=True).order_by("pk")
    return [{"account": account, "code": demonstration_code(account)} for account in accounts]
