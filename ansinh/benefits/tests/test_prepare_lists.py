"""Lập danh sách tháng: ordered on a page, done in the background, whole or not at all."""
from datetime import date

import pytest

from ansinh.benefits import actions
from ansinh.benefits.actions import preparing
from ansinh.office import clock, jobs
from ansinh.office.models import Job
from ansinh.payments import actions as payments
from ansinh.payments.models import Batch, PayList, Proposal
from ansinh.web.refusal import Forbidden, Refusal
from tests.at_once import told_at_once
from tests.people import PROVINCE

MAY, JUNE, JULY = (date(2023, m, 1) for m in (5, 6, 7))
LOCKED = date(2023, 5, 25)
PAGE = "/chi-tra/lap/"


@pytest.fixture
def preparer(appoint):
    return appoint("preparer_of_month", "officer", PROVINCE)


@pytest.fixture
def lan_is_due(lan, granted):
    with clock.held_at(date(2023, 5, 20)):
        granted(lan, grade=61, paid_up_to=MAY)


@pytest.fixture
def locked(lan_is_due):
    """The lock day of the list of June."""
    with clock.held_at(LOCKED):
        yield


@pytest.fixture
def at_work(client, preparer, locked):
    client.force_login(preparer)
    return client


def words(answer):
    return answer.content.decode()


def order(by, month=JUNE):
    return actions.prepare_lists(month, field="merit", by=by)


def test_one_order_reckons_lists_and_sweeps(locked, preparer):
    order(preparer)
    jobs.work(until_idle=True)
    assert [(p.number, p.state, p.people, p.total) for p in PayList.objects.all()] == [("05920-2023-06-BĐ", "proposed", 1, 3_174_000)]
    job = Job.objects.get()
    assert (job.state, job.done, job.total) == ("done", 1, 1)
    assert job.note == "Có 1 danh sách chờ duyệt, 1 người; không có mục soát nào phải xem."


def test_the_same_month_again_writes_nothing(locked, preparer):
    order(preparer)
    jobs.work(until_idle=True)
    before = list(Proposal.objects.values_list("pk", flat=True)), PayList.objects.get().pk
    order(preparer)
    jobs.work(until_idle=True)
    assert (list(Proposal.objects.values_list("pk", flat=True)), PayList.objects.get().pk) == before


def test_an_approved_list_stays_as_it_is_and_is_told(locked, preparer, chief):
    order(preparer)
    jobs.work(until_idle=True)
    payments.approve(list(PayList.objects.all()), by=chief)
    order(preparer)
    jobs.work(until_idle=True)
    assert "1 danh sách đã duyệt từ trước giữ nguyên" in Job.objects.latest("id").note


def test_a_second_order_of_the_month_is_told_who_gave_the_first(locked, preparer):
    order(preparer)
    with pytest.raises(Refusal, match="đang được lập .Preparer_Of_Month giao lúc"):
        order(preparer)
    assert Job.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_orders_at_once_one_is_taken_and_the_other_is_told(locked, preparer):
    def send():
        with clock.held_at(LOCKED):
            order(preparer)

    (told,) = told_at_once(send, send)
    assert Job.objects.count() == 1
    assert told.startswith("Danh sách tháng")


REFUSED = {
    date(2020, 1, 1): "Chưa có bảng mức cho tháng 01/2020",
    date(2023, 8, 1): "Chưa lập được tháng 08/2023: sớm nhất là tháng 06/2023",
}


@pytest.mark.parametrize("month", REFUSED)
def test_a_month_that_cannot_be_prepared_is_refused_at_once(locked, preparer, month):
    with pytest.raises(Refusal, match=REFUSED[month]):
        order(preparer, month)
    assert not Job.objects.exists()


def test_a_month_before_an_approved_one_is_refused(locked, preparer, chief):
    order(preparer)
    jobs.work(until_idle=True)
    payments.approve(list(PayList.objects.all()), by=chief)
    with pytest.raises(Refusal, match="Danh sách tháng 06/2023 đã duyệt"):
        order(preparer, MAY)


def test_a_field_without_payees_is_refused(locked, preparer):
    with pytest.raises(Refusal, match="chưa có ai hưởng"):
        actions.prepare_lists(JUNE, field="assistance", by=preparer)


def test_an_officer_of_a_district_may_not_order_the_province(locked, officer):
    with pytest.raises(Forbidden):
        order(officer)


def test_nothing_of_a_batch_is_seen_before_all_of_it(locked, preparer, monkeypatch):
    seen = []

    def look(job, done, total=None):
        seen.append((Batch.objects.count(), Proposal.objects.count()))

    monkeypatch.setattr(preparing.jobs, "tick", look)
    order(preparer)
    jobs.work(until_idle=True)
    assert seen == [(0, 0), (1, 1), (1, 1)]


def test_what_is_learnt_while_the_month_is_reckoned_waits_for_the_next_time(locked, preparer, settle, granted):
    def learn(done, total):
        with clock.held_at(date(2023, 5, 26)):
            granted(settle("Vi Thị Sao"), grade=61, paid_up_to=MAY)

    with preparing.reckon(JUNE, field="merit", known=preparing.as_of_now(), tell=learn) as reckoned:
        assert reckoned.found.count == 1


def test_a_refusal_of_the_work_is_told_on_the_page(at_work, preparer, monkeypatch):
    def refuse(*_args, **_more):
        raise Refusal("Chưa ghi nơi cư trú của Dương Thị Lan; ghi nơi cư trú rồi lập lại.")

    monkeypatch.setattr(preparing.payments, "propose", refuse)
    order(preparer)
    jobs.work(until_idle=True)
    answer = words(at_work.get("/chi-tra/?thang=2023-06"))
    assert "Không làm được" in answer
    assert "ghi nơi cư trú rồi lập lại" in answer


def test_the_page_says_what_it_will_do_before_it_does_it(at_work):
    asked = {"month": "06/2023", "field": "merit"}
    answer = words(at_work.post(PAGE, asked))
    assert "Tính số phải chi của 1 người (người có công), đến hết tháng 06/2023" in answer
    assert not Job.objects.exists()
    assert at_work.post(PAGE, asked | {"confirmed": "yes"}).url == "/chi-tra/?thang=2023-06&linh_vuc=merit"
    assert Job.objects.count() == 1


def test_the_month_shows_progress_and_then_the_result(at_work, preparer):
    job = order(preparer)
    assert "Chờ chạy" in words(at_work.get("/chi-tra/?thang=2023-06"))
    Job.objects.filter(pk=job.pk).update(state="running", attempt=1, done=40, total=100, begun_at=clock.now(), seen_at=clock.now())
    part = words(at_work.get("/chi-tra/lap/tien-do/?thang=2023-06"))
    assert "bước 1/2: tính số phải chi · 40/100 người" in part
    assert 'value="40"' in part
    Job.objects.filter(pk=job.pk).update(state="waiting")
    jobs.work(until_idle=True)
    assert "Có 1 danh sách chờ duyệt" in words(at_work.get("/chi-tra/lap/tien-do/?thang=2023-06"))
    assert "hx-get" not in words(at_work.get("/chi-tra/lap/tien-do/?thang=2023-06"))


def test_the_first_month_of_an_empty_office_can_be_ordered_from_the_page(at_work):
    answer = words(at_work.get("/chi-tra/"))
    assert "Chưa có danh sách nào" in answer
    assert f'href="{PAGE}"' in answer
    assert 'value="06/2023"' in words(at_work.get(PAGE))


def test_who_may_not_order_sees_no_button_and_no_form(client, officer, accountant, locked):
    client.force_login(accountant)
    assert f'href="{PAGE}"' not in words(client.get("/chi-tra/?thang=2023-06"))
    assert client.get(PAGE).status_code == 404
    client.force_login(officer)
    assert "Lập danh sách tháng" not in words(client.get("/chi-tra/?thang=2023-06"))
    assert client.get("/chi-tra/lap/tien-do/?thang=2023-06").status_code == 404
