"""What every step of the walk knows: the staff, the sheets, the days, and how background work gets done."""
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from ansinh.dossiers.actions.ordering import READ_PAGES
from ansinh.dossiers.reading.recognise import missing
from ansinh.office import clock, jobs
from ansinh.office.models import Account, Job
from ansinh.web.refusal import Refusal

FIRST_DAY, LAST_DAY = date(2023, 5, 20), date(2023, 10, 26)
PAID_UP_TO = date(2023, 5, 1)
MONTHS = tuple(date(2023, month, 1) for month in range(6, 12))
SMALL, WHOLE = 100_000, ("164", "165", "167", "168", "169", "170", "171", "172", "173")
DISTRICTS = ("165", "173")
# Who prepares, approves and accounts for the lists of a field.
OFFICES = {"merit": ("chuyenvien", "nguoiduyet", "ketoan"), "assistance": ("trogiup", "duyettrogiup", "ketoantrogiup")}
# Monthly payees: of a whole province 17,500 in 1.3 million; the small demonstration is denser than life.
DENSE, LIFELIKE = 0.075, 17_500 / 1_300_000


@dataclass(frozen=True)
class Step:
    """Something that happens at a moment of the walk."""

    at: datetime
    words: str
    do: Callable[[], None]


@dataclass
class Walk:
    """The office on its way: who works there, and where its sheets lie."""

    people: int
    seed: int
    folder: Path
    staff: dict[str, Account] = field(default_factory=dict)
    district_officers: dict[str, Account] = field(default_factory=dict)
    register_sheets: list[Path] = field(default_factory=list)
    merit_sheets: list[Path] = field(default_factory=list)
    mended_sheets: list[Path] = field(default_factory=list)

    @property
    def districts(self) -> tuple[str, ...]:
        return WHOLE if self.people > SMALL else DISTRICTS

    @property
    def payees(self) -> int:
        return round(self.people * (LIFELIKE if self.people > SMALL else DENSE))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of office time."""
    return datetime.combine(day, time(hour, minute), clock.ZONE)


def work():
    """Do the background work that was ordered; a job that could not be done stops the walk with its reason.

    Reading scans is left out on a machine without Tesseract: the demonstration needs no system packages.
    """
    jobs.work(until_idle=True)
    failed = Job.objects.filter(state=Job.State.FAILED).exclude(act=READ_PAGES if missing() else "").first()
    if failed:
        raise Refusal(f"{failed.act}: {failed.note}")
