"""Generated papers of merit dossiers with ground truth. Knows nothing of the reader that is measured on them."""

from bench.ocr.forms.batches import save_batch
from bench.ocr.forms.papers import papers
from bench.ocr.forms.samples import Box, Sample, TruthField, TruthWord

__all__ = ["Box", "Sample", "TruthField", "TruthWord", "papers", "save_batch"]
