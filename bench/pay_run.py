"""A month of a province from its pages: a worker does it, and other processes ask for pages all the time. Arguments: payees, or ``ask`` and a file."""
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

HERE = Path(__file__).parent
WORKER = "import sys; from ansinh.cli import main; sys.exit(main(['worker']))"
PAUSE = 0.2


def built(count: int):
    """The province is filled by a process of its own, whose memory is not the worker's."""
    subprocess.run([sys.executable, str(HERE / "pay_run_office.py"), str(count)], check=True, stdout=subprocess.DEVNULL)


def asked(until: Path) -> dict:
    """Ask for pages one after another until the file is there; median and p95 by page, in ms."""
    draw, client = random.Random(7), Client()
    client.force_login(Account.objects.get(username="officer"))
    persons = list(Line.objects.values_list("person", flat=True)[:5_000])
    pages = {
        "home": lambda: "/", "month": lambda: f"/chi-tra/?thang={MONTH:%Y-%m}", "person": lambda: f"/nguoi/{draw.choice(persons)}/",
        "list": lambda: f"/chi-tra/{draw.choice(list(PayList.objects.values_list('pk', flat=True)))}/",
    }
    took = {name: [] for name in pages}
    for address in pages.values():
        client.get(address())  # a server that has just begun has read no law yet
    while not until.exists():
        for name, address in pages.items():
            url = address()
            started = time.perf_counter()
            answer = client.get(url)
            took[name].append((time.perf_counter() - started) * 1000)
            if answer.status_code != 200:
                raise RuntimeError(f"{url}: {answer.status_code}")
        time.sleep(PAUSE)
    return {name: {"p50": statistics.median(all_), "p95": sorted(all_)[int(len(all_) * 0.95) - 1], "n": len(all_)} for name, all_ in took.items()}


def done(order) -> float:
    """Give orders and wait for the worker; seconds."""
    started = time.monotonic()
    order()
    while Job.objects.filter(state__in=Job.OPEN).exists():
        time.sleep(PAUSE)
    if failed := Job.objects.exclude(state=Job.State.DONE).first():
        raise RuntimeError(failed.note)
    return time.monotonic() - started


def ordered(by, act, state):
    for field in FIELDS:
        act(list(PayList.objects.filter(month=MONTH, field=field, state=state)), by=by)


def main(count: int):
    built(count)
    set_demonstration_clock(datetime.combine(book().lock_day(MONTH), datetime.min.time(), clock.ZONE) + timedelta(hours=9))
    officer, approver, accountant = (Account.objects.get(username=name) for name in ("officer", "approver", "accountant"))
    stop = Path(tempfile.mkdtemp()) / "stop"
    worker = subprocess.Popen([sys.executable, "-c", WORKER])
    asker = subprocess.Popen([sys.executable, __file__, "ask", str(stop)], stdout=subprocess.PIPE)
    steps = {
        "prepare": lambda: [benefits.prepare_lists(MONTH, field=field, by=officer) for field in FIELDS],
        "approve": partial(ordered, approver, payments.approve_many, PayList.State.PROPOSED),
        "export": partial(ordered, accountant, payments.export_many, PayList.State.APPROVED),
    }
    took = {name: done(order) for name, order in steps.items()}
    stop.touch()
    pages = json.loads(asker.stdout.read().splitlines()[-1])
    asker.wait()
    worker.send_signal(signal.SIGTERM)
    _pid, _status, usage = os.wait4(worker.pid, 0)
    runs = ListRun.objects.filter(kind=ListRun.Kind.EXPORT)
    print(json.dumps({
        "took": took, "wall": sum(took.values()), "pages": pages, "cpu": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss / 1024,
        "lists": PayList.objects.filter(month=MONTH, state=PayList.State.EXPORTED).count(), "lines": Line.objects.filter(paylist__month=MONTH).count(),
        "files": sum(run.file.size for run in runs) / 2**20, "broken": len(verify_ledger()),
    }))


if __name__ == "__main__":
    import office  # noqa: F401  (sets Django up, so it comes before Django's own parts)
    from django.test import Client
    from pay_run_office import FIELDS, MONTH

    from ansinh.benefits import actions as benefits
    from ansinh.engine.law import book
    from ansinh.office import clock
    from ansinh.office.installation import set_demonstration_clock
    from ansinh.office.models import Account, Job
    from ansinh.payments import actions as payments
    from ansinh.payments.models import Line, ListRun, PayList
    from ansinh.payments.queries import verify_ledger

    if sys.argv[1] == "ask":
        print(json.dumps(asked(Path(sys.argv[2]))))
    else:
        main(int(sys.argv[1]))
