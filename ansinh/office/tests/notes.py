"""A dated model of the tests' own, so that the kit is tested without any module that uses it."""
from contextlib import contextmanager

import pytest
from django.db import connection, models

from ansinh.office.act import continuing, open_entry
from ansinh.office.dated import Dated
from ansinh.office.guard import statements
from ansinh.office.models import Entry


class Note(Dated):
    """One word said of a subject for a span of days."""

    subject_fields = ("about", "kind")
    about = models.IntegerField()
    kind = models.CharField(max_length=20, db_default="plain", default="plain")
    word = models.CharField(max_length=40, db_default="")
    count = models.IntegerField(null=True)
    is_loud = models.BooleanField(db_default=False, default=False)
    raw = models.BinaryField(null=True)
    # No constraint in the database: emptying the office's own tables must not meet this one.
    recorded_in = models.ForeignKey(Entry, models.DO_NOTHING, related_name="+", db_constraint=False)
    withdrawn_in = models.ForeignKey(Entry, models.DO_NOTHING, null=True, related_name="+", db_constraint=False)

    class Meta(Dated.Meta):
        app_label = "office_tests"


@pytest.fixture(scope="session")
def note_table(django_db_setup, django_db_blocker):
    """The table of notes, guarded as any other append-only table."""
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Note)
        with connection.cursor() as cursor:
            for statement in statements(Note, connection):
                cursor.execute(statement, None)


@pytest.fixture
def notes(note_table, db, monkeypatch):
    """Notes may be written, and undoing knows of them."""
    monkeypatch.setattr("ansinh.office.dated.dated_models", lambda: [Note])


@contextmanager
def an_act(by=None):
    """Inside an act: what is written belongs to its entry."""
    with continuing(open_entry("office.note", by)) as entry:
        yield entry
