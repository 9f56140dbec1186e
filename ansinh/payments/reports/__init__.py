"""What is printed or exported of a pay list; the same list gives the same bytes each time."""
from .bank_file import bank_file
from .content import content
from .list_pdf import LINES_AT_ONCE, list_pdf, list_pdfs
from .list_sheet import list_sheet, return_form

__all__ = ["LINES_AT_ONCE", "bank_file", "content", "list_pdf", "list_pdfs", "list_sheet", "return_form"]
