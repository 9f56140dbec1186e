"""A worker of its own process for the test that kills it: ``prepare``, or ``work N`` which dies at its N-th statement."""
import sys
from datetime import date

import django

from tests.killed import dying_at


def prepare():
    """An empty office with a commune, two of the staff and one uploaded sheet."""
    call_command("migrate", verbosity=0, skip_checks=True)
    since, source = date(2010, 1, 1), "kiểm thử"
    province = Area.objects.create(code="19", name="Thái Nguyên", kind="tỉnh", level=1, path="19.", search_key="thai nguyen", since=since, source=source)
    district = Area.objects.create(code="173", name="Phú Bình", kind="huyện", level=2, path="19.173.", parent=province, search_key="phu binh", since=since, source=source)
    Area.objects.create(code="05920", name="Tân Kim", kind="xã", level=3, path="19.173.05920.", parent=district, search_key="tan kim", since=since, source=source)
    for name, role in (("officer", "officer"), ("chief", "approver")):
        account = Account.objects.create(username=name, full_name=name)
        Right.objects.create(account=account, role=role, area_path="19.", since=since)
    lines = ["Số định danh,Họ và tên,Năm sinh,Xã"] + [f"0190{50 + i % 10}{i:06d},Nguyễn Văn Số,19{50 + i % 10},Tân Kim" for i in range(90)]
    lines = [line.replace("Số,19", "An,19") for line in lines]
    upload_import("persons", data="\n".join(lines).encode(), name="a.csv", area_path="19.173.", by=Account.objects.get(username="officer"))


def work(limit):
    """Do everything there is to do, and approve; die without a word at the ``limit``-th statement."""
    imports.CHUNK = 40
    with dying_at(limit):
        jobs.work(until_idle=True)
        import_ = Import.objects.get()
        if import_.state == Import.State.CHECKED:
            imports.approve_import(import_, by=Account.objects.get(username="chief"))
        jobs.work(until_idle=True)


if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command

    from ansinh.office import jobs
    from ansinh.office.models import Account, Right
    from ansinh.registry.actions import imports, upload_import
    from ansinh.registry.models import Area, Import

    prepare() if sys.argv[1] == "prepare" else work(int(sys.argv[2]))
