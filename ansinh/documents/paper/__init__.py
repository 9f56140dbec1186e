"""From a template and values to a letter: DOCX for whoever edits it, PDF/A-2b for whoever gets it. Knows no database."""
