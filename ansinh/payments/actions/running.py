"""Giao duyệt, giao xuất nhiều danh sách: ordered by a person with what he saw, carried out by the worker under his name."""
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import jobs
from ansinh.office.act import action, continuing, current_entry, one_at_a_time
from ansinh.office.models import Job
from ansinh.web.refusal import Refusal
from ansinh.web.templatetags.office_words import count

from ..models import ListRun, PayList
from ..queries.contents import contents_of, decided_findings, held_amount, open_findings, seen_of
from .approving import approve
from .exporting import export, export_copy
from .findings import decide_open
from .selection import named, place_of_many
from .sweeping import sweep

APPROVE, EXPORT = "payments.approve_many", "payments.export_many"
# Two officers must not order the same lists at the same moment.
ORDERING = 7415
State = PayList.State


@action("payments.approve_many", label=gettext_lazy("Giao duyệt nhiều danh sách"), scope=place_of_many, undoable=False)
def approve_many(lists, *, seen="", number="", reason="", by) -> ListRun:
    """Giao duyệt: the lists are approved in the background, just as the approver saw them, or not at all.

    ``seen`` is the digest that the page showed. Findings that are open must be covered by ``number`` and ``reason`` of a
    decision; what a sweep finds besides them stops the run.
    """
    lists = _taken(lists, (State.PROPOSED,))
    refuse_unseen(lists, seen)
    if own := [paylist.number for paylist in lists if paylist.proposed_in.by_id == by.pk]:
        raise Refusal(_("Người duyệt phải là người khác người lập: %(lists)s.") % {"lists": named(own)})
    return _order(ListRun.Kind.APPROVAL, APPROVE, lists, by, number=number[:80], reason=reason[:300], findings=open_findings(lists))


@action("payments.export_many", label=gettext_lazy("Giao xuất nhiều danh sách"), scope=place_of_many, undoable=False)
def export_many(lists, *, by) -> ListRun:
    """Giao xuất: approved lists go to their providers in the background, and all files of all lists are put into one ZIP.

    Lists that have gone out before are only printed once more.
    """
    lists = _taken(lists, (State.APPROVED, State.EXPORTED, State.RETURNED, State.CLOSED))
    return _order(ListRun.Kind.EXPORT, EXPORT, lists, by)


def refuse_unseen(lists, seen):
    """Refused where lists, held lines or findings are others than those that were shown."""
    if seen and seen != seen_of(lists):
        raise Refusal(_("Danh sách hoặc mục soát đã đổi so với lúc mở trang; xem lại bản mới rồi bấm lần nữa. Chưa có gì được ghi."))


def _taken(lists, states):
    keys = [paylist.pk for paylist in lists]
    found = PayList.objects.filter(pk__in=keys, state__in=states).select_related("proposed_in")
    found = list(found.select_for_update(of=("self",)).defer("changes").order_by("pk"))
    if len(found) != len(keys):
        raise Refusal(_("Có danh sách không còn ở bước này; mở lại trang để xem bản mới."))
    if len({(paylist.month, paylist.field) for paylist in found}) > 1:
        raise Refusal(_("Chỉ giao cùng lúc các danh sách của một tháng và một lĩnh vực; lọc theo lĩnh vực rồi chọn lại."))
    return found


def _order(kind, act, lists, by, **said):
    one_at_a_time(ORDERING)
    _refuse_ordered(lists)
    place, field = place_of_many(lists)
    held = held_amount(lists) if kind == ListRun.Kind.APPROVAL else 0
    run = ListRun.objects.create(
        kind=kind, field=field, month=lists[0].month, area_path=place, contents=contents_of(lists), ordered_in=current_entry(),
        people=sum(paylist.people for paylist in lists), amount=sum(paylist.total for paylist in lists) - held, **said,
    )
    jobs.enqueue(act, by=by, key=key_of(run), area_path=place, field=field, run=run.pk)
    return run


@action("payments.fetch_run_file", label=gettext_lazy("Tải tệp của lượt xuất"), undoable=False)
def fetch_run_file(run):
    """Tải tệp của lượt xuất: who takes the lists of many communes away stands in the journal."""
    if run.file_id is None:
        raise Refusal(_("Lượt này chưa có tệp; chờ máy làm xong."))
    return run.file


def key_of(run) -> str:
    """What the job of a run is found by."""
    return f"payments.listrun:{run.pk}"


def _refuse_ordered(lists):
    """An order that is not carried out yet holds its lists."""
    wanted = {paylist.pk: paylist.number for paylist in lists}
    waiting = Job.objects.filter(act__in=(APPROVE, EXPORT), state__in=Job.OPEN).select_related("by")
    for job in waiting:
        run = ListRun.objects.get(pk=job.args["run"])
        if taken := [wanted[key] for key in run.keys if key in wanted]:
            said = {"lists": named(taken), "who": job.by}
            raise Refusal(_("%(who)s đã giao việc cho %(lists)s và máy đang làm; chờ xong rồi mở lại trang.") % said)


@jobs.runs(APPROVE)
def run_approval(job: Job) -> str:
    """The work of an approval: one transaction with its mark, so once, or not at all; what a refused one found stays on the work list."""
    run = ListRun.objects.select_related("ordered_in").get(pk=job.args["run"])
    if run.done_in_id is None:
        try:
            with transaction.atomic(), continuing(run.ordered_in):
                _approve(run, job)
        except Refusal:
            _keep_what_was_found(run, job)
            raise
    return _("Đã duyệt %(n)s danh sách. Bước sau: xuất cho bưu điện, ngân hàng.") % {"n": count(len(run.contents))}


def _approve(run, job):
    lists = _as_ordered(run, State.PROPOSED)
    if run.number:
        decision = decide_open(lists, number=run.number, reason=run.reason, by=job.by)
        if decided_findings(decision) != run.findings:
            raise Refusal(_("Soát lại thấy mục khác với lúc giao duyệt; xem ở trang Mục soát rồi giao duyệt lại. Chưa danh sách nào được duyệt."))
    approve(lists, reason=run.reason, by=job.by)
    _mark(run, PayList.objects.get(pk=lists[0].pk).approved_in)
    jobs.tick(job, len(lists), total=len(lists))


def _keep_what_was_found(run, job):
    """The refused transaction took its sweep back; done once more by itself, officers see what there is to close."""
    lists = list(PayList.objects.filter(pk__in=run.keys, state=State.PROPOSED))
    if len(lists) == len(run.contents):
        with continuing(run.ordered_in):
            sweep(lists, by=job.by)


def hand_over(run, job):
    """The money's part of an export: once, together with its mark."""
    with transaction.atomic(), continuing(run.ordered_in):
        lists = _as_ordered(run)
        approved = [paylist for paylist in lists if paylist.state == State.APPROVED]
        again = [paylist for paylist in lists if paylist.state != State.APPROVED]
        if approved:
            export(approved, by=job.by)
        if again:
            export_copy(again, by=job.by)
        _mark(run, PayList.objects.get(pk=lists[0].pk).exported_in)
        jobs.tick(job, 0, total=len(lists))


def _as_ordered(run, state=None) -> list[PayList]:
    """The lists, held, if each still is what it was when the order was given."""
    lists = list(PayList.objects.select_for_update().filter(pk__in=run.keys).defer("changes").order_by("pk"))
    gone = [key for key in run.keys if key not in {paylist.pk for paylist in lists}]
    now = contents_of(lists)
    other = [paylist.number for paylist in lists if now[str(paylist.pk)] != run.contents[str(paylist.pk)] or state not in (None, paylist.state)]
    if gone or other or any(paylist.state == State.WITHDRAWN for paylist in lists):
        which = named(other) or _("%(n)d danh sách đã lập lại") % {"n": len(gone)}
        raise Refusal(
            _("Đã đổi sau khi giao: %(lists)s (lập lại, giữ dòng, rút hoặc người khác duyệt). Chưa làm gì cả; xem bản mới rồi giao lại.")
            % {"lists": which}
        )
    return lists


def _mark(run, entry):
    ListRun.objects.filter(pk=run.pk).update(done_in=entry)
    run.done_in = entry
