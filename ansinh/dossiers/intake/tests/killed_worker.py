"""A worker of its own process for the test that kills it: ``prepare``, or ``work N`` which dies at its N-th statement."""
import sys
from datetime import date

import django

from tests.killed import dying_at


def prepare():
    """An empty office with a commune, an officer, two dossiers and one closed batch of many kinds of files."""
    call_command("migrate", verbosity=0, skip_checks=True)
    since, source = date(2010, 1, 1), "kiểm thử"
    province = Area.objects.create(code="19", name="Thái Nguyên", kind="tỉnh", level=1, path="19.", search_key="thai nguyen", since=since, source=source)
    Area.objects.create(code="173", name="Phú Bình", kind="huyện", level=2, path="19.173.", parent=province, search_key="phu binh", since=since, source=source)
    account = Account.objects.create(username="officer", full_name="officer")
    Right.objects.create(account=account, role="officer", area_path="19.", since=since)
    made = [actions.register_dossier(f"TB-{n}", category="wounded", title="x", area_path="19.173.", by=account) for n in (1, 2)]
    page = scans.as_bytes(scans.drawn(3))
    files = {
        "1.pdf": cover_sheets(made[:1]), "2.tiff": scans.tiff(scans.drawn(1), scans.blank(), scans.drawn(2)), "3.pdf": b"%PDF-1.7 broken",
        "4.zip": scans.packed({"a.png": page, "b.png": scans.as_bytes(scans.drawn(4)), "c.txt": b"x"}), "5.png": page, "6.pdf": cover_sheets(made[1:]),
        "7.png": scans.as_bytes(scans.drawn(5)),
    }
    batch = actions.receive_batch("Lô", origin="folder", area_path="19.173.", by=account)
    for name, data in files.items():
        actions.add_scan(batch, name=name, data=data, by=account)
    actions.close_batch(batch, by=account)


def work(limit):
    """Do everything there is to do; die without a word at the ``limit``-th statement."""
    with dying_at(limit):
        sorting.order_reading = lambda *_: None  # the reading that follows is killed in its own test
        jobs.work(until_idle=True)


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    from ansinh.dossiers import actions
    from ansinh.dossiers.actions import sorting
    from ansinh.dossiers.reports.cover import cover_sheets
    from ansinh.dossiers.tests import scans
    from ansinh.office import jobs
    from ansinh.office.models import Account, Right
    from ansinh.registry.models import Area

    prepare() if sys.argv[1] == "prepare" else work(int(sys.argv[2]))
