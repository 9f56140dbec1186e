"""Which lines of a month's lists still need a slip, and what was printed. / Phiếu báo lĩnh tiền."""
from datetime import date

from django.db.models import CharField, Count, Exists, Max, Min, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from ansinh.documents.models import Letter
from ansinh.office import rights

from ..models import Line, PayList

KIND, SAID_MONTH = "slip", "values__tháng"
# Only what has left the house: a list that can still be withdrawn would leave slips for nothing behind.
# Not collected, brought back, given to heirs or kept against a debt: nobody is paid on the slip any more.
CAME_BACK = (Line.Result.UNPAID, Line.Result.BROUGHT_BACK, Line.Result.HEIRS, Line.Result.KEPT)
PRINTED = (PayList.State.EXPORTED, PayList.State.RETURNED, PayList.State.CLOSED)


def about(line: Line) -> str:
    """What a slip rests on."""
    return f"payments.line:{line.pk}"


def lost_lines(lines: list[int]) -> dict[int, str]:
    """Of these lines (ids) those whose money came back, with what is told to whoever checks the slip: the next payment has a slip of its own."""
    gone = Line.objects.filter(pk__in=lines, result__in=CAME_BACK).values_list("pk", flat=True)
    return dict.fromkeys(gone, _("Phiếu này hết giá trị: khoản chi đã trả về. Lần chi sau có phiếu khác."))


def lines_without_slip(month: date, *, area_path: str, field: str):
    """Lines of exported lists that pay something and have no slip that holds, in the order in which slips are handed out."""
    slips = Letter.objects.standing().filter(kind=KIND, about=Concat(Value("payments.line:"), Cast(OuterRef("pk"), CharField())))
    lists = PayList.objects.filter(rights.within([area_path]), month=month, field=field, state__in=PRINTED)
    rows = Line.objects.filter(paylist__in=lists, total__gt=0, held_because="").exclude(result__in=CAME_BACK).exclude(Exists(slips))
    return rows.select_related("paylist__area", "person").order_by("paylist__area_path", "paylist_id", "position", "pk")


def printed_parts(account, month: date):
    """The files of slips of a month that the account sees: how many slips, from which number to which."""
    slips = Letter.objects.visible_to(account).standing().filter(kind=KIND).filter(Q((SAID_MONTH, f"{month:%m/%Y}")))
    return slips.values("file").annotate(n=Count("pk"), first=Min("number"), last=Max("number"), letter=Min("pk")).order_by("first")
