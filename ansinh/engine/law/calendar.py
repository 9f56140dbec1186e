"""Days off, make-up days and the legal lock day of a list, as dated data."""
from datetime import date, timedelta
from functools import lru_cache

from .places import LawError, Place

SATURDAY = 5


class Calendar:
    """Lịch làm việc: which days are worked, and the lock day of a month's list (Thông tư 44/2022/TT-BTC)."""

    def __init__(self, data: Place):
        self.lock = data["lock_day"]
        self._off = _days(data, "days_off")
        self._made_up = _days(data, "make_up_days")
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

    @lru_cache(maxsize=1024)  # noqa: B019  (one calendar a process)
    def working_days_until(self, start: date, end: date) -> int:
        """Working days after ``start`` up to ``end``, inclusive; negative when ``end`` has passed."""
        if end < start:
            return -self.working_days_until(end, start)
        days = (start + timedelta(days=i) for i in range(1, (end - start).days + 1))
        return sum(map(self.is_working_day, days))


def _days(data, key):
    return {day for year, spans in data[key].items() for span in spans for day in _span(data[key], year, str(span))}


def _span(place, year, text):
    first, _, last = text.partition("..")
    try:
        start, end = date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year}-{last or first}")
    except ValueError as error:
        raise LawError(f"calendar.yaml:{place.key_lines[year]}: {text!r} is no day of {year}; write 09-02 or 01-20..01-26") from error
    return [start + timedelta(days=i) for i in range((end - start).days + 1)]
