"""Reading of scans, measured on generated papers whose truth is known."""
