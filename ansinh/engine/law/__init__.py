"""Law as data: loaded once, refused where it has gaps, read by month and by what was known."""
from .book import Book, Law, book, load
from .places import LawError

__all__ = ["Book", "Law", "LawError", "book", "load"]
