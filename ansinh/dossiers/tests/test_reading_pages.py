"""The queue of reading: every page once, the most urgent first; a broken one stops nothing."""
from datetime import timedelta

import pytest

from ansinh.dossiers import crew
from ansinh.dossiers.actions import keep_reading, read_again, read_pages
from ansinh.dossiers.actions import reading as acts
from ansinh.dossiers.actions.ordering import READ_PAGES
from ansinh.dossiers.models import Dossier, Page, PageText, Suggestion
from ansinh.dossiers.queries.scans import found_pages
from ansinh.dossiers.question import understood
from ansinh.dossiers.reading import recognise
from ansinh.dossiers.tests.waiting import typed, wait
from ansinh.office import clock, jobs
from ansinh.office.models import Job
from ansinh.web.refusal import Forbidden
from tests.people import COMMUNE, OTHER_COMMUNE

pytestmark = pytest.mark.usefixtures("lan_dossier")
Reading = Page.Reading
SAID = {
    "words": [["Lan", 5, 6, 30, 12, 91, 0]], "corrections": [[0, "Lạn", "neighbours"]], "confidence": 91, "cost": 700, "reader": "kiểm thử",
    "found": [["full_name", "Dương Thị Lan", "DƯƠNG THỊ LAN", 5, 6, 30, 12, 90, "label"]], "kind": "allowance_decision", "kind_confidence": 80,
}


@pytest.fixture
def waiting(lan_dossier, officer):
    """``waiting(*files)``: pages of Lan's dossier, scanned, not read."""
    Dossier.objects.filter(pk=lan_dossier.pk).update(state=Dossier.State.SCANNED)
    return lambda *files, **more: wait(lan_dossier, files, by=officer, area_path=COMMUNE, **more)


@pytest.fixture
def work(officer):
    """``work()``: order the reading and do it; the job as it ended."""

    def work():
        read_pages(COMMUNE, field="merit", by=officer)
        jobs.work(until_idle=True)
        return Job.objects.filter(act=READ_PAGES).latest("id")

    return work


def again(page):
    return Page.objects.get(pk=page.pk)


def test_waiting_pages_are_read_and_their_dossier_with_them(waiting, work, lan_dossier):
    one, other = waiting(typed(), typed(1600))
    job = work()
    assert (job.state, job.done) == ("done", 2)
    assert [again(page).reading for page in (one, other)] == [Reading.READ] * 2
    assert "Lan" in {word.text.strip(":") for word in one.text.as_words()}
    assert one.suggestions.get(name="full_name").value == "Dương Thị Lan"
    lan_dossier.refresh_from_db()
    assert lan_dossier.state == Dossier.State.READ


def test_a_broken_page_fails_with_a_reason_and_the_batch_goes_on(waiting, work, lan_dossier):
    damaged, whole = waiting(typed()[:3000], typed())
    job = work()
    damaged, whole = again(damaged), again(whole)
    assert (job.state, whole.reading, damaged.reading, damaged.attempts) == ("done", Reading.READ, Reading.FAILED, 3)
    assert "1.png" in damaged.failure and "quét lại" in damaged.failure
    lan_dossier.refresh_from_db()
    assert lan_dossier.state == Dossier.State.READ


def test_a_page_that_reads_for_ever_is_given_up(waiting, work, monkeypatch):
    monkeypatch.setattr(crew, "READ", "ansinh.dossiers.tests.tricks:turn_for_ever_with")
    monkeypatch.setattr(crew, "SECONDS", 1)
    (page,) = waiting(typed())
    work()
    assert "đọc quá lâu" in again(page).failure


def test_a_page_that_took_the_worker_down_each_time_is_left_aside(waiting, work):
    hostile, whole = waiting(typed(), typed(1600))
    Page.objects.filter(pk=hostile.pk).update(attempts=3)
    work()
    assert (again(hostile).reading, again(whole).reading) == (Reading.FAILED, Reading.READ)


def test_a_file_that_the_cabinet_cannot_give_is_a_failure_of_its_page(waiting, work, settings):
    lost, whole = waiting(typed(), typed(1600))
    lost.scan.file.sha256 = "0" * 64
    lost.scan.file.save()
    work()
    assert (again(lost).reading, again(whole).reading) == (Reading.FAILED, Reading.READ)
    assert again(lost).failure


def test_the_most_urgent_is_read_first(waiting, work, monkeypatch, settings):
    settings.READERS, order = 1, []
    waiting(typed())
    (urgent,) = waiting(typed(1600), priority=5)
    monkeypatch.setattr(acts, "keep_reading", lambda page, **said: (order.append(page.pk), keep_reading(page, **said)))
    work()
    assert order[0] == urgent.pk and len(order) == 2


def test_the_machine_suggests_a_kind_until_an_officer_has_said_it(waiting, officer):
    (page,) = waiting(typed())
    keep_reading(page, said=SAID, by=officer)
    page.paper.refresh_from_db()
    assert (page.paper.kind, page.paper.kind_confidence) == ("allowance_decision", 80)
    page.paper.kind, page.paper.kind_is_confirmed = "declaration", True
    page.paper.save()
    read_again(again(page), by=officer)
    keep_reading(page, said=SAID, by=officer)
    page.paper.refresh_from_db()
    assert page.paper.kind == "declaration"


def test_what_was_read_is_kept_beside_what_was_corrected_and_is_found(waiting, officer):
    (page,) = waiting(typed())
    keep_reading(page, said=SAID, by=officer)
    text = PageText.objects.get(page=page)
    assert (text.words, text.corrections, text.cost) == (SAID["words"], SAID["corrections"], 700)
    assert found_pages(understood("Lan"), officer) == [page.pk]


def test_a_page_is_read_once(waiting, officer):
    (page,) = waiting(typed())
    keep_reading(page, said=SAID, by=officer)
    keep_reading(page, said=SAID | {"words": []}, by=officer)
    assert page.text.words == SAID["words"]


def test_reading_again_replaces_what_the_machine_said_and_nothing_else(lan_dossier_in_use, officer):
    page = Page.objects.get(dossier=lan_dossier_in_use)
    read_again(page, by=officer)
    assert (again(page).reading, Job.objects.get().act) == (Reading.WAITING, READ_PAGES)
    keep_reading(page, said=SAID, by=officer)
    assert Suggestion.objects.get(page=page).raw == "DƯƠNG THỊ LAN"
    assert page.paper.enterings.get().value == "Dương Thị Lan" and page.evidence.exists()


def test_pages_of_another_area_wait_for_someone_who_may_read_them(work, neighbour, officer):
    (page,) = wait(None, [typed()], by=neighbour, area_path=OTHER_COMMUNE)
    assert work().done == 0
    assert again(page).reading == Reading.WAITING
    with pytest.raises(Forbidden):
        keep_reading(page, said=SAID, by=officer)


def test_without_the_program_the_work_says_what_to_install(waiting, work, monkeypatch):
    waiting(typed())
    monkeypatch.setattr(recognise, "PROGRAM", "tesseract-that-is-not-there")
    job = work()
    assert job.state == "failed" and "tesseract-ocr" in job.note


def test_other_work_that_has_waited_is_let_through(waiting, officer, appoint, monkeypatch):
    monkeypatch.setattr(acts, "TURN", 0.0)
    ran = []
    monkeypatch.setitem(jobs.HANDLERS, "registry.check_import", lambda job: ran.append(Page.objects.waiting().count()))
    waiting(typed(), typed(1600), typed(1500), typed(1400))
    read_pages(COMMUNE, field="merit", by=officer)
    other = jobs.enqueue("registry.check_import", by=officer, area_path=COMMUNE)
    Job.objects.filter(pk=other.pk).update(queued_at=clock.now() - timedelta(minutes=1))
    jobs.work(until_idle=True)
    assert ran == [4] and Page.objects.waiting().count() == 0


def test_one_order_is_enough(waiting, officer):
    waiting(typed())
    assert read_pages(COMMUNE, field="merit", by=officer)
    assert read_pages(COMMUNE, field="merit", by=officer) is None
