"""Background work: a job survives the kill of its worker, is run again, and its effect happens once."""
import os
import random
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from ansinh.office import clock, jobs
from ansinh.office.models import Entry, Job
from ansinh.web.refusal import Forbidden, Refusal

WORKER = Path(__file__).with_name("job_worker.py")
ROOT = Path(__file__).parents[3]
JOBS, STEPS, KILLS = 4, 12, 5


@pytest.fixture
def administrator(appoint):
    return appoint("administrator", "administrator", "19.")


@pytest.fixture
def handler(monkeypatch):
    """``handler(function)``: the work of jobs named office.note."""
    return lambda function: monkeypatch.setitem(jobs.HANDLERS, "office.note", function)


@pytest.fixture
def job(administrator):
    return jobs.enqueue("office.note", by=administrator, area_path="19.", key="x:1", steps=3)


def test_a_job_is_ordered_by_someone_who_may(administrator, officer):
    with pytest.raises(Forbidden):
        jobs.enqueue("office.note", by=officer, area_path="19.")
    assert not Job.objects.exists()


def test_a_job_runs_and_says_what_came_of_it(job, handler):
    handler(lambda job: f"{job.args['steps']} bước, {job.by}")
    jobs.work(until_idle=True)
    job.refresh_from_db()
    assert (job.state, job.note, job.attempt) == ("done", "3 bước, Administrator", 1)


def test_jobs_run_in_the_order_in_which_they_were_given(administrator, handler):
    ran = []
    handler(lambda job: ran.append(job.key))
    keys = [jobs.enqueue("office.note", by=administrator, area_path="19.", key=str(n)).key for n in range(3)]
    jobs.work(until_idle=True)
    assert ran == keys


def test_a_lawful_no_ends_a_job_with_its_sentence(job, handler):
    def refuse(_job):
        raise Refusal("Danh sách đã duyệt.")

    handler(refuse)
    jobs.work(until_idle=True)
    job.refresh_from_db()
    assert (job.state, job.note) == ("failed", "Danh sách đã duyệt.")


def test_a_fault_stops_the_worker_and_the_job_stays_open(job, handler):
    handler(lambda _job: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        jobs.run_one()
    job.refresh_from_db()
    assert job.state == "running"


def test_a_job_that_fells_every_worker_is_given_up(job, handler):
    handler(lambda _job: 1 / 0)
    Job.objects.filter(pk=job.pk).update(attempt=jobs.MOST_ATTEMPTS)
    assert jobs.run_one() is None
    job.refresh_from_db()
    assert job.state == "failed" and "báo người quản trị" in job.note


def test_progress_is_seen(job, handler):
    def half(job):
        jobs.tick(job, 1, total=2)
        seen.append(Job.objects.values_list("done", "total").get())

    seen = []
    handler(half)
    jobs.work(until_idle=True)
    assert seen == [(1, 2)]


def test_whom_another_worker_overtook_has_no_effect(job, handler):
    def overtaken(job):
        Job.objects.filter(pk=job.pk).update(attempt=job.attempt + 1)
        jobs.tick(job, 1)

    handler(overtaken)
    jobs.run_one()
    job.refresh_from_db()
    assert (job.state, job.done) == ("running", 0)


def environment():
    database = connection.settings_dict
    urls = {
        "sqlite": f"sqlite:///{database['NAME']}",
        "postgresql": f"postgresql://{database.get('USER')}@{database.get('HOST')}:{database.get('PORT')}/{database['NAME']}",
    }
    return {**os.environ, "ANSINH_DATABASE_URL": urls[connection.vendor], "DJANGO_SETTINGS_MODULE": "ansinh.config.settings", "PYTHONPATH": str(ROOT)}


def start():
    return subprocess.Popen([sys.executable, WORKER], env=environment(), stderr=subprocess.PIPE)


def work_under_fire(kills):
    """Two workers; again and again one of them is killed in the middle of its work and another begins."""
    chance, workers = random.Random(7), [start(), start()]
    killed = 0
    while killed < kills and Job.objects.filter(state__in=Job.OPEN).exists():
        time.sleep(chance.uniform(0.1, 0.4))
        if Job.objects.filter(state=Job.State.RUNNING).exists():
            victim = workers.pop(chance.randrange(2))
            killed += victim.poll() is None
            victim.kill()
            victim.communicate()
            workers.append(start())
            _wait_for_a_running_job()
    return killed, [(worker.communicate(timeout=60)[1], worker.returncode) for worker in workers]


def _wait_for_a_running_job():
    until = time.monotonic() + 20
    while time.monotonic() < until and Job.objects.filter(state=Job.State.WAITING).exists():
        if Job.objects.filter(state=Job.State.RUNNING).exists():
            return
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_kill_9_loses_nothing_and_doubles_nothing(appoint):
    administrator = appoint("administrator", "administrator", "19.")
    for number in range(JOBS):
        jobs.enqueue(("office.one_by_one", "office.at_once")[number % 2], by=administrator, area_path="19.", steps=STEPS)
    killed, ended = work_under_fire(KILLS)
    subprocess.run([sys.executable, WORKER], env=environment(), check=True, timeout=60)
    assert killed > 0, ended
    assert set(Job.objects.values_list("state", flat=True)) == {"done"}
    effects = Counter(Entry.objects.filter(act="office.step").values_list("key", flat=True))
    assert len(effects) == JOBS * STEPS and set(effects.values()) == {1}


def test_the_work_of_a_standing_order_comes_back_when_it_is_due_and_leaves_one_row(job, handler):
    ran = []
    handler(lambda job: ran.append(job.attempt) or jobs.Again(clock.now() + timedelta(minutes=1)))
    begun = clock.now()
    jobs.work(until_idle=True)
    assert ran == [1]
    with clock.held_at(begun + timedelta(minutes=2)):
        jobs.work(until_idle=True)
    assert ran == [1, 1]
    again = Job.objects.get()
    assert (again.state, again.key, again.args, again.by) == ("waiting", job.key, job.args, job.by)


def test_work_that_is_not_due_yet_keeps_no_other_work_waiting(job, handler, administrator):
    other = jobs.enqueue("office.other", by=administrator, area_path="19.")
    with clock.held_at(clock.now() + timedelta(hours=1)):
        assert jobs.others_wait(other, 5)
        Job.objects.filter(pk=job.pk).update(due_at=clock.now() + timedelta(hours=1))
        assert not jobs.others_wait(other, 5)
