"""Every page as an officer and an administrator see it: nothing serious for access, no sideways scrolling, at two widths."""
import io
from datetime import date

import pytest

from ansinh.benefits.actions import give_food
from ansinh.benefits.life_events.acts import record_life_event
from ansinh.benefits.models import Entitlement
from ansinh.dossiers.actions import (
    begin_upload,
    confirm,
    order_export,
    receive_batch,
    receive_package,
    stop_watching,
    take_chunk,
    watch_folder,
)
from ansinh.dossiers.models import Dossier, Evidence
from ansinh.dossiers.tests.checked import DECISION, MINUTES
from ansinh.office import jobs
from ansinh.office.models import Entry
from ansinh.payments.models import Line
from ansinh.registry.actions import add_identifier
from tests.browser import serious_faults
from tests.people import DISTRICT, PROVINCE

WIDTHS = [(1366, 768), (360, 740)]
TODAY = date(2023, 6, 20)


def faults_of(page, address, width):
    page.goto(address)
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [f"{address}: {fault}" for fault in (*serious_faults(page), *([f"{wide} px wide"] if wide > width else []))]


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_the_pages_of_an_officer_have_no_serious_fault(stand_at, at_desk, lan_is_paid, lan_finding, lan_to_enter, lan, appoint, upload, width, height):
    officer = appoint("lien", "officer", PROVINCE)
    sheet = upload([["0190", "Lê Văn Sai", "1950", "Nam", "Tân Kim", ""], ["019050001234", "Nguyễn Văn An", "1950", "Nam", "Tân Kim", ""]])
    line, entitlement, entry = Line.objects.first(), Entitlement.objects.first(), Entry.objects.filter(act="registry.recognise").first()
    stand_at(TODAY)
    record_life_event(lan, event="grade", on=date(2023, 1, 9), source="GĐYK 7", entitlement=entitlement.pk, grade=65, by=officer)
    event = Entry.objects.get(act="benefits.record_life_event")
    page = at_desk(officer)
    page.set_viewport_size({"width": width, "height": height})
    addresses = [
        "/", "/viec/", "/nhat-ky/", f"/nhat-ky/{entry.pk}/", f"/nhat-ky/{entry.pk}/hoan-tac/", "/nguoi/", "/nguoi/moi/", f"/nguoi/{lan.pk}/",
        f"/nguoi/{lan.pk}/?biet=01/01/2023", f"/nguoi/{lan.pk}/ghi-nhan-mat/", f"/nguoi/{lan.pk}/chuyen-noi-cu-tru/", "/dia-ban/", "/nap/",
        "/nap/moi/", f"/nap/{sheet.pk}/", f"/nap/{sheet.pk}/bo/", "/che-do/", f"/che-do/{entitlement.pk}/", "/chi-tra/", f"/chi-tra/{lan_is_paid.pk}/",
        f"/chi-tra/{lan_is_paid.pk}/in/", f"/chi-tra/{lan_is_paid.pk}/tang-giam/", f"/chi-tra/vi-sao/{line.pk}/", "/chi-tra/thu-hoi/",
        f"/su-kien/{lan.pk}/", f"/su-kien/{lan.pk}/mat/", f"/su-kien/{lan.pk}/chuyen-tinh-khac/", f"/su-kien/{lan.pk}/viec/", f"/su-kien/hoan-tac/{event.pk}/",
        "/chi-tra/soat/", f"/chi-tra/soat/{lan_finding.pk}/dong/", f"/chi-tra/soat/{lan_finding.pk}/giu/",
        f"/chi-tra/{lan_is_paid.pk}/tep-tra-ve/", "/chi-tra/tien-o-dau/", "/chi-tra/tien-o-dau/dong/",
        "/chi-tra/chua-nhan/", "/so-hoa/ban-doc/", f"/so-hoa/ban-doc/{lan_to_enter.pk}/", "/tai-khoan/", "/mat-khau/", "/xac-thuc/", "/khong-co-trang-nay/",
        "/thu-muc/", "/thu-muc/cua-tinh/", "/thu-muc/tep-luat/",
    ]
    assert not [fault for address in addresses for fault in faults_of(page, address, width)]


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_the_pages_of_rice_have_no_serious_fault(stand_at, at_desk, lan, officer, width, height):
    add_identifier(lan, kind="file", number="HS-001", since=date(2020, 1, 1), source="Sổ", by=officer)
    stand_at(TODAY)
    decision = give_food(
        "disaster", name="Bão số 3 tháng 6/2023", number="QĐ 118/QĐ-UBND", signed_on=TODAY, since=date(2023, 6, 1), months=2, area_path=DISTRICT,
        numbers=("HS-001",), people=1, by=officer,
    )
    page = at_desk(officer)
    page.set_viewport_size({"width": width, "height": height})
    own = f"/che-do/gao/{decision.pk}/"
    addresses = ["/che-do/gao/", "/che-do/gao/cap/", "/che-do/gao/cap/?dip=disaster", own, f"{own}in/", f"/nguoi/{lan.pk}/"]
    assert not [fault for address in addresses for fault in faults_of(page, address, width)]


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_the_pages_of_recovery_have_no_serious_fault(stand_at, at_desk, lan_owes_back, appoint, width, height):
    officer, chief = appoint("lien", "officer", PROVINCE), appoint("bich", "approver", PROVINCE)
    stand_at(date(2023, 7, 2))
    page, other = at_desk(officer), at_desk(chief, second_factor=True)
    page.set_viewport_size({"width": width, "height": height})
    other.set_viewport_size({"width": width, "height": height})
    case = f"/chi-tra/vu-viec/{lan_owes_back.pk}/"
    found = [f for a in ("/chi-tra/vu-viec/", case, f"{case}thong-bao/", f"{case}y-kien/") for f in faults_of(page, a, width)]
    assert not found + [fault for address in (case, f"{case}quyet-dinh/", f"{case}mien/") for fault in faults_of(other, address, width)]


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_the_pages_that_prove_something_have_no_serious_fault(stand_at, at_desk, dossier_with, officer, width, height):
    agreed = dossier_with({"allowance_decision": DECISION})
    stranger = dossier_with({"allowance_decision": DECISION}, code="TB-00002")
    contradicted = dossier_with({"medical_board_minutes": {**MINUTES, "birth": "1951"}, "allowance_decision": DECISION}, code="TB-00003")
    confirm(agreed, is_new=True, by=officer)
    stand_at(TODAY)
    page = at_desk(officer)
    page.set_viewport_size({"width": width, "height": height})
    addresses = [
        "/so-hoa/sai-sot/", f"/so-hoa/ban-doc/{agreed.pk}/", f"/so-hoa/xac-nhan/{stranger.pk}/nguoi/", f"/so-hoa/xac-nhan/{stranger.pk}/?nguoi=moi",
        f"/so-hoa/mau-thuan/{contradicted.pk}/", f"/chung-cu/{Evidence.objects.first().pk}/", f"/nguoi/{agreed.person_id}/",
    ]
    assert not [fault for address in addresses for fault in faults_of(page, address, width)]


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_the_pages_of_dossiers_have_no_serious_fault(stand_at, at_desk, lan_dossier_in_use, lan_page, appoint, settings, tmp_path, width, height):
    settings.DATA = tmp_path
    officer = appoint("lien", "officer", PROVINCE)
    batch = receive_batch("Kho 2, giá 4", origin="browser", area_path=PROVINCE, sheets_on_paper=40, by=officer)
    take_chunk(begin_upload(batch, name="tap-17.pdf", size=2_000, by=officer), offset=0, data=bytes(1_000), by=officer)
    stand_at(TODAY)
    page = at_desk(officer)
    page.set_viewport_size({"width": width, "height": height})
    dossier, sorted_batch = f"/ho-so/{lan_dossier_in_use.pk}/", lan_page.scan.batch_id
    addresses = [
        "/ho-so/", "/ho-so/moi/", dossier, f"{dossier}sua/", f"{dossier}nhan-lai/", f"{dossier}mat-ban-goc/", f"/trang/{lan_page.pk}/",
        "/so-hoa/", "/so-hoa/moi/", f"/so-hoa/{batch.pk}/", f"/so-hoa/{sorted_batch}/", f"/so-hoa/{batch.pk}/thu-tu/", f"/so-hoa/{batch.pk}/bo/",
        "/so-hoa/tien-do/", "/so-hoa/doc/", f"{dossier}trich-luc/", f"{dossier}ban-luu-tru/", "/trich-luc/", "/kiem-tra/", "/kiem-tra/?ma=TL2023-0001",
        f"/trich-luc/{lan_dossier_in_use.extracts.get().pk}/", "/tim/ban-quet/", f"/nguoi/{lan_dossier_in_use.person_id}/",
    ]
    assert not [fault for address in addresses for fault in faults_of(page, address, width)]


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_the_pages_by_which_things_come_and_go_have_no_serious_fault(stand_at, at_desk, watched, whole, travelling, receiver, width, height):
    came = receive_package(DISTRICT, data=travelling(whole).open("rb"), name="goi-ho-so-3.zip", by=receiver)
    wrong = receive_package(DISTRICT, data=io.BytesIO(b"PK"), name="nham.zip", by=receiver)
    jobs.work(until_idle=True)
    left, other = order_export([came_dossier(came)], by=receiver), watch_folder("05920", by=receiver)
    stop_watching(other, by=receiver)
    stand_at(TODAY)
    page = at_desk(receiver)
    page.set_viewport_size({"width": width, "height": height})
    addresses = [
        "/so-hoa/", "/so-hoa/thu-muc/", "/so-hoa/thu-muc/moi/", f"/so-hoa/thu-muc/{watched.pk}/dung/", "/so-hoa/goi/", "/so-hoa/goi/xuat/",
        "/so-hoa/goi/nhan/", f"/so-hoa/goi/{came.pk}/", f"/so-hoa/goi/{wrong.pk}/", f"/so-hoa/goi/{left.pk}/",
    ]
    assert not [fault for address in addresses for fault in faults_of(page, address, width)]


def came_dossier(transfer):
    transfer.refresh_from_db()
    return Dossier.objects.get(pk=transfer.receipt[0]["dossier"])


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_the_pages_of_an_administrator_have_no_serious_fault(stand_at, at_desk, areas, officer, appoint, width, height):
    right = officer.rights.get()
    stand_at(TODAY)
    page = at_desk(appoint("quantri", "administrator", PROVINCE), second_factor=True)
    page.set_viewport_size({"width": width, "height": height})
    account = f"/tai-khoan-can-bo/{officer.pk}/"
    addresses = [
        "/tai-khoan-can-bo/", "/tai-khoan-can-bo/moi/", account, f"{account}giao-quyen/", f"{account}dat-lai/", f"{account}khoa/",
        f"/tai-khoan-can-bo/quyen/{right.pk}/thoi/", "/nhat-ky/", "/kho-tep/", "/kho-tep/kiem-tra/", "/xac-thuc/",
        "/xac-thuc/ma-du-phong/",
    ]
    assert not [fault for address in addresses for fault in faults_of(page, address, width)]
