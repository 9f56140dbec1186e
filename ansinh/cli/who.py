"""Who orders a verb: an account with its password and code, typed on the terminal."""
import sys
from getpass import getpass

from allauth.mfa.models import Authenticator

from ansinh.office import rights
from ansinh.office.installation import is_demonstration
from ansinh.office.models import Account
from ansinh.web.refusal import Forbidden, Refusal

WRONG = "Tên tài khoản, mật khẩu hoặc mã không đúng."


def sign_in(username: str | None) -> Account:
    """The account of this name, after password and code; a demonstration's own accounts are taken at their word."""
    if not username:
        raise Forbidden("Việc này cần một tài khoản: thêm --as TÀI_KHOẢN hoặc đặt ANSINH_AS.")
    account = Account.objects.filter(username=username, is_active=True).first()
    if account and account.is_demonstration and is_demonstration():
        return account
    _refuse_without_terminal()
    password = getpass(f"Mật khẩu của {username}: ")
    if account is None or not account.check_password(password):
        raise Forbidden(WRONG)
    _check_second_factor(account)
    return account


def _check_second_factor(account):
    totp = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).first()
    if totp is None:
        if rights.needs_second_factor(account):
            raise Refusal("Vai trò của tài khoản này cần mã xác thực thứ hai: đăng nhập trên trang một lần để bật mã.")
        return
    if not totp.wrap().validate_code(getpass("Mã 6 chữ số: ").strip()):
        raise Forbidden(WRONG)


def _refuse_without_terminal():
    if not sys.stdin.isatty():
        raise Forbidden("Mật khẩu chỉ gõ được trên cửa sổ lệnh; chạy lệnh này ở đó.")
