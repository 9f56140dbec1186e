"""Files come in, become pages where cover sheets and separators say, and what is wrong with one stops no other."""
import errno

import pytest

from ansinh.dossiers.actions import add_scan, close_batch, discard_batch, put_pages, receive_batch, register_dossier
from ansinh.dossiers.intake.bounds import MOST_PAGES
from ansinh.dossiers.models import Batch, Dossier, Page, Scan
from ansinh.dossiers.queries.intake import ON_PAPER, sides_disagree
from ansinh.dossiers.reports.cover import cover_sheets, separator_sheet
from ansinh.dossiers.tests import scans
from ansinh.office import copies, jobs
from ansinh.office.cabinet import read_file
from ansinh.office.models import Entry, Job
from ansinh.web.refusal import Forbidden, Refusal
from tests.people import COMMUNE, DISTRICT, OTHER_COMMUNE

pytestmark = pytest.mark.usefixtures("nothing_is_read")
Outcome, Kind, Reading = Scan.Outcome, Page.Kind, Page.Reading


@pytest.fixture(autouse=True)
def nobody_reads(monkeypatch):
    """What is told here ends where pages wait to be read."""
    monkeypatch.delitem(jobs.HANDLERS, "dossiers.read_pages")


@pytest.fixture
def batch(areas, officer) -> Batch:
    return receive_batch("Tủ 3", origin="folder", area_path=COMMUNE, by=officer)


@pytest.fixture
def two_dossiers(areas, officer) -> list[Dossier]:
    return [register_dossier(f"TB-{n}", category="wounded", title="x", area_path=COMMUNE, sheets_on_paper=2, by=officer) for n in (1, 2)]


@pytest.fixture
def sorted_batch(batch, officer):
    """``sorted_batch(files by name)``: the batch after its files were taken in and taken apart."""

    def sort(files: dict[str, bytes], into=batch) -> Batch:
        for name, data in files.items():
            add_scan(into, name=name, data=data, by=officer)
        close_batch(into, by=officer)
        jobs.work(until_idle=True)
        into.refresh_from_db()
        return into

    return sort


def outcomes(batch):
    return list(batch.scans.order_by("position").values_list("name", "outcome"))


def pages_of(batch):
    return Page.objects.filter(scan__batch=batch).order_by("scan__position", "number", "part")


def test_pages_after_a_cover_belong_to_its_dossier_and_a_separator_begins_a_paper(sorted_batch, two_dossiers):
    one, other = two_dossiers
    page = scans.pdf(scans.drawn(1), scans.drawn(2))
    sorted_batch({
        "1.pdf": cover_sheets([one]), "2.pdf": page, "3.pdf": separator_sheet(), "4.png": scans.as_bytes(scans.drawn(3)),
        "5.png": scans.as_bytes(scans.blank()), "6.png": scans.as_bytes(scans.drawn(4)), "7.pdf": cover_sheets([other]),
        "8.tiff": scans.tiff(scans.drawn(5)),
    })
    found = [(page.paper.position if page.paper else None, page.position, page.kind) for page in one.pages.order_by("id")]
    assert found == [(None, None, "cover"), (1, 1, "page"), (1, 2, "page"), (None, None, "separator"), (2, 3, "page"), (None, 4, "blank"), (2, 5, "page")]
    assert [(page.kind, page.reading) for page in other.pages.order_by("id")] == [("cover", "none"), ("page", "waiting")]
    assert set(Dossier.objects.values_list("state", flat=True)) == {"scanned"}


def test_a_batch_of_one_dossier_needs_no_cover(sorted_batch, two_dossiers, officer):
    batch = receive_batch("Hồ sơ lẻ", origin="browser", dossier=two_dossiers[0], by=officer)
    sorted_batch({"a.pdf": scans.pdf(scans.drawn())}, batch)
    page = two_dossiers[0].pages.get()
    assert (batch.state, page.reading, page.screen.content_type, page.priority) == ("sorted", "waiting", "image/jpeg", 0)
    assert read_file(page.screen)[:3] == b"\xff\xd8\xff"


def test_a_cover_of_a_dossier_that_is_not_there_or_not_seen_leaves_the_pages_with_the_batch(sorted_batch, batch, areas, neighbour):
    hidden = register_dossier("TB-9", category="wounded", title="x", area_path=OTHER_COMMUNE, by=neighbour)
    sorted_batch({"1.pdf": cover_sheets([hidden]), "2.png": scans.as_bytes(scans.drawn())})
    assert [page.dossier for page in pages_of(batch)] == [None, None]
    assert "TB-9 không có trong sổ" in batch.scans.first().reason
    assert not hidden.pages.exists()


BAD = {
    "trong.pdf": (b"", "Tệp rỗng"), "cut.pdf": (scans.pdf(scans.drawn())[:900], "Tệp bị cụt"), "khoa.pdf": (scans.locked_pdf(), "mật khẩu"),
    "to.png": (scans.huge_png(30_000), "30000 × 30000"), "dai.pdf": (scans.long_pdf(MOST_PAGES + 1), f"{MOST_PAGES + 1} trang"),
    "virus.pdf": (b"MZ\x90", "chương trình Windows"), "nen.zip": (scans.packed({f"{n}.png": b"\0" * 2**20 for n in range(80)}), "bung ra"),
    "nua.png": (scans.as_bytes(scans.drawn())[:2000], "Tệp bị cụt"),
}


def test_each_bad_file_says_why_and_what_to_do_and_the_good_ones_are_taken(sorted_batch, batch):
    sorted_batch({name: data for name, (data, _reason) in BAD.items()} | {"tot.png": scans.as_bytes(scans.drawn())})
    refused = {scan.name: (scan.outcome, BAD[scan.name][1] in scan.reason, bool(scan.remedy)) for scan in batch.scans.exclude(name="tot.png")}
    assert refused == dict.fromkeys(BAD, ("refused", True, True))
    assert all(scan.file for scan in batch.scans.exclude(name="trong.pdf"))
    assert pages_of(batch).get().scan.name == "tot.png"


NAMES = {
    "../../etc/passwd": "passwd", "C:\\quét\\trang 1.png": "trang 1.png", "a\u202egnp.exe\x00\x07.png": "agnp.exe.png", "x" * 600 + ".png": None,
    "   ": "tệp không tên", "..": "tệp không tên",
}


@pytest.mark.parametrize("name", NAMES)
def test_names_are_shown_and_never_followed(batch, officer, name):
    scan = add_scan(batch, name=name, data=scans.as_bytes(scans.drawn()), by=officer)
    assert scan.name == (NAMES[name] or scan.name)
    assert len(scan.name) <= 255
    assert scan.name.isprintable()


def test_an_archive_is_unpacked_and_what_is_wrong_in_it_is_refused_by_itself(sorted_batch, batch):
    page = scans.as_bytes(scans.drawn())
    inside = {
        "quét/1.png": page, "quét/2.png": scans.as_bytes(scans.drawn(2)), "__MACOSX/._1.png": b"x", "../ra.png": page, "trong.zip": scans.packed({"a.png": page}),
        "quét/3.txt": b"abc", "quét/4.png": b"",
    }
    sorted_batch({"0.png": scans.as_bytes(scans.drawn(9)), "lo.zip": scans.packed(inside), "9.png": scans.as_bytes(scans.drawn(8))})
    assert outcomes(batch) == [
        ("0.png", "taken"), ("lo.zip", "taken"), ("ra.png", "refused"), ("1.png", "taken"), ("2.png", "taken"), ("3.txt", "refused"),
        ("4.png", "refused"), ("trong.zip", "refused"), ("9.png", "taken"),
    ]
    assert {scan.part_of and scan.part_of.name for scan in batch.scans.all()} == {None, "lo.zip"}
    assert batch.scans.get(name="trong.zip").file


def test_a_link_in_an_archive_is_not_followed(sorted_batch, batch):
    sorted_batch({"lo.zip": scans.linked()})
    assert outcomes(batch) == [("lo.zip", "taken"), ("trang-1.jpg", "refused"), ("trang-2.png", "taken")]


def test_the_same_bytes_are_shown_as_a_duplicate_and_give_no_pages_again(sorted_batch, batch, two_dossiers, officer):
    page = scans.as_bytes(scans.drawn())
    sorted_batch({"1.png": page, "2.png": page})
    assert outcomes(batch) == [("1.png", "taken"), ("2.png", "duplicate")]
    assert batch.scans.get(name="2.png").same_as.name == "1.png"
    later = receive_batch("Tủ 4", origin="folder", dossier=two_dossiers[0], by=officer)
    assert add_scan(later, name="3.png", data=page, by=officer).outcome == "duplicate"


def test_the_same_paper_in_two_dossiers_is_no_duplicate(sorted_batch, two_dossiers, officer):
    batches = [receive_batch(dossier.code, origin="folder", dossier=dossier, by=officer) for dossier in two_dossiers]
    page = scans.as_bytes(scans.drawn())
    sorted_batch({"1.png": page}, batches[0])
    sorted_batch({"1.png": page, "2.png": page}, batches[1])
    assert outcomes(batches[1]) == [("1.png", "taken"), ("2.png", "duplicate")]
    assert [dossier.pages.count() for dossier in two_dossiers] == [1, 1]


def test_what_another_district_took_in_is_not_told(batch, officer, appoint, areas, neighbour):
    page = scans.as_bytes(scans.drawn())
    theirs = receive_batch("Lô", origin="folder", area_path=OTHER_COMMUNE, by=neighbour)
    add_scan(theirs, name="1.png", data=page, by=neighbour)
    assert add_scan(batch, name="1.png", data=page, by=officer).outcome == "waiting"


def test_a_page_scanned_twice_is_marked(sorted_batch, batch):
    page = scans.typed()
    sorted_batch({"1.jpg": scans.as_bytes(page, "JPEG", quality=90), "2.jpg": scans.as_bytes(page.rotate(0.4, fillcolor=245), "JPEG", quality=40)})
    first, second = pages_of(batch)
    assert (first.same_as, second.same_as) == (None, first)


def test_sheets_on_paper_are_compared_with_what_was_scanned(sorted_batch, two_dossiers, officer):
    one, other = two_dossiers
    sorted_batch({"1.pdf": cover_sheets([one]), "2.png": scans.as_bytes(scans.drawn()), "3.pdf": cover_sheets([other]), "4.pdf": scans.pdf(scans.drawn(), scans.blank())})
    sides = [dossier.pages.filter(kind__in=ON_PAPER).count() for dossier in (one, other)]
    assert sides == [1, 2]
    assert [sides_disagree(2, count) for count in sides] == [True, False]


@pytest.mark.parametrize(("sheets", "sides", "disagree"), [(2, 1, True), (2, 2, False), (2, 4, False), (2, 5, True), (2, 0, True), (None, 7, False)])
def test_a_sheet_gives_one_side_or_two(sheets, sides, disagree):
    assert sides_disagree(sheets, sides) is disagree


def test_a_closed_batch_takes_no_more_and_an_empty_one_is_not_closed(batch, officer):
    with pytest.raises(Refusal, match="chưa có tệp nào"):
        close_batch(batch, by=officer)
    add_scan(batch, name="1.png", data=scans.as_bytes(scans.drawn()), by=officer)
    close_batch(batch, by=officer)
    with pytest.raises(Refusal, match="đang tách trang"):
        add_scan(batch, name="2.png", data=b"x", by=officer)
    with pytest.raises(Refusal, match="đang được tách trang"):
        close_batch(batch, by=officer)


def test_a_batch_is_discarded_until_a_dossier_has_pages_of_it(sorted_batch, batch, two_dossiers, officer):
    sorted_batch({"1.png": scans.as_bytes(scans.drawn())})
    put_pages(list(pages_of(batch)), dossier=two_dossiers[0], by=officer)
    with pytest.raises(Refusal, match="đã có trang nằm trong hồ sơ"):
        discard_batch(batch, by=officer)
    put_pages(list(pages_of(batch)), dossier=None, by=officer)
    discard_batch(batch, by=officer)
    assert not pages_of(batch).exists()


def test_nobody_brings_files_into_another_district(areas, neighbour, batch, two_dossiers):
    with pytest.raises(Forbidden):
        receive_batch("Lô", origin="folder", area_path=COMMUNE, by=neighbour)
    with pytest.raises(Forbidden):
        receive_batch("Lô", origin="folder", dossier=two_dossiers[0], area_path=OTHER_COMMUNE, by=neighbour)
    with pytest.raises(Forbidden):
        add_scan(batch, name="a.png", data=b"x", by=neighbour)


def test_a_right_that_ended_meanwhile_stops_the_sorting(batch, appoint):
    account = appoint("digger", "digitiser", DISTRICT)
    add_scan(batch, name="1.png", data=scans.as_bytes(scans.drawn()), by=account)
    close_batch(batch, by=account)
    account.rights.all().delete()
    jobs.work(until_idle=True)
    job = Job.objects.get()
    assert (job.state, "không còn quyền" in job.note, pages_of(batch).exists()) == ("failed", True, False)


def test_names_of_files_stay_out_of_the_journal(sorted_batch, batch):
    sorted_batch({"Dương Thị Lan.png": scans.as_bytes(scans.drawn())})
    assert "Lan" not in str(list(Entry.objects.values("title", "key", "facts")))


def test_a_file_at_which_the_program_dies_is_set_aside_after_some_tries(sorted_batch, batch, officer):
    add_scan(batch, name="1.png", data=scans.as_bytes(scans.drawn()), by=officer)
    Scan.objects.update(attempts=3)
    sorted_batch({"2.png": scans.as_bytes(scans.drawn(2))})
    assert outcomes(batch) == [("1.png", "refused"), ("2.png", "taken")]


def full(*_args):
    raise OSError(errno.ENOSPC, "no room")


def test_a_full_disk_keeps_a_file_out_whole_and_it_comes_in_when_there_is_room(cabinet, batch, officer, monkeypatch):
    with monkeypatch.context() as patch, pytest.raises(Refusal, match="đĩa của kho tệp đã đầy"):
        patch.setattr(copies, "write", full)
        add_scan(batch, name="1.png", data=scans.as_bytes(scans.drawn(901)), by=officer)
    assert not batch.scans.exists()
    assert add_scan(batch, name="1.png", data=scans.as_bytes(scans.drawn(901)), by=officer).outcome == "waiting"


def test_a_full_disk_breaks_off_the_sorting_and_closing_again_goes_on(cabinet, batch, officer, monkeypatch):
    add_scan(batch, name="1.png", data=scans.as_bytes(scans.drawn(902)), by=officer)
    close_batch(batch, by=officer)
    with monkeypatch.context() as patch:
        patch.setattr(copies, "write", full)
        jobs.work(until_idle=True)
    assert "đĩa của kho tệp đã đầy" in Job.objects.get().note
    assert batch.scans.get().attempts == 0
    close_batch(batch, by=officer)
    jobs.work(until_idle=True)
    assert outcomes(batch) == [("1.png", "taken")]


def test_the_journal_has_a_line_for_each_file_and_one_for_the_batch(sorted_batch, batch):
    sorted_batch({"1.png": scans.as_bytes(scans.drawn()), "2.png": b"x"})
    acts = list(Entry.objects.order_by("id").values_list("act", flat=True))
    assert acts[-5:] == ["dossiers.add_scan", "dossiers.close_batch", "dossiers.sort_scan", "dossiers.sort_scan", "dossiers.sort_batch"]
