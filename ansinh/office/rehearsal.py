"""Rehearsing an act: it is done and taken back, so that what is shown before it is what it does. / Diễn thử."""
from collections.abc import Callable

from django.db import transaction


def rehearse(act: Callable):
    """Do it, keep what it says, and take it all back; give it objects of its own, for those in hand would stay changed."""
    with transaction.atomic():
        said = act()
        transaction.set_rollback(True)
    return said
