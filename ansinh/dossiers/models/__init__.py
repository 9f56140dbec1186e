"""Dossiers, the scans that came in, their pages and papers, and what was read, entered and proved from them."""
from .dossiers import Bookmark, Dossier, Extract, FormerDossier, Lease, Loan
from .fields import Entering, Evidence, Settlement, Suggestion
from .intake import Batch, Scan
from .pages import FormerArrangement, Page, PageText, Paper
from .passing import PackageTransfer, WatchedFolder

__all__ = [
    "Batch", "Bookmark", "Dossier", "Entering", "Evidence", "Extract", "FormerArrangement", "FormerDossier", "Lease", "Loan",
    "PackageTransfer", "Page", "PageText", "Paper", "Scan", "Settlement", "Suggestion", "WatchedFolder",
]
