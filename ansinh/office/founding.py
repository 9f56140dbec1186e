"""The first account of a database, made when nobody has rights yet, and the accounts of a demonstration."""
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.web.refusal import Refusal

from . import clock
from .act import open_entry
from .actions import PROVINCE
from .installation import is_demonstration
from .models import Account, Right


@transaction.atomic
def found_administrator(username: str, *, full_name: str, title: str, password: str) -> Account:
    """Tài khoản quản trị đầu tiên: appointed by nobody; refused as soon as any account exists."""
    if Account.objects.exists():
        raise Refusal(_("Đã có tài khoản; người quản trị tạo các tài khoản sau."))
    account = Account(username=username, full_name=full_name, title=title)
    account.set_password(password)
    account.save()
    open_entry("office.found_administrator", account, key=f"office.account:{account.pk}", area_path=PROVINCE)
    Right.objects.create(account=account, role="administrator", area_path=PROVINCE, since=clock.today())
    return account


def make_demonstration_account(account: Account, *, second_factor: bool):
    """Let an account be one of the demonstration, with a second factor already set where its role needs one."""
    if not is_demonstration():
        raise Refusal(_("Tài khoản trình diễn chỉ có trong bản trình diễn."))
    account.is_demonstration = True
    account.save(update_fields=["is_demonstration"])
    if second_factor and not Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(account, generate_totp_secret())
