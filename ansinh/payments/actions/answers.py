"""What a return file says, line by line, held against the lists: the whole file is refused where a row does not fit."""
from dataclasses import dataclass

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from ansinh.engine.text.names import fold
from ansinh.web.refusal import Refusal

from ..models import Line, PayList, ReturnAnswer
from ..return_file import Answer
from .selection import named

RESULT = ReturnAnswer.Result
HAS_MONEY = (Line.Result.PAID, Line.Result.PARTLY)
# So many rows that do not fit are told at once; the others are found when the file comes again.
TOLD = 5


@dataclass(frozen=True)
class Met:
    """An answer beside its line: what it pays out, and what it is to the answer that stands."""

    answer: Answer
    line: Line
    paid: int
    is_same: bool = False
    changes: bool = False
    is_strange: bool = False


def meet(lists, answers, *, corrects="") -> list[Met]:
    """Each answer with its line; refused whole where it names other lists, other lines, one twice, or says something else than before."""
    numbers = {paylist.number: paylist for paylist in lists}
    if foreign := {answer.list_number for answer in answers} - set(numbers):
        told = _("Tệp có danh sách khác: %(lists)s. Cả tệp chưa được ghi; chọn đúng tháng, đúng danh sách.")
        raise Refusal(told % {"lists": named(foreign)})
    lines, found = _lines_of(lists), {}
    # Lists that pay nobody have nothing to answer and are settled by an empty file.
    if lines and not answers:
        raise Refusal(_("Tệp không có dòng nào; kiểm tra lại tệp. Chưa ghi gì."))
    faults = []
    for answer in answers:
        key = (answer.list_number, answer.position)
        line = lines.get(key)
        if fault := _fault(answer, line, found.get(key)) or _against_the_line(answer, line, corrects):
            faults.append(_("Dòng %(row)s của tệp: %(fault)s.") % {"row": answer.row, "fault": fault})
        else:
            found[key] = _met(answer, line)
        if len(faults) == TOLD:
            break
    if faults:
        raise Refusal(_told(faults))
    return list(found.values())


def _told(faults) -> str:
    more = [_("Dừng ở %(n)d dòng không khớp đầu tiên.") % {"n": TOLD}] if len(faults) == TOLD else []
    return " ".join([_("Cả tệp chưa được ghi."), *faults, *more])


def _lines_of(lists):
    # One object a list: read with each line, its sheet of increases and decreases took a gigabyte for 20,000 lines.
    own = {paylist.pk: paylist for paylist in lists}
    paid = Sum("items__amount", filter=Q(items__result=Line.Result.PAID))
    found = {}
    for line in Line.objects.filter(paylist__in=lists, held_because="", total__gt=0).annotate(paid_out=paid):
        line.paylist = own[line.paylist_id]
        found[line.paylist.number, line.position] = line
    return found


def _met(answer, line):
    paid = _paid(answer, line)
    is_same = _says_the_same(answer, line, paid)
    return Met(
        answer, line, paid, is_same, changes=not is_same and line.result != "" and not answer.brought_back,
        is_strange=bool(answer.name) and fold(answer.name) != fold(line.name),
    )


def _paid(answer, line) -> int:
    if answer.brought_back or not answer.paid:
        return 0
    return line.total if answer.paid_amount is None else answer.paid_amount


def _says_the_same(answer, line, paid) -> bool:
    if answer.brought_back:
        return line.result == Line.Result.BROUGHT_BACK
    return line.result != "" and line.result != Line.Result.BROUGHT_BACK and (line.paid_out or 0) == paid


def _fault(answer, line, before) -> str | None:
    """What is wrong with a row by itself."""
    place = {"list": answer.list_number, "n": answer.position}
    if line is None:
        return _("%(list)s không có số thứ tự %(n)s") % place
    if before:
        return _("%(list)s số %(n)s có hai lần, lần đầu ở dòng %(row)s; giữ một dòng rồi gửi lại") % {**place, "row": before.answer.row}
    if answer.file_number and answer.file_number != line.file_number:
        return _("số hồ sơ %(got)s không phải của số thứ tự %(n)s (%(own)s); các dòng bị xếp lệch") % {
            "got": answer.file_number, "own": line.file_number or _("không có"), "n": answer.position,
        }
    if answer.amount is not None and answer.amount != line.total:
        return _("số tiền %(got)s khác danh sách (%(total)s); trả thiếu thì ghi vào cột Số tiền đã trả") % {
            "got": answer.amount, "total": line.total,
        }
    return _amount_fault(answer, line)


def _amount_fault(answer, line) -> str | None:
    given, reason = answer.paid_amount, answer.reason.strip()
    if answer.result != RESULT.PAID and not reason:
        return _("trả lại thì ghi lý do") if answer.brought_back else _("chưa nhận thì ghi lý do")
    if answer.result != RESULT.PAID:
        return _("chưa nhận hoặc trả lại thì bỏ trống cột Số tiền đã trả") if given else None
    if given is not None and not 0 < given <= line.total:
        return _("số tiền đã trả %(got)s phải từ 1 đến %(total)s") % {"got": given, "total": line.total}
    if given is not None and given < line.total and not reason:
        return _("trả %(got)s trên %(total)s thì ghi lý do phần chưa trả") % {"got": given, "total": line.total}
    return None


def _against_the_line(answer, line, corrects) -> str | None:
    """What is wrong with a row beside the answer that stands."""
    if answer.brought_back:
        if line.result in (*HAS_MONEY, Line.Result.BROUGHT_BACK):
            return None
        return _("số %(n)s chưa được ghi là đã nhận nên không trả lại được; ghi Chưa nhận") % {"n": answer.position}
    if line.result == "" or _says_the_same(answer, line, _paid(answer, line)):
        return _closed(line) if line.result == "" else None
    if line.result == Line.Result.BROUGHT_BACK or line.paylist.state == PayList.State.CLOSED:
        return _("%(told)s; khoản đã trả lại hoặc danh sách đã đóng thì tệp không sửa được nữa") % {"told": _before(line)}
    if corrects:
        return None
    return _("%(told)s; tệp này sửa tệp trước thì ghi lý do ở ô Sửa tệp trước, nếu không thì bỏ dòng này") % {"told": _before(line)}


def _closed(line):
    closed = line.paylist.state == PayList.State.CLOSED
    return _("%(list)s đã đóng") % {"list": line.paylist.number} if closed else None


def _before(line) -> str:
    """The answer that stands, with its place: file, row."""
    words = {"result": line.get_result_display(), "n": line.position}
    stands = ReturnAnswer.objects.filter(line=line, state=ReturnAnswer.State.TAKEN).select_related("return_file").order_by("-pk").first()
    if stands is None:
        return _("số %(n)s đã ghi là %(result)s") % words
    return _("số %(n)s đã ghi là %(result)s theo dòng %(row)s của tệp %(file)s") % {**words, "row": stands.row, "file": stands.return_file}
