import io
from datetime import date

import openpyxl
import pytest

from ansinh.office import clock, jobs
from ansinh.office.models import Entry, Job
from ansinh.registry.actions import add_identifier, approve_import, discard_import, undo_import, upload_import
from ansinh.registry.models import Identifier, Import, ImportRow, Particulars, Person, Residence
from ansinh.registry.queries import receipt_of, rows_of, said_of
from ansinh.registry.sheets.tests.workbooks import by_hand
from ansinh.web.refusal import Forbidden, Refusal
from tests.imports import AN, BINH, HEADER


def outcomes(import_):
    return list(import_.rows.order_by("sheet", "row").values_list("outcome", flat=True))


def answers(import_, account):
    data, _name = receipt_of(import_, account)
    return [row[-3:] for row in openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2, values_only=True)]


def test_nothing_of_the_registry_changes_before_an_approval(upload):
    assert outcomes(upload([AN, BINH])) == ["new", "new"]
    assert not Person.objects.exists()


def test_an_approved_sheet_is_applied_as_one_act(take_in, chief):
    made = take_in([AN, BINH])
    assert made.state == Import.State.APPLIED
    assert Entry.objects.filter(act="registry.apply_import", by=chief).count() == 1
    assert set(Particulars.objects.values_list("recorded_in", flat=True)) == {made.applied_in_id}
    an = Person.objects.get(name="Nguyễn Văn An")
    assert (an.area_path, an.search_key, f"{an.birth_on}", an.sex) == ("19.173.05920.", "nguyen van an", "1950-08-15", "male")
    assert Identifier.objects.get(person=an).number == "019050001234"
    assert Residence.objects.get(person=an).address == "Xóm 5"


def test_who_uploaded_does_not_approve(upload, officer):
    with pytest.raises(Refusal, match="người khác"):
        approve_import(upload([AN]), by=officer)


def test_who_has_no_right_neither_uploads_nor_approves(upload, neighbour, auditor):
    with pytest.raises(Forbidden):
        upload([AN], by=neighbour)
    with pytest.raises(Forbidden):
        approve_import(upload([AN]), by=auditor)


def test_the_same_file_twice_changes_nothing(take_in, upload):
    take_in([AN, BINH])
    again = upload([AN, BINH])
    assert outcomes(again) == ["same", "same"]
    assert Person.objects.count() == 2


def test_a_sheet_without_anything_to_write_cannot_be_approved(take_in, upload, chief):
    take_in([AN])
    with pytest.raises(Refusal, match="không có gì để ghi"):
        approve_import(upload([AN]), by=chief)


def test_a_mended_sheet_touches_only_the_mended_rows(take_in, officer):
    bad = ["", "Lê Văn Cường", "30/02/1950", "Nam", "Tân Kim", ""]
    first = take_in([AN, BINH, bad])
    assert outcomes(first) == ["new", "new", "wrong"]
    before = set(Particulars.objects.values_list("pk", flat=True))
    mended = take_in([AN, BINH, [*bad[:2], "28/02/1950", *bad[3:]]])
    assert outcomes(mended) == ["same", "same", "new"]
    assert set(Particulars.objects.filter(recorded_in=mended.applied_in).values_list("person__name", flat=True)) == {"Lê Văn Cường"}
    assert before < set(Particulars.objects.current().values_list("pk", flat=True))


def test_a_changed_row_shows_old_and_new_and_corrects_what_was_believed(take_in, upload, officer):
    take_in([AN])
    changed = [AN[0], "Nguyễn Văn Ân", *AN[2:5], "Xóm 7"]
    row = rows_of(upload([changed]), officer).get()
    assert "Họ và tên: Nguyễn Văn An → Nguyễn Văn Ân" in said_of(row, officer).reason
    assert "Địa chỉ: Xóm 5 → Xóm 7" in said_of(row, officer).reason
    take_in([changed])
    assert Person.objects.get().name == "Nguyễn Văn Ân"
    assert Person.objects.get().search_key == "nguyen van an"
    assert Particulars.objects.current().get().name == "Nguyễn Văn Ân"
    assert Residence.objects.current().get().address == "Xóm 7"


def test_a_move_keeps_the_old_residence_until_the_day_before(take_in, areas, appoint):
    provincial = appoint("provincial", "officer", "19.")
    take_in([AN])
    with clock.held_at(date(2023, 6, 1)):
        moved = take_in([[*AN[:4], "05518", "Tổ 1"]], by=provincial, area_path="19.")
    assert outcomes(moved) == ["changed"]
    assert Person.objects.get().area_path == "19.165.05518."
    homes = Residence.objects.current().order_by("since")
    assert [(home.area, home.until) for home in homes] == [
        (areas["19.173.05920."], date(2023, 5, 31)),
        (areas["19.165.05518."], None),
    ]


def test_empty_cells_and_another_spelling_of_a_name_change_nothing(take_in, upload):
    take_in([[AN[0], "Nguyễn Văn Hoà", *AN[2:]]])
    assert outcomes(upload([[AN[0], "NGUYỄN VĂN HÒA", "", "", "Tân Kim", ""]])) == ["same"]


def test_of_two_rows_for_one_person_the_later_is_rejected(upload, officer):
    made = upload([AN, BINH, [AN[0], "Nguyễn Văn Bảy", "1960", "Nam", "Tân Kim", ""]])
    assert outcomes(made) == ["new", "new", "wrong"]
    assert "Trùng với dòng 2" in said_of(made.rows.get(row=4), officer).reason


def test_an_ambiguous_row_is_rejected_with_its_candidates(take_in, upload, officer):
    take_in([AN])
    made = upload([["", "Nguyễn Văn An", "1950", "Nam", "Tân Kim", ""]])
    an = Person.objects.get()
    assert outcomes(made) == ["ambiguous"]
    said = said_of(made.rows.get(), officer)
    assert f"mã người {an.pk}" in said.reason
    assert "Mã người" in said.remedy


def test_an_officer_settles_who_it_is_or_that_it_is_someone_new(take_in, upload):
    take_in([AN])
    an = Person.objects.get()
    header = [*HEADER, "Mã người"]
    row = ["", "Nguyễn Văn An", "1950", "Nam", "Tân Kim", ""]
    assert upload([[*row, an.pk]], header=header).rows.get().subject == an.pk
    assert outcomes(upload([[*row, "mới"]], header=header)) == ["new"]
    assert outcomes(upload([[*row, 999_999]], header=header)) == ["wrong"]


def test_a_person_outside_the_officers_areas_is_only_somebody_elsewhere(take_in, upload, appoint, officer):
    provincial = appoint("provincial", "officer", "19.")
    take_in([[*AN[:4], "05518", ""]], by=provincial, area_path="19.")
    by_number, by_name = upload([AN]), upload([["", *AN[1:]]])
    assert outcomes(by_number) == ["wrong"]
    assert "có người trùng ở xã khác" in said_of(by_number.rows.get(), officer).reason.lower()
    assert outcomes(by_name) == ["ambiguous"]
    told = said_of(by_name.rows.get(), officer).reason
    assert "có người trùng ở xã khác" in told
    assert "mã người" not in told


def test_rows_of_communes_outside_the_place_of_the_import_are_rejected(upload):
    made = upload([[*AN[:4], "05518", ""]])
    assert outcomes(made) == ["wrong"]
    assert "ngoài địa bàn" in made.rows.get().reason


def test_numbers_of_two_different_persons_on_one_row_are_rejected(take_in, upload):
    take_in([AN, BINH])
    binh = Person.objects.get(name="Trần Thị Bình")
    assert outcomes(upload([[*AN, binh.pk]], header=[*HEADER, "Mã người"])) == ["wrong"]


def test_a_number_under_quite_another_name_and_birth_is_rejected(take_in, upload):
    take_in([AN])
    assert outcomes(upload([[AN[0], "Hoàng Thị Xuân", "1960", "Nữ", "Tân Kim", ""]])) == ["wrong"]


def test_people_without_a_number_are_recognised_when_all_is_the_same(take_in, upload):
    row = ["", "Lê Văn Cường", "28/02/1950", "Nam", "Tân Kim", "Xóm 1"]
    take_in([row])
    assert outcomes(upload([row])) == ["same"]


def test_two_namesakes_with_different_numbers_are_two_persons(take_in):
    take_in([AN, ["019050001235", *AN[1:]]])
    assert Person.objects.filter(name="Nguyễn Văn An").count() == 2


def test_what_changed_since_the_check_is_left_and_said(upload, chief, take_in, officer):
    waiting = upload([AN, BINH])
    take_in([[AN[0], *AN[1:]]])
    approve_import(waiting, by=chief)
    jobs.work(until_idle=True)
    assert Person.objects.filter(name="Nguyễn Văn An").count() == 1
    left = waiting.rows.get(row=2)
    assert left.result == ImportRow.Result.LEFT
    assert "Đã có sẵn trong sổ" in said_of(left, officer).reason
    assert waiting.rows.get(row=3).result == ImportRow.Result.APPLIED


def test_a_file_that_cannot_be_read_is_refused_with_the_reason(upload):
    made = upload([], data=by_hand("<a/>", **{"xl/vbaProject.bin": b"x"}))
    assert made.state == Import.State.REFUSED
    assert "macro" in made.refusal
    assert Job.objects.get().state == Job.State.DONE


def test_an_unknown_kind_is_refused_with_those_there_are(officer):
    with pytest.raises(Refusal, match="persons"):
        upload_import("nothing", data=b"x", name="a.csv", area_path="19.173.", by=officer)


def test_a_discarded_import_cannot_be_approved(upload, officer, chief):
    made = upload([AN])
    discard_import(made, by=officer)
    with pytest.raises(Refusal, match="đã bỏ"):
        approve_import(made, by=chief)


def test_the_receipt_is_the_same_sheet_with_what_became_of_each_row(take_in, officer):
    made = take_in([AN, ["", "Lê Văn Cường", "30/02/1950", "Nam", "Tân Kim", ""]])
    first, second = answers(made, officer)
    assert first[0] == "Đã ghi: mới"
    assert second[0] == "Không nhận"
    assert "30/2/1950" in second[1]


def test_the_receipt_and_the_rows_do_not_exist_for_others(upload, neighbour):
    made = upload([AN])
    assert not Import.objects.visible_to(neighbour).exists()
    assert not rows_of(made, neighbour).exists()


def test_an_undone_import_leaves_nobody_behind(take_in, chief, officer, upload):
    made = take_in([AN, BINH])
    undo_import(made, by=chief)
    made.refresh_from_db()
    assert made.state == Import.State.UNDONE
    assert not Person.objects.visible_to(officer).exists()
    assert not Identifier.objects.current().exists()
    assert answers(made, officer)[0][0] == "Đã hoàn tác"
    assert outcomes(upload([AN, BINH])) == ["new", "new"]


def test_undoing_a_change_brings_back_what_was_believed(take_in, chief):
    take_in([AN])
    changed = take_in([[AN[0], "Nguyễn Văn Ân", *AN[2:]]])
    undo_import(changed, by=chief)
    assert Particulars.objects.current().get().name == "Nguyễn Văn An"
    assert Person.objects.get().name == "Nguyễn Văn An"


def test_persons_changed_since_are_listed_and_left_by_an_undo(take_in, chief, officer):
    first = take_in([AN, BINH])
    take_in([[AN[0], "Nguyễn Văn Ân", *AN[2:]]])
    undo_import(first, by=chief)
    assert [p.name for p in Person.objects.visible_to(officer)] == ["Nguyễn Văn Ân"]
    assert "Giữ lại" in answers(first, officer)[0][0]
    assert "thay đổi sau" in answers(first, officer)[0][1]


def test_newcomers_of_whom_more_was_said_since_keep_their_names_by_an_undo(take_in, chief, officer):
    made = take_in([AN, BINH])
    new = Person.objects.get(name="Nguyễn Văn An")
    add_identifier(new, kind="file", number="HS-001", since=date(2020, 1, 1), source="Sổ", by=officer)
    undo_import(made, by=chief)
    assert [p.name for p in Person.objects.visible_to(officer)] == ["Nguyễn Văn An"]
    told = answers(made, officer)
    assert ("Giữ lại" in told[0][0], "thay đổi sau" in told[0][1], told[1][0]) == (True, True, "Đã hoàn tác")


def test_a_waiting_import_cannot_be_undone(upload, chief):
    with pytest.raises(Refusal):
        undo_import(upload([AN]), by=chief)


def test_rights_are_checked_again_when_the_job_runs(upload, chief):
    made = upload([AN])
    approve_import(made, by=chief)
    chief.rights.all().delete()
    jobs.work(until_idle=True)
    assert Job.objects.order_by("-id").first().state == Job.State.FAILED
    assert not Person.objects.exists()
