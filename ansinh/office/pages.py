"""Pages of the office: one's own account, tasks, journal, background work."""
from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext as _

from ansinh.web.page import Page

from . import rights


@login_required
def my_account(request):
    """Tài khoản của tôi: who I am, what I may do where, how I sign in."""
    held = [
        {"role": rights.roles()[right.role]["title"], "area": right.area_path, "field": right.field, "since": right.since, "until": right.until}
        for right in rights.rights_of(request.user)
    ]
    page = Page(title=_("Tài khoản của tôi"), note=request.user.title, content=held)
    return render(request, "office/my_account.html", {"page": page})
