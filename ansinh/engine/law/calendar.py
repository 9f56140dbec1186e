"""Days off, make-up days and the legal lock day of a list, as dated data."""
from datetime import date, timedelta
from functools import lru_cache

from .places import Place

SATURDAY = 5


class Calendar:
    """Lịch làm việc: which days are worked, and the lock day of a month's list (Thông tư 44/2022/TT-BTC)."""

    def __init__(self, data: Place):
        data.only({"lock_day", "days_off", "make_up_days", "unverified"})
        for key in ("lock_day", "days_off", "make_up_days"):
            if not isinstance(data.get(key), Place):
                data.refuse(f"{key!r} must be a mapping; see the file as it was delivered", key)
        self.lock = data["lock_day"]
        if not 1 <= self.lock.whole("day") <= 28:
            self.lock.refuse(f"'day' is {self.lock['day']}, must be a day that every month has, 1 to 28", "day")
        self._off = _days(data["days_off"])
        self._made_up = _days(data["make_up_days"])
        self.years = range(min(data["days_off"]), max(data["days_off"]) + 1)

    def is_working_day(self, day: date) -> bool:
        """Whether the office works on a day; a year without a calendar knows weekends only."""
        return day in self._made_up or (day.weekday() < SATURDAY and day not in self._off)

    def lock_day(self, month: date) -> date:
        """Ngày khóa: the 25th of the month before ``month``, or the last working day before it."""
        day = (month.replace(day=1) - timedelta(days=1)).replace(day=self.lock["day"])
        while not self.is_working_day(day):
            day -= timedelta(days=1)
        return day

    @property
    def content(self):
        """All that the calendar says, in one order."""
        return sorted(self.lock.items()), sorted(self._off), sorted(self._made_up)

    @lru_cache(maxsize=1024)  # noqa: B019  (one calendar a process)
    def working_days_until(self, start: date, end: date) -> int:
        """Working days after ``start`` up to ``end``, inclusive; negative when ``end`` has passed."""
        if end < start:
            return -self.working_days_until(end, start)
        days = (start + timedelta(days=i) for i in range(1, (end - start).days + 1))
        return sum(map(self.is_working_day, days))


def _days(years: Place) -> set[date]:
    return {day for year, spans in years.items() for span in _listed(years, year, spans) for day in _span(years, year, str(span))}


def _listed(years, year, spans):
    if type(year) is not int or not isinstance(spans, list):
        years.refuse(f"{year!r} must be a year with its list of days, like 2024: [05-04]", year)
    return spans


def _span(years, year, text):
    first, _, last = text.partition("..")
    try:
        start, end = date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year}-{last or first}")
    except ValueError:
        years.refuse(f"{text!r} is no day of {year}; write 09-02 or 01-20..01-26", year)
    if end < start:
        years.refuse(f"{text!r} ends before it begins; write the earlier day first", year)
    return [start + timedelta(days=i) for i in range((end - start).days + 1)]
