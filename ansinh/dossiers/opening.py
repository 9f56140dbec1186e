"""A kept file is opened in a bounded child: what it is, its pages as facts and screen pictures in the cabinet."""
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from ansinh.office.cabinet import local_path, store_stream
from ansinh.office.copies import folder_aside
from ansinh.office.models import StoredFile

from .bounded import Bounded, Broken, Costly
from .intake.bounds import Unfit
from .models import Page, Scan

APART = "ansinh.dossiers.intake.apart:"
INSPECT, UNPACK, TAKE_PAGES, TAKE_AGAIN = (APART + name for name in ("inspect", "unpack", "take_pages", "take_again"))
PAGES_AT_ONCE = 10
ZIP = "zip"


def found_in(scan: Scan, child: Bounded, alive: Callable[[], None] = lambda: None) -> dict:
    """Everything that a file gives: ``pages`` of its ``images``, or ``members`` of an archive, each kept; ``remarks``. ``Unfit`` says why not.

    ``alive`` is called between two parts of the work.
    """
    with local_path(scan.file) as path, folder_aside() as folder:
        said = ask(child, INSPECT, str(path), scan.name)
        if said["kind"] == ZIP:
            if scan.part_of_id:
                raise Unfit("nested")
            said["images"], said["pages"] = 0, []
            said["members"] = [_unpacked(child, path, member, Path(folder), alive) for member in said["members"]]
            return said
        said["images"], said["pages"] = said["pages"], list(_pages(child, path, said["kind"], said["pages"], folder, alive))
    return said


def page_again(page: Page, child: Bounded, *, before: int, cut: list | None) -> dict:
    """A page made anew under its ``turn``: ``cut``, ``width``, ``height``, ``look`` and ``screen`` (kept).

    ``cut`` was said under the turn ``before``.
    """
    with local_path(page.scan.file) as path, folder_aside() as folder:
        said = ask(child, TAKE_AGAIN, str(path), page.number, before, page.turn, cut, folder)
        return said | {"screen": _kept(Path(said["screen"]), f"trang-{page.number}.jpg", "image/jpeg")}


def _pages(child, path, kind, count, folder, alive):
    for first in range(1, count + 1, PAGES_AT_ONCE):
        last = min(first + PAGES_AT_ONCE - 1, count)
        with TemporaryDirectory(dir=folder) as part:
            for page in ask(child, TAKE_PAGES, str(path), kind, first, last, part)["pages"]:
                yield page | {"screen": _kept(Path(page["screen"]), f"trang-{page['number']}.jpg", "image/jpeg")}
        alive()


def _unpacked(child, path, member, folder, alive) -> dict:
    """A file of an archive: its name, size, what was kept of it, and why it is refused, if it is."""
    name, size, fault = member
    found = {"name": name, "size": size, "fault": fault, "file": None}
    alive()
    if fault:
        return found
    target = folder / "member"
    try:
        ask(child, UNPACK, str(path), name, str(target))
        return found | ({"file": _kept(target, name, "")} if size else {"fault": "empty"})
    except Unfit as unfit:
        return found | {"fault": unfit.code}
    finally:
        target.unlink(missing_ok=True)


def ask(child: Bounded, function: str, *args) -> dict:
    """The answer of a function of a child about a file; ``Unfit`` where it has none, or could not be had within bounds."""
    try:
        said = child.call(function, *args)
    except Costly:
        raise Unfit("too_costly") from None
    except Broken:
        raise Unfit("damaged") from None
    if "unfit" in said:
        raise Unfit(said["unfit"], said["facts"])
    return said


def _kept(path, name, content_type) -> StoredFile:
    with path.open("rb") as handle:
        return store_stream(handle, name=name, content_type=content_type)
