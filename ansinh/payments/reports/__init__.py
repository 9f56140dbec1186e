"""What is printed or exported of a pay list; the same list gives the same bytes each time."""
from .bank_file import bank_file
from .list_pdf import list_pdf
from .list_sheet import list_sheet, return_form

__all__ = ["bank_file", "list_pdf", "list_sheet", "return_form"]
