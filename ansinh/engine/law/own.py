"""Luật của nơi cài đặt: law files in a folder of the installation, read after the package's; a change there counts at once.

Asking costs one look at the folder. Whoever changes it moves its day of change (a file renamed into it or taken away
does); a file edited in its place is noticed when the folder is touched or the process begins anew.
"""
from functools import cache
from pathlib import Path

from .book import Book, load
from .places import LawError
from .texts import text_of, with_texts


class OwnLaw:
    """The folder of an installation and what was last read from it."""

    def __init__(self, folder: Path | None):
        self.folder = folder
        # The folder's day of change, the files as they were, and the book that came of them: replaced as one.
        self._held: tuple[int, tuple, Book] | None = None

    def book(self) -> Book:
        """The package's law with the folder's; read again where the folder changed, also while it was being read."""
        while True:
            stamp, held = self._stamp(), self._held
            if held and held[0] == stamp:
                return held[2]
            try:
                files = self._files()
                found = held[2] if held and held[1] == files else _with_files(files)
            except LawError:
                if self._stamp() == stamp:
                    raise
                continue
            if self._stamp() == stamp:
                self._held = stamp, files, found
                return found

    def without(self, name: str) -> Book:
        """The same law without one of the folder's files: what that file changed."""
        return _with_files([file for file in self._files() if file[0] != name])

    def _stamp(self) -> int:
        try:
            return self.folder.stat().st_mtime_ns if self.folder else 0
        except FileNotFoundError:
            return 0

    def _files(self) -> tuple[tuple[str, bytes], ...]:
        if not self.folder:
            return ()
        try:
            return tuple((path.name, path.read_bytes()) for path in sorted(self.folder.glob("*.yaml")))
        except OSError as error:
            raise LawError(f"{error.filename}: cannot be read ({error.strerror}); check its rights") from error


_OWN = OwnLaw(None)


def use_own_law(folder: Path | None):
    """Say where this installation keeps its own law files; ``None``: it has none."""
    global _OWN  # noqa: PLW0603  (one book a process)
    _OWN = OwnLaw(folder)


def own_folder() -> Path | None:
    """Where this installation keeps its own law files."""
    return _OWN.folder


def book() -> Book:
    """The office's book of law: the package's and the installation's own."""
    return _OWN.book()


def book_without(name: str) -> Book:
    """The office's book of law without one of the installation's own files."""
    return _OWN.without(name)


@cache
def book_of_package() -> Book:
    """The law that came with the package, read once a process."""
    return load()


def _with_files(files) -> Book:
    """The texts in the order of their names; each is read beside what came before it."""
    found, package = [], book_of_package()
    for name, data in files:
        found.append(text_of(data, name, with_texts(package, found)))
    return with_texts(package, found) if found else package
