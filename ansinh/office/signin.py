"""Signing in: closed sign-up, a second factor where a role asks for it, codes shown in a demonstration only."""
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt, is_mfa_enabled
from django.shortcuts import redirect
from django.urls import reverse

from . import installation, rights
from .models import Account

ALWAYS_OPEN = ("/dang-nhap", "/dang-xuat", "/xac-thuc", "/mat-khau", "/tinh/")


class Adapter(DefaultAccountAdapter):
    """Accounts are made by an administrator only."""

    def is_open_for_signup(self, request):
        return False


class SecondFactorMiddleware:
    """Approvers and administrators set up a second factor before anything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        account = request.user
        if account.is_authenticated and not request.path.startswith(ALWAYS_OPEN):
            if rights.needs_second_factor(account) and not is_mfa_enabled(account):
                return redirect(reverse("mfa_activate_totp"))
        return self.get_response(request)


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


