"""Append-only tables: what the code must never do, the database refuses."""
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from ansinh.office import clock
from ansinh.office.act import open_entry
from ansinh.office.dated import EARLIEST, record
from ansinh.office.guard import guarded_models, missing_guards, renew_guards
from ansinh.office.models import Entry

from .notes import Note, an_act


@pytest.fixture
def note(notes):
    with an_act() as entry:
        return record(Note, about=1, since=EARLIEST, word="a"), entry


def refused(doing):
    with pytest.raises(IntegrityError, match="append only"), transaction.atomic():
        doing()


def test_every_append_only_table_is_guarded(db):
    assert {"office_entry", "office_seal"} <= {model._meta.db_table for model in guarded_models()}
    assert missing_guards() == []


def test_a_journal_line_is_never_changed_or_deleted(db):
    entry = open_entry("office.note", None)
    refused(lambda: Entry.objects.filter(pk=entry.pk).update(title="khác"))
    refused(lambda: Entry.objects.filter(pk=entry.pk).delete())


def test_a_dated_row_may_be_withdrawn_once_and_nothing_else(note):
    row, entry = note
    mine = Note.objects.filter(pk=row.pk)
    refused(lambda: mine.update(word="b"))
    refused(lambda: mine.update(word="b", withdrawn_at=clock.now(), withdrawn_in=entry))
    refused(mine.delete)
    assert mine.update(withdrawn_at=clock.now(), withdrawn_in=entry) == 1
    refused(lambda: mine.update(withdrawn_at=None))
    refused(lambda: mine.update(withdrawn_at=clock.now()))


@pytest.mark.parametrize("model", [m for m in apps.get_models() if getattr(m, "append_only", False)], ids=lambda m: m._meta.label)
def test_raw_sql_too_meets_the_guard(db, model):
    with connection.cursor() as cursor:
        assert {"update", "delete"} <= _guarded_verbs(cursor, model._meta.db_table)


def _guarded_verbs(cursor, table):
    asked = {
        "postgresql": "SELECT tgname FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid WHERE relname = %s AND tgenabled = 'O'",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    }
    cursor.execute(asked[connection.vendor], [table])
    return {name.removeprefix(f"{table}_") for (name,) in cursor.fetchall()}


def test_a_lost_guard_is_noticed_and_made_again(db):
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER office_seal_delete{" ON office_seal" * (connection.vendor == "postgresql")}')
    assert missing_guards() == ["office_seal"]
    renew_guards()
    assert missing_guards() == []
