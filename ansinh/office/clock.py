"""The one clock: every recorded moment, deadline and "today" comes from here."""
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_held: ContextVar[datetime | None] = ContextVar("held_clock", default=None)
_shift: tuple[float, timedelta] = (float("-inf"), timedelta())
_SHIFT_IS_FRESH_FOR = 1.0


def now() -> datetime:
    """This moment, aware, in the zone of Việt Nam."""
    return _held.get() or datetime.now(ZONE) + _demonstration_shift()


def today() -> date:
    """The calendar day in Việt Nam."""
    return now().astimezone(ZONE).date()


def end_of(day: date) -> datetime:
    """Midnight after ``day``: what was recorded before it counts as known on that day."""
    return datetime.combine(day + timedelta(days=1), time.min, ZONE)


@contextmanager
def held_at(moment: date | datetime):
    """Hold the clock still for a test or a walked demonstration; a day means eight in the morning."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(8), ZONE)
    token = _held.set(moment)
    try:
        yield moment
    finally:
        _held.reset(token)


def forget_shift():
    """Read the demonstration clock anew (after it was set)."""
    global _shift
    _shift = (float("-inf"), timedelta())


def real_now() -> datetime:
    """The machine's own moment, for durations and the setting of a demonstration clock only."""
    return datetime.now(ZONE)


def _demonstration_shift() -> timedelta:
    """How far the demonstration clock stands from the machine's; zero in service."""
    global _shift
    if settings.MODE == "production":
        return timedelta()
    read_at, shift = _shift
    if monotonic() - read_at > _SHIFT_IS_FRESH_FOR:
        shift = apps.get_model("office", "Installation").objects.clock_shift()
        _shift = (monotonic(), shift)
    return shift
