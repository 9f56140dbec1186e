"""What can be asked of areas, persons and imports."""
from .imports import Said, candidates_of, differences_of, receipt_of, rows_of, said_of, waiting_imports

__all__ = ["Said", "candidates_of", "differences_of", "receipt_of", "rows_of", "said_of", "waiting_imports"]
