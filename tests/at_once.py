"""Several calls at the same moment, as of several officers, each in a thread and on a connection of its own."""
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from ansinh.web.refusal import Refusal

PATIENCE = 60


def at_once(*calls) -> list:
    """What each call gave, in their order: its result, or the refusal that it was told. A fault of one is raised here."""
    together = Barrier(len(calls))

    def hurry(call):
        try:
            together.wait(PATIENCE)
            return call()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(hurry, calls, timeout=PATIENCE))


def told_at_once(*calls) -> list[str]:
    """The sentences of those calls that were refused."""
    return [str(given) for given in at_once(*calls) if isinstance(given, Refusal)]
