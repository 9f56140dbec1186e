"""Rows that are written once; the triggers of guard.py hold the promise in the database."""
from django.db import models


class AppendOnly(models.Model):
    """A row that is never changed or deleted; ``once`` names columns that may go from empty to a value, together, once."""

    append_only = True
    once: tuple[str, ...] = ()

    class Meta:
        abstract = True
