"""A worker of its own process for the test that kills it: ``prepare``, or ``work N`` which dies at its N-th statement."""
import sys
from datetime import date

import django

from tests.killed import dying_at

PAGES = 8


def prepare():
    """An empty office with a commune, a digitiser and a dossier whose pages wait to be read."""
    call_command("migrate", verbosity=0, skip_checks=True)
    Area.objects.create(code="19", name="Thái Nguyên", kind="tỉnh", level=1, path="19.", search_key="thai nguyen", since=date(2010, 1, 1), source="kiểm thử")
    account = Account.objects.create(username="digitiser", full_name="digitiser")
    Right.objects.create(account=account, role="digitiser", area_path="19.", since=date(2010, 1, 1))
    dossier = register_dossier("TB-1", category="wounded", title="Lan", area_path="19.", by=account)
    Dossier.objects.update(state=Dossier.State.SCANNED)
    wait(dossier, [f"page {number}".encode() for number in range(PAGES)], by=account, area_path="19.")
    reading.read_pages("19.", field="merit", by=account)


def work(limit):
    """Read everything there is to read; die without a word at the ``limit``-th statement."""
    crew.READ = "ansinh.dossiers.tests.tricks:say"
    with dying_at(limit):
        jobs.work(until_idle=True)


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    from ansinh.dossiers import crew
    from ansinh.dossiers.actions import reading, register_dossier
    from ansinh.dossiers.models import Dossier
    from ansinh.dossiers.tests.waiting import wait
    from ansinh.office import jobs
    from ansinh.office.models import Account, Right
    from ansinh.registry.models import Area

    prepare() if sys.argv[1] == "prepare" else work(int(sys.argv[2]))
