"""Archival copies: declared PDF/A-2b and checked in structure, the images as they came, the words as text, a version a change."""
import io
import random
import time
from xml.etree import ElementTree

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from ansinh.dossiers import picturing
from ansinh.dossiers.actions import archive_later, archive_paper, archiving
from ansinh.dossiers.models import Page, PageText, Paper
from ansinh.dossiers.tests.scans import drawn, huge_png, locked_pdf, pdf
from ansinh.office import jobs
from ansinh.office.cabinet import read_file, store_file
from ansinh.web.refusal import Forbidden, Refusal

PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"
DOC = "{urn:ansinh:archive:1}"
WORDS = [["QUYẾT", 50, 60, 60, 20, 96, 0], ["ĐỊNH", 115, 60, 40, 20, 95, 0], ["Đặng", 50, 100, 45, 20, 97, 1], ["Thị", 100, 100, 45, 20, 97, 1]]


def image_of(kind, mode="RGB", size=(600, 800), **options):
    """A picture with something to see in it, coded as asked."""
    draw = random.Random(5)
    small = Image.frombytes("RGB", (60, 80), bytes(draw.randrange(256) for _ in range(60 * 80 * 3)))
    data = io.BytesIO()
    small.resize(size).convert(mode).save(data, kind, **options)
    return data.getvalue()


@pytest.fixture
def sheet(lan_page):
    """Lan's page with Vietnamese words on two lines."""
    PageText.objects.filter(page=lan_page).update(words=WORDS)
    return lan_page


@pytest.fixture
def scanned(sheet):
    """``scanned(data, turn=90)``: the same page from another file."""

    def make(data, name="trang", **said):
        file = store_file(data, name=name)
        type(sheet.scan).objects.filter(pk=sheet.scan_id).update(file=file)
        Page.objects.filter(pk=sheet.pk).update(**said)
        return Page.objects.select_related("scan__file").get(pk=sheet.pk)

    return make


def copy_of(page, officer):
    return read_file(archive_paper(page.paper, by=officer).archived)


def text_of(data):
    document = pypdfium2.PdfDocument(data)
    return [document[n].get_textpage().get_text_bounded().split() for n in range(len(document))]


def image_in(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = pdf.pages[0].Resources.XObject.Im0
        return found.read_raw_bytes(), pikepdf.PdfImage(found).as_pil_image()


def rendered(data):
    return pypdfium2.PdfDocument(data)[0].render(scale=1).to_pil().convert("RGB")


def test_the_copy_declares_itself_and_is_built_as_pdf_a_2b_asks(sheet, officer):
    data = copy_of(sheet, officer)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert not pdf.is_encrypted
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        assert pdf.Root.OutputIntents[0].DestOutputProfile.N == 3
        assert pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()[36:40] == b"acsp"
        packet = ElementTree.fromstring(pdf.Root.Metadata.read_bytes())
        font = pdf.pages[0].Resources.Font.F0.DescendantFonts[0]
        assert font.FontDescriptor.FontFile2.read_bytes()
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        assert pdf.trailer.ID
    assert packet.find(f".//{PDFAID}part").text == "2"
    assert packet.find(f".//{PDFAID}conformance").text == "B"


def test_the_words_come_out_as_they_were_read(sheet, officer):
    assert text_of(copy_of(sheet, officer)) == [["QUYẾT", "ĐỊNH", "Đặng", "Thị"]]


def test_the_words_lie_where_they_stand_on_the_image(sheet, officer):
    shown = pypdfium2.PdfDocument(copy_of(sheet, officer))[0]
    left, bottom, right, top = shown.get_textpage().get_charbox(0, loose=True)
    assert (round(left), round(800 - bottom)) == (50, 80)
    assert shown.get_textpage().get_text_bounded(left=40, bottom=800 - 85, right=170, top=800 - 55).split() == ["QUYẾT", "ĐỊNH"]


def test_the_description_is_that_of_the_guidance(sheet, officer):
    Paper.objects.filter(pk=sheet.paper_id).update(number="1187", notation="QĐ-LĐTBXH", subject="Trợ cấp <b>&\x0c", issued_on="2013-05-04")
    paper = archive_paper(sheet.paper, by=officer)
    assert paper.archive_code == f"H55.02_QĐ_{paper.pk:06d}_V1"
    assert paper.archived.name == f"{paper.archive_code}_20130504_quiet-dinh-tro-cap.pdf".replace("quiet", "quyet")
    with pikepdf.open(io.BytesIO(read_file(paper.archived))) as pdf:
        packet = ElementTree.fromstring(pdf.Root.Metadata.read_bytes())
    said = {node.tag.removeprefix(DOC): node.text for node in packet.iter() if node.tag.startswith(DOC)}
    assert said["DocCode"] == paper.archive_code
    assert said["Subject"] == "Trợ cấp <b>&"
    assert said["IssuedDate"] == "04/05/2013"
    assert said["TypeName"] == "Quyết định trợ cấp"
    assert said["PageAmount"] == "1"


def test_a_jpeg_stays_byte_for_byte(sheet, scanned, officer):
    photograph = image_of("JPEG", quality=60)
    assert image_in(copy_of(scanned(photograph), officer))[0] == photograph


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "P", "RGBA"])
def test_a_png_loses_nothing(sheet, scanned, officer, mode):
    data = image_of("PNG", mode)
    found = image_in(copy_of(scanned(data), officer))[1]
    with Image.open(io.BytesIO(data)) as original:
        wanted = original.convert(found.mode)
    assert found.tobytes() == wanted.tobytes()


@pytest.mark.parametrize(("mode", "compression"), [("1", "group4"), ("L", "tiff_lzw"), ("RGB", "tiff_deflate")])
def test_the_second_image_of_a_tiff_loses_nothing(sheet, scanned, officer, mode, compression):
    first, second = Image.new(mode, (600, 800)), Image.open(io.BytesIO(image_of("PNG", mode)))
    data = io.BytesIO()
    first.save(data, "TIFF", save_all=True, append_images=[second], compression=compression)
    found = image_in(copy_of(scanned(data.getvalue(), number=2), officer))[1]
    assert found.convert(mode).tobytes() == second.tobytes()


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_a_turned_page_stands_upright(sheet, scanned, officer, turn, kind):
    upright = Image.new("RGB", (600, 800), "white")
    upright.paste("red", (0, 0, 300, 200))
    data = io.BytesIO()
    upright.rotate(turn, expand=True).save(data, kind)
    seen = rendered(copy_of(scanned(data.getvalue(), turn=turn), officer))
    assert seen.size == (600, 800)
    assert seen.getpixel((100, 100))[1] < 60
    assert min(seen.getpixel((500, 100)) + seen.getpixel((100, 700))) > 200


def test_a_page_cut_out_of_an_image_holds_nothing_of_its_neighbour(sheet, scanned, officer):
    both = Image.new("RGB", (1200, 800), "white")
    both.paste("red", (0, 0, 600, 800))
    data = io.BytesIO()
    both.save(data, "JPEG")
    found = image_in(copy_of(scanned(data.getvalue(), cut=[600, 0, 600, 800], part=2), officer))[1]
    assert found.size == (600, 800)
    assert found.convert("RGB").getpixel((300, 400)) == (255, 255, 255)


def test_the_photograph_in_a_scanners_pdf_stays_byte_for_byte_and_a_drawn_page_is_pictured(sheet, scanned, officer):
    photograph = image_of("JPEG", quality=60)
    pdf = io.BytesIO()
    Image.open(io.BytesIO(photograph)).save(pdf, "PDF", resolution=72)
    inside = image_in(copy_of(scanned(pdf.getvalue()), officer))[0]
    assert inside.startswith(b"\xff\xd8")
    assert inside in pdf.getvalue()
    drawn = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(600, 800))
        made.save(drawn)
    with pikepdf.open(io.BytesIO(copy_of(scanned(drawn.getvalue()), officer))) as pdf:
        picture = pdf.pages[0].Resources.XObject.Im0
        assert (picture.Width, picture.Height, picture.Filter) == (600, 800, "/FlateDecode")


def test_the_same_paper_is_the_same_file_and_stays_the_same_version(sheet, officer):
    first = archive_paper(sheet.paper, by=officer)
    again = archive_paper(sheet.paper, by=officer)
    assert (again.version, again.archived) == (1, first.archived)


def test_a_changed_page_makes_a_new_version(sheet, officer):
    first = archive_paper(sheet.paper, by=officer)
    PageText.objects.filter(page=sheet).update(words=WORDS[:2])
    second = archive_paper(sheet.paper, by=officer)
    assert (second.version, second.archive_code[-3:]) == (2, "_V2")
    assert second.archived != first.archived
    assert read_file(first.archived)


def test_what_cannot_be_archived_yet_is_said(sheet, officer, neighbour):
    with pytest.raises(Forbidden):
        archive_paper(sheet.paper, by=neighbour)
    Page.objects.filter(pk=sheet.pk).update(reading=Page.Reading.WAITING)
    with pytest.raises(Refusal, match="chờ đọc"):
        archive_paper(sheet.paper, by=officer)
    Paper.objects.filter(pk=sheet.paper_id).update(kind="")
    with pytest.raises(Refusal, match="chưa có loại"):
        archive_paper(sheet.paper, by=officer)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (huge_png(15_000), "quá lớn"), (b"\xff\xd8\xff\xe0 not a photograph", "hỏng"), (pdf(drawn())[:400], "hỏng"),
        (locked_pdf(), "hỏng"), (b"MZ what is this", "hỏng"),
    ],
)
def test_a_scan_that_cannot_be_opened_is_said_with_its_page_and_leaves_no_copy(sheet, scanned, officer, data, why):
    page = scanned(data, cut=[0, 0, 600, 800])
    with pytest.raises(Refusal, match=f"Trang 1 không mở được.*({why})"):
        archive_paper(page.paper, by=officer)
    assert Paper.objects.get(pk=page.paper_id).archived is None


@pytest.mark.parametrize("trick", ["turn_for_ever_with", "die_with", "eat_memory_with"])
def test_a_hostile_scan_takes_neither_the_worker_down_nor_the_papers_behind_it(sheet, scanned, officer, monkeypatch, trick):
    hostile = scanned(image_of("JPEG"))
    monkeypatch.setattr(picturing, "TAKE", f"ansinh.dossiers.tests.tricks:{trick}")
    monkeypatch.setattr(archiving, "SECONDS", 1)
    monkeypatch.setattr(archiving, "MEMORY", 200 * 2**20)
    Paper.objects.create(dossier=sheet.dossier, position=2, kind="declaration")
    archive_later(hostile.dossier, officer)
    started = time.monotonic()
    job = jobs.run_one()
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (job.State.DONE, 2, 2)
    assert "Trang 1 không mở được" in job.note
    assert time.monotonic() - started < 20


def test_a_dossier_is_archived_in_the_background_paper_by_paper(sheet, officer):
    Paper.objects.create(dossier=sheet.dossier, position=2, kind="declaration")
    archive_later(sheet.dossier, officer)
    job = jobs.run_one()
    job.refresh_from_db()
    assert (job.done, job.total) == (2, 2)
    assert Paper.objects.get(pk=sheet.paper_id).version == 1
    assert "1 giấy chưa lập được" in job.note


def test_the_copy_is_handed_out_to_who_sees_the_dossier(sheet, officer, neighbour, client):
    paper = archive_paper(sheet.paper, by=officer)
    client.force_login(officer)
    answer = client.get(f"/giay-to/{paper.pk}/ban-luu-tru/")
    assert answer.content.startswith(b"%PDF-1.7")
    assert "attachment" in answer.headers["Content-Disposition"]
    client.force_login(neighbour)
    assert client.get(f"/giay-to/{paper.pk}/ban-luu-tru/").status_code == 404


def test_an_officer_orders_the_copies_of_a_dossier_and_finds_them_on_its_page(sheet, officer, neighbour, client):
    address = f"/ho-so/{sheet.dossier_id}/ban-luu-tru/"
    client.force_login(neighbour)
    assert client.get(address).status_code == 404
    client.force_login(officer)
    assert "PDF/A-2b" in client.get(address).content.decode()
    assert client.post(address, {"confirmed": "yes"}).status_code == 302
    jobs.work(until_idle=True)
    assert f"/giay-to/{sheet.paper_id}/ban-luu-tru/" in client.get(f"/ho-so/{sheet.dossier_id}/").content.decode()
