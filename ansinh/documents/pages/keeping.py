"""What becomes of a letter after it was issued: handed over, voided, fetched back."""
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.office import clock
from ansinh.office.act import may_do
from ansinh.web.acting import act_on_form
from ansinh.web.page import Crumb, FormPage

from .. import actions
from ..forms import HandingForm, RecallForm, VoidForm
from .letters import RAIL, crumb, visible_letter


def void(request, pk: int):
    """Hủy văn bản."""
    return _keep(
        request, pk, actions.void_letter, VoidForm, _("Hủy văn bản"), tone="stop",
        foot=_("Số đã cấp không dùng lại. Ai kiểm tra mã sẽ thấy văn bản đã bị hủy, không thấy lý do. Đã trao thì thành một việc phải thu lại. "
               "Hủy nhầm thì hoàn tác ở Nhật ký."),
    )


def hand_over(request, pk: int):
    """Ghi đã trao."""
    return _keep(
        request, pk, actions.hand_over, HandingForm, _("Ghi đã trao"), initial={"on": clock.today()},
        foot=_("Văn bản đã trao mà sau này bị hủy thì thành một việc phải thu lại. Hoàn tác được ở Nhật ký."),
    )


def recall(request, pk: int):
    """Ghi đã thu lại văn bản đã trao."""
    return _keep(request, pk, actions.recall_letter, RecallForm, _("Ghi đã thu lại"), foot=_("Đóng việc phải thu lại; điều ghi ở đây vào nhật ký."))


def _keep(request, pk, act, form, verb, *, foot, tone="", initial=None):
    found = visible_letter(request, pk)
    if not may_do(request.user, act, found):
        raise Http404
    back = reverse("letter", args=[pk])
    frame = FormPage(
        title=_("%(verb)s: %(symbol)s") % {"verb": verb, "symbol": found}, rail=RAIL, crumbs=(crumb(), Crumb(str(found), back)), verb=verb, back=back,
        tone=tone, foot=foot,
    )
    return act_on_form(request, frame, form, lambda said: act(found, **said, by=request.user), lambda _none: back, initial=initial)
