"""When the office's lists are locked: what is not decided by then goes with the list after."""
from datetime import date

from ansinh.engine.law import book
from ansinh.engine.months import next_month


def next_lock_day(today: date) -> date:
    """The day on which the next list is locked: what is not decided by then is paid once more."""
    lock = book().lock_day(next_month(today))
    return lock if lock >= today else book().lock_day(next_month(next_month(today)))
