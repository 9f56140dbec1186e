"""Whole dossiers out to a package and in from one; an import is done as a whole or not at all."""
from collections.abc import Callable
from os.path import commonprefix
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office import clock, jobs
from ansinh.office.act import action
from ansinh.office.models import Job
from ansinh.web.refusal import Refusal

from ..models import Dossier, PackageTransfer
from ..package.reading import Package
from ..package.writing import write_package
from .arriving import Arrival, take_in
from .opening import note_opening


def where_all(dossiers, **_more) -> tuple[str, str]:
    """The unit in which all of them lie, and their field where it is one: the right is needed there."""
    shared = commonprefix([dossier.area_path for dossier in dossiers])
    fields = {dossier.field for dossier in dossiers}
    return shared[: shared.rfind(".") + 1], fields.pop() if len(fields) == 1 else ""


@action("dossiers.export_package", label=gettext_lazy("Xuất gói hồ sơ"), scope=where_all, undoable=False)
def export_package(dossiers: list[Dossier], *, to: Path, alive: Callable[[int, int], None] = lambda *_: None, by) -> dict[str, str]:
    """Xuất gói hồ sơ: originals, archival copies, texts, entries and evidence of whole dossiers, each part with its digest."""
    if not dossiers:
        raise Refusal(_("Không có hồ sơ nào để xuất; soát lại số hồ sơ hoặc địa bàn."))
    for dossier in dossiers:
        note_opening(dossier, by)
    return write_package(dossiers, to, by, alive)


@action("dossiers.import_package", label=gettext_lazy("Nhận gói hồ sơ"), undoable=False)
def import_package(package: Package, *, transfer: PackageTransfer | None = None, job: Job | None = None, by) -> list[Arrival]:
    """Nhận gói hồ sơ: a proved package becomes dossiers here; one whose number is already here refuses the whole package."""
    codes = [head["code"] for head in package.heads]
    here = list(Dossier.objects.filter(code__in=codes).order_by("code").values_list("code", flat=True)[:5])
    if here or len(set(codes)) != len(codes):
        said = {"codes": ", ".join(here)}
        raise Refusal(_("Số hồ sơ đã có trong sổ hoặc trùng trong gói: %(codes)s. Chưa ghi gì; xuất gói không có các hồ sơ ấy.") % said)
    with transaction.atomic():
        taken = [_taken_in(package, number, said, by) for number, said in enumerate(package.dossiers(), 1)]
    if job:
        jobs.tick(job, job.done)
    if transfer:
        said = {"digest": package.digest, "receipt": [one.as_data() for one in taken], "done_at": clock.now()}
        PackageTransfer.objects.filter(pk=transfer.pk).update(state=PackageTransfer.State.DONE, **said)
    return taken


def _taken_in(package, number, said, account):
    """One dossier of the package; what cannot be is refused with its place in the package."""
    try:
        return take_in(package, said, account)
    except (IntegrityError, KeyError, IndexError, TypeError, AttributeError, ValueError) as fault:
        place = {"n": number}
        raise Refusal(
            _("Không nhận gói hồ sơ: dữ liệu của hồ sơ thứ %(n)d trong gói mâu thuẫn nhau. Chưa ghi gì; xin nơi gửi xuất và gửi lại.") % place
        ) from fault
