"""The simulated province in a process of its own: ``prepare``, ``work N`` which dies at its N-th statement, ``look``."""
import json
import os
import sys
from datetime import date

import django

from tests.killed import dying_at

LONG_AGO, SOURCE, COMMUNE = date(2010, 1, 1), "kiểm thử", "19.173.05920."
STAFF = {"officer": "officer", "chief": "approver", "accountant": "accountant"}
LAST = date.fromisoformat(os.environ["SIMULATED_LAST"])
PEOPLE = int(os.environ["SIMULATED_PEOPLE"])


def prepare():
    """One commune, three of the staff, and the people on the first day."""
    call_command("migrate", verbosity=0, skip_checks=True)
    above = None
    for level, (code, name, path) in enumerate((("19", "Thái Nguyên", "19."), ("173", "Phú Bình", "19.173."), ("05920", "Tân Kim", COMMUNE)), 1):
        above = Area.objects.create(
            code=code, name=name, kind="đơn vị", level=level, path=path, parent=above, search_key=name.lower(), since=LONG_AGO, source=SOURCE
        )
    for name, role in STAFF.items():
        account = Account.objects.create(username=name, full_name=name)
        Right.objects.create(account=account, role=role, area_path="19.", since=LONG_AGO)
    with clock.held_at(date(2021, 6, 10)):
        preparer = Account.objects.get(username="officer")
        province.settle(above, PEOPLE, by=preparer)
        for person in Person.objects.order_by("pk"):
            set_channel(person, since=LONG_AGO, kind="post", by=preparer)


def work(limit):
    """Go on with what is not done yet; die without a word at the ``limit``-th statement."""
    with dying_at(limit):
        province.work(LAST)


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    from ansinh.benefits.tests import province
    from ansinh.office import clock
    from ansinh.office.models import Account, Right
    from ansinh.payments.actions import set_channel
    from ansinh.registry.models import Area, Person

    {"prepare": prepare, "work": lambda: work(int(sys.argv[2])), "look": lambda: sys.stdout.write(json.dumps(province.look(LAST)))}[sys.argv[1]]()
