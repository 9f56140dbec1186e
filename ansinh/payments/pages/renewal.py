"""Signing in again before money moves: password or code; one renewal covers fifteen minutes and any selection."""
from allauth.account.forms import ReauthenticateForm as PasswordAgain
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate, reauthenticate_by_password
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgain
from django.utils.translation import gettext as _

from ansinh.web.refusal import Refusal


def is_renewed(request) -> bool:
    """Whether the account signed in again within the last fifteen minutes."""
    return did_recently_reauthenticate(request)


def renew(request):
    """Take the password or the code that came with the form; refused when neither is right."""
    if is_renewed(request):
        return
    if code := request.POST.get("code", "").replace(" ", ""):
        _by_code(request, code)
    elif password := request.POST.get("password", ""):
        _by_password(request, password)
    else:
        raise Refusal(_("Gõ mật khẩu hoặc mã 6 số để xác thực lại trước khi duyệt."), field="password")


def _by_password(request, password):
    if not PasswordAgain({"password": password}, user=request.user).is_valid():
        raise Refusal(_("Mật khẩu không đúng. Lý do đã nhập vẫn được giữ."), field="password")
    reauthenticate_by_password(request)


def _by_code(request, code):
    form = CodeAgain({"code": code}, user=request.user)
    if not form.is_valid():
        raise Refusal(_("Mã không đúng hoặc đã hết hạn; gõ mã đang hiện. Lý do đã nhập vẫn được giữ."), field="code")
    form.save()
