"""Addresses of signing in: only those that are wanted."""
from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path

from .signin import closed

urlpatterns = [
    path("dang-nhap/", account.login, name="account_login"),
    path("dang-nhap/da-khoa/", account.account_inactive, name="account_inactive"),
    path("dang-ky/", closed, name="account_signup"),
    path("dang-xuat/", account.logout, name="account_logout"),
    path("mat-khau/", account.password_change, name="account_change_password"),
    path("xac-thuc/lai/", account.reauthenticate, name="account_reauthenticate"),
    path("xac-thuc/ma/", mfa.authenticate, name="mfa_authenticate"),
    path("xac-thuc/ma-lai/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("xac-thuc/", mfa.index, name="mfa_index"),
    path("xac-thuc/ung-dung/", totp.activate_totp, name="mfa_activate_totp"),
    path("xac-thuc/ung-dung/bo/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("xac-thuc/ma-du-phong/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("xac-thuc/ma-du-phong/moi/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("xac-thuc/ma-du-phong/tai/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]
