"""Pages that wait are read by machine, one transaction a page; begun again after any interruption, each is read once."""
import time

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import clock, jobs, rights
from ansinh.office.act import action
from ansinh.office.models import Job
from ansinh.web.refusal import Refusal

from .. import index
from ..bounded import Reason
from ..crew import Crew
from ..models import Dossier, Page, PageText, Paper, Suggestion
from ..reading.recognise import missing
from .ordering import enqueue_reading

# A page that took the reader down so often is left aside, and the others go on.
MOST_ATTEMPTS = 3
# Reading lasts for days: after so long it steps aside for other work that has waited.
TURN, WAITED = 20.0, 5.0
Reading = Page.Reading

BROKE = {
    Reason.TIME: gettext_lazy("đọc quá lâu"), Reason.MEMORY: gettext_lazy("cần quá nhiều bộ nhớ"),
    Reason.ANSWER: gettext_lazy("có quá nhiều chữ"), Reason.DIED: gettext_lazy("làm chương trình đọc dừng giữa chừng"),
}


def _where(place, *, field=""):
    return place, field


@action("dossiers.read_pages", label=gettext_lazy("Đọc các trang chờ"), scope=_where, undoable=False)
def read_pages(area_path: str, *, field: str = "", by) -> Job | None:
    """Đọc các trang chờ: order that waiting pages be read; one order is enough for all of them."""
    return enqueue_reading(by, area_path, field)


@action("dossiers.read_again", label=gettext_lazy("Đọc lại trang"), undoable=False)
def read_again(page: Page, *, by) -> Page:
    """Đọc lại trang: what the machine read is replaced when it is read; what officers entered stays."""
    if page.kind != Page.Kind.PAGE:
        raise Refusal(_("Trang %(page)s là %(kind)s nên không có gì để đọc.") % {"page": page, "kind": page.get_kind_display()})
    page.reading, page.attempts, page.failure = Reading.WAITING, 0, ""
    page.save(update_fields=["reading", "attempts", "failure"])
    read_pages(page.area_path, field=page.field, by=by)
    return page


@action("dossiers.keep_reading", label=gettext_lazy("Ghi chữ máy đọc"), undoable=False, private=("said", "failure"))
def keep_reading(page: Page, *, said: dict | None = None, failure: str = "", job: Job | None = None):
    """Ghi chữ máy đọc: the words of a page, what was corrected and suggested; or why it cannot be read. A page is read once."""
    if job:
        jobs.tick(job, job.done + 1)
    outcome = {"reading": Reading.READ if said else Reading.FAILED, "read_at": clock.now(), "failure": failure[:300]}
    if not Page.objects.filter(pk=page.pk, reading=Reading.WAITING).update(**outcome):
        return
    if said:
        _keep_words(page, said)
        _suggest_kind(page, said)
    _mark_read(page.dossier_id)


@jobs.runs("dossiers.read_pages", alone=True)
def run_reading(job: Job) -> str:
    """The work of reading: pages are handed to as many readers as there are processors, the most urgent first."""
    if package := missing():
        raise Refusal(_("Máy chủ chưa có chương trình đọc chữ; người quản trị cài gói %(package)s rồi bấm “Đọc tiếp”.") % {"package": package})
    begun, strange = time.monotonic(), set()
    with Crew(settings.READERS) as crew:
        while True:
            steps_aside = time.monotonic() - begun > TURN and jobs.others_wait(job, WAITED)
            if not steps_aside:
                _hand_out(crew, job, strange)
            if not crew.busy:
                break
            for reader in crew.done(1.0):
                _keep(*reader.finish(), job)
    if steps_aside:
        jobs.step_aside(job)
    return _("%(n)d trang") % {"n": job.done}


def _hand_out(crew, job, strange):
    """Give every idle reader the next page; an attempt counts before the page is opened."""
    for reader in crew.idle:
        while reader.page is None:
            in_hand = [other.page.pk for other in crew.busy]
            waiting = Page.objects.visible_to(job.by).waiting().exclude(pk__in=[*in_hand, *strange])
            page = waiting.select_related("scan__batch", "scan__file", "dossier").first()
            if page is None:
                return
            if not rights.may(job.by, "dossiers.keep_reading", page.area_path, page.field):
                strange.add(page.pk)
            elif page.attempts >= MOST_ATTEMPTS:
                keep_reading(page, failure=_too_often(page, Reason.DIED), job=job, by=job.by)
            else:
                Page.objects.filter(pk=page.pk).update(attempts=F("attempts") + 1)
                page.attempts += 1
                _begin(reader, page, job)


def _begin(reader, page, job):
    try:
        reader.begin(page)
    except Refusal as refusal:
        keep_reading(page, failure=str(refusal), job=job, by=job.by)


def _keep(page, said, reason, job):
    """Write what came of a page; one that broke its reader waits for another try until there were enough."""
    if said is None and page.attempts < MOST_ATTEMPTS:
        return
    keep_reading(page, said=said, failure="" if said else _too_often(page, reason), job=job, by=job.by)


def _too_often(page, reason):
    said = {"page": page.number, "file": page.scan.name[:120], "why": BROKE[reason], "count": MOST_ATTEMPTS}
    return _("Trang %(page)d của %(file)s %(why)s trong cả %(count)d lần đọc. Xem ảnh gốc, quét lại nếu hỏng, rồi bấm “Đọc lại”.") % said


def _keep_words(page, said):
    kept = {name: said[name] for name in ("words", "corrections", "confidence", "cost")} | {"reader": said["reader"][:120]}
    PageText.objects.update_or_create(page=page, defaults=kept)
    page.suggestions.all().delete()
    Suggestion.objects.bulk_create(
        Suggestion(
            page=page, name=name, value=value[:300], raw=raw[:300], left=left, top=top, width=width, height=height,
            confidence=confidence, rule=rule[:40],
        )
        for name, value, raw, left, top, width, height, confidence, rule in said["found"]
    )
    index.write([page])


def _suggest_kind(page, said):
    """The paper is of the kind that its surest page says, until an officer has said it."""
    paper = Paper.objects.filter(pk=page.paper_id, kind_is_confirmed=False).first()
    if paper and said["kind"] and said["kind_confidence"] >= (paper.kind_confidence or 0):
        paper.kind, paper.kind_confidence = said["kind"], said["kind_confidence"]
        paper.save(update_fields=["kind", "kind_confidence"])


def _mark_read(dossier_id):
    """A dossier is read when none of its pages waits."""
    if not Page.objects.filter(dossier=dossier_id, reading=Reading.WAITING).exists():
        Dossier.objects.filter(pk=dossier_id, state=Dossier.State.SCANNED).update(state=Dossier.State.READ)
