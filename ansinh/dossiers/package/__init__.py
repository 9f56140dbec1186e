"""Whole dossiers as one ZIP: originals, archival copies, what was read and entered, each file with its digest."""
