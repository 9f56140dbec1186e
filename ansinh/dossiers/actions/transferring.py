"""Gói hồ sơ on pages: packages written and taken in by the worker, each with its receipt."""
import hashlib
from pathlib import Path
from zipfile import ZipFile

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import clock, jobs, rights
from ansinh.office.act import action
from ansinh.office.cabinet import local_path, store_stream
from ansinh.office.copies import folder_aside
from ansinh.office.models import Job
from ansinh.web.refusal import Forbidden, Refusal

from ..intake.names import shown_name
from ..models import Dossier, PackageTransfer
from ..package.reading import opened
from ..package.writing import write_package
from .arriving import keep_files
from .opening import note_opening
from .packaging import import_package, where_all

EXPORT, IMPORT = "dossiers.export_package", "dossiers.import_package"
ZIP = "application/zip"
State, Direction = PackageTransfer.State, PackageTransfer.Direction


@action("dossiers.order_export", label=gettext_lazy("Giao xuất gói hồ sơ"), scope=where_all, undoable=False)
def order_export(dossiers: list[Dossier], *, by) -> PackageTransfer:
    """Giao xuất gói hồ sơ: whole dossiers are put into a package in the background; that they leave stands in the journal of each."""
    if not dossiers:
        raise Refusal(_("Không có hồ sơ nào để xuất; soát lại số hồ sơ hoặc địa bàn."))
    for dossier in dossiers:
        note_opening(dossier, by)
    area_path, field = where_all(dossiers)
    return _ordered(EXPORT, by, direction=Direction.OUT, area_path=area_path, field=field, chosen=[dossier.pk for dossier in dossiers])


def _where_received(area_path, **_more):
    return area_path, ""


@action("dossiers.receive_package", label=gettext_lazy("Nhận tệp gói hồ sơ"), scope=_where_received, undoable=False, private=("name", "data"))
def receive_package(area_path: str, *, data, name: str, by) -> PackageTransfer:
    """Nhận tệp gói hồ sơ: kept as it came, then proved and taken in in the background; one that was taken in before is refused."""
    file = store_stream(data, name=shown_name(name)[:200], content_type=ZIP)
    known = PackageTransfer.objects.visible_to(by).filter(file=file, direction=Direction.IN).exclude(state=State.REFUSED).first()
    if known:
        said = {"when": f"{known.ordered_at.astimezone(clock.ZONE):%H:%M %d/%m/%Y}", "who": known.ordered_by}
        raise Refusal(_("Gói này %(who)s đã đưa vào lúc %(when)s; xem biên nhận của lượt ấy, không nhận lại.") % said, field="file")
    return _ordered(IMPORT, by, direction=Direction.IN, area_path=area_path, file=file)


@action("dossiers.fetch_package", label=gettext_lazy("Tải gói hồ sơ về"), undoable=False)
def fetch_package(transfer: PackageTransfer):
    """Tải gói hồ sơ về: someone takes the file of a package away; nothing changes but the journal."""
    if transfer.direction != Direction.OUT or transfer.state != State.DONE:
        raise Refusal(_("Gói này chưa viết xong nên chưa tải về được."))


@jobs.runs(EXPORT)
def run_export(job: Job) -> str:
    """The work of writing: needs no transaction until the package stands in the cabinet; begun again it writes it anew."""
    transfer = PackageTransfer.objects.get(pk=job.args["transfer_id"])
    if transfer.state != State.WAITING:
        return ""
    try:
        dossiers = _chosen(transfer, job)
        with folder_aside() as folder:
            path = Path(folder) / f"goi-ho-so-{transfer.pk}.zip"
            write_package(dossiers, path, job.by, lambda done, total: jobs.tick(job, done, total=total))
            digest = _digest_of(path)
            with path.open("rb") as data:
                file = store_stream(data, name=path.name, content_type=ZIP)
    except (Refusal, Forbidden) as refusal:
        return _refuse(transfer, job, str(refusal))
    receipt = [{"dossier": dossier.pk, "code": dossier.code} for dossier in dossiers]
    with transaction.atomic():
        jobs.tick(job, job.done)
        end(transfer, state=State.DONE, file=file, digest=digest, receipt=receipt)
    return ""


@jobs.runs(IMPORT)
def run_import(job: Job) -> str:
    """The work of taking in: every part is proved and its files are kept first; then all rows are written in one transaction."""
    transfer = PackageTransfer.objects.select_related("file").get(pk=job.args["transfer_id"])
    if transfer.state != State.WAITING:
        return ""

    def alive(done, total):
        jobs.tick(job, done, total=total)

    try:
        with local_path(transfer.file) as path, opened(path, alive) as package:
            keep_files(package, alive)
            import_package(package, transfer=transfer, job=job, by=job.by)
    except (Refusal, Forbidden) as refusal:
        return _refuse(transfer, job, str(refusal))
    return ""


def end(transfer: PackageTransfer, **values):
    """What came of it, said once."""
    PackageTransfer.objects.filter(pk=transfer.pk, state=State.WAITING).update(done_at=clock.now(), **values)


def _ordered(name, account, **values):
    made = PackageTransfer.objects.create(ordered_by=account, ordered_at=clock.now(), **values)
    key = f"dossiers.packagetransfer:{made.pk}"
    jobs.enqueue(name, by=account, key=key, area_path=made.area_path, field=made.field, transfer_id=made.pk)
    return made


def _chosen(transfer, job) -> list[Dossier]:
    """What was chosen, where the account still sees it and may still give it out."""
    found = list(Dossier.objects.visible_to(job.by).filter(pk__in=transfer.chosen).order_by("code"))
    if missing := len(transfer.chosen) - len(found):
        raise Refusal(_("%(n)d hồ sơ không còn trong địa bàn của tài khoản; chọn lại rồi xuất.") % {"n": missing})
    if not rights.may(job.by, EXPORT, *where_all(found)):
        raise Forbidden(_("Tài khoản %(who)s không còn quyền xuất gói hồ sơ ở địa bàn này.") % {"who": job.by})
    return found


def _digest_of(path) -> str:
    with ZipFile(path) as archive:
        return hashlib.sha256(archive.read("manifest.json")).hexdigest()


def _refuse(transfer, job, sentence) -> str:
    with transaction.atomic():
        jobs.tick(job, job.done)
        end(transfer, state=State.REFUSED, refusal=sentence[:600])
    return sentence
