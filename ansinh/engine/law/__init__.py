"""Law as data: loaded once, refused where it has gaps, read by month and by what was known."""
from .book import Book, Law, load
from .own import book
from .places import LawError

__all__ = ["Book", "Law", "LawError", "book", "load"]
