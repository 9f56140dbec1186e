"""Readers at work: bounded children that each have one page in hand; what is in hand is known to the memory of this process only."""
import time
from contextlib import ExitStack

from ansinh.office.cabinet import local_path
from ansinh.registry.queries import name_words

from .bounded import Bounded, Broken, Reason, ready
from .models import Page

READ = "ansinh.dossiers.reading.child:read"
MEMORY, SECONDS = 700 * 2**20, 40


class Reader:
    """Bộ đọc: one child, the page that it has in hand, and the file of that page, kept open for the pages after it."""

    def __init__(self, names: tuple[tuple[str, ...], ...]):
        self.child, self.names = Bounded(memory=MEMORY, seconds=SECONDS), names
        self.page: Page | None = None
        self.file, self.path, self.held = None, None, ExitStack()

    def begin(self, page: Page):
        """Take a page in hand; a file that the cabinet cannot give is a ``Refusal``."""
        if self.file != page.scan.file_id:
            self.let_go()
            self.path = self.held.enter_context(local_path(page.scan.file))
            self.file = page.scan.file_id
        self.page = page
        self.child.ask(READ, str(self.path), page.number, page.turn, page.cut, page.dpi, self.names)

    def finish(self) -> tuple[Page, dict | None, Reason | None]:
        """The page, and what was read of it or why it could not be."""
        page, self.page = self.page, None
        try:
            return page, self.child.answer(), None
        except Broken as broken:
            return page, None, broken.reason

    def let_go(self):
        """Give the file back."""
        self.held.close()
        self.file, self.held = None, ExitStack()


class Crew:
    """Tổ đọc: as many readers as processors; they know the words that names of the register are made of."""

    def __init__(self, size: int):
        names = name_words()
        self.readers = [Reader(names) for _number in range(size)]

    def __enter__(self):
        return self

    def __exit__(self, *_fault):
        for reader in self.readers:
            reader.child.close()
            reader.let_go()

    @property
    def idle(self) -> list[Reader]:
        """Readers without a page."""
        return [reader for reader in self.readers if reader.page is None]

    @property
    def busy(self) -> list[Reader]:
        """Readers with a page in hand."""
        return [reader for reader in self.readers if reader.page is not None]

    def done(self, seconds: float) -> list[Reader]:
        """Readers that have answered, or should have, within so many seconds."""
        answered = ready([reader.child for reader in self.busy], seconds)
        now = time.monotonic()
        return [reader for reader in self.busy if reader.child in answered or reader.child.until <= now]
