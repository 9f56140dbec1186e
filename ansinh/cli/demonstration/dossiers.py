"""A dozen paper files on their way to evidence: registered, scanned, read, entered, in dispute, checked, verified, lent and lost."""
from dataclasses import dataclass
from datetime import date

from ansinh.dossiers import actions as dossiers
from ansinh.dossiers.models import Batch, Dossier, Page, Paper
from ansinh.dossiers.queries.entering import to_enter
from ansinh.registry.models import Identifier, Residence, Standing
from ansinh.registry.queries.areas import full_name

from .events import payee
from .scans import Drawn, draw, parted
from .scene import Step, Walk, at, work

FIRST_OF_WOUNDED, COUNT = 20, 12
KINDS = ("injury_certificate", "medical_board_minutes", "allowance_decision")
SIGNERS = ("Đặng Quốc Khánh", "Lộc Văn Thành", "Hà Thị Bích Liên")
BORROWER = "Phòng Thanh tra Sở"
# The third file lacks a paper; on the papers of the fourth the year of birth is another than in the register.
INCOMPLETE = 2
OTHERWISE_ON_PAPER = {3: {"birth": "12/09/1941"}}


@dataclass(frozen=True)
class File:
    """A paper file: its dossier, what stands on its papers, and the papers as drawn."""

    dossier: Dossier
    values: dict[str, str]
    papers: tuple[tuple[str, Drawn], ...]


def dossier_steps(here: Walk) -> list[Step]:
    """Each stage on a day of its own; what was scanned is read in between where the machine has Tesseract."""
    files: list[File] = []
    return [
        Step(at(date(2023, 10, 16), 14), "Ghi sổ mười hai hồ sơ giấy", lambda: files.extend(registered(here))),
        Step(at(date(2023, 10, 17), 8), "Quét mười hồ sơ, máy đọc", lambda: scanned(here, files[:10])),
        Step(at(date(2023, 10, 18), 9), "Nhập bảy hồ sơ bên cạnh trang", lambda: entered(here, files[:7])),
        Step(at(date(2023, 10, 19), 14), "Người thứ hai nhập kín năm hồ sơ", lambda: entered_again(here, files[:5])),
        Step(at(date(2023, 10, 20), 14), "Ghi hai hồ sơ vào sổ kèm chứng cứ", lambda: confirmed(here, files[:2])),
    ]


def registered(here: Walk) -> list[File]:
    """Twelve wounded soldiers of Phú Bình; one file is lent, of another the original was lost."""
    clerk = here.staff["sohoa1"]
    files = [_registered(payee("wounded", FIRST_OF_WOUNDED + number).person, number, clerk) for number in range(COUNT)]
    lent, lost = files[10].dossier, files[11].dossier
    officer = here.staff["phubinh"]
    dossiers.lend_dossier(lent, borrower=BORROWER, purpose="Đối chiếu theo đơn", due_on=date(2023, 11, 16), by=officer)
    dossiers.record_loss(lost, on=date(2023, 10, 12), note="Mối mọt, không khôi phục được; xin bản sao ở Bộ Chỉ huy quân sự tỉnh", by=officer)
    return files


def _registered(person, number, clerk) -> File:
    standing = Standing.objects.current().get(person=person, code="wounded")
    file_number = Identifier.objects.current().filter(person=person, kind=Identifier.Kind.FILE).first()
    code = str(file_number) if file_number else f"TB/{person.pk:05d}"
    dossier = dossiers.register_dossier(
        code, category="wounded", title=person.name, area_path=person.area_path, person=person, sheets_on_paper=len(KINDS),
        shelf=f"Kho 1, giá {1 + number // 4}, hộp {1 + number % 4}", by=clerk,
    )
    values = _values(person, standing, code, number)
    values |= OTHERWISE_ON_PAPER.get(number, {})
    kinds = KINDS[1:] if number == INCOMPLETE else KINDS
    drawn = tuple((kind, draw(kind, _printed(values), seed=100 * number + place)) for place, kind in enumerate(kinds))
    return File(dossier, values, drawn)


def _values(person, standing, code, number) -> dict[str, str]:
    """What the papers say, as an officer types it."""
    home = Residence.objects.current().filter(person=person).latest("since")
    decided = standing.since.replace(day=1)
    return {
        "full_name": person.name, "birth": f"{person.birth_on:%d/%m/%Y}" if person.birth_precision == "day" else f"{person.birth_on:%Y}",
        "home_place": full_name(home.area, standing.since), "injury_rate": str(standing.grade), "dossier_number": code,
        "decision_number": (standing.source or f"{1200 + number}/QĐ-LĐTBXH")[:30], "decision_date": f"{decided:%d/%m/%Y}",
        "entitled_from": f"{standing.since:%m/%Y}", "signer": SIGNERS[number % len(SIGNERS)],
    }


def _printed(values) -> dict[str, str]:
    """The same as the papers print it."""
    day, month, year = values["decision_date"].split("/")
    said = {"injury_rate": f"{values['injury_rate']}%", "decision_date": f"ngày {day} tháng {month} năm {year}", "place": "mặt trận phía Nam"}
    return values | said


def scanned(here: Walk, files: list[File]):
    """One batch a dossier: its papers went through the scanner with separators between; they are taken apart and read."""
    clerk = here.staff["sohoa1"]
    for file in files:
        name = f"Hồ sơ {file.dossier.code}".replace("/", "-")
        batch = dossiers.receive_batch(
            name, origin=Batch.Origin.COMMAND, dossier=file.dossier, sheets_on_paper=len(file.papers), by=clerk
        )
        dossiers.add_scan(batch, name=f"{file.dossier.pk:05d}.tif", data=parted([drawn for _kind, drawn in file.papers]), by=clerk)
        dossiers.close_batch(batch, by=clerk)
    work()


def entered(here: Walk, files: list[File]):
    """The first round, beside what the machine suggests; without Tesseract nothing was read, and the files wait as scanned."""
    files[:] = [file for file in files if Dossier.objects.get(pk=file.dossier.pk).state == Dossier.State.READ]
    for file in files:
        _enter(file, file.values, number=1, by=here.staff["sohoa1"])


def entered_again(here: Walk, files: list[File]):
    """The fields that are always entered twice, blind; in the last of the files one digit was seen differently."""
    *agreed, disputed = files
    for file in agreed:
        _enter(file, file.values, number=2, by=here.staff["sohoa2"])
    _enter(disputed, disputed.values | {"injury_rate": str(int(disputed.values["injury_rate"]) + 6)}, number=2, by=here.staff["sohoa2"])


def confirmed(here: Walk, files: list[File]):
    """Written into the register: every value that agrees keeps the place on the page that proves it."""
    for file in files:
        dossiers.confirm(Dossier.objects.get(pk=file.dossier.pk), by=here.staff["phubinh"])


def _enter(file: File, values: dict[str, str], *, number: int, by):
    papers = Paper.objects.filter(dossier=file.dossier).order_by("position")
    for paper, (kind, drawn) in zip(papers, file.papers, strict=True):
        if number == 1:
            dossiers.confirm_kind(paper, kind=kind, by=by)
        page = Page.objects.filter(paper=paper).earliest("position")
        for _paper, field in to_enter(file.dossier, [paper], number):
            box = drawn.boxes.get(field.code)
            value = values[field.code] if box else ""
            dossiers.enter_field(paper, name=field.code, value=value, page=page if box else None, box=box, by=by)
    dossiers.finish_entering(file.dossier, number=number, by=by)
