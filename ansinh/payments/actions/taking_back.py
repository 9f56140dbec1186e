"""Answers of a return file taken back: what another file said of the same lines stands again."""
from django.utils.translation import gettext as _

from ansinh.office import bulk
from ansinh.web.refusal import Refusal

from ..models import PayList, ReturnAnswer
from .answering import give, hand_over_again, take_back
from .asking import close_questions

ANSWER, RESULT = ReturnAnswer.State, ReturnAnswer.Result


def undo_answers(answers: list[ReturnAnswer]):
    """Each line is as before these answers of one file; refused where the money of one has moved on."""
    again = _said_again([answer for answer in answers if answer.state == ANSWER.TAKEN])
    take_back_answers([answer for answer in answers if answer.state == ANSWER.TAKEN and answer.line_id not in again])
    _of(answers).update(state=ANSWER.UNDONE, replaces=None)
    close_questions(answers)
    for answer in answers:
        if answer.line_id in again:
            again[answer.line_id].state, again[answer.line_id].replaces = ANSWER.TAKEN, answer.replaces
    ReturnAnswer.objects.bulk_update(again.values(), ["state", "replaces"], batch_size=500)
    _restore([answer.replaces for answer in answers if answer.replaces and answer.line_id not in again])


def take_back_answers(answers: list[ReturnAnswer]):
    """The money of these answers is where it was before them."""
    back = [answer for answer in answers if answer.result == RESULT.BROUGHT_BACK]
    paid = [answer for answer in answers if answer.result != RESULT.BROUGHT_BACK]
    if closed := [answer.line.paylist for answer in paid if answer.line.paylist.state == PayList.State.CLOSED]:
        told = _("%(list)s đã đóng nên không hoàn tác tệp trả về được; tiền trả lại thì ghi từng dòng.")
        raise Refusal(told % {"list": closed[0].number})
    reasons = reasons_of_payment([answer.line for answer in back])
    hand_over_again([(answer.line, reasons.get(answer.line_id, "")) for answer in back])
    take_back([answer.line for answer in paid])


def reasons_of_payment(lines) -> dict[int, str]:
    """What the standing answer of each line gave as the reason of a part that was not paid."""
    stands = ReturnAnswer.objects.filter(line__among=bulk.Values([line.pk for line in lines]), state=ANSWER.TAKEN, result=RESULT.PAID)
    return dict(stands.values_list("line", "reason"))


def _said_again(answers) -> dict[int, ReturnAnswer]:
    """By line the same answer in another file that stands: it takes the place of the one that is undone, and no money moves."""
    said = {(answer.line_id, answer.result, answer.paid) for answer in answers}
    others = ReturnAnswer.objects.filter(line__among=bulk.Values([answer.line_id for answer in answers]), state=ANSWER.SAME)
    others = others.filter(return_file__undone_in=None).order_by("-pk")
    return {answer.line_id: answer for answer in others if (answer.line_id, answer.result, answer.paid) in said}


def _restore(answers):
    """What these answers said before a later file stands, or is asked about, again."""
    asked = [answer for answer in answers if answer.state == ANSWER.OVERTAKEN]
    taken = [answer for answer in answers if answer.state != ANSWER.OVERTAKEN]
    _of(asked).update(state=ANSWER.ASKED)
    _of(taken).update(state=ANSWER.TAKEN)
    give(taken)


def _of(answers):
    return ReturnAnswer.objects.filter(pk__among=bulk.Values([answer.pk for answer in answers]))
