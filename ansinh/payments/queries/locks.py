"""When the office's lists are locked: what is not decided by then goes with the list after."""
from datetime import date, timedelta

from ansinh.engine.law import book


def next_lock_day(today: date) -> date:
    """The day on which the next list is locked: what is not decided by then is paid once more."""
    following = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    lock = book().lock_day(following)
    return lock if lock >= today else book().lock_day((following + timedelta(days=32)).replace(day=1))
