"""Uploading, checking, approving, applying, undoing and discarding spreadsheets."""

from datetime import date

import polars as pl
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import bulk, clock, jobs, rights
from ansinh.office.act import action, continuing, current_entry, one_at_a_time
from ansinh.office.cabinet import store_file
from ansinh.office.models import Job
from ansinh.web.refusal import Forbidden, Refusal

from ..imports.frames import from_json
from ..imports.kinds import kind_named
from ..imports.staging import Staged, setting_of, stage
from ..models import Import, ImportRow
from ..models.persons import Particulars, PersonRow
from .cache import refresh_persons
from .in_bulk import undo_many

CHUNK = 20_000
# Rows of two JSON columns are long; so many at once keep the worker small.
WRITTEN_AT_ONCE = 10_000
# Two imports must not register the same person at the same moment.
REGISTERING = 7412
Outcome, Result, State = ImportRow.Outcome, ImportRow.Result, Import.State


def _place_of_upload(kind_name, *, area_path, **_more):
    return area_path, kind_named(kind_name).domain


@action("registry.upload_import", label=gettext_lazy("Nạp bảng tính"), scope=_place_of_upload, undoable=False)
def upload_import(kind_name: str, *, data: bytes, name: str, area_path: str, as_of: date | None = None, by) -> Import:
    """Nạp bảng tính: keep the file and order its check; ``as_of`` is the day whose communes the sheet names."""
    if not data:
        raise Refusal(_("Tệp %(name)s rỗng; chọn lại tệp bảng tính.") % {"name": name})
    import_ = Import.objects.create(
        kind=kind_name,
        file=store_file(data, name=name),
        name=name[:255],
        area_path=area_path,
        field=kind_named(kind_name).domain,
        as_of=as_of or clock.today(),
        uploaded_by=by,
        uploaded_at=clock.now(),
    )
    _enqueue("registry.check_import", import_, by)
    return import_


@action("registry.check_import", label=gettext_lazy("Kiểm tra bảng nạp"), undoable=False)
def check_import(import_: Import, *, staged: Staged | None = None, refusal: str = "", job: Job | None = None):
    """Kiểm tra bảng nạp: write down what each row is and would change; nothing of the registry changes.

    A check may be run again until the import is approved; it replaces the one before.
    """
    _expect(import_, State.UPLOADED, State.CHECKED, State.REFUSED)
    staged = staged or (None if refusal else stage(import_))
    import_.rows.all().delete()
    if staged:
        _write_rows(import_, staged)
        import_.counts, import_.notes, import_.report = staged.counts, staged.notes, staged.report
    import_.refusal, import_.state = refusal[:600], State.REFUSED if refusal else State.CHECKED
    import_.save()
    if job:
        jobs.tick(job, 100, total=100)


@action("registry.approve_import", label=gettext_lazy("Duyệt bảng nạp"), undoable=False)
def approve_import(import_: Import, *, by):
    """Duyệt bảng nạp: another person than the uploader lets the new and changed rows be written."""
    if by == import_.uploaded_by:
        raise Refusal(_("Người nạp bảng không tự duyệt được; nhờ người khác có quyền duyệt."))
    _expect(import_, State.CHECKED)
    if not import_.counts.get("new", 0) + import_.counts.get("changed", 0):
        raise Refusal(_("Bảng %(name)s không có dòng nào mới hay thay đổi nên không có gì để ghi.") % {"name": import_})
    taken = Import.objects.filter(pk=import_.pk, state=State.CHECKED).update(
        state=State.APPROVED, approved_by=by, approved_at=clock.now()
    )
    if not taken:
        raise Refusal(_("Bảng %(name)s vừa được người khác xử lý; mở lại trang.") % {"name": import_})
    import_.refresh_from_db()
    _enqueue("registry.apply_import", import_, by)


@action("registry.apply_import", label=gettext_lazy("Ghi bảng nạp vào sổ"), undoable=False)
def apply_import(import_: Import):
    """Ghi bảng nạp: begin to write the approved rows; all of them belong to this one act, whatever interrupts it."""
    _expect(import_, State.APPROVED)
    if not Import.objects.filter(pk=import_.pk, applied_in=None).update(applied_in=current_entry()):
        raise Refusal(_("Bảng %(name)s đang được ghi.") % {"name": import_})
    import_.applied_in = current_entry()


@action("registry.undo_import", label=gettext_lazy("Hoàn tác lượt nạp"), undoable=False)
def undo_import(import_: Import):
    """Hoàn tác lượt nạp: everything it wrote is withdrawn, but for persons whom an exported list already pays.

    Those, and persons whose facts were changed since, are listed in the receipt and left as they are.
    """
    _expect(import_, State.APPLIED)
    kind, entry = kind_named(import_.kind), import_.applied_in
    kept = {**_built_on(entry), **(kind.kept(import_) if kind.kept else {})}
    subjects = list(import_.rows.filter(result=Result.APPLIED).values_list("subject", flat=True))
    undone = [person for person in subjects if person not in kept]
    if not undone:
        raise Refusal(
            _("Không hoàn tác được dòng nào của bảng %(name)s: %(why)s") % {"name": import_, "why": next(iter(kept.values()), "")}
        )
    if kind.undo:
        kind.undo(entry, list(kept))
    for model in PersonRow.__subclasses__():
        undo_many(model, entry, current_entry(), kept=list(kept))
    refresh_persons(undone)
    import_.rows.filter(result=Result.APPLIED).update(result=Result.UNDONE)
    for person, why in kept.items():
        import_.rows.filter(subject=person, result=Result.UNDONE).update(result=Result.KEPT, reason=why)
    import_.state, import_.undone_in = State.UNDONE, current_entry()
    import_.save()


@action("registry.discard_import", label=gettext_lazy("Bỏ lượt nạp"), undoable=False)
def discard_import(import_: Import):
    """Bỏ lượt nạp: an import that was not approved is put aside; nothing of it was written."""
    _expect(import_, State.UPLOADED, State.CHECKED, State.REFUSED)
    import_.state = State.DISCARDED
    import_.save()


@jobs.runs("registry.check_import")
def run_check(job: Job) -> str:
    """The work of checking; the reading needs no transaction, so others can go on writing meanwhile."""
    import_ = Import.objects.select_related("file").get(pk=job.args["import_id"])
    if import_.state not in (State.UPLOADED, State.CHECKED, State.REFUSED):
        return ""
    try:
        staged = stage(import_, lambda percent: jobs.tick(job, percent, total=100))
    except Refusal as refusal:
        check_import(import_, refusal=str(refusal), job=job, by=job.by)
        return str(refusal)
    check_import(import_, staged=staged, job=job, by=job.by)
    return ""


@jobs.runs("registry.apply_import")
def run_apply(job: Job) -> str:
    """The work of applying, in parts that commit together with their marks: begun again, it goes on where it stood."""
    import_ = Import.objects.select_related("applied_in").get(pk=job.args["import_id"])
    if import_.state != State.APPROVED:
        return ""
    if import_.applied_in is None:
        apply_import(import_, by=job.by)
    elif not rights.may(job.by, "registry.apply_import", import_.area_path, import_.field):
        raise Forbidden(_("Tài khoản %(who)s không còn quyền ghi bảng nạp ở địa bàn này.") % {"who": job.by})
    total = import_.rows.filter(outcome__in=(Outcome.NEW, Outcome.CHANGED)).count()
    while _apply_part(import_, job, total):
        pass
    return ""


def _apply_part(import_, job, total):
    """Write the next part; false when there was none and the import is finished."""
    with transaction.atomic(), continuing(import_.applied_in):
        one_at_a_time(REGISTERING)
        waiting = import_.rows.filter(outcome__in=(Outcome.NEW, Outcome.CHANGED), result=Result.WAITING).order_by("id")
        staged = bulk.frame(waiting[:CHUNK], "id", "outcome", "subject", "values")
        if not len(staged):
            jobs.tick(job, total, total=total)
            Import.objects.filter(pk=import_.pk).update(state=State.APPLIED)
            return False
        written, left = _write_part(import_, staged)
        _mark(written, left)
        jobs.tick(job, job.done + len(staged), total=total)
    return True


def _write_part(import_, staged):
    """Match the rows once more and write those that are still what was approved; the others are left, with the reason."""
    kind, setting = kind_named(import_.kind), setting_of(import_)
    rows = from_json(staged["values"], kind.schema).with_columns(
        row_id=staged["id"], staged_outcome=staged["outcome"], staged_subject=staged["subject"]
    )
    rows = kind.match(rows, setting)
    as_approved = (pl.col("outcome") == pl.col("staged_outcome")) & pl.col("subject").eq_missing(pl.col("staged_subject"))
    good = rows.filter(as_approved)
    left = rows.filter(~as_approved).select("row_id", "outcome", "reason")
    written = kind.apply(good, setting) if len(good) else pl.DataFrame(schema={"row_id": pl.Int64, "subject": pl.Int64})
    return written, left


_PAIRS = {
    "postgresql": "json_to_recordset(%s::json) AS u(row_id bigint, subject bigint)",
    "sqlite": "(SELECT value->>'row_id' AS row_id, value->>'subject' AS subject FROM json_each(%s)) AS u",
}


def _mark(written, left):
    """Say of each row what became of it, in the same transaction."""
    table = connection.ops.quote_name(ImportRow._meta.db_table)
    pairs = _PAIRS[connection.vendor]
    said = written.select("row_id", "subject").write_json()
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET result = 'applied', subject = u.subject FROM {pairs} WHERE {table}.id = u.row_id", [said]
        )
    for row_id, outcome, reason in left.iter_rows():
        changed = _("Sổ đã thay đổi sau khi kiểm tra, dòng này không được ghi; nạp lại dòng này. %(why)s") % {"why": reason or ""}
        why = _("Đã có sẵn trong sổ.") if outcome == Outcome.SAME else changed
        ImportRow.objects.filter(pk=row_id).update(result=Result.LEFT, reason=why)


def _write_rows(import_, staged):
    for rows in staged.frames():
        bulk.write(rows.with_columns(of_import_id=pl.lit(import_.pk)), ImportRow, chunk=WRITTEN_AT_ONCE)


def _built_on(entry):
    """Persons of whom someone said something later than the import did: an undo leaves them."""
    why = _("Đã có thay đổi sau lượt nạp này.")
    found, changed = {}, Particulars.objects.filter(withdrawn_in=entry)
    came = Particulars.objects.current().filter(recorded_in=entry).exclude(person__in=changed.values("person"))
    for model in PersonRow.__subclasses__():
        later = model.objects.filter(recorded_in=entry).exclude(Q(withdrawn_at=None) | Q(withdrawn_in=entry))
        # Who came with the import and of whom a later act says something would else lose the name under it.
        others = model.objects.current().filter(person__in=came.values("person")).exclude(recorded_in=entry)
        found |= dict.fromkeys([*later.values_list("person_id", flat=True), *others.values_list("person_id", flat=True)], why)
    return found


def _expect(import_, *states):
    import_.refresh_from_db(fields=["state"])
    if import_.state not in states:
        raise Refusal(
            _("Bảng %(name)s ở tình trạng “%(state)s” nên không làm việc này được.")
            % {"name": import_, "state": import_.get_state_display()}
        )


def _enqueue(name, import_, by):
    jobs.enqueue(
        name, by=by, key=f"registry.import:{import_.pk}", area_path=import_.area_path, field=import_.field, import_id=import_.pk
    )
