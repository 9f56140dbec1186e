"""Seals: a digest over the journal that shows whether a line was changed behind the guard's back."""
import pytest
from django.db import connection

from ansinh.office.act import open_entry
from ansinh.office.actions import seal_journal
from ansinh.office.models import Seal
from ansinh.office.queries import broken_seal, unsealed_digest


@pytest.fixture
def sealed(db):
    """Three lines under one seal, two more under the next."""
    entries = [open_entry("office.note", None, key=str(n), facts={"n": n}, title="Việc") for n in range(3)]
    seal_journal()
    entries += [open_entry("office.note", None, key=str(n)) for n in range(3, 5)]
    seal_journal()
    return entries


def behind_the_guard(sql, *values):
    """What someone with the database's own password could do."""
    lift = {"postgresql": ["SET LOCAL session_replication_role = replica"],
            "sqlite": ["DROP TRIGGER office_entry_update", "DROP TRIGGER office_entry_delete"]}
    with connection.cursor() as cursor:
        for statement in lift[connection.vendor]:
            cursor.execute(statement)
        cursor.execute(sql, values)


def test_each_seal_counts_the_lines_since_the_last(sealed):
    assert list(Seal.objects.order_by("id").values_list("count", flat=True)) == [3, 2]
    assert broken_seal() is None


def test_there_is_nothing_to_seal_twice(sealed):
    assert seal_journal() is None and Seal.objects.count() == 2


def test_lines_after_the_last_seal_may_be_looked_at_without_sealing(sealed):
    open_entry("office.note", None, key="5")
    assert unsealed_digest() and Seal.objects.count() == 2


@pytest.mark.parametrize(("column", "value"), [("title", "khác"), ("act", "office.other"), ("facts", "{}"), ("area_path", "19."), ("field", "x")])
def test_a_changed_line_breaks_its_seal(sealed, column, value):
    behind_the_guard(f"UPDATE office_entry SET {column} = %s WHERE id = %s", value, sealed[1].pk)
    assert broken_seal() == Seal.objects.earliest("id")


def test_a_deleted_line_breaks_its_seal(sealed):
    behind_the_guard("DELETE FROM office_entry WHERE id = %s", sealed[3].pk)
    assert broken_seal() == Seal.objects.latest("id")
