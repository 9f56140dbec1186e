"""Five months of an office, walked day by day with the clock held: imports, lists, deaths, corrections, a late decree."""
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from ansinh.benefits import actions as benefits
from ansinh.engine.law import book
from ansinh.office import bulk, clock
from ansinh.office.actions import PROVINCE
from ansinh.office.installation import mark_demonstration, set_demonstration_clock
from ansinh.payments import actions as payments
from ansinh.payments.models import Line, PayList
from ansinh.registry import actions as registry
from ansinh.registry.models import Area, Import
from ansinh.web.refusal import Refusal

from . import merit, population, sheets, staff
from .assistance import assistance_steps
from .commune_list import commune_list_steps
from .dossiers import dossier_steps
from .events import events
from .food import food_steps
from .letters import letters
from .progress import Progress
from .recoveries import recoveries
from .scene import FIRST_DAY, LAST_DAY, MONTHS, OFFICES, PAID_UP_TO, Step, Walk, at, work
from .sweeping import settle_findings

UNPAID_EVERY = 61
UNPAID_WHY = ("Vắng mặt, không có người nhận thay", "Đi điều trị ở bệnh viện", "Sai số tài khoản", "Chưa có giấy ủy quyền")
RETURNED_ON, EXPORTED_ON = 16, 1


def walk(people: int, *, seed: int, folder: Path):
    """Go through every step in order of time, with a progress bar; the demonstration's clock then stands on the last day."""
    here = Walk(people, seed, folder)
    steps = sorted(steps_of(here), key=lambda step: step.at)
    progress = Progress(len(steps))
    for step in steps:
        with clock.held_at(step.at), progress.step(f"{step.at:%d/%m/%Y}  {step.words}"):
            step.do()
    set_demonstration_clock(at(LAST_DAY, 8, 30))


def steps_of(here: Walk) -> list[Step]:
    """Every step of the walk."""
    steps = [
        Step(at(FIRST_DAY, 8), "Mở bản trình diễn, tài khoản, địa bàn", lambda: open_office(here)),
        Step(at(FIRST_DAY, 9), f"Dựng {here.people:,} người giả lập và viết thành bảng tính".replace(",", "."), lambda: write_sheets(here)),
    ]
    for number, code in enumerate(here.districts):
        steps += district_steps(here, number, code)
    for month in MONTHS:
        steps += month_steps(here, month)
    steps += assistance_steps(here) + commune_list_steps(here) + events(here) + recoveries(here)
    return steps + letters(here) + food_steps(here) + dossier_steps(here)


def district_steps(here: Walk, number: int, code: str) -> list[Step]:
    """A district's three sheets: its people, its payees, and the payees once more with the faults mended."""
    monday, tuesday = date(2023, 5, 22), date(2023, 5, 23)
    return [
        Step(at(monday, 8, number), f"Nạp sổ dân cư {code}", lambda: bring(here, "persons", here.register_sheets[number])),
        Step(at(monday, 13, number), f"Nạp danh sách người có công {code}", lambda: bring(here, "beneficiaries", here.merit_sheets[number])),
        Step(at(tuesday, 8, number), f"Nạp lại bảng đã sửa {code}", lambda: bring(here, "beneficiaries", here.mended_sheets[number])),
    ]


def open_office(here: Walk):
    """Accounts and areas; for a whole province an officer in each district."""
    mark_demonstration()
    here.staff = staff.engage(since=FIRST_DAY)
    chief = here.staff["quantri"]
    registry.load_areas(by=chief)
    names = dict(Area.objects.on(FIRST_DAY).filter(level=Area.Level.DISTRICT, code__in=here.districts).values_list("path", "name"))
    here.district_officers = {"19.173.": here.staff["phubinh"], "19.165.": here.staff["songcong"]}
    here.district_officers |= staff.more_officers(names, since=FIRST_DAY, by=chief)


def write_sheets(here: Walk):
    """The invented people as an office's spreadsheets."""
    here.folder.mkdir(parents=True, exist_ok=True)
    found = population.people(communes(here.districts), count=here.people, seed=here.seed)
    chosen = merit.payees(found, book(), count=here.payees, seed=here.seed)
    chosen = chosen.with_columns(merit.due_in(chosen, book(), PAID_UP_TO).alias("amount"))
    here.register_sheets = sheets.register(found, here.folder)
    here.merit_sheets = sheets.beneficiaries(chosen, book(), here.folder, paid_up_to=PAID_UP_TO, seed=here.seed)
    here.mended_sheets = sheets.beneficiaries(chosen, book(), here.folder, paid_up_to=PAID_UP_TO, seed=here.seed, mended=True)


def communes(districts: tuple[str, ...]) -> pl.DataFrame:
    """The communes of these districts on the first day."""
    rows = Area.objects.on(FIRST_DAY).communes().filter(parent__code__in=districts).order_by("code")
    names = {"code": "commune_code", "name": "commune", "parent__code": "district_code", "parent__name": "district"}
    return bulk.frame(rows, *names).rename(names)


def bring(here: Walk, kind: str, path: Path):
    """One sheet along the import road: uploaded by its district, approved by the department, applied."""
    place = f"19.{path.stem.removesuffix('-da-sua')[-3:]}."
    import_ = registry.upload_import(kind, data=path.read_bytes(), name=path.name, area_path=place, by=here.district_officers[place])
    work()
    import_.refresh_from_db()
    if import_.state == Import.State.REFUSED:
        raise Refusal(f"{path.name}: {import_.refusal}")
    if import_.counts.get("new", 0) + import_.counts.get("changed", 0):
        registry.approve_import(import_, by=here.staff["nguoiduyet"])
        work()


def month_steps(here: Walk, month: date) -> list[Step]:
    """The list of a month: worked out on its lock day, approved, exported, returned; the last one stays half done."""
    lock, words = book().lock_day(month), f"Danh sách tháng {month:%m/%Y}"
    steps = [Step(at(lock, 16), f"{words}: tính và lập", lambda: propose(here, month))]
    if month == MONTHS[-1]:
        return [*steps, Step(at(LAST_DAY, 8), f"{words}: duyệt một huyện", lambda: approve(here, month, "19.165."))]
    return [
        *steps,
        Step(at(following_workday(lock), 9), f"{words}: duyệt", lambda: approve(here, month, PROVINCE)),
        Step(at(following_workday(following_workday(lock)), 9), f"{words}: xuất", lambda: export(here, month)),
        Step(at(month.replace(day=RETURNED_ON), 15), f"{words}: đối chiếu", lambda: reconcile(here, month)),
    ]


def following_workday(day: date) -> date:
    """The next day on which the office works."""
    day += timedelta(days=1)
    while not book().calendar.is_working_day(day):
        day += timedelta(days=1)
    return day


def propose(here: Walk, month: date):
    """Work out what everyone is owed and propose the lists of each field."""
    for field, (preparer, _approver, _accountant) in OFFICES.items():
        benefits.assess(month, field=field, by=here.staff[preparer])
        payments.propose(month, field=field, by=here.staff[preparer])


def approve(here: Walk, month: date, area_path: str):
    """The department approves the lists of an area, each field in one act."""
    for field, (preparer, approver, _accountant) in OFFICES.items():
        lists = list(PayList.objects.filter(month=month, field=field, state=PayList.State.PROPOSED, area_path__startswith=area_path))
        settle_findings(lists, month, officer=here.staff[preparer], approver=here.staff[approver])
        payments.approve(lists, by=here.staff[approver])


def export(here: Walk, month: date):
    """The accountants hand the lists to post and bank."""
    for field, (_preparer, _approver, accountant) in OFFICES.items():
        lists = list(PayList.objects.filter(month=month, field=field, state=PayList.State.APPROVED))
        payments.export(lists, by=here.staff[accountant])


def reconcile(here: Walk, month: date):
    """What post and bank report back: almost everybody was paid."""
    for field, (_preparer, _approver, accountant) in OFFICES.items():
        lists = list(PayList.objects.filter(month=month, field=field, state=PayList.State.EXPORTED))
        payments.reconcile(lists, answers=answers(lists), by=here.staff[accountant])
        payments.close(lists, by=here.staff[accountant])


def answers(lists) -> list[payments.Answer]:
    """A return file: every line paid but for a few, who are others each month."""
    lines = Line.objects.filter(paylist__in=lists, held_because="", total__gt=0).order_by("paylist__number", "position")
    rows = lines.values_list("person_id", "paylist__number", "position", "total", "paylist__month")
    return [_answer(*row, place) for place, row in enumerate(rows, start=2)]


def _answer(person, number, position, total, month, row):
    unpaid = (person * 31 + month.month * 7) % UNPAID_EVERY == 0
    why = UNPAID_WHY[person % len(UNPAID_WHY)] if unpaid else ""
    return payments.Answer(list_number=number, position=position, paid=not unpaid, reason=why, amount=total, row=row)
