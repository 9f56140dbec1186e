"""What somebody must look at after a return file: a name that is another, a hand that signed without a paper."""
from django.utils.translation import gettext as _

from ansinh.engine.text.names import fold
from ansinh.office import bulk, clock
from ansinh.office.actions import close_many, raise_tasks

from ..models import Channel

NAME_TASK, SIGNER_TASK = "payments.reconcile_name", "payments.record_signature"


def ask_about_names(answers):
    """A task for each answer that writes another name than its list."""
    _ask(NAME_TASK, answers, "name", _("%(list)s số %(n)s: tệp trả về ghi tên khác với danh sách"))


def ask_about_signers(answers):
    """A task for each answer signed by somebody whom neither the list nor the channel nor a paper allows."""
    signed = [answer for answer in answers if answer.signer and not answer.paper and not _is_on_the_line(answer)]
    allowed = _receivers({answer.line.person_id for answer in signed})
    strange = [answer for answer in signed if fold(answer.signer) not in allowed.get(answer.line.person_id, ())]
    _ask(SIGNER_TASK, strange, "signer", _("%(list)s số %(n)s: người ký nhận không phải người được ủy quyền"))


def close_questions(answers):
    """Nothing is asked about these answers any more."""
    keys = [question_key(answer) for answer in answers]
    for task in (NAME_TASK, SIGNER_TASK):
        close_many(task, keys=keys)


def question_key(answer) -> str:
    """What the tasks about an answer are filed under."""
    return f"payments.returnanswer:{answer.pk}"


def _is_on_the_line(answer) -> bool:
    line = answer.line
    return fold(answer.signer) in (fold(line.name), fold(line.receiver.split(" (")[0]))


def _receivers(persons) -> dict[int, set[str]]:
    """Whom the channels of these persons authorise now."""
    found, today = {}, clock.today()
    channels = Channel.objects.on(today).filter(person__among=bulk.Values(persons)).exclude(receiver="")
    for channel in channels:
        if channel.receiver_until is None or channel.receiver_until >= today:
            found.setdefault(channel.person_id, set()).add(fold(channel.receiver))
    return found


def _ask(act, answers, cause, title):
    by_field = {}
    for answer in answers:
        by_field.setdefault(answer.line.paylist.field, []).append(_task(answer, title))
    for field, rows in by_field.items():
        raise_tasks(act, cause=cause, field=field, due_on=None, rows=rows)


def _task(answer, title):
    paylist = answer.line.paylist
    return {
        "key": question_key(answer), "title": title % {"list": paylist.number, "n": answer.line.position},
        "area_path": paylist.area_path, "facts": {"amount": answer.paid},
    }
