"""What happens to a list and its lines before export: hold, release, return; and its closing at the end."""
from django.utils.translation import gettext as _

from ansinh.office.act import action, current_entry
from ansinh.web.refusal import Refusal

from ..models import Line, PayList
from .findings import close_held, open_held
from .selection import move, place_of_many

EXPORTED = PayList.State.EXPORTED


def _let_go(entry):
    """The inverse of holding: the line is paid with its list again.

    Undone with the act that it was part of, a line on a list that was approved or made anew since is left as it is: what was not
    paid comes back by itself, and who undoes the whole looks for the line where it stands now.
    """
    line = Line.objects.select_related("paylist").filter(pk=entry.key.partition(":")[2]).first()
    if entry.parent_id and (line is None or line.paylist.state != PayList.State.PROPOSED):
        return
    if line is None:
        raise Refusal(_("Danh sách đã được lập lại sau khi giữ; thôi giữ ở dòng của danh sách mới."))
    _change_line(line, held_because="")


@action("payments.hold", label=_("Giữ lại"), undo=_let_go)
def hold(line, *, reason):
    """Giữ lại một dòng: it is not paid this month and comes back by itself with the next; its findings are closed by that."""
    if not reason.strip():
        raise Refusal(_("Ghi lý do giữ lại dòng này."), field="reason")
    _change_line(line, held_because=reason.strip()[:200])
    close_held(line, reason.strip())


@action("payments.release", label=_("Thôi giữ"), undoable=False)
def release(line):
    """Thôi giữ: the line is paid with its list; findings that holding it had closed are open again."""
    _change_line(line, held_because="")
    open_held(line)


@action("payments.return_to_preparer", label=_("Trả lại người lập"), scope=place_of_many, undoable=False)
def return_to_preparer(lists, *, reason):
    """Trả lại người lập: proposed lists are withdrawn with a reason, to be proposed again."""
    if not reason.strip():
        raise Refusal(_("Ghi lý do trả lại."), field="reason")
    move(lists, PayList.State.PROPOSED, PayList.State.WITHDRAWN)


@action("payments.close", label=_("Đóng danh sách"), scope=place_of_many, undoable=False)
def close(lists):
    """Đóng danh sách: every line has its result, the provider's report is complete; a list that pays nobody waits for none."""
    paid = Line.objects.filter(paylist__in=lists, held_because="", total__gt=0)
    open_lines = paid.filter(result="")
    if line := open_lines.select_related("paylist").first():
        raise Refusal(_("Dòng %(n)s của %(list)s chưa có kết quả chi.") % {"n": line.position, "list": line.paylist})
    paying = set(paid.order_by().values_list("paylist", flat=True))
    move([p for p in lists if p.pk not in paying and p.state == EXPORTED], EXPORTED, PayList.State.CLOSED, returned_in=current_entry())
    move([p for p in lists if p.pk in paying or p.state != EXPORTED], PayList.State.RETURNED, PayList.State.CLOSED)


def _change_line(line, **values):
    # The list is locked first: an approval in hand is waited for, and then seen.
    proposed = PayList.objects.select_for_update().filter(pk=line.paylist_id, state=PayList.State.PROPOSED).exists()
    if not proposed or not Line.objects.filter(pk=line.pk).update(**values):
        raise Refusal(_("Danh sách đã duyệt, không giữ hay thôi giữ được nữa; sửa ở danh sách tháng sau."))
