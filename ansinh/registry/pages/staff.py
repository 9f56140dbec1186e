"""Accounts and their rights: the desk that appoints staff; it stands here because the office itself knows no units."""
from dataclasses import replace

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import actions, rights
from ansinh.office.act import may_do
from ansinh.office.models import Account, Right
from ansinh.web.acting import act_on_form
from ansinh.web.cells import Column
from ansinh.web.composed import place_names
from ansinh.web.desk import Desk, Verb, record_page
from ansinh.web.page import Crumb, Effect, EffectGroup, FormPage

from ..forms import AccountForm, AppointForm, EndRightForm, ResetForm


def seen_by(account):
    """Accounts that an account sees: all of them for who keeps accounts, none for others."""
    return Account.objects.all() if rights.sees(account, "accounts") else Account.objects.none()


def _reset(account, said):
    words = Effect("✎", _("Mật khẩu cũ của %(who)s hết dùng được") % {"who": account}, _("Mã xác thực phải gắn lại ở lần đăng nhập sau."))
    return (EffectGroup(_("Đổi ngay khi ghi"), (words,)),)


staff = Desk(
    slug="tai-khoan-can-bo", title=gettext_lazy("Tài khoản cán bộ"), model=Account, may=may_do, rows=seen_by,
    columns=(
        Column("full_name"), Column("username", gettext_lazy("Tên đăng nhập")), Column("title"), Column("is_active", gettext_lazy("Đang dùng")),
        Column("last_login", gettext_lazy("Đăng nhập gần nhất")),
    ),
    orders=("username",), search=("username", "full_name"), record_template="registry/account.html",
    note=gettext_lazy("Ai đăng nhập được, và được làm gì ở đâu."),
    form=AccountForm, open=actions.create_account, open_label=gettext_lazy("Tạo tài khoản"),
    verbs=(
        Verb(actions.appoint, gettext_lazy("Giao quyền"), "giao-quyen", AppointForm),
        Verb(actions.reset_signin, gettext_lazy("Đặt lại đăng nhập"), "dat-lai", ResetForm, effects=_reset),
        Verb(actions.close_account, gettext_lazy("Khóa tài khoản"), "khoa", None, when=lambda account: account.is_active),
    ),
)


def account(request, pk: int):
    """Một tài khoản: who it is and what it may do where."""
    page = record_page(request, staff, pk)
    held = list(page.record.rights.order_by("-since", "id"))
    places = place_names(right.area_path for right in held)
    rows = [{"right": r, "role": rights.roles()[r.role]["title"], "place": places[r.area_path]} for r in held]
    return render(request, staff.record_template, {"page": replace(page, content=rows)})


def end_right(request, pk: int):
    """Thôi một quyền: its last day."""
    right = get_object_or_404(Right.objects.filter(account__in=seen_by(request.user)).select_related("account"), pk=pk)
    back = staff.url(right.account_id)
    frame = FormPage(
        title=_("Thôi quyền %(role)s của %(who)s") % {"role": rights.roles()[right.role]["title"], "who": right.account}, rail=staff.slug,
        crumbs=(Crumb(staff.title, reverse(staff.slug)), Crumb(str(right.account), back)), verb=_("Thôi quyền này"), back=back, tone="stop",
    )
    return act_on_form(request, frame, EndRightForm, lambda said: actions.end_right(right, by=request.user, **said), lambda _done: back)
