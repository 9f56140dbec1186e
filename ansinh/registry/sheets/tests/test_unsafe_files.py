import io
import zipfile

import pytest

from ansinh.registry.sheets.columns import Column
from ansinh.registry.sheets.read import read_workbook
from ansinh.web.refusal import Refusal

from .workbooks import HEADER_ROW, PERSON_ROW, WORKSHEET, by_hand, inline, ods, sheet_of, xlsx

COLUMNS = (Column("name", "Họ và tên", required=True), Column("birth", "Ngày sinh"))


def refusal_of(data, name="a.xlsx"):
    with pytest.raises(Refusal) as refused:
        read_workbook(data, name, COLUMNS)
    assert name in refused.value.sentence or "Danh sách" in refused.value.sentence
    return refused.value.sentence


def test_a_zip_bomb_is_refused():
    assert "giải nén ra quá lớn" in refusal_of(by_hand(sheet_of(HEADER_ROW, after=" " * 150 * 2**20)))


def test_a_bomb_in_any_part_is_refused():
    assert "xl/media/a.bin" in refusal_of(by_hand(sheet_of(HEADER_ROW), **{"xl/media/a.bin": b"\0" * 150 * 2**20}))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "docProps/core.xml"])
def test_external_entities_are_refused_in_every_part(part):
    evil = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:passwd">]>{WORKSHEET}&e;</worksheet>'
    assert part in refusal_of(by_hand(sheet_of(HEADER_ROW), **{part: evil}))


def test_entities_hidden_in_utf_16_are_refused():
    evil = f'<!DOCTYPE x [<!ENTITY e "1">]>{WORKSHEET}</worksheet>'.encode("utf-16")
    assert "thực thể" in refusal_of(by_hand(evil))


def test_an_entity_across_two_pieces_is_refused():
    evil = " " * (2**20 - 5) + "<!DOCTYPE x>" + WORKSHEET + "</worksheet>"
    assert "thực thể" in refusal_of(by_hand(evil))


def test_macros_are_refused():
    assert "macro" in refusal_of(by_hand(sheet_of(HEADER_ROW), **{"xl/vbaProject.bin": b"x"}))


def test_an_encrypted_workbook_is_refused():
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert "mật khẩu" in refusal_of(data)


def test_an_encrypted_ods_is_refused():
    assert "mật khẩu" in refusal_of(ods([["Họ và tên"]], encrypted=True), "a.ods")


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 ...", b"<html><table></table></html>", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"", b"\0\1\2\3" * 100]
)
def test_other_files_are_refused_whatever_their_name_says(data):
    assert refusal_of(data)


def test_another_kind_of_archive_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "không phải bảng tính" in refusal_of(out.getvalue())


def test_a_damaged_archive_is_refused():
    data = bytearray(xlsx([["Họ và tên", "Ngày sinh"], ["An", "1950"]]))
    data[60:90] = b"\0" * 30
    assert "hỏng" in refusal_of(bytes(data))


def test_a_cut_off_archive_is_refused():
    assert refusal_of(xlsx([["Họ và tên", "Ngày sinh"], ["An", "1950"]])[:-200])


def test_broken_xml_is_refused():
    assert refusal_of(by_hand(f"{WORKSHEET}<sheetData><row"))


def test_a_stray_cell_in_the_far_corner_is_refused_with_its_place():
    far = f'<row r="1048576">{inline("XFD1048576", "x")}</row>'
    assert "XFD1048576" in refusal_of(by_hand(sheet_of(HEADER_ROW, PERSON_ROW, far)))


def test_repeated_cells_of_an_ods_that_would_swell_are_refused():
    data = ods([["Họ và tên", "Ngày sinh"], ["An", "1950"]], repeated_row=1_000_000, repeated_cell=16_000)
    assert "quá rộng" in refusal_of(data, "a.ods")
