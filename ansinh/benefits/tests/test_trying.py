"""A level tried, compared, adopted and taken back: figures first, files after, money with the next list."""
from datetime import date

import pytest

from ansinh.benefits import actions as benefits
from ansinh.benefits.models import Entitlement, LawDraft
from ansinh.benefits.own_law import publish
from ansinh.benefits.trying import try_draft
from ansinh.engine.law import book
from ansinh.engine.law.own import use_own_law
from ansinh.office import clock
from ansinh.office.actions import undo
from ansinh.office.models import Entry
from ansinh.payments import actions as payments
from ansinh.payments.models import Line, PayList, Posting, Proposal
from ansinh.web.refusal import Forbidden, Refusal

OCTOBER, NOVEMBER, DECEMBER = date(2023, 10, 1), date(2023, 11, 1), date(2023, 12, 1)
DECREE = """
title: Dự thảo nâng mức chuẩn
instruments:
  - {number: Dự thảo 2024, title: Dự thảo nghị định, signed: 2023-11-01, verified: no}
schedules:
  - title: Mức chuẩn
    article: Điều 4
    lines:
      - {line: assistance_level, title: Mức chuẩn trợ giúp xã hội, rows: [{since: 2024-01-01, amount: 450000, basis: Dự thảo 2024}]}
"""

GROUP = """
title: Nhóm mới
instruments:
  - {number: 1/2027/NĐ-CP, title: Nghị định, signed: 2026-12-15, in_force: 2027-01-01, verified: no}
standings:
  - {code: elder_50, field: assistance, vietnamese: Người từ 50 tuổi, short: Từ 50 tuổi, file: NCT, facts: [], basis: 1/2027/NĐ-CP}
start_stop:
  - {standing: elder_50, month_of: decision, article: 1/2027/NĐ-CP, words: Hưởng từ tháng ký.}
rules:
  - {standing: elder_50, part: assistance, line: elder_50, article: 1/2027/NĐ-CP}
schedules:
  - {title: Mức, article: Điều 1, lines: [{line: elder_50, title: Từ 50 tuổi, rows: [{since: 2027-01-01, amount: 100000, basis: 1/2027/NĐ-CP}]}]}
"""
MERIT = """
title: Nâng 61 %
instruments:
  - {number: 9/2023/NĐ-CP, title: Nghị định, signed: 2023-10-15, in_force: 2023-11-01, verified: no}
schedules:
  - title: Thương tật
    article: Phụ lục II
    lines: [{line: wounded_61, title: Thương tật 61 %, rows: [{since: 2023-09-01, amount: 4016100, basis: 9/2023/NĐ-CP}]}]
"""
MORE_OF_GROUP = """
title: Thêm cho nhóm mới
rules:
  - {standing: elder_50, part: supplement, line: more, article: 1/2027/NĐ-CP}
schedules:
  - {title: Mức, article: Điều 1, lines: [{line: more, title: Thêm, rows: [{since: 2027-01-01, amount: 50000, basis: 1/2027/NĐ-CP}]}]}
"""


@pytest.fixture
def listed(drafter, chief):
    """``listed(month)``: the month's assistance list, approved on its lock day."""

    def make(month):
        with clock.held_at(book().lock_day(month)):
            benefits.assess(month, field="assistance", by=drafter)
            lists = payments.propose(month, field="assistance", by=drafter)
            payments.approve(lists, by=chief)
        return Line.objects.get(paylist__in=lists)

    return make


@pytest.fixture
def adopted(saved, chief, django_capture_on_commit_callbacks):
    """``adopted()``: the level of 420.000 đ, adopted by another person after its figures were seen."""

    def make(**changed):
        draft = saved(**changed)
        with clock.held_at(date(2023, 11, 2)), django_capture_on_commit_callbacks(execute=True):
            benefits.adopt_law(draft, seen=book().digest, by=chief)
        return draft

    return make


def test_a_draft_shows_its_cost_by_month_and_writes_nothing(lan_is_disabled, saved, drafter):
    draft, before = saved(), (Proposal.objects.count(), Posting.objects.count(), PayList.objects.count())
    with clock.held_at(NOVEMBER):
        trial = try_draft(draft, "assistance", drafter)
    first = trial.months[0]
    assert (first["month"], first["before"], first["after"], first["up"], first["down"]) == (date(2023, 9, 1), 720_000, 840_000, 1, 0)
    assert [(row["place"], row["after"] - row["before"]) for row in trial.places] == [("19.173.05920.", 12 * 120_000)]
    assert (Proposal.objects.count(), Posting.objects.count(), PayList.objects.count()) == before


def test_months_already_approved_are_told_apart_with_their_totals(lan_is_disabled, saved, listed, drafter):
    listed(OCTOBER)
    with clock.held_at(date(2023, 10, 20)):
        trial = try_draft(saved(), "assistance", drafter)
    assert trial.posted == {"months": 2, "arrears": 240_000, "overpayment": 0, "up": 1, "down": 0}


def test_two_drafts_are_of_the_same_people_and_months(lan_is_disabled, saved, drafter):
    with clock.held_at(NOVEMBER):
        one = try_draft(saved(), "assistance", drafter)
        other = try_draft(saved(title="Tỉnh nâng 480.000", amount=480_000), "assistance", drafter, beside=one)
    assert [row["month"] for row in one.months] == [row["month"] for row in other.months]
    assert (one.months[0]["before"], one.months[0]["after"], other.months[0]["after"]) == (720_000, 840_000, 960_000)


def test_an_adopted_level_pays_the_difference_with_the_next_list(lan_is_disabled, adopted, listed):
    october, november = listed(OCTOBER), listed(NOVEMBER)
    adopted()
    december = listed(DECEMBER)
    assert (october.total, november.total) == (720_000 * 2, 720_000)
    assert (december.this_month, december.arrears) == (840_000, 120_000 * 3)
    part = Posting.objects.filter(month=DECEMBER).get().parts[0]
    assert (part["level"], part["national"]) == (420_000, 360_000)


def test_an_adoption_taken_back_takes_its_file_and_the_next_list_finds_what_was_too_much(
    lan_is_disabled, adopted, listed, chief, own_law, django_capture_on_commit_callbacks
):
    listed(NOVEMBER)
    adopted()
    december = listed(DECEMBER)
    with clock.held_at(date(2023, 12, 5)), django_capture_on_commit_callbacks(execute=True):
        undo(Entry.objects.get(act="benefits.adopt_law"), by=chief)
    assert list(own_law.iterdir()) == []
    january = listed(date(2024, 1, 1))
    assert (december.arrears, january.this_month, january.overpaid) == (120_000 * 3, 720_000, 120_000 * 4)


def test_a_process_killed_after_the_act_leaves_no_month_to_the_old_law(lan_is_disabled, saved, chief, listed, own_law):
    with clock.held_at(date(2023, 11, 2)):
        benefits.adopt_law(saved(), seen=book().digest, by=chief)
    assert not own_law.exists()
    listed(DECEMBER)
    assert [path.name for path in own_law.iterdir()] == [LawDraft.objects.get().file_name]


def test_every_process_notices_a_change_of_the_folder(saved, chief, own_law):
    draft, before = saved(), book().digest
    with clock.held_at(date(2023, 11, 2)):
        benefits.adopt_law(draft, seen=book().digest, by=chief)
    publish()
    after = book()
    assert after.digest != before
    assert book() is after
    use_own_law(own_law)
    assert book().digest == after.digest


def test_who_prepared_a_draft_does_not_adopt_it(saved, drafter, chief):
    draft = saved()
    with pytest.raises(Forbidden):
        benefits.adopt_law(draft, seen=book().digest, by=drafter)
    with clock.held_at(date(2023, 10, 13)):
        own = benefits.save_draft("Của người duyệt", text=draft.text, by=chief)
    with pytest.raises(Refusal, match="không tự áp dụng"):
        benefits.adopt_law(own, seen=book().digest, by=chief)


def test_a_draft_is_adopted_once_and_only_beside_the_law_that_was_seen(saved, chief, appoint):
    draft, second = saved(), appoint("second", "approver", "19.")
    with clock.held_at(date(2023, 11, 2)):
        with pytest.raises(Refusal, match="Luật vừa đổi"):
            benefits.adopt_law(draft, seen="khác", by=chief)
        benefits.adopt_law(draft, seen=book().digest, by=chief)
        with pytest.raises(Refusal, match="vừa được người khác"):
            benefits.adopt_law(draft, seen=book().digest, by=second)


def test_a_level_not_above_the_country_s_is_refused_with_the_article(saved):
    with pytest.raises(Refusal, match="không cao hơn mức cả nước 360.000 đ") as refusal:
        saved(amount=360_000)
    assert refusal.value.basis == "Nghị định 20/2021/NĐ-CP Điều 4 khoản 3"
    assert not LawDraft.objects.exists()


def test_a_draft_without_a_day_of_force_is_tried_but_not_adopted(lan_is_disabled, own_law, drafter, chief):
    with clock.held_at(NOVEMBER):
        draft = benefits.save_draft("Dự thảo", text=DECREE, by=drafter)
        trial = try_draft(draft, "assistance", drafter)
        with pytest.raises(Refusal, match="chưa có ngày có hiệu lực"):
            benefits.adopt_law(draft, seen=book().digest, by=chief)
    assert (trial.months[0]["month"], trial.months[0]["before"], trial.months[0]["after"]) == (date(2024, 1, 1), 720_000, 900_000)


def test_pages_show_a_trial_its_comparison_and_its_files(lan_is_disabled, saved, drafter, client):
    one, other = saved(), saved(title="Tỉnh nâng 480.000", amount=480_000)
    client.force_login(drafter)
    page = client.get(f"/thu-muc/{one.pk}/", {"voi": other.pk, "den": "02/2024"}).content.decode()
    assert "840.000" in page
    assert "960.000" in page
    assert "Tân Kim" in page
    sheet = b"".join(client.get(f"/thu-muc/{one.pk}/", {"voi": other.pk, "den": "02/2024", "xuat": "csv"}).streaming_content).decode()
    assert "09/2023,xã Tân Kim" in sheet
    assert "720000,840000,120000,1,0,960000,240000,1,0" in sheet
    assert client.get(f"/thu-muc/{one.pk}/?xuat=xlsx").status_code == 200


def test_a_form_makes_the_draft_and_keeps_what_was_typed_when_it_is_refused(own_law, drafter, client, areas):
    client.force_login(drafter)
    typed = {"ten": "Thử 700", "muc": "700.000", "tu": "07/2026"}
    assert client.post("/thu-muc/cua-tinh/", {**typed, "muc": "300.000"}).status_code == 422
    answer = client.post("/thu-muc/cua-tinh/", typed)
    assert answer.status_code == 302
    assert client.get(answer.url).status_code == 200


def test_who_sees_no_money_sees_no_trial(saved, nobody, neighbour, client, lan_is_disabled):
    draft = saved()
    client.force_login(nobody)
    assert client.get(f"/thu-muc/{draft.pk}/").status_code == 404
    client.force_login(neighbour)
    assert "Tân Kim" not in client.get(f"/thu-muc/{draft.pk}/").content.decode()
    assert client.get("/thu-muc/cua-tinh/").status_code == 200
    assert client.post("/thu-muc/cua-tinh/", {"ten": "x", "muc": "900.000", "tu": "07/2026"}).status_code == 403


def test_a_level_in_force_on_the_day_of_its_signing_is_read(saved):
    day = date(2023, 10, 12)
    assert saved(signed=day, in_force=day).pk


def test_a_second_look_reads_nothing_again_and_says_of_which_moment_it_is(lan_is_disabled, saved, drafter, monkeypatch):
    draft = saved()
    monkeypatch.setattr("ansinh.benefits.snapshots.QUICK", 0)
    with clock.held_at(date(2023, 11, 2)):
        one = try_draft(draft, "assistance", drafter)
        monkeypatch.setattr("ansinh.benefits.snapshots.bulk.frame", None)
        other = try_draft(saved(title="Tỉnh nâng 480.000", amount=480_000), "assistance", drafter)
    assert (one.months[0]["before"], other.months[0]["before"], other.months[0]["after"]) == (720_000, 720_000, 960_000)
    assert other.taken.at.date() == date(2023, 11, 2)
    assert not other.taken.is_behind


def test_what_was_entered_since_is_told_and_read_when_asked_for(lan_is_disabled, saved, drafter, officer, client, monkeypatch):
    draft = saved()
    monkeypatch.setattr("ansinh.benefits.snapshots.QUICK", 0)
    client.force_login(drafter)
    assert "Đã có thay đổi" not in client.get(f"/thu-muc/{draft.pk}/").content.decode()
    benefits.correct(Entitlement.objects.get(), severity="especially_severe", since=date(2023, 9, 1), source="QĐ 14", by=officer)
    page = client.get(f"/thu-muc/{draft.pk}/").content.decode()
    assert "Đã có thay đổi" in page
    assert "840.000" in page
    page = client.get(f"/thu-muc/{draft.pk}/?moi=1").content.decode()
    assert "Đã có thay đổi" not in page
    assert "1.050.000" in page


def test_a_snapshot_of_few_people_is_never_behind(lan_is_disabled, saved, drafter, officer):
    draft = saved()
    try_draft(draft, "assistance", drafter)
    benefits.correct(Entitlement.objects.get(), severity="especially_severe", since=date(2023, 9, 1), source="QĐ 14", by=officer)
    assert try_draft(draft, "assistance", drafter).months[0]["after"] == 1_050_000


def test_snapshots_are_few_hold_no_names_and_are_not_of_another_sight(lan_is_disabled, saved, drafter, neighbour, appoint, settings, monkeypatch):
    monkeypatch.setattr("ansinh.benefits.snapshots.MOST", 2)
    draft = saved()
    people = [drafter, neighbour, appoint("clerk", "officer", "19.173."), appoint("second", "officer", "19.")]
    found = [try_draft(draft, "assistance", account).months for account in people]
    assert [bool(months) for months in found] == [True, False, True, True]
    files = list((settings.DATA / "snapshots").iterdir())
    assert len(files) == 2
    assert all(path.stat().st_mode & 0o077 == 0 for path in files)
    assert lan_is_disabled.name.encode() not in b"".join(path.read_bytes() for path in files)


def test_a_text_that_brings_a_group_is_not_taken_back_while_somebody_holds_it_or_a_later_text_rests_on_it(
    lan, own_law, drafter, chief, officer, django_capture_on_commit_callbacks
):
    with clock.held_at(date(2027, 1, 5)):
        for text in (GROUP, MORE_OF_GROUP):
            draft = benefits.save_draft("Nhóm mới", text=text, by=drafter)
            with django_capture_on_commit_callbacks(execute=True):
                benefits.adopt_law(draft, seen=book().digest, by=chief)
        first, second = Entry.objects.filter(act="benefits.adopt_law").order_by("pk")
        with pytest.raises(Refusal, match="dựa vào văn bản này"):
            undo(first, by=chief)
        with django_capture_on_commit_callbacks(execute=True):
            undo(second, by=chief)
        benefits.grant(lan, standing="elder_50", since=date(2027, 1, 1), source="QĐ 1", by=officer)
        with pytest.raises(Refusal, match="Đã có người hưởng diện"):
            undo(first, by=chief)


def test_another_figure_is_tried_on_the_page_and_saves_nothing(lan_is_disabled, saved, drafter, client):
    draft, text = saved(), LawDraft.objects.get().text
    client.force_login(drafter)
    page = client.get(f"/thu-muc/{draft.pk}/", {"muc": "500.000"}).content.decode()
    assert "1.000.000" in page
    assert "Đang thử 500.000" in page
    assert "muc=500000" in page
    assert "840.000" in client.get(f"/thu-muc/{draft.pk}/", {"muc": "năm trăm"}).content.decode()
    assert LawDraft.objects.get().text == text


def test_a_file_of_several_amounts_has_no_figure_to_change_and_nobody_paid_is_said(own_law, lan, drafter, client):
    client.force_login(drafter)
    with clock.held_at(date(2027, 1, 5)):
        draft = benefits.save_draft("Nhóm mới", text=GROUP, by=drafter)
        page = client.get(f"/thu-muc/{draft.pk}/", {"muc": "5"}).content.decode()
    assert "Không ai trong địa bàn này hưởng" in page
    assert "Thử số khác" not in page


def test_a_decree_on_merit_is_tried_alike_with_its_posted_months_told_before_anybody_agrees(own_law, lan, drafter, officer, chief, client):
    with clock.held_at(date(2023, 9, 5)):
        benefits.grant(lan, standing="wounded", grade=61, since=date(2023, 9, 1), source="QĐ 12", by=officer)
    with clock.held_at(book().lock_day(OCTOBER)):
        benefits.assess(OCTOBER, field="merit", by=drafter)
        payments.approve(payments.propose(OCTOBER, field="merit", by=drafter), by=chief)
    with clock.held_at(NOVEMBER):
        draft = benefits.save_draft("Nâng 61 %", text=MERIT, by=drafter)
        trial = try_draft(draft, "merit", drafter)
        client.force_login(drafter)
        page = client.get(f"/thu-muc/{draft.pk}/").content.decode()
    assert (trial.months[0]["before"], trial.months[0]["after"]) == (4_016_000, 4_016_100)
    assert trial.posted == {"months": 2, "arrears": 200, "overpayment": 0, "up": 1, "down": 0}
    assert "Đụng 2 tháng đã duyệt chi: truy lĩnh 200" in page
    assert [(row["standing"], row["up"]) for row in trial.standings] == [("wounded", 1)]
    assert [row["place"] for row in trial.places] == ["19.173.05920."]
