"""PDF files: what is in them besides pages, and their pages as pictures. Nothing in them is ever run or followed."""
import math
from pathlib import Path

import pikepdf
import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from .bounds import HIGHEST_DPI, LOWEST_DPI, SCREEN_SIDE, USUAL_DPI, Unfit, check_count, check_size
from .pictures import Picture

POINTS = 72
TAIL = 2048
# So much of a page is one image where the page is a scan.
COVERS_PAGE = 0.5
MOST_OBJECTS, DEEPEST = 200_000, 8
ACTIVE_KEYS = {"/JS", "/AA", "/OpenAction", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"}
ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/URI", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie"}


def inspect(path: Path) -> tuple[int, list[tuple[str, dict]]]:
    """Count of pages and remarks; refused where the file is locked, cut short, damaged or too long."""
    remarks = []
    with _opened(path, remarks) as pdf:
        pages = _count(pdf)
        check_count(pages)
        if pdf.is_encrypted:
            remarks.append(("protected", {}))
        if any(_is_active(each) for _number, each in zip(range(MOST_OBJECTS), pdf.objects, strict=False)):
            remarks.append(("active", {}))
    return pages, remarks


def pictures(path: Path, numbers: range):
    """The pages of these numbers, from 1, as they are shown."""
    with _document(path) as document:
        for number in numbers:
            yield _picture(document, number)


def _opened(path, remarks):
    try:
        return pikepdf.open(path, attempt_recovery=False, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Unfit("locked") from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return _recovered(path, remarks)


def _recovered(path, remarks):
    """A file with faults that other programs overlook; one whose end is missing is not taken for whole."""
    with path.open("rb") as handle:
        handle.seek(max(0, path.stat().st_size - TAIL))
        if b"%%EOF" not in handle.read():
            raise Unfit("cut_short")
    try:
        pdf = pikepdf.open(path, suppress_warnings=True)
    except (pikepdf.PdfError, ValueError, RuntimeError):
        raise Unfit("damaged") from None
    remarks.append(("mended", {}))
    return pdf


def _count(pdf):
    try:
        return len(pdf.pages)
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError):
        raise Unfit("damaged") from None


def _is_active(thing, depth=0) -> bool:
    """Whether an object, or one directly in it, would do something by itself or lead elsewhere."""
    if depth > DEEPEST or not isinstance(thing, (pikepdf.Dictionary, pikepdf.Array, pikepdf.Stream)):
        return False
    if isinstance(thing, pikepdf.Array):
        return any(_is_active(each, depth + 1) for each in thing if not _is_elsewhere(each))
    if ACTIVE_KEYS & set(thing.keys()) or str(thing.get("/S", "")) in ACTIVE_ACTIONS:
        return not _only_goes_to_page(thing)
    return any(_is_active(each, depth + 1) for each in thing.values() if not _is_elsewhere(each))


def _is_elsewhere(thing):
    """An object of its own is looked at in its own turn; pages and their parents would lead round in circles."""
    return isinstance(thing, pikepdf.Object) and thing.is_indirect


def _only_goes_to_page(thing):
    """An /OpenAction that only names the page to begin with is what scanners write."""
    if ACTIVE_KEYS & set(thing.keys()) != {"/OpenAction"}:
        return False
    begins = thing["/OpenAction"]
    return isinstance(begins, pikepdf.Array) or str(begins.get("/S", "")) == "/GoTo"


class _document:
    """A document of pdfium, closed in the end."""

    def __init__(self, path):
        try:
            self.document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError:
            raise Unfit("damaged") from None

    def __enter__(self):
        return self.document

    def __exit__(self, *_fault):
        self.document.close()


def _page(document, number):
    try:
        return document[number - 1]
    except (pypdfium2.PdfiumError, IndexError):
        raise Unfit("page_damaged", {"number": number}) from None


def _picture(document, number) -> Picture:
    page = _page(document, number)
    wide, high = page.get_size()
    if not (wide > 0 and high > 0 and math.isfinite(wide * high)):
        raise Unfit("page_damaged", {"number": number})
    dpi = _dpi(page, wide * high)
    whole = dpi / POINTS
    width, height = (math.ceil(side * whole) for side in (wide, high))  # as pdfium counts
    check_size(width, height)
    shown = _rendered(page, min(whole, SCREEN_SIDE / max(wide, high)), number)
    page.close()
    return Picture(number, width, height, dpi, 0, shown)


def _dpi(page, area) -> int:
    """The resolution in which the page was scanned: that of the image that covers it."""
    found = USUAL_DPI
    try:
        for image in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3):
            width, height = image.get_px_size()
            check_size(width, height)
            left, bottom, right, top = image.get_bounds()
            covers = (right - left) * (top - bottom) / area
            if covers >= COVERS_PAGE:
                found = round(math.sqrt(width * height / ((right - left) * (top - bottom))) * POINTS)
    except pypdfium2.PdfiumError:
        return USUAL_DPI
    return min(max(found, LOWEST_DPI), HIGHEST_DPI)


def _rendered(page, scale, number):
    try:
        return page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False).to_numpy()[:, :, :3].copy()
    except (pypdfium2.PdfiumError, ValueError):
        raise Unfit("page_damaged", {"number": number}) from None
