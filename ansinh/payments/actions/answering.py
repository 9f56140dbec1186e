"""What an answer does to the money of its line, and how it is taken back while the money has not moved on."""
from collections import Counter

from django.db.models import Q
from django.utils.translation import gettext as _

from ansinh.office import bulk
from ansinh.web.refusal import Refusal

from ..models import Item, LedgerAccount, Line, Payable, ReturnAnswer
from .moving import pay_items

RESULT, SLICE = Line.Result, 5_000
ANSWERED, HAS_MONEY = (RESULT.PAID, RESULT.UNPAID), (RESULT.PAID, RESULT.PARTLY)


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
    for keys in slices(whole):
        _pay(Item.objects.filter(line__in=keys, result=""))
        Line.objects.filter(pk__in=keys).update(result=RESULT.PAID, result_reason="")
    for reason, lines in unpaid.items():
        for keys in slices(lines):
            Item.objects.filter(line__in=keys, result="").update(result=RESULT.UNPAID)
            Line.objects.filter(pk__in=keys).update(result=RESULT.UNPAID, result_reason=reason)
    for some in slices(parts):
        _give_parts(some)


def take_back(lines: list[Line]):
    """The lines are as before their answers; refused where the money of one has moved on since."""
    lock_payables(lines)
    for some in slices(lines):
        _take_back(some)


def bring_back(lines: list[tuple[Line, str]]):
    """What was paid came back to the provider, each line with its reason; it is owed again and waits for the next list."""
    lock_payables([line for line, _reason in lines])
    for some in slices(lines):
        _name_results(some, RESULT.BROUGHT_BACK, was=HAS_MONEY)
        _pay_back(Item.objects.filter(line__in=[line.pk for line, _reason in some], result=RESULT.PAID), RESULT.BROUGHT_BACK)


def hand_over_again(lines: list[tuple[Line, str]]):
    """What was written down as brought back was not: the persons have it; refused where a further list carries it already."""
    lock_payables([line for line, _reason in lines])
    for some in slices(lines):
        _hand_over_again(some)


def lock_payables(lines: list[Line]):
    """What the lines' persons are paid for; locked, so that no approval carries over meanwhile what is changed here."""
    persons = bulk.Values({line.person_id for line in lines})
    len(Payable.objects.filter(person__among=persons).select_for_update().order_by("pk").values_list("pk", flat=True))


def slices(rows):
    """Rows in parts of which each fits into one statement."""
    return (rows[start : start + SLICE] for start in range(0, len(rows), SLICE))


def _give_parts(answers):
    """The oldest months are paid first; the month that is reached in the middle is split."""
    items, paid, unpaid, cut, rests = {}, [], [], [], []
    found = Item.objects.filter(line__in=[answer.line_id for answer in answers], result="")
    for item in found.order_by("posting__month", "pk"):
        items.setdefault(item.line_id, []).append(item)
    for answer in answers:
        left = answer.paid
        for item in items.get(answer.line_id, ()):
            given = min(left, item.amount)
            left -= given
            (paid if given else unpaid).append(item.pk)
            if 0 < given < item.amount:
                rests.append(_rest(item, item.amount - given))
                item.amount = given
                cut.append(item)
    Item.objects.bulk_update(cut, ["amount"], batch_size=500)
    Item.objects.bulk_create(rests, batch_size=500)
    Item.objects.filter(pk__among=bulk.Values(unpaid)).update(result=RESULT.UNPAID)
    _pay(Item.objects.filter(pk__among=bulk.Values(paid)))
    _name_results([(answer.line, answer.reason) for answer in answers], RESULT.PARTLY, was=("",))


def _rest(item, amount) -> Item:
    return Item(line_id=item.line_id, posting_id=item.posting_id, split_from=item, amount=amount, result=RESULT.UNPAID)


def _take_back(lines):
    keys = [line.pk for line in lines]
    # Asked once and named by their keys: the condition on what carries an item on is costly to repeat.
    rows = list(Item.objects.filter(line__in=keys, result__in=ANSWERED, carried_to=None).values_list("pk", "line", "amount", "result"))
    sums = Counter()
    for _key, line, amount, _result in rows:
        sums[line] += amount
    for line in lines:
        if line.result not in (RESULT.PAID, RESULT.PARTLY, RESULT.UNPAID) or sums[line.pk] != line.total:
            raise _refusal(line)
    items = Item.objects.filter(pk__among=bulk.Values([row[0] for row in rows]))
    _pay_back(Item.objects.filter(pk__among=bulk.Values([row[0] for row in rows if row[3] == RESULT.PAID])), "")
    _join_rests(items.exclude(split_from=None))
    items.update(result="")
    Line.objects.filter(pk__in=keys).update(result="", result_reason="")


def _join_rests(rests):
    """Each rest goes back into what it was split from; it was left unpaid, so it was never split again."""
    found = list(rests.select_related("split_from"))
    whole = {rest.split_from_id: rest.split_from for rest in found}
    for rest in found:
        whole[rest.split_from_id].amount += rest.amount
    Item.objects.bulk_update(whole.values(), ["amount"], batch_size=500)
    rests.delete()


def _hand_over_again(lines):
    items = Item.objects.filter(line__in=[line.pk for line, _reason in lines], result=RESULT.BROUGHT_BACK)
    found, carried = set(items.values_list("line", flat=True)), set(items.exclude(carried_to=None).values_list("line", flat=True))
    for line, _reason in lines:
        if line.pk not in found or line.pk in carried:
            raise _refusal(line)
    _pay(items)
    waiting = set(Item.objects.filter(line__in=found, result=RESULT.UNPAID).values_list("line", flat=True))
    _name_results([row for row in lines if row[0].pk in waiting], RESULT.PARTLY, was=(RESULT.BROUGHT_BACK,))
    _name_results([row for row in lines if row[0].pk not in waiting], RESULT.PAID, was=(RESULT.BROUGHT_BACK,))


def _name_results(lines, result, *, was):
    """Lines with their reasons get a result; refused where one has no longer the result that it is given for."""
    by_reason = {}
    for line, reason in lines:
        by_reason.setdefault(reason[:200], []).append(line.pk)
    for reason, keys in by_reason.items():
        changed = Line.objects.filter(pk__in=keys, result__in=was).update(result=result, result_reason=reason)
        if changed != len(keys):
            raise Refusal(_("Chỉ ghi trả lại cho dòng đã nhận tiền; dòng vừa được người khác đổi thì mở lại trang để xem."))


def _pay_back(items, result):
    pay_items(items, LedgerAccount.PROVIDER, LedgerAccount.OWED)
    items.update(result=result)


def _refusal(line) -> Refusal:
    return Refusal(_("%(list)s số %(n)s: %(why)s.") % {"list": line.paylist.number, "n": line.position, "why": _moved_on(line)})


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
