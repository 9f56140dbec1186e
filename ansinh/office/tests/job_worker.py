"""A worker in a process of its own, for the test that kills it: runs every open job, then leaves."""
import time

import django

STEP = 0.02


def one_by_one(job):
    """One transaction a step; begun again it goes on where it was."""
    for number in range(job.done, job.args["steps"]):
        with transaction.atomic():
            jobs.tick(job, number + 1)
            open_entry("office.step", job.by, key=f"{job.pk}:{number}")
        time.sleep(STEP)
    return "từng bước"


def at_once(job):
    """All steps in one transaction, or none."""
    with transaction.atomic():
        jobs.tick(job, job.args["steps"])
        for number in range(job.args["steps"]):
            open_entry("office.step", job.by, key=f"{job.pk}:{number}")
            time.sleep(STEP / 4)
    return "một lần"


if __name__ == "__main__":
    django.setup()
    from django.db import transaction

    from ansinh.office import jobs
    from ansinh.office.act import open_entry

    jobs.runs("office.one_by_one")(one_by_one)
    jobs.runs("office.at_once")(at_once)
    jobs.work(until_idle=True)
