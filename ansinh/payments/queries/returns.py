"""Return files of a list with what came of their rows, and the rows that somebody must look at."""
from django.db.models import Count, Min, Q, Sum
from django.db.models.functions import Coalesce

from ansinh.office.models import Task

from ..models import Item, Line, PayList, ReturnAnswer, ReturnFile

STATE, RESULT = ReturnAnswer.State, ReturnAnswer.Result


def files_of(paylist):
    """The files that answer a list, newest first, each with how many of the list's lines it paid, left, brought back or asks about."""
    files = ReturnFile.objects.filter(pk__in=ReturnAnswer.objects.filter(line__paylist=paylist).values("return_file"))
    return _told(files.annotate(**_counts(Q(answers__line__paylist=paylist))))


def files_of_month(account, month):
    """The files that answer lists of a month which the account sees, newest first, each with its counts over those lists."""
    lists = PayList.objects.visible_to(account).filter(month=month)
    files = ReturnFile.objects.filter(pk__in=ReturnAnswer.objects.filter(line__paylist__in=lists).values("return_file"))
    return _told(files.annotate(**_counts(Q(answers__line__paylist__in=lists)), a_list=Min("answers__line__paylist")))


def counts_of(return_file) -> dict[str, int]:
    """What came of the rows of one file."""
    return ReturnFile.objects.filter(pk=return_file.pk).aggregate(**_counts(Q()))


def _counts(own):
    taken = own & Q(answers__state=STATE.TAKEN)
    return {
        "paid": Count("answers", filter=taken & Q(answers__result=RESULT.PAID)),
        "unpaid": Count("answers", filter=taken & Q(answers__result=RESULT.UNPAID)),
        "brought_back": Count("answers", filter=taken & Q(answers__result=RESULT.BROUGHT_BACK)),
        "same": Count("answers", filter=own & Q(answers__state=STATE.SAME)),
        "asked": Count("answers", filter=own & Q(answers__state=STATE.ASKED)),
        "replaced": Count("answers", filter=own & Q(answers__state__in=(STATE.REPLACED, STATE.OVERTAKEN, STATE.REJECTED))),
    }


def _told(files):
    return files.select_related("file", "taken_in__by", "undone_in__by").order_by("-pk")


def answers_to_look_at(paylist) -> tuple[list, list]:
    """Answers of a list that wait for their name to be confirmed, and those signed by somebody whom no paper names."""
    answers = ReturnAnswer.objects.filter(line__paylist=paylist).select_related("line__paylist", "return_file").order_by("line__position")
    tasks = Task.objects.open().filter(act="payments.record_signature", area_path=paylist.area_path).values_list("key", flat=True)
    asked = {int(key.split(":")[1]) for key in tasks}
    signed = answers.filter(state=STATE.TAKEN).exclude(signer="").filter(paper="")
    return list(answers.open()), [answer for answer in signed if answer.pk in asked]


def results_of(paylist) -> dict[str, int]:
    """Lines of a list by their result, and the đồng that were paid out and that are left with the provider."""
    lines = Line.objects.filter(paylist=paylist, held_because="", total__gt=0)
    counts = lines.aggregate(**{name or "open": Count("id", filter=Q(result=name)) for name in ("", "paid", "partly", "unpaid", "returned")})
    items = Item.objects.filter(line__paylist=paylist)
    return counts | items.aggregate(paid_amount=Coalesce(Sum("amount", filter=Q(result=Line.Result.PAID)), 0))
