"""Screens of documents: letters, issuing, templates."""
