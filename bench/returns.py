"""Return files of a whole province: read, taken, taken again by another hand, corrected, taken back. Argument: payees."""
import json
import resource
import sys
import time

import polars as pl
from office import LONG_AGO, open_office
from sweep import LOCKED, MONTH, SLICE, date, fill

from ansinh.benefits import actions as benefits
from ansinh.office import actions as office
from ansinh.office import clock
from ansinh.office.models import Account, Entry, Right
from ansinh.payments import actions as payments
from ansinh.payments.models import Line, PayList
from ansinh.payments.queries import verify_ledger
from ansinh.payments.return_file import read_answers

# Of so many rows one is not paid, one is paid in part, one writes another name; the correction changes one in so many.
UNPAID, PARTLY, MISNAMED, CORRECTED = 12, 50, 1000, 20


def answers(*, corrected=0) -> bytes:
    """The provider's file as CSV; with ``corrected`` one in so many of those not paid has got it after all."""
    rows = pl.DataFrame(list(Line.objects.order_by("paylist", "position").values("paylist__number", "position", "file_number", "name", "total")))
    place = pl.int_range(pl.len())
    is_unpaid = (place % UNPAID == 3) & ~((place % (corrected or 1) == 3) if corrected else pl.lit(False))
    is_part = ~is_unpaid & (place % PARTLY == 5)
    return rows.select(
        pl.col("paylist__number").alias("Số danh sách"), pl.col("position").alias("STT"), pl.col("file_number").alias("Số hồ sơ"),
        pl.when(place % MISNAMED == 9).then(pl.lit("Người Khác")).otherwise("name").alias("Họ và tên"), pl.col("total").alias("Số tiền"),
        pl.when(is_unpaid).then(pl.lit("Chưa nhận")).otherwise(pl.lit("Đã nhận")).alias("Kết quả"),
        pl.when(is_unpaid).then(pl.lit("vắng nhà")).when(is_part).then(pl.lit("thiếu tiền mặt")).otherwise(pl.lit("")).alias("Lý do"),
        pl.when(is_part).then(pl.col("total") - 100_000).alias("Số tiền đã trả"),
    ).write_csv().encode()


def timed(call) -> tuple[dict, object]:
    wall, cpu = time.monotonic(), time.process_time()
    result = call()
    return {"wall": time.monotonic() - wall, "cpu": time.process_time() - cpu}, result


def main(count: int):
    officer, approver = open_office()
    with clock.held_at(date(2023, 9, 20)):
        for start in range(0, count, SLICE):
            fill(start, min(SLICE, count - start), faulty=count * 2, by=officer)
    with clock.held_at(LOCKED):
        benefits.assess(MONTH, by=officer)
        payments.propose(MONTH, by=officer)
        lists = list(PayList.objects.all())
        payments.decide_open(lists, number="01/QĐ", reason="bench", by=approver)
        payments.approve(lists, by=approver)
        accountant = Account.objects.create(username="accountant", full_name="accountant")
        Right.objects.create(account=accountant, role="accountant", area_path="19.", since=LONG_AGO)
        payments.export(lists, by=accountant)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps(_run(lists, accountant) | {"memory_before": before, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def _run(lists, accountant) -> dict:
    first, said = answers(), {"lists": len(lists)}
    said["read"], given = timed(lambda: read_answers(first, "mot.csv"))
    said["take"], said["counts"] = timed(lambda: payments.reconcile(lists, answers=given, data=first, name="mot.csv", by=accountant))
    said["same"], _counts = timed(lambda: payments.reconcile(lists, answers=given, data=first + b"\n", name="hai.csv", by=accountant))
    _undo(accountant)
    corrected = answers(corrected=CORRECTED)
    given = read_answers(corrected, "ba.csv")
    said["correct"], said["corrected"] = timed(
        lambda: payments.reconcile(lists, answers=given, data=corrected, name="ba.csv", corrects="bench", by=accountant)
    )
    said["undo_correction"], _none = timed(lambda: _undo(accountant))
    said["undo"], _none = timed(lambda: _undo(accountant))
    return said | {"rows": len(given), "faults": verify_ledger()}


def _undo(accountant):
    office.undo(Entry.objects.filter(act="payments.reconcile", undone_by=None).latest("pk"), by=accountant)


if __name__ == "__main__":
    main(int(sys.argv[1]))
