"""All benefits of a province assessed after late decrees in both fields. Arguments: build or assess, payees, months posted.

The decrees are the real ones of July 2024, whose amounts count from 24 months before the list, in a copy of the law;
social pensions begin early enough to be paid in those. The months before are posted one by one, by the law of June, the
earlier ones are openings.
"""
import json
import resource
import shutil
import sys
import tempfile
import time
from datetime import date
from importlib import import_module
from pathlib import Path

# The package offers a function of the same name, so the module is asked for by name.
law_book = import_module("ansinh.engine.law.book")

MONTH, LAW_DAY, BACK_TO = date(2024, 8, 1), date(2024, 6, 1), date(2022, 8, 1)
LATE_TABLES = ("merit/annex_1.yaml", "merit/wounded.yaml", "merit/wounded_b.yaml", "levels/assistance_level.yaml")
PENSION = {"since: 2025-07-01": "since: 2022-07-01", "signed: 2025-06-30, in_force: 2025-07-01": "signed: 2022-06-30, in_force: 2022-07-01"}


def law_with_late_decrees() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="ansinh-bench-law-")) / "law"
    shutil.copytree(law_book.FOLDER, folder)
    for name in LATE_TABLES:
        _replace(folder / name, {"since: 2024-07-01": f"since: {BACK_TO}"})
    for name in ("assistance/social_pension.yaml", "instruments.yaml"):
        _replace(folder / name, PENSION)
    return folder


def _replace(path, words):
    text = path.read_text("utf-8")
    for was, now in words.items():
        text = text.replace(was, now)
    path.write_text(text, "utf-8")


# The book is read once a process, so the copy must be in place before anything asks for it.
law_book.load.__defaults__ = (law_with_late_decrees(),)

from office import open_office  # noqa: E402
from payees import fill_all  # noqa: E402

from ansinh.benefits import actions as benefits  # noqa: E402
from ansinh.benefits.models import Entitlement  # noqa: E402
from ansinh.engine.law import book  # noqa: E402
from ansinh.engine.law.book import FIELDS  # noqa: E402
from ansinh.engine.months import as_date, as_month  # noqa: E402
from ansinh.office import clock  # noqa: E402
from ansinh.office.models import Account  # noqa: E402
from ansinh.payments.models import Posting, Proposal  # noqa: E402
from ansinh.registry.models import Person  # noqa: E402


def build(count: int, posted: int) -> dict:
    officer, _approver = open_office()
    months = tuple(as_date(as_month(MONTH) - back) for back in range(posted, 0, -1))
    fill_all(count, months, LAW_DAY, by=officer)
    fields = {field: Entitlement.objects.filter(payable__field=field).count() for field in FIELDS}
    return {"persons": Person.objects.count(), "entitlements": fields, "postings": Posting.objects.count(), "memory": peak()}


def assess() -> dict:
    """One assessment of each field, in a process of its own: its memory is the worker's, not that of making the payees."""
    officer, written = Account.objects.get(username="officer"), 0
    wall, cpu = time.monotonic(), time.process_time()
    with clock.held_at(book().lock_day(MONTH)):
        for field in FIELDS:
            written += benefits.assess(MONTH, field=field, by=officer)[1]
    said = {"wall": time.monotonic() - wall, "cpu": time.process_time() - cpu, "written": written, "memory": peak()}
    return {**said, "kinds": {kind: Proposal.objects.filter(kind=kind).count() for kind in ("due", "arrears", "overpayment")}}


def peak() -> float:
    """The highest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(build(*map(int, sys.argv[2:])) if sys.argv[1] == "build" else assess()))
