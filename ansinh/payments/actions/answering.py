"""What an answer does to the money of its line, and how it is taken back while the money has not moved on."""
from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from ansinh.web.refusal import Refusal

from ..models import Item, LedgerAccount, Line, Payable, ReturnAnswer
from .moving import pay_items

RESULT, SLICE = Line.Result, 5_000
ANSWERED = (RESULT.PAID, RESULT.UNPAID)


def give(answers: list[ReturnAnswer]):
    """The lines get what these answers say; what was paid leaves the provider, the rest stays there and waits."""
    whole, parts, unpaid = [], [], {}
    for answer in answers:
        if answer.result == ReturnAnswer.Result.UNPAID:
            unpaid.setdefault(answer.reason, []).append(answer.line_id)
        elif answer.paid == answer.line.total:
            whole.append(answer.line_id)
        else:
            parts.append(answer)
    for keys in _slices(whole):
        _pay(Item.objects.filter(line__in=keys, result=""))
        Line.objects.filter(pk__in=keys).update(result=RESULT.PAID, result_reason="")
    for reason, lines in unpaid.items():
        for keys in _slices(lines):
            Item.objects.filter(line__in=keys, result="").update(result=RESULT.UNPAID)
            Line.objects.filter(pk__in=keys).update(result=RESULT.UNPAID, result_reason=reason)
    for answer in parts:
        _give_part(answer)


def take_back(line: Line):
    """The line is as before its answer; refused where its money has moved on since."""
    lock_payables(Line.objects.filter(pk=line.pk))
    items = Item.objects.filter(line=line, result__in=ANSWERED, carried_to=None)
    if line.result not in (RESULT.PAID, RESULT.PARTLY, RESULT.UNPAID) or _sum(items) != line.total:
        raise Refusal(_("%(list)s số %(n)s: %(why)s.") % {"list": line.paylist.number, "n": line.position, "why": _moved_on(line)})
    paid = items.filter(result=RESULT.PAID)
    pay_items(paid, LedgerAccount.PROVIDER, LedgerAccount.OWED)
    for rest in items.exclude(split_from=None).order_by("-pk"):
        Item.objects.filter(pk=rest.split_from_id).update(amount=Item.objects.get(pk=rest.split_from_id).amount + rest.amount)
        rest.delete()
    items.update(result="")
    Line.objects.filter(pk=line.pk).update(result="", result_reason="")


def bring_back(line: Line, reason: str):
    """What was paid came back to the provider; it is owed again and waits for the next list."""
    lock_payables(Line.objects.filter(pk=line.pk))
    changed = Line.objects.filter(pk=line.pk, result__in=(RESULT.PAID, RESULT.PARTLY)).update(
        result=RESULT.BROUGHT_BACK, result_reason=reason[:200]
    )
    if not changed:
        raise Refusal(_("Chỉ ghi trả lại cho dòng đã nhận tiền."))
    items = Item.objects.filter(line=line, result=RESULT.PAID)
    pay_items(items, LedgerAccount.PROVIDER, LedgerAccount.OWED)
    items.update(result=RESULT.BROUGHT_BACK)


def hand_over_again(line: Line, reason: str):
    """What was written down as brought back was not: the person has it; refused where a further list carries it already."""
    lock_payables(Line.objects.filter(pk=line.pk))
    items = Item.objects.filter(line=line, result=RESULT.BROUGHT_BACK)
    if not items.exists() or items.exclude(carried_to=None).exists():
        raise Refusal(_("%(list)s số %(n)s: %(why)s.") % {"list": line.paylist.number, "n": line.position, "why": _moved_on(line)})
    pay_items(items, LedgerAccount.OWED, LedgerAccount.PROVIDER)
    items.update(result=RESULT.PAID)
    waits = Item.objects.filter(line=line, result=RESULT.UNPAID).exists()
    Line.objects.filter(pk=line.pk).update(result=RESULT.PARTLY if waits else RESULT.PAID, result_reason=reason)


def lock_payables(lines):
    """What the lines' persons are paid for; locked, so that no approval carries over meanwhile what is changed here."""
    payables = Payable.objects.filter(person__in=lines.order_by().values("person"))
    len(payables.select_for_update().order_by("pk").values_list("pk", flat=True))


def _give_part(answer):
    """The oldest months are paid first; the month that is reached in the middle is split."""
    left = answer.paid
    for item in Item.objects.filter(line=answer.line_id, result="").order_by("posting__month", "pk"):
        paid = min(left, item.amount)
        if 0 < paid < item.amount:
            Item.objects.create(
                line_id=item.line_id, posting_id=item.posting_id, split_from=item, amount=item.amount - paid, result=RESULT.UNPAID
            )
            Item.objects.filter(pk=item.pk).update(amount=paid)
        if paid:
            _pay(Item.objects.filter(pk=item.pk))
        else:
            Item.objects.filter(pk=item.pk).update(result=RESULT.UNPAID)
        left -= paid
    Line.objects.filter(pk=answer.line_id).update(result=RESULT.PARTLY, result_reason=answer.reason)


def _pay(items):
    pay_items(items, LedgerAccount.OWED, LedgerAccount.PROVIDER)
    items.update(result=RESULT.PAID)


def _moved_on(line) -> str:
    """Where the money of a line has gone since, and what can be done instead."""
    carried = Item.objects.filter(line=line).exclude(carried_to=None).select_related("carried_to__line__paylist").first()
    if carried:
        told = _("khoản này đã chuyển sang %(list)s; rút danh sách ấy trước nếu chưa xuất, nếu đã xuất thì ghi ở danh sách ấy")
        return told % {"list": carried.carried_to.line.paylist.number}
    if line.result == RESULT.BROUGHT_BACK:
        return _("đã ghi tiền trả lại; hoàn tác việc ghi ấy trước")
    if Item.objects.filter(Q(result=RESULT.HEIRS) | Q(result=RESULT.KEPT), line=line).exists():
        return _("khoản này đã chi cho thân nhân hoặc đã bù trừ, không đổi được nữa")
    return _("kết quả của dòng vừa được người khác đổi; mở lại trang để xem")


def _sum(items) -> int:
    return items.aggregate(s=Sum("amount"))["s"] or 0


def _slices(keys):
    return (keys[start : start + SLICE] for start in range(0, len(keys), SLICE))
