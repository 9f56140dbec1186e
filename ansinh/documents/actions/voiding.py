"""Letters that hold no more: voided with a reason, or with the act that they were issued in; what was handed over is fetched back."""
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import clock
from ansinh.office.act import action, current_entry
from ansinh.office.actions import close_tasks, raise_task
from ansinh.web.refusal import Refusal

from ..models import Letter

RECALL = "documents.recall_letter"


@action("documents.void_letter", label=gettext_lazy("Hủy văn bản"), undo=lambda entry: _take_back_void(entry), private=("reason",))
def void_letter(letter: Letter, *, reason: str):
    """Hủy văn bản: the letter holds no more, its number stays taken; whoever checks its code is told. What was handed over is fetched back."""
    if not reason.strip():
        raise Refusal(_("Ghi lý do hủy văn bản."), field="reason")
    if not _void([letter.pk], reason):
        raise Refusal(_("Văn bản %(symbol)s đã được hủy.") % {"symbol": letter})
    letter.refresh_from_db()


@action("documents.hand_over", label=gettext_lazy("Trao văn bản"), undo=lambda entry: _take_back_handing(entry))
def hand_over(letter: Letter, *, on):
    """Trao văn bản: from this day the person has it in hands; where it is voided later, somebody has to fetch it back."""
    if letter.voided_in_id:
        raise Refusal(_("Văn bản %(symbol)s đã được hủy, không trao nữa.") % {"symbol": letter})
    if not letter.signed_on <= on <= clock.today():
        told = _("Ngày trao phải từ ngày ký %(day)s đến hôm nay.")
        raise Refusal(told % {"day": f"{letter.signed_on:%d/%m/%Y}"}, field="on")
    if not Letter.objects.filter(pk=letter.pk, handed_on=None).update(handed_on=on, handed_in=current_entry()):
        raise Refusal(_("Văn bản %(symbol)s đã ghi là đã trao.") % {"symbol": letter})


@action("documents.recall_letter", label=gettext_lazy("Thu lại văn bản đã trao"))
def recall_letter(letter: Letter, *, note: str):
    """Thu lại văn bản đã trao: the paper of a voided letter came back, or the person was told in writing that it holds no more."""
    if not note.strip():
        raise Refusal(_("Ghi đã thu lại hoặc đã báo thế nào, ngày nào."), field="note")
    if not (letter.voided_in_id and letter.handed_on):
        raise Refusal(_("Chỉ thu lại văn bản đã trao rồi bị hủy."))
    close_tasks(RECALL, key=f"documents.letter:{letter.pk}")


def void_issued(entry):
    """The undo of issuing: the letter holds no more, as what it was issued with was taken back."""
    _void(list(Letter.objects.filter(issued_in=entry).values_list("pk", flat=True)), _("Việc làm căn cứ đã được hoàn tác"))


def _void(keys: list[int], reason: str) -> int:
    """Mark those that stand; of each that was handed over somebody is asked to fetch it back."""
    wanted = list(Letter.objects.standing().filter(pk__in=keys).select_related("person"))
    for letter in wanted:
        if letter.handed_on:
            told = {"symbol": letter, "day": f"{letter.handed_on:%d/%m/%Y}", "who": letter.person.name}
            raise_task(
                RECALL, key=f"documents.letter:{letter.pk}", cause="void", area_path=letter.area_path, field=letter.field,
                title=_("Thu lại %(symbol)s đã trao ngày %(day)s cho %(who)s: văn bản đã hủy") % told,
            )
    words = " ".join(reason.split())[:300]
    return Letter.objects.standing().filter(pk__in=[letter.pk for letter in wanted]).update(voided_in=current_entry(), void_reason=words)


def _take_back_void(entry):
    Letter.objects.filter(voided_in=entry.pk).update(voided_in=None, void_reason="")


def _take_back_handing(entry):
    Letter.objects.filter(handed_in=entry.pk).update(handed_on=None, handed_in=None)
