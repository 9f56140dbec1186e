"""What can be asked of areas, persons and imports."""
from .imports import Said, candidates_of, differences_of, receipt_of, rows_of, said_of, waiting_imports
from .names import name_words

__all__ = ["Said", "candidates_of", "differences_of", "name_words", "receipt_of", "rows_of", "said_of", "waiting_imports"]
