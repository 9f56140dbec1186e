"""The simulated province in a process of its own: ``prepare``, ``work N`` which dies at its N-th statement, ``look``."""
import json
import os
import sys
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random

import django

from tests.killed import NEVER, dying_at
from tests.province import people
from tests.province.faults import ASKED

ROLES = {"officer": "officer", "chief": "approver", "accountant": "accountant", "administrator": "administrator"}
SOURCE = "kiểm thử"
FOLDER = Path(os.environ["ANSINH_DATA"])


def prepare():
    """The communes, four of the staff, and the people on the first day."""
    call_command("migrate", verbosity=0, skip_checks=True)
    mark_demonstration()
    areas = _areas()
    for name, role in ROLES.items():
        account = Account.objects.create_user(username=name, password=PASSWORD, full_name=name)
        Right.objects.create(account=account, role=role, area_path=people.PROVINCE, since=people.LONG_AGO)
        make_demonstration_account(account, second_factor=name in ("chief", "administrator"))
    with clock.held_at(date(2021, 6, 10)):
        settle([areas[code] for code, _name in people.COMMUNES], by=Account.objects.get(username="officer"))


def _areas():
    last, made = people.MERGER - timedelta(days=1), {}
    rows = [("19", "Thái Nguyên", 1, "", None, people.LONG_AGO), ("173", "Phú Bình", 2, "19", None, people.LONG_AGO)]
    rows += [(code, name, 3, "173", last if code in people.MERGED else None, people.LONG_AGO) for code, name in people.COMMUNES]
    rows.append((*people.SUCCESSOR, 3, "173", None, people.MERGER))
    for code, name, level, above, until, since in rows:
        parent = made.get(above)
        made[code] = Area.objects.create(
            code=code, name=name, kind="đơn vị", level=level, parent=parent, path=f"{parent.path if parent else ''}{code}.", search_key=fold(name),
            since=since, until=until, source=SOURCE,
        )
    for code in people.MERGED:
        Succession.objects.create(predecessor=made[code], successor=made[people.SUCCESSOR[0]], on=people.MERGER, is_split=False, source=SOURCE)
    return made


def work(limit):
    """Go on with what is not done yet; die without a word at the ``limit``-th statement."""
    with dying_at(limit), _asking_to_fall(int(os.environ.get("PROVINCE_FALL_AT", NEVER))):
        province(_desk(float(os.environ.get("PROVINCE_WEB_KILLED", "0"))), _in_hand)


def _desk(killing):
    """The pages, where a server of them runs."""
    one_in, dice = int(os.environ.get("PROVINCE_WEB_ONE_IN", "0")), Random(os.environ.get("PROVINCE_LIFE", ""))
    falls = "PROVINCE_FALLS" in os.environ
    return Desk(FOLDER, one_in=one_in, killing=killing, falls=falls, dice=dice) if one_in else None


@contextmanager
def _asking_to_fall(limit):
    """At the ``limit``-th statement the database is asked to fall; the work goes on until it has."""
    count = [0]

    def counted(execute, sql, params, many, context):
        count[0] += 1
        if count[0] == limit:
            (FOLDER / ASKED).touch()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counted):
        yield


def _in_hand(word):
    """What is being done, for whoever counts where it was killed."""
    (FOLDER / "in hand").write_text(word)


def look():
    """The end: its fingerprint, what is broken, how much there is of everything."""
    desk = _desk(0)
    with at_lock_day(people.LAST):
        broken = [*verify_ledger(), *faults(people.LAST, desk and desk.whereabouts)]
    counts = {model.__name__: model.objects.count() for model in (PayList, Posting, Movement, RecoveryCase)}
    sums = {
        "posted": sum(Posting.objects.values_list("amount", flat=True)), "events": len(recorded()),
        "events undone": sum(1 for line in recorded() if Entry.objects.filter(undoes=line).exists()),
        "steps": dict(Counter(RecoveryStep.objects.values_list("kind", flat=True))), "results": dict(Counter(Line.objects.values_list("result", flat=True))),
    }
    sys.stdout.write(json.dumps({"broken": broken, "end": digest(), "counts": counts | sums}))


if __name__ == "__main__":
    django.setup()
    from collections import Counter

    from django.core.management import call_command
    from django.db import connection

    from ansinh.engine.text.names import fold
    from ansinh.office import clock
    from ansinh.office.founding import make_demonstration_account
    from ansinh.office.installation import mark_demonstration
    from ansinh.office.models import Account, Entry, Right
    from ansinh.payments.models import Line, Movement, PayList, Posting, RecoveryCase, RecoveryStep
    from ansinh.payments.queries import verify_ledger
    from ansinh.registry.models import Area, Succession
    from tests.province.account import at_lock_day, faults
    from tests.province.books import digest
    from tests.province.desk import PASSWORD, Desk
    from tests.province.life import recorded
    from tests.province.settling import settle
    from tests.province.work import work as province

    {"prepare": prepare, "work": lambda: work(int(sys.argv[2])), "look": look}[sys.argv[1]]()
