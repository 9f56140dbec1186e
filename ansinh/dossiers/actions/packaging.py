"""Whole dossiers out to a package and in from one; an import is done as a whole or not at all."""
from os.path import commonprefix
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.office.act import action
from ansinh.office.cabinet import store_stream
from ansinh.web.refusal import Refusal

from .. import index
from ..models import Batch, Dossier, Page, PageText, Paper, Scan, Suggestion
from ..package.reading import Package
from ..package.rows import made
from ..package.writing import write_package

State = Dossier.State
# What was entered and checked elsewhere comes along as data only, so a dossier stands here where its pages do.
STATES = {State.REGISTERED, State.SCANNED, State.READ}


def _where_all(dossiers, **_more):
    shared = commonprefix([dossier.area_path for dossier in dossiers])
    fields = {dossier.field for dossier in dossiers}
    return shared[: shared.rfind(".") + 1], fields.pop() if len(fields) == 1 else ""


@action("dossiers.export_package", label=gettext_lazy("Xuất gói hồ sơ"), scope=_where_all, undoable=False)
def export_package(dossiers: list[Dossier], *, to: Path) -> dict[str, str]:
    """Xuất gói hồ sơ: originals, archival copies, texts, entries and evidence of whole dossiers, each part with its digest."""
    if not dossiers:
        raise Refusal(_("Không có hồ sơ nào để xuất; soát lại số hồ sơ hoặc địa bàn."))
    return write_package(dossiers, to)


@action("dossiers.import_package", label=gettext_lazy("Nhận gói hồ sơ"), undoable=False)
def import_package(package: Package, *, by) -> list[Dossier]:
    """Nhận gói hồ sơ: a proved package becomes dossiers here; one whose number is already here refuses the whole package."""
    codes = [each["dossier"]["code"] for each in package.dossiers]
    here = list(Dossier.objects.filter(code__in=codes).order_by("code").values_list("code", flat=True)[:5])
    if here or len(set(codes)) != len(codes):
        said = {"codes": ", ".join(here)}
        raise Refusal(_("Số hồ sơ đã có trong sổ hoặc trùng trong gói: %(codes)s. Chưa ghi gì; xuất gói không có các hồ sơ ấy.") % said)
    try:
        with transaction.atomic():
            return [_take_in(package, said, by) for said in package.dossiers]
    except (IntegrityError, KeyError, IndexError, TypeError, AttributeError) as fault:
        raise Refusal(_("Không nhận gói hồ sơ: dữ liệu trong gói mâu thuẫn nhau. Chưa ghi gì; xin nơi gửi xuất và gửi lại.")) from fault


def _take_in(package, said, by):
    dossier = made(Dossier, said["dossier"])
    dossier.state = dossier.state if dossier.state in STATES else State.READ
    dossier.save()
    received = {"received_by": by, "origin": Batch.Origin.COMMAND, "state": Batch.State.SORTED}
    batches = [_saved(made(Batch, each, **received)) for each in said["batches"]]
    scans = [_scan(package, each, batches) for each in said["scans"]]
    papers = [_saved(made(Paper, each, dossier=dossier, archived=_file(package, each["archived"]))) for each in said["papers"]]
    pages = [_page(package, each, dossier, scans, papers) for each in said["pages"]]
    index.write(pages)
    return dossier


def _scan(package, said, batches):
    links = {"batch": batches[said["batch"]], "file": _file(package, said["file"]), "outcome": Scan.Outcome.TAKEN}
    return _saved(made(Scan, said, **links))


def _page(package, said, dossier, scans, papers):
    paper = None if said["paper"] is None else papers[said["paper"]]
    page = _saved(made(Page, said, scan=scans[said["scan"]], paper=paper, dossier=dossier, screen=_file(package, said["screen"])))
    if said["text"] is not None:
        text = made(PageText, said["text"], page=page)
        if not all(_is_word(word) for word in text.words):
            raise TypeError("not a word")
        text.save(force_insert=True)
    Suggestion.objects.bulk_create(made(Suggestion, each, page=page) for each in said["suggestions"])
    return page


def _is_word(word):
    text, *numbers = word
    return isinstance(text, str) and len(numbers) == 6 and all(type(number) is int for number in numbers)


def _saved(row):
    row.save(force_insert=True)
    return row


def _file(package, said):
    if said is None:
        return None
    with package.archive.open(f"files/{said['sha256']}") as data:
        return store_stream(data, name=str(said["name"]), content_type=str(said["content_type"])[:120])
