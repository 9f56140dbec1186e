"""What a file is and what is wrong with it, told by its bytes, within bounded memory and time."""
import random
import re
import time
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from ansinh.dossiers.bounded import Bounded, Broken
from ansinh.dossiers.tests import scans

APART = "ansinh.dossiers.intake.apart"
PAGE = scans.drawn()
PDF, PNG, JPEG = scans.pdf(PAGE), scans.as_bytes(PAGE), scans.as_bytes(PAGE, "JPEG")
MOST_SECONDS, MOST_MEMORY = 15, 700 * 2**10


def act_on_opening(pdf):
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def launch(pdf):
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Annot, A=action)]))


def link(pdf):
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="http://example.invalid")
    pdf.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=action)])


def begin_at_first_page(pdf):
    pdf.Root.OpenAction = pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.Fit])


def attach(pdf):
    pdf.attachments["a.exe"] = b"MZ"


def go_round(pdf):
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)


BAD = {
    "empty": (b"", "empty"),
    "not a scan": (b"Hello", "unknown_kind"),
    "a program named as a PDF": (b"MZ" + b"\0" * 200, "unknown_kind"),
    "a page of the web": (b"<html><script>alert(1)</script>", "unknown_kind"),
    "a GIF": (b"GIF89a" + b"\0" * 100, "unknown_kind"),
    "a PDF behind something else": (b"GIF89a" + PDF, "two_kinds"),
    "an archive behind a JPEG": (JPEG + scans.packed({"a.txt": b"x"}), "two_kinds"),
    "an archive behind a PDF": (PDF + scans.packed({"a.txt": b"x"}), "two_kinds"),
    "a PDF inside the head of a JPEG": (JPEG[:20] + b"%PDF-1.7" + JPEG[20:], "two_kinds"),
    "a PDF cut in the middle": (PDF[: len(PDF) // 2], "cut_short"),
    "a PDF of noise": (b"%PDF-1.7\n" + random.Random(1).randbytes(3000) + b"%%EOF", "damaged"),
    "a PDF with a password": (scans.locked_pdf(), "locked"),
    "a PDF of too many pages": (scans.long_pdf(2_001), "too_many_pages"),
    "a PNG of 30,000 pixels": (scans.huge_png(30_000), "too_large"),
    "half a PNG head": (PNG[:30], "damaged"),
    "half a TIFF": (scans.tiff(PAGE, PAGE)[:200], "damaged"),
    "a broken archive": (b"PK\x03\x04" + b"\0" * 100, "damaged"),
    "an empty archive": (scans.packed({}), "no_pages"),
    "an archive that explodes": (scans.packed({f"{n}.png": b"\0" * 2**20 for n in range(80)}), "explodes"),
    "an archive of too many files": (scans.packed({f"{n}": b"" for n in range(2_001)}), "explodes"),
}
REMARKED = {
    "script": (scans.pdf_with(act_on_opening), "a.pdf", ["active"]),
    "launch": (scans.pdf_with(launch), "a.pdf", ["active"]),
    "link": (scans.pdf_with(link), "a.pdf", ["active"]),
    "attachment": (scans.pdf_with(attach), "a.pdf", ["active"]),
    "only says where it begins": (scans.pdf_with(begin_at_first_page), "a.pdf", []),
    "protected, but opens": (scans.locked_pdf(""), "a.pdf", ["protected"]),
    "named otherwise": (JPEG, "a.pdf", ["named_otherwise"]),
    "named as it is": (JPEG, "A.JPG", []),
    "without an ending": (PNG, "trang 1", []),
    "ends with a little dirt": (PDF.replace(b"startxref", b"startxxxx"), "a.pdf", ["mended"]),
}


@pytest.fixture(scope="module")
def child():
    with Bounded() as child:
        yield child


@pytest.fixture
def kept(tmp_path):
    def keep(data):
        path = tmp_path / "file"
        path.write_bytes(data)
        return str(path)

    return keep


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_reason_within_seconds(child, kept, name):
    data, reason = BAD[name]
    began = time.monotonic()
    assert child.call(f"{APART}:inspect", kept(data), "a.pdf").get("unfit") == reason
    assert time.monotonic() - began < MOST_SECONDS


@pytest.mark.parametrize("name", REMARKED)
def test_a_strange_file_is_taken_with_a_remark(child, kept, name):
    data, shown, remarks = REMARKED[name]
    said = child.call(f"{APART}:inspect", kept(data), shown)
    assert (said["pages"], [code for code, _facts in said["remarks"]]) == (1, remarks)


def test_a_tree_of_pages_that_bites_its_tail_is_refused_or_read_but_never_goes_round(child, kept):
    said = child.call(f"{APART}:inspect", kept(scans.pdf_with(go_round)), "a.pdf")
    assert said.get("unfit", "damaged") == "damaged"


TAKEN = {
    "pdf": (scans.pdf(PAGE, scans.blank(), scans.drawn(2)), ["page", "blank", "page"]),
    "tiff": (scans.tiff(scans.blank(), PAGE), ["blank", "page"]),
    "bilevel tiff": (scans.as_bytes(PAGE.convert("1"), "TIFF", compression="group4"), ["page"]),
    "jpeg": (JPEG, ["page"]),
    "cmyk jpeg": (scans.as_bytes(PAGE.convert("CMYK"), "JPEG"), ["page"]),
    "png": (PNG, ["page"]),
    "png with colours of a palette": (scans.as_bytes(PAGE.convert("P")), ["page"]),
    "png one can see through": (scans.as_bytes(PAGE.convert("LA")), ["page"]),
    "png of 16 bits": (scans.as_bytes(PAGE.convert("I;16").point(lambda value: value * 256)), ["page"]),
}


@pytest.mark.parametrize("name", TAKEN)
def test_every_page_of_a_good_file_is_taken(child, kept, tmp_path, name):
    data, kinds = TAKEN[name]
    path = kept(data)
    said = child.call(f"{APART}:inspect", path, "x")
    pages = child.call(f"{APART}:take_pages", path, said["kind"], 1, said["pages"], str(tmp_path))["pages"]
    assert [page["kind"] for page in pages] == kinds
    assert {(abs(page["width"] - 620) <= 1, abs(page["height"] - 877) <= 1, page["dpi"]) for page in pages} == {(True, True, 75)}


def test_a_photograph_is_turned_as_its_camera_says(child, kept, tmp_path):
    photograph = scans.typed().rotate(90, expand=True)
    exif = photograph.getexif()
    exif[0x0112] = 6
    (page,) = child.call(f"{APART}:take_pages", kept(scans.as_bytes(photograph, "JPEG", exif=exif)), "jpeg", 1, 1, str(tmp_path))["pages"]
    assert (page["turn"], page["width"], page["height"]) == (90, 1240, 1754)


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_scanned_the_wrong_way_is_turned_upright(child, kept, tmp_path, turned):
    data = scans.as_bytes(scans.typed().rotate(turned, expand=True), dpi=(150, 150))
    (page,) = child.call(f"{APART}:take_pages", kept(data), "png", 1, 1, str(tmp_path))["pages"]
    assert (page["turn"], page["width"], page["height"]) == (turned, 1240, 1754)
    with Image.open(page["screen"]) as shown:
        assert shown.size == (1240, 1754)


@pytest.mark.parametrize("turned", [0, 90])
def test_two_pages_in_one_image_are_two_pages(child, kept, tmp_path, turned):
    both = Image.new("L", (2480, 1754), 248)
    both.paste(scans.typed(), (0, 0))
    both.paste(scans.typed(9), (1240, 0))
    data = scans.as_bytes(both.rotate(turned, expand=True), dpi=(150, 150))
    pages = child.call(f"{APART}:take_pages", kept(data), "png", 1, 1, str(tmp_path))["pages"]
    assert [(page["number"], page["part"], page["turn"], page["height"], page["kind"]) for page in pages] == [
        (1, 1, turned, 1754, "page"), (1, 2, turned, 1754, "page"),
    ]
    assert sum(page["cut"][2] for page in pages) == 2480
    assert abs(pages[0]["cut"][2] - 1240) < 150


CUT_IN_THE_PICTURE = {
    "jpeg": (JPEG[: len(JPEG) * 2 // 3], "cut_short"), "png": (PNG[: len(PNG) // 2], "cut_short"),
}


@pytest.mark.parametrize("kind", CUT_IN_THE_PICTURE)
def test_half_a_picture_is_no_picture(child, kept, tmp_path, kind):
    data, reason = CUT_IN_THE_PICTURE[kind]
    assert child.call(f"{APART}:take_pages", kept(data), kind, 1, 1, str(tmp_path))["unfit"] == reason


@pytest.mark.parametrize("seed", range(24))
def test_a_mutated_file_is_taken_or_refused_but_never_hangs(child, kept, tmp_path, seed):
    dice = random.Random(seed)
    data = bytearray(dice.choice([PDF, PNG, JPEG, scans.tiff(PAGE, PAGE), scans.packed({"a.png": PNG})]))
    for _change in range(dice.randint(1, 60)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    path = kept(bytes(data[: dice.randint(len(data) // 2, len(data))]))
    began = time.monotonic()
    try:
        said = child.call(f"{APART}:inspect", path, "x")
        if said.get("pages"):
            said = child.call(f"{APART}:take_pages", path, said["kind"], 1, min(said["pages"], 20), str(tmp_path))
        assert said.keys() & {"unfit", "pages", "members"}
    except Broken:
        pass  # the child died, and the batch goes on
    assert time.monotonic() - began < MOST_SECONDS


def test_a_large_page_stays_within_the_memory_of_a_child(kept, tmp_path):
    path = kept(scans.as_bytes(PAGE.resize((10_000, 7_072)).convert("RGB"), "JPEG"))
    with Bounded() as child:
        (page,) = child.call(f"{APART}:take_pages", path, "jpeg", 1, 1, str(tmp_path))["pages"]
        status = Path(f"/proc/{child.child.pid}/status").read_text()
    assert (page["width"], page["kind"]) == (10_000, "page")
    assert int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) < MOST_MEMORY
