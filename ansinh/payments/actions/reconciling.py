"""Đối chiếu: what providers report back in one file or several; each file is taken whole or not at all."""
import json

from django.utils.translation import gettext as _

from ansinh.office import bulk, clock
from ansinh.office.act import action, current_entry
from ansinh.office.cabinet import store_file
from ansinh.web.refusal import Refusal

from ..models import Line, PayList, ReturnAnswer, ReturnFile
from .answering import bring_back, give, hand_over_again, lock_payables, take_back
from .answers import meet
from .asking import ask_about_names, ask_about_signers, close_questions
from .selection import place_of_many
from .taking_back import reasons_of_payment, take_back_answers, undo_answers

State, ANSWER = PayList.State, ReturnAnswer.State
OUT = (State.EXPORTED, State.RETURNED, State.CLOSED)


def _undo_reconcile(entry):
    """Each line is as before the file, the last first; refused where the money of one has moved on."""
    for return_file in ReturnFile.objects.filter(taken_in=entry, undone_in=None):
        _refuse_built_on(return_file)
        undo_answers(list(return_file.answers.select_related("line__paylist", "replaces__line").defer("line__paylist__changes")))
        ReturnFile.objects.filter(pk=return_file.pk).update(undone_in=current_entry())
        _settle_states(PayList.objects.filter(lines__answers__return_file=return_file))


@action(
    "payments.reconcile", label=_("Đối chiếu tệp trả về"), scope=place_of_many, private=("answers", "name", "corrects"), undo=_undo_reconcile,
)
def reconcile(lists, *, answers, data=b"", name="", corrects=""):
    """Đối chiếu: the lines that a return file names get their results; not paid stays with the provider and is carried over.

    A later file completes an earlier one; it changes what was said before only with a reason (``corrects``). The same file
    twice changes nothing. A row whose name is another waits until somebody has confirmed it.
    """
    lists = _locked(lists)
    data = data or _as_told(lists, answers)
    stored = store_file(data, name=name or f"{lists[0].number}.json")
    refuse_again(stored)
    met = meet(lists, answers, corrects=corrects.strip())
    return_file = ReturnFile.objects.create(
        file=stored, name=stored.name, rows=len(answers), corrects=corrects.strip()[:200], taken_in=current_entry()
    )
    reconcile_file(lists, sha256=stored.sha256, rows=len(answers), by=current_entry().by)
    written = _write_answers(return_file, met)
    _settle_states(PayList.objects.filter(pk__in=[paylist.pk for paylist in lists]))
    return _counts(written)


@action("payments.reconcile_file", label=_("Lưu tệp trả về"), scope=place_of_many)
def reconcile_file(lists, *, sha256, rows):
    """Lưu tệp trả về: the journal's line of one file, with its fingerprint and how many rows it has."""
    return sha256, rows


def _undo_name(entry):
    for answer in _answers_of(entry).filter(state__in=(ANSWER.TAKEN, ANSWER.REJECTED)):
        if answer.state == ANSWER.TAKEN:
            take_back_answers([answer])
        ReturnAnswer.objects.filter(pk=answer.pk).update(state=ANSWER.ASKED)
        _settle_states(PayList.objects.filter(pk=answer.line.paylist_id))


@action("payments.reconcile_name", label=_("Xác nhận tên"), private=("reason",), undo=_undo_name)
def reconcile_name(answer, *, reason):
    """Xác nhận tên: the file writes another name, and somebody has made sure that the person of the line was meant."""
    _decide_name(answer, ANSWER.TAKEN, reason)
    _act_on([ReturnAnswer.objects.select_related("line__paylist").get(pk=answer.pk)])
    _settle_states(PayList.objects.filter(pk=answer.line.paylist_id))


@action("payments.reconcile_rejection", label=_("Không phải người này"), private=("reason",), undo=_undo_name)
def reconcile_rejection(answer, *, reason):
    """Không phải người này: the answer is put aside; its line stays without a result until a further file answers it."""
    _decide_name(answer, ANSWER.REJECTED, reason)


def _undo_signature(entry):
    _answers_of(entry).update(paper="")


@action("payments.record_signature", label=_("Ghi giấy tờ người ký nhận"), private=("paper",), undo=_undo_signature)
def record_signature(answer, *, paper):
    """Ghi giấy tờ người ký nhận: who signed for the person was not the authorised receiver; the paper that allows it is on record."""
    if not paper.strip():
        raise Refusal(_("Ghi giấy tờ cho thấy người ký nhận được nhận thay."), field="paper")
    ReturnAnswer.objects.filter(pk=answer.pk).update(paper=paper.strip()[:200])
    close_questions([answer])


def _undo_return(entry):
    line = Line.objects.select_related("paylist").get(pk=int(entry.key.split(":")[1]))
    hand_over_again([(line, reasons_of_payment([line]).get(line.pk, ""))])


@action("payments.record_return", label=_("Ghi tiền trả lại"), private=("reason",), undo=_undo_return)
def record_return(line, *, reason):
    """Ghi tiền trả lại sau: money reported as paid came back, also months later; it is owed again and goes with the next list."""
    if not reason.strip():
        raise Refusal(_("Ghi lý do tiền trả lại."), field="reason")
    bring_back([(line, reason.strip())])


def _locked(lists) -> list[PayList]:
    """The lists, locked: a second officer waits, and then sees what the first has written."""
    keys = {paylist.pk for paylist in lists}
    found = list(PayList.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    if early := [paylist.number for paylist in found if paylist.state not in OUT]:
        told = _("Chưa xuất nên chưa có tệp trả về: %(lists)s. Có danh sách không còn ở bước “%(state)s”; mở lại trang để xem bản mới.")
        raise Refusal(told % {"lists": ", ".join(early[:5]), "state": State.EXPORTED.label})
    return found


def _as_told(lists, answers) -> bytes:
    """What is kept where answers came without a file."""
    told = {"lists": [paylist.number for paylist in lists], "answers": [answer.plain() for answer in answers]}
    return json.dumps(told, ensure_ascii=False).encode()


def refuse_again(stored):
    """The same file moves nothing a second time; refused with who took it and when."""
    before = ReturnFile.objects.filter(file=stored, undone_in=None).select_related("taken_in__by").first()
    if before:
        told = _("Tệp này đã nhận lúc %(at)s, người nhận %(who)s; không có gì thay đổi.")
        raise Refusal(told % {"at": f"{before.taken_in.at.astimezone(clock.ZONE):%H:%M %d/%m/%Y}", "who": before.taken_in.by})


def _write_answers(return_file, met) -> list[ReturnAnswer]:
    """Keep every row with what becomes of it, then do it."""
    before = _standing([row.line for row in met])
    take_back([row.line for row in met if row.changes and not row.is_strange])
    made = [_kept(return_file, row, before.get(row.line.pk)) for row in met]
    _put_aside([answer.replaces for answer in made if answer.replaces])
    written = ReturnAnswer.objects.bulk_create(made, batch_size=500)
    _act_on([answer for answer in written if answer.state == ANSWER.TAKEN])
    ask_about_names([answer for answer in written if answer.state == ANSWER.ASKED])
    return written


def _standing(lines) -> dict[int, ReturnAnswer]:
    """The answer of each line that a further one would replace: the one that stands, or the one that waits for its name."""
    found = ReturnAnswer.objects.filter(line__paylist__in={line.paylist_id for line in lines}, state__in=(ANSWER.TAKEN, ANSWER.ASKED))
    return {answer.line_id: answer for answer in found.exclude(result=ReturnAnswer.Result.BROUGHT_BACK).order_by("pk")}


def _kept(return_file, row, before):
    answer, state = row.answer, _state_of(row)
    replaces = before if state == ANSWER.TAKEN and not answer.brought_back else None
    return ReturnAnswer(
        return_file=return_file, line=row.line, row=answer.row, result=answer.result, paid=row.paid, reason=answer.reason.strip()[:200],
        name=answer.name[:120], signer=answer.signer[:120], relation=answer.relation[:60], paper=answer.paper[:200], state=state,
        replaces=replaces,
    )


def _state_of(row):
    if row.is_same:
        return ANSWER.SAME
    return ANSWER.ASKED if row.is_strange else ANSWER.TAKEN


def _put_aside(answers):
    for state, after in ((ANSWER.TAKEN, ANSWER.REPLACED), (ANSWER.ASKED, ANSWER.OVERTAKEN)):
        keys = [answer.pk for answer in answers if answer.state == state]
        ReturnAnswer.objects.filter(pk__among=bulk.Values(keys)).update(state=after)
    close_questions(answers)


def _act_on(answers):
    """Move the money of answers that are taken, and look at who signed."""
    bring_back([(answer.line, answer.reason) for answer in answers if answer.result == ReturnAnswer.Result.BROUGHT_BACK])
    give([answer for answer in answers if answer.result != ReturnAnswer.Result.BROUGHT_BACK])
    ask_about_signers(answers)


def _settle_states(lists):
    """A list is returned when every line has its result, and waits for further files until then; a closed one stays closed."""
    out = lists.filter(state__in=(State.EXPORTED, State.RETURNED))
    waiting = Line.objects.filter(held_because="", total__gt=0, result="", paylist__in=out).order_by().values("paylist")
    keys = set(out.order_by().values_list("pk", flat=True).distinct())
    open_lists = set(waiting.values_list("paylist", flat=True))
    PayList.objects.filter(pk__in=open_lists, state=State.RETURNED).update(state=State.EXPORTED, returned_in=None)
    done = [pk for pk in keys if pk not in open_lists]
    PayList.objects.filter(pk__in=done, state=State.EXPORTED).update(state=State.RETURNED, returned_in=current_entry())


def _refuse_built_on(return_file):
    later = ReturnAnswer.objects.filter(replaces__return_file=return_file).select_related("return_file").first()
    if later:
        raise Refusal(_("Tệp %(later)s đã sửa tệp này; hoàn tác tệp ấy trước.") % {"later": later.return_file})


def _decide_name(answer, state, reason):
    if not reason.strip():
        raise Refusal(_("Ghi đã xác nhận thế nào."), field="reason")
    lock_payables([answer.line])
    is_payment = answer.result != ReturnAnswer.Result.BROUGHT_BACK
    if state == ANSWER.TAKEN and is_payment and not Line.objects.filter(pk=answer.line_id, result="").exists():
        raise Refusal(_("Dòng này đã có kết quả theo tệp khác; mở lại trang để xem."))
    if not ReturnAnswer.objects.filter(pk=answer.pk, state=ANSWER.ASKED).update(state=state):
        raise Refusal(_("Dòng này vừa được người khác xác nhận; mở lại trang để xem."))
    close_questions([answer])


def _answers_of(entry):
    return ReturnAnswer.objects.filter(pk=int(entry.key.split(":")[1])).select_related("line__paylist")


def _counts(written) -> dict[str, int]:
    """How many rows came to what: paid whole or in part, not paid, brought back, as before, waiting for their name."""
    taken = [answer for answer in written if answer.state == ANSWER.TAKEN]
    paid = [answer for answer in taken if answer.result == ReturnAnswer.Result.PAID]
    return {
        "paid": len(paid), "partly": sum(answer.paid < answer.line.total for answer in paid),
        "unpaid": sum(answer.result == ReturnAnswer.Result.UNPAID for answer in taken),
        "returned": sum(answer.result == ReturnAnswer.Result.BROUGHT_BACK for answer in taken),
        "same": sum(answer.state == ANSWER.SAME for answer in written), "asked": sum(answer.state == ANSWER.ASKED for answer in written),
    }
