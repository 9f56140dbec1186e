"""An office of its own process for the test that kills it: ``prepare``, ``work N`` which dies at its N-th statement, ``look``."""
import json
import sys
from datetime import date

import django

from tests.killed import dying_at

MONTHS = (date(2023, 6, 1), date(2023, 7, 1))
LONG_AGO, SOURCE, COMMUNE = date(2010, 1, 1), "kiểm thử", "19.173.05920."
STAFF = {"officer": "officer", "chief": "approver", "accountant": "accountant"}


def prepare():
    """An empty office with one commune, three of the staff, and six wounded soldiers settled up to May."""
    call_command("migrate", verbosity=0, skip_checks=True)
    above = None
    for level, (code, name, path) in enumerate((("19", "Thái Nguyên", "19."), ("173", "Phú Bình", "19.173."), ("05920", "Tân Kim", COMMUNE)), 1):
        above = Area.objects.create(
            code=code, name=name, kind="đơn vị", level=level, path=path, parent=above, search_key=name.lower(), since=LONG_AGO, source=SOURCE
        )
    for name, role in STAFF.items():
        account = Account.objects.create(username=name, full_name=name)
        Right.objects.create(account=account, role=role, area_path="19.", since=LONG_AGO)
    with clock.held_at(date(2023, 5, 20)):
        people.settle_six(above, by=who("officer"))


def work(limit):
    """Do of each month's run what is not done yet; die without a word at the ``limit``-th statement."""
    with dying_at(limit):
        for month in MONTHS:
            with clock.held_at(book().lock_day(month)):
                run_of(month)


def run_of(month):
    """One month from reckoning to return, going on from the state in which the lists stand; one soldier is not at home."""
    jobs.work(until_idle=True)  # what the life before left
    lists = PayList.objects.filter(month=month)
    if not lists.exclude(state=PayList.State.PROPOSED).exists():
        done(benefits.prepare_lists, month, field="merit", by=who("officer"))
        done(payments.approve_many, list(lists), by=who("chief"))
    if approved := list(lists.filter(state=PayList.State.APPROVED)):
        done(payments.export_many, approved, by=who("accountant"))
    if exported := list(lists.filter(state=PayList.State.EXPORTED)):
        lines = Line.objects.filter(paylist__in=exported, total__gt=0).select_related("paylist")
        answers = [payments.Answer(li.paylist.number, li.position, li.position != 1, "vắng nhà", li.total, li.position) for li in lines]
        payments.reconcile(exported, answers=answers, by=who("accountant"))


def done(order, *args, **said):
    """Give an order and let the worker carry it out."""
    order(*args, **said)
    jobs.work(until_idle=True)


def look() -> dict:
    """What stands in the ledger, and which of its promises is broken."""
    return {
        "failed": list(Job.objects.exclude(state="done").values_list("note", flat=True)),
        "packed": ListRun.objects.exclude(file=None).count(), "broken": verify_ledger(), "balances": balances(), "postings": Posting.objects.count(), "movements": Movement.objects.count(),
        "states": sorted(PayList.objects.values_list("state", flat=True)), "total": sum(PayList.objects.values_list("total", flat=True)),
    }


def who(name):
    return Account.objects.get(username=name)


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    from ansinh.benefits import actions as benefits
    from ansinh.benefits.tests import six as people
    from ansinh.engine.law import book
    from ansinh.office import clock, jobs
    from ansinh.office.models import Account, Job, Right
    from ansinh.payments import actions as payments
    from ansinh.payments.models import Line, ListRun, Movement, PayList, Posting
    from ansinh.payments.queries import balances, verify_ledger
    from ansinh.registry.models import Area

    {"prepare": prepare, "work": lambda: work(int(sys.argv[2])), "look": lambda: sys.stdout.write(json.dumps(look()))}[sys.argv[1]]()
