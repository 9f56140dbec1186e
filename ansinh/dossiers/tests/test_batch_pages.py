"""Batches on screen: opened, filled, taken apart, arranged, read first, discarded; each closed to neighbours."""
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ansinh.dossiers import actions
from ansinh.dossiers.models import Batch, Dossier, Entering, Page, Paper, Scan
from ansinh.office import clock, jobs
from ansinh.office.models import Entry
from tests.people import COMMUNE, DISTRICT

from .scans import as_bytes, blank, drawn, pdf


@pytest.fixture
def at_work(client, officer):
    client.force_login(officer)
    return client


@pytest.fixture
def batch(lan_dossier, officer):
    """Two pages and a blank side of Lan's dossier, and a file that is none; not yet closed."""
    made = actions.receive_batch("Kho 2, giá 4", origin="browser", dossier=lan_dossier, sheets_on_paper=9, by=officer)
    actions.add_scan(made, name="tap.pdf", data=pdf(drawn(1), drawn(2), blank()), by=officer)
    actions.add_scan(made, name="thu.exe", data=b"MZ\x90", by=officer)
    return made


@pytest.fixture
def sorted_batch(batch, at_work):
    """The same, taken apart."""
    at_work.post(f"/so-hoa/{batch.pk}/nhan-du/")
    jobs.run_one()
    return batch


@pytest.fixture
def arrange(at_work, sorted_batch):
    """``arrange("xoay-phai", page)``: a deed on chosen pages, from the page of the batch."""

    def do(deed, *pages, **said):
        return at_work.post("/trang/sap-xep/", {"viec": deed, "trang": [p.pk for p in pages], "lo": sorted_batch.pk, **said})

    return do


def words(answer):
    return answer.content.decode()


def first():
    return Page.objects.order_by("number").first()


def test_a_batch_is_opened_for_a_place_or_a_dossier(at_work, lan_dossier):
    answer = at_work.post("/so-hoa/moi/", {"name": "Kho 1", "area_path": DISTRICT, "code": "TB-00161", "priority": "10", "sheets_on_paper": "12"})
    made = Batch.objects.get()
    assert answer.url == f"/so-hoa/{made.pk}/"
    assert (made.dossier, made.area_path, made.priority, made.sheets_on_paper) == (lan_dossier, COMMUNE, 10, 12)


def test_a_batch_of_an_unknown_dossier_is_not_opened(at_work, areas):
    answer = at_work.post("/so-hoa/moi/", {"name": "Kho 1", "area_path": DISTRICT, "code": "TB-9", "priority": "0"})
    assert answer.status_code == 422
    assert "Không có hồ sơ số này" in words(answer)


def test_the_page_says_what_became_of_each_file(at_work, sorted_batch):
    answer = words(at_work.get(f"/so-hoa/{sorted_batch.pk}/"))
    assert "Không nhận được" in answer
    assert "Đây không phải PDF" in answer
    assert "Trang trắng" in answer
    assert "TB-00161" in answer
    assert "Trên giấy có 9 tờ mà quét được 3 mặt" in answer


def test_the_list_counts_files_and_those_refused(at_work, sorted_batch):
    answer = words(at_work.get("/so-hoa/"))
    assert "Kho 2, giá 4" in answer
    assert "1 không nhận được" in answer


def test_progress_is_asked_for_in_place(at_work, batch):
    at_work.post(f"/so-hoa/{batch.pk}/nhan-du/")
    answer = words(at_work.get(f"/so-hoa/{batch.pk}/?tien-do=1", headers={"HX-Request": "true"}))
    assert "Tách trang: 0/2 tệp" in answer
    assert "<html" not in answer


def test_pages_that_look_alike_stand_side_by_side(at_work, sorted_batch, officer):
    again = actions.receive_batch("Kho 3", origin="browser", dossier=sorted_batch.dossier, by=officer)
    actions.add_scan(again, name="mot.png", data=as_bytes(drawn(1)), by=officer)
    actions.close_batch(again, by=officer)
    jobs.work(until_idle=True)
    assert "Trang giống nhau" in words(at_work.get(f"/so-hoa/{again.pk}/"))


def test_the_page_asks_the_same_number_of_questions_however_many_files_and_pages(at_work, sorted_batch, still_clock):
    address = f"/so-hoa/{sorted_batch.pk}/"
    at_work.get(address)
    with CaptureQueriesContext(connection) as few:
        at_work.get(address)
    scan = Scan.objects.filter(outcome=Scan.Outcome.TAKEN).get()
    Page.objects.bulk_create(Page(scan=scan, number=n, width=6, height=8, dpi=72, dossier=sorted_batch.dossier) for n in range(10, 20))
    Scan.objects.bulk_create(Scan(batch=sorted_batch, name=f"{n}.pdf", position=n, outcome=Scan.Outcome.WAITING) for n in range(1, 9))
    with CaptureQueriesContext(connection) as many:
        at_work.get(address)
    assert len(many) == len(few)


def test_reading_first_moves_the_pages_that_wait(at_work, sorted_batch):
    at_work.post(f"/so-hoa/{sorted_batch.pk}/thu-tu/", {"priority": "100"})
    assert set(Page.objects.filter(reading="waiting").values_list("priority", flat=True)) == {100}
    assert "gấp, trước mọi lô" in words(at_work.get(f"/so-hoa/{sorted_batch.pk}/"))


def test_an_open_batch_is_discarded_after_its_consequences_were_shown(at_work, batch):
    assert "2 tệp của lô không được tách và đọc nữa" in words(at_work.get(f"/so-hoa/{batch.pk}/bo/"))
    at_work.post(f"/so-hoa/{batch.pk}/bo/", {"confirmed": "yes"})
    batch.refresh_from_db()
    assert batch.state == Batch.State.DISCARDED


def test_pages_are_turned_there_and_back(arrange):
    before = (first().width, first().height)
    arrange("xoay-phai", first())
    assert (first().turn, first().width, first().height) == (90, *reversed(before))
    arrange("xoay-trai", first())
    assert (first().turn, first().width, first().height) == (0, *before)


def test_the_way_back_stands_in_the_message(arrange, at_work):
    answer = arrange("loai", first(), **{"loai-trang": "blank"})
    entry = Entry.objects.get(act="dossiers.set_page_kind")
    assert f'<a href="/nhat-ky/{entry.pk}/hoan-tac/">Hoàn tác</a>' in at_work.get(answer.url).content.decode()
    answer = arrange("loai", *Page.objects.all()[:2], **{"loai-trang": "page"})
    assert "Hoàn tác từng trang trong nhật ký" in at_work.get(answer.url).content.decode()


def test_of_several_pages_all_are_arranged_or_none(arrange, officer):
    one, other = Page.objects.order_by("pk")[:2]
    Entering.objects.create(
        paper=Paper.objects.create(dossier=actions.register_dossier("TB-9", category="wounded", title="x", area_path=COMMUNE, by=officer), position=1),
        name="full_name", round=1, value="x", page=other, left=1, top=1, width=9, height=9, entered_by=officer, entered_at=clock.now(),
        entered_in=Entry.objects.latest("id"),
    )
    assert arrange("loai", one, other, **{"loai-trang": "cover"}).status_code == 422
    assert set(Page.objects.filter(pk__in=[one.pk, other.pk]).values_list("kind", flat=True)) == {one.kind, other.kind}
    assert not Entry.objects.filter(act="dossiers.set_page_kind").exists()


def test_a_page_is_split_and_joined(arrange):
    count = Page.objects.count()
    arrange("tach", first(), **{"cho-tach": "40"})
    assert Page.objects.count() == count + 1
    arrange("ghep", first())
    assert Page.objects.count() == count


def test_a_page_is_set_aside_and_taken_back(arrange):
    arrange("loai", first(), **{"loai-trang": "blank"})
    assert (first().kind, first().paper) == (Page.Kind.BLANK, None)
    arrange("loai", first(), **{"loai-trang": "page"})
    assert first().kind == Page.Kind.PAGE


def test_a_page_begins_a_paper_of_its_own(arrange):
    arrange("giay-moi", Page.objects.get(number=2))
    assert Paper.objects.count() == 2


def test_pages_go_into_another_dossier_and_out_of_it(arrange, officer):
    other = actions.register_dossier("BB-1", category="sick", title="Lê Văn Bình", area_path=COMMUNE, by=officer)
    arrange("chuyen", first(), **{"so-ho-so": "BB-1"})
    assert first().dossier == other
    arrange("dua-ra", first())
    assert first().dossier is None


@pytest.mark.parametrize("said", [{"so-ho-so": "XX-1"}, {"so-ho-so": ""}, {"so-ho-so": "TB-00161", "giay-thu": "9"}])
def test_a_place_that_is_not_there_is_refused(arrange, said):
    assert arrange("chuyen", first(), **said).status_code == 422


def test_nothing_chosen_is_said(arrange):
    answer = arrange("xoay-phai")
    assert answer.status_code == 422
    assert "Chưa chọn trang nào" in words(answer)


def test_a_neighbour_arranges_nothing_of_ours(sorted_batch, client, neighbour):
    client.force_login(neighbour)
    assert client.post("/trang/sap-xep/", {"viec": "xoay-phai", "trang": first().pk, "lo": sorted_batch.pk}).status_code == 422
    assert client.get(f"/so-hoa/{sorted_batch.pk}/thu-tu/").status_code == 404
    assert client.get(f"/so-hoa/{sorted_batch.pk}/bo/").status_code == 404
    assert client.post(f"/so-hoa/{sorted_batch.pk}/nhan-du/").status_code == 404
    assert first().turn == 0


def test_an_auditor_sees_pages_and_no_buttons(sorted_batch, client, auditor):
    client.force_login(auditor)
    assert "Sắp xếp trang đã chọn" not in words(client.get(f"/so-hoa/{sorted_batch.pk}/"))
    assert client.post("/trang/sap-xep/", {"viec": "xoay-phai", "trang": first().pk}).status_code == 403


def test_covers_and_separators_are_printed(at_work, lan_dossier):
    assert at_work.get(f"/ho-so/{lan_dossier.pk}/to-bia/").content[:5] == b"%PDF-"
    assert at_work.get("/so-hoa/to-ngan/").content[:5] == b"%PDF-"


def test_covers_of_a_whole_list_are_printed_at_once(at_work, lan_dossier):
    assert at_work.post("/ho-so/", {"tai": "to-bia", "loai": "wounded"}).content[:5] == b"%PDF-"
    nobody = at_work.post("/ho-so/", {"tai": "to-bia", "loai": "martyr"})
    assert nobody.status_code == 422
    assert "Chọn từ 1 đến 500 hồ sơ" in words(nobody)


def test_a_cover_of_a_neighbour_is_not_there(client, neighbour, lan_dossier):
    client.force_login(neighbour)
    assert client.get(f"/ho-so/{lan_dossier.pk}/to-bia/").status_code == 404


def test_the_dossier_shows_the_pages_that_came(at_work, sorted_batch):
    answer = words(at_work.get(f"/ho-so/{sorted_batch.dossier_id}/"))
    assert "Sắp xếp trang đã chọn" in answer
    assert Dossier.objects.get().state == Dossier.State.SCANNED
