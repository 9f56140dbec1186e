"""What the law gives each person for each month, reckoned by hand: tables typed from the decrees, a month looked at day by day.

Nothing of the engine, of its tables or of its terms is used here: the facts are the journal's lines of acts.
"""
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta

# The first months of Nghị định 75/2021, 55/2023 and 77/2024; the annexes of 321/2026 are not known, so 77/2024 goes on.
MERIT_SINCE = (date(2021, 7, 1), date(2023, 7, 1), date(2024, 7, 1))
WOUNDED = {61: (3_174_000, 4_016_000, 5_450_000), 81: (4_216_000, 5_335_000, 7_240_000)}
WOUNDED_81_SUPPLEMENT = (815_000, 1_031_000, 1_399_000)
CHEMICAL = {45: (2_062_000, 2_610_000, 3_542_000), 61: (2_891_000, 3_658_000, 4_964_000)}
MARTYR = {1: (1_624_000, 2_055_000, 2_789_000), 2: (3_248_000, 4_110_000, 5_578_000)}
MARTYR_REMARRIED = (1_624_000, 2_055_000, 2_789_000)
# Four times the standard amount, which 321/2026 raises.
LEVEL_SINCE, INJURY_5_TO_10 = (*MERIT_SINCE, date(2026, 7, 1)), (6_496_000, 8_220_000, 11_156_000, 12_048_000)
# Nghị định 20/2021, 76/2024 and 335/2026; factors of Điều 5 in halves, so that no fraction is needed.
ASSISTANCE_SINCE, ASSISTANCE = (date(2021, 7, 1), date(2024, 7, 1), date(2026, 7, 1)), (360_000, 500_000, 540_000)
DISABLED_HALVES = {("severe", False): 3, ("severe", True): 4, ("especially_severe", False): 4, ("especially_severe", True): 5}
PENSION_SINCE, PENSION = (date(2025, 7, 1), date(2026, 7, 1)), (500_000, 540_000)
BESIDE_A_PARENT = ("disabled", "elder_80")
MERIT = ("wounded", "chemical", "martyr_relative", "injury_lump")
ONCE = ("injury_lump", "death_aid")


@dataclass
class Right:
    """One entitlement as the journal tells it: granted, changed, stopped; what was undone is not here."""

    person: str
    standing: str
    since: date
    facts: dict
    until: date | None = None
    changes: list[tuple[date, str, object]] = field(default_factory=list)

    def change(self, since: date, values: dict):
        """A correction, a suspension or a resumption; one that begins after the last day says nothing."""
        if self.until is None or since <= self.until:
            self.changes += [(since, name, value) for name, value in values.items()]

    def stop(self, until: date):
        """The last day; what had been decided for later days goes with them."""
        self.until, self.changes = until, [change for change in self.changes if change[0] <= until]

    def on(self, day: date) -> dict | None:
        """The facts of a day, or nothing where the right does not run."""
        if day < self.since or (self.until is not None and day > self.until):
            return None
        facts, decided = {"state": "in_force", **self.facts}, {}
        for since, name, value in self.changes:
            if since <= day and since >= decided.get(name, since):
                facts[name], decided[name] = value, since
        return facts if facts["state"] == "in_force" else None

    def in_month(self, month: date) -> dict | None:
        """The facts of the last day of the month on which the right runs."""
        last = month.replace(day=monthrange(month.year, month.month)[1])
        if self.since > last or (self.until is not None and self.until < month):
            return None
        days = (last - timedelta(n) for n in range(last.day))
        return next((facts for day in days if (facts := self.on(day)) is not None), None)


def due(rights: list[Right], month: date, ours: tuple[date, int] | None) -> dict[str, int]:
    """What a person is due for a month, by field; ``ours`` is the province's own level and the month from which it counts."""
    level = max(_at(ASSISTANCE_SINCE, ASSISTANCE, month), ours[1] if ours and month >= ours[0] else 0)
    amounts = [(right.standing, AMOUNTS[right.standing](facts, month, level)) for right in rights if (facts := right.in_month(month))]
    merit = sum(amount for standing, amount in amounts if standing in MERIT)
    once = sum(amount for standing, amount in amounts if standing == "death_aid")
    monthly = [(standing, amount) for standing, amount in amounts if standing not in (*MERIT, "death_aid")]
    return {"merit": merit, "assistance": once + _highest(monthly)}


def _highest(amounts) -> int:
    """Only the highest; a single parent who is also disabled or eighty has both (Nghị định 20/2021 Điều 6 khoản 2)."""
    parent = sum(amount for standing, amount in amounts if standing == "single_parent")
    others = sorted((amount, standing in BESIDE_A_PARENT) for standing, amount in amounts if standing != "single_parent")
    if not others:
        return parent
    best, is_beside = others[-1]
    return parent + best if is_beside else max(parent, best)


def _at(since, amounts, month) -> int:
    return next((amount for first, amount in zip(reversed(since), reversed(amounts), strict=True) if first <= month), 0)


def _merit(amounts, month) -> int:
    return _at(MERIT_SINCE, amounts, month)


def _age(born, month) -> int:
    """Full years in a month; a birthday counts in all of its month."""
    return ((month.year - born.year) * 12 + month.month - born.month) // 12


def _wounded(facts, month, _level):
    return _merit(WOUNDED[facts["grade"]], month) + (_merit(WOUNDED_81_SUPPLEMENT, month) if facts["grade"] >= 81 else 0)


def _martyr(facts, month, _level):
    return _merit(MARTYR_REMARRIED if facts.get("remarried") else MARTYR[facts["martyrs"]], month)


def _disabled(facts, month, level):
    is_old = _age(facts["born"], month) >= 60
    return level * DISABLED_HALVES[facts["severity"], is_old] // 2


AMOUNTS = {
    "wounded": _wounded,
    "chemical": lambda facts, month, _level: _merit(CHEMICAL[facts["grade"]], month),
    "martyr_relative": _martyr,
    "injury_lump": lambda _facts, month, _level: _at(LEVEL_SINCE, INJURY_5_TO_10, month),
    "disabled": _disabled,
    "single_parent": lambda facts, month, level: level * facts["children"],
    "elder_80": lambda facts, month, level: level if _age(facts["born"], month) >= 80 else 0,
    "social_pension": lambda _facts, month, _level: _at(PENSION_SINCE, PENSION, month),
    "death_aid": lambda facts, month, level: level * 50 * facts["people"],
}
