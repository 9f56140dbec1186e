"""Texts that are compared byte by byte: paths, folded names, numbers; a range of such a text means the same on every database."""
from django.db import models


class KeyText(models.CharField):
    """A text column in plain byte order. SQLite compares so by itself; PostgreSQL would use the language of its cluster."""

    def db_parameters(self, connection):
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
