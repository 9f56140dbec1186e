"""What a page says of background work: only what is known."""
from datetime import timedelta

import pytest

from ansinh.office import clock, jobs
from ansinh.office.models import Job
from ansinh.office.progress import progress_of


@pytest.fixture
def running(officer):
    """A job that began ten minutes ago and is through a quarter of four thousand."""
    now = clock.now()
    return Job(
        act="office.count", by=officer, state="running", attempt=1, done=1_000, total=4_000, queued_at=now, begun_at=now - timedelta(minutes=10),
        seen_at=now,
    )


def test_the_rest_is_reckoned_from_the_pace_so_far(running):
    assert round(jobs.remaining(running).total_seconds()) == 30 * 60
    said = progress_of(running, words="Đếm", step="bước 1/2: đếm", units="người")
    assert said.percent == 25
    assert "bước 1/2: đếm · 1.000/4.000 người · bước này còn khoảng 30 phút" in said.small


def test_of_work_begun_anew_or_not_counted_no_rest_is_told(running):
    assert progress_of(running, words="Ghi", is_measured=False).percent is None
    running.attempt = 2
    assert jobs.remaining(running) is None
    assert "còn" not in progress_of(running, words="Đếm", units="người").small


@pytest.mark.parametrize(("state", "is_busy", "is_failed"), [("waiting", True, False), ("done", False, False), ("failed", False, True)])
def test_what_does_not_run_has_no_bar(running, state, is_busy, is_failed):
    running.state, running.note = state, "Đã đếm."
    said = progress_of(running, words="Đếm", step="bước 1/2: đếm", units="người")
    assert (said.percent, said.is_busy, said.is_failed, said.note) == (None, is_busy, is_failed, "Đã đếm.")
    assert "bước" not in said.small
