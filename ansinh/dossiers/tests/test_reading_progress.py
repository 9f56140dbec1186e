"""The page of the reading: figures by batch, failures with a way on, and orders given there."""
import pytest
from django.urls import reverse

from ansinh.dossiers.models import Page
from ansinh.dossiers.queries.reading import progress
from ansinh.dossiers.tests.waiting import typed, wait
from ansinh.office.models import Job
from tests.people import COMMUNE

Reading = Page.Reading


@pytest.fixture
def pages(lan_dossier, officer):
    """A batch of three pages: read, failed, waiting."""
    one, other, third = wait(lan_dossier, [typed(), typed(1600), typed(1500)], by=officer, area_path=COMMUNE)
    Page.objects.filter(pk=one.pk).update(reading=Reading.READ)
    Page.objects.filter(pk=other.pk).update(reading=Reading.FAILED, failure="Trang 1 của 2.png đọc quá lâu.", attempts=3)
    return one, other, third


@pytest.fixture
def seen(client, officer, pages):
    client.force_login(officer)
    return client


def test_progress_is_counted_by_batch(pages, officer):
    (batch,) = progress(officer).batches
    assert (batch.total, batch.read, batch.failed, batch.waiting) == (3, 1, 1, 1)


def test_the_page_says_how_far_it_is_and_what_failed_why(seen):
    said = seen.get(reverse("dossiers.reading")).content.decode()
    assert "Tủ 4" in said and "đọc quá lâu" in said and "chưa đoán được" in said
    assert "Đọc tiếp" in said and "hx-get" not in said


def test_reading_is_ordered_on_the_page_and_then_the_figures_renew_themselves(seen):
    said = seen.post(reverse("dossiers.read_on"), follow=True).content.decode()
    assert Job.objects.get().act == "dossiers.read_pages"
    assert "hx-get" in said and "Đọc tiếp" not in said
    part = seen.get(reverse("dossiers.reading"), {"tien-do": 1}, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith("<section") and "<html" not in part


def test_a_page_that_failed_is_sent_to_be_read_again(seen, pages):
    seen.post(reverse("dossiers.read_again", args=[pages[1].pk]))
    page = Page.objects.get(pk=pages[1].pk)
    assert (page.reading, page.attempts, page.failure) == (Reading.WAITING, 0, "")


def test_why_the_reading_stopped_is_said(seen, officer):
    seen.post(reverse("dossiers.read_on"))
    Job.objects.update(state=Job.State.FAILED, note="Máy chủ chưa có chương trình đọc chữ; cài gói tesseract-ocr.")
    said = seen.get(reverse("dossiers.reading")).content.decode()
    assert "cài gói tesseract-ocr" in said and "Đọc tiếp" in said


def test_a_neighbour_sees_none_of_it_and_orders_none_of_it(client, neighbour, pages):
    client.force_login(neighbour)
    said = client.get(reverse("dossiers.reading")).content.decode()
    assert "Tủ 4" not in said and "2.png" not in said
    assert client.post(reverse("dossiers.read_again", args=[pages[1].pk])).status_code == 404


def test_who_sees_no_dossiers_finds_no_page(client, nobody):
    client.force_login(nobody)
    assert client.get(reverse("dossiers.reading")).status_code == 404
    assert client.post(reverse("dossiers.read_on")).status_code == 404
