"""Files become pages: one file, one transaction; begun again after any interruption, nothing is doubled."""
from dataclasses import dataclass

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import jobs, rights
from ansinh.office.act import action
from ansinh.office.models import Job
from ansinh.web.refusal import Forbidden, Refusal

from ..bounded import Bounded
from ..intake.bounds import Unfit
from ..intake.names import shown_name
from ..intake.reasons import reason_of, remarks_of
from ..models import Batch, Dossier, Page, Paper, Scan
from ..opening import found_in
from ..queries.intake import taken_before, waiting_in
from .alikes import mark_alike
from .ordering import next_place, order_reading, unread

# A file that took the program down so often is left aside, and the batch goes on.
MOST_ATTEMPTS = 3
# Of the processor, for each part of a file: ten pages take two or three.
SECONDS = 20
MADE = ("number", "part", "turn", "cut", "width", "height", "dpi", "look", "screen")
State, Outcome, Kind, Reading = Batch.State, Scan.Outcome, Page.Kind, Page.Reading


@dataclass
class Place:
    """Where the next page goes: the dossier and the paper that are open; no paper: a new one begins."""

    dossier: Dossier | None
    paper: Paper | None = None


@action("dossiers.sort_scan", label=gettext_lazy("Tách trang một tệp"), undoable=False, private=("found", "unfit"))
def sort_scan(scan: Scan, *, found: dict | None = None, unfit: tuple[str, str] = ("", ""), job: Job | None = None, by) -> Scan:
    """Tách trang một tệp: its pages go where cover sheets and separators say; or it is refused, with reason and remedy."""
    if job:
        jobs.tick(job, job.done + 1)
    scan = Scan.objects.select_related("batch__dossier").get(pk=scan.pk)
    _expect_waiting(scan)
    if found is None:
        scan.outcome, (scan.reason, scan.remedy) = Outcome.REFUSED, unfit
    else:
        remarks = list(found["remarks"])
        if found["members"]:
            _add_members(scan, found["members"], by)
        else:
            _add_pages(scan, found, remarks, by)
        scan.outcome, scan.reason = Outcome.TAKEN, remarks_of(remarks)
        scan.page_count = found["images"]
    scan.reason, scan.remedy = scan.reason[:500], scan.remedy[:500]
    scan.save()
    return scan


@action("dossiers.sort_batch", label=gettext_lazy("Tách trang lô quét"), undoable=False)
def sort_batch(batch: Batch, *, job: Job | None = None, by) -> Batch:
    """Tách trang lô quét: when every file is done, pages that look the same are marked and the reading is ordered."""
    if job:
        jobs.tick(job, job.done)
    batch.refresh_from_db()
    if batch.state != State.SORTING or waiting_in(batch).exists():
        raise Refusal(_("Lô %(name)s còn tệp chờ tách trang; chờ việc nền làm xong.") % {"name": batch})
    mark_alike(batch)
    batch.state = State.SORTED
    batch.save(update_fields=["state"])
    order_reading(batch, by)
    return batch


@jobs.runs("dossiers.sort_batch")
def run_sorting(job: Job) -> str:
    """The work of taking a batch apart: what was opened needs no transaction, what is written of a file is one."""
    batch = Batch.objects.get(pk=job.args["batch_id"])
    if batch.state != State.SORTING:
        return ""
    with Bounded(seconds=SECONDS) as child:
        while scan := waiting_in(batch).first():
            jobs.tick(job, job.done, total=job.done + waiting_in(batch).count())
            _sort_one(scan, child, job)
    sort_batch(batch, job=job, by=job.by)
    return ""


def _sort_one(scan, child, job):
    if not rights.may(job.by, "dossiers.sort_scan", scan.area_path, scan.field):
        raise Forbidden(_("Tài khoản %(who)s không còn quyền tách trang ở địa bàn này.") % {"who": job.by})
    tries = Scan.objects.filter(pk=scan.pk)
    if scan.attempts >= MOST_ATTEMPTS:
        sort_scan(scan, unfit=reason_of("stops_the_program", {"count": MOST_ATTEMPTS}), job=job, by=job.by)
        return
    tries.update(attempts=F("attempts") + 1)
    try:
        found = found_in(scan, child, alive=lambda: jobs.tick(job, job.done))
    except Unfit as unfit:
        sort_scan(scan, unfit=reason_of(unfit.code, unfit.facts), job=job, by=job.by)
        return
    except Refusal:
        tries.update(attempts=F("attempts") - 1)  # a full disk is no fault of the file
        raise
    sort_scan(scan, found=found, job=job, by=job.by)


def _add_members(archive, members, account):
    """The files of an archive stand behind it in the batch."""
    for place, member in enumerate(members, start=1):
        row = Scan(
            batch=archive.batch, part_of=archive, name=shown_name(member["name"]), position=archive.position + place,
            size=member["size"], received=member["size"], file=member["file"],
        )
        if member["fault"]:
            row.outcome, (row.reason, row.remedy) = Outcome.REFUSED, reason_of(member["fault"], {})
        else:
            row.same_as = taken_before(archive.batch, row.file, account)
            row.outcome = Outcome.DUPLICATE if row.same_as else Outcome.WAITING
        row.save()


def _add_pages(scan, found, remarks, account):
    place = _open_place(scan, found["images"])
    _hold(place)
    for said in found["pages"]:
        kind = Kind(said["kind"])
        if kind is Kind.COVER:
            place = Place(_dossier_of_cover(scan, said["code"], remarks, account))
            _hold(place)
        elif kind is Kind.SEPARATOR:
            place.paper = None
        _add_page(scan, said, kind, place)
    for dossier in Dossier.objects.filter(pages__scan=scan).distinct():
        unread(dossier)


def _hold(place):
    """Two batches that bring pages into one dossier at the same moment take turns, so that no place is given twice."""
    if place.dossier:
        Dossier.objects.select_for_update().get(pk=place.dossier.pk)


def _add_page(scan, said, kind, place):
    stands = kind in (Kind.PAGE, Kind.BLANK) and place.dossier is not None
    if kind is Kind.PAGE and stands and place.paper is None:
        place.paper = Paper.objects.create(dossier=place.dossier, position=next_place(place.dossier.papers))
    Page.objects.create(
        scan=scan, **{name: said[name] for name in MADE}, kind=kind, dossier=place.dossier, paper=place.paper if kind is Kind.PAGE else None,
        position=next_place(place.dossier.pages) if stands else None,
        reading=Reading.WAITING if kind is Kind.PAGE else Reading.NONE, priority=scan.batch.priority,
    )


def _open_place(scan, count) -> Place:
    """What the files before left open. A file of many images begins a paper; single images go on with one until a sheet parts them."""
    before = Page.objects.filter(scan__batch=scan.batch, scan__position__lt=scan.position).select_related("scan", "dossier", "paper")
    last = before.order_by("scan__position", "number", "part").last()
    if last is None:
        return Place(scan.batch.dossier)
    written = before.exclude(kind=Kind.BLANK).order_by("scan__position", "number", "part").last()
    goes_on = written is not None and written.paper and count == 1 and written.scan.page_count == 1
    return Place(last.dossier, written.paper if goes_on else None)


def _dossier_of_cover(scan, code, remarks, account) -> Dossier | None:
    """The dossier that a cover sheet names, where the account sees it and may bring pages into it."""
    found = Dossier.objects.visible_to(account).filter(code=code).first()
    if found is None or not rights.may(account, "dossiers.sort_scan", found.area_path, found.field):
        remarks.append(("unknown_dossier", {"code": code}))
        return None
    if scan.batch.dossier_id not in (None, found.pk):
        remarks.append(("other_dossier", {"code": code}))
    return found


def _expect_waiting(scan):
    if scan.outcome != Outcome.WAITING:
        said = {"name": scan, "outcome": scan.get_outcome_display()}
        raise Refusal(_("Tệp %(name)s ở tình trạng “%(outcome)s” nên không tách trang được nữa.") % said)
