"""Frames in and out of the database: equal on both databases, inside the act's transaction."""
from datetime import UTC, date, datetime

import polars as pl
import pytest
from django.db import IntegrityError, transaction
from polars.testing import assert_frame_equal

from ansinh.office import bulk
from ansinh.office.dated import record

from .notes import Note, an_act

COLUMNS = ("about", "kind", "word", "count", "is_loud", "raw", "since", "until", "recorded_at", "recorded_in_id", "source")
WORDS = ["", "Nguyễn Văn Đạt", 'a "b" c', "dòng\nmới", "dấu, phẩy", "\\N", "\\x41", " "]


@pytest.fixture
def entry(notes):
    with an_act() as entry:
        yield entry


@pytest.fixture
def frame(entry):
    size = len(WORDS)
    return pl.DataFrame(
        {
            "about": range(size), "kind": ["plain"] * size, "word": WORDS, "count": [None, 0, -5, 2**40, None, 1, 2, 3],
            "is_loud": [True, False] * 4, "raw": [None, b"", b"\x00\xff", b"a", None, b"\\x", b"1", b"2"],
            "since": [date(1900, 1, 1)] * size, "until": [None, date(9999, 12, 31)] * 4,
            "recorded_at": [datetime(2023, 6, 1, 17, 30, 0, 123456, tzinfo=UTC)] * size, "recorded_in_id": [entry.pk] * size, "source": [""] * size,
        },
        schema_overrides={"recorded_at": pl.Datetime("us", "UTC"), "raw": pl.Binary, "count": pl.Int64},
    ).with_columns(count=pl.col("count").clip(upper_bound=2**31 - 1))


def test_what_is_written_comes_back_equal(frame):
    assert bulk.write(frame, Note) == len(frame)
    assert_frame_equal(bulk.frame(Note.objects.order_by("about"), *COLUMNS), frame)


def test_the_orm_reads_what_was_written_in_bulk(frame):
    bulk.write(frame, Note)
    assert list(Note.objects.order_by("about").values_list("word", "is_loud", "until"))[:2] == [
        ("", True, None), ("Nguyễn Văn Đạt", False, date(9999, 12, 31)),
    ]


def test_small_chunks_make_no_difference(frame):
    bulk.write(frame, Note, chunk=3)
    assert_frame_equal(bulk.frame(Note.objects.order_by("about"), *COLUMNS, chunk=2), frame)


def test_no_rows_still_have_types(entry):
    empty = bulk.frame(Note.objects.all(), *COLUMNS)
    assert (len(empty), empty.schema["until"], empty.schema["is_loud"], empty.schema["raw"]) == (0, pl.Date, pl.Boolean, pl.Binary)


def test_a_question_that_cannot_be_answered_has_typed_columns_too(entry):
    assert bulk.frame(Note.objects.filter(pk__in=[]), *COLUMNS).schema == bulk.frame(Note.objects.all(), *COLUMNS).schema


def test_an_all_null_column_keeps_its_type(frame):
    bulk.write(frame.with_columns(count=pl.lit(None, pl.Int64), until=pl.lit(None, pl.Date)), Note)
    found = bulk.frame(Note.objects.all(), "count", "until")
    assert found.schema == {"count": pl.Int64, "until": pl.Date}


def test_columns_of_relations_are_read(frame, entry):
    bulk.write(frame, Note)
    assert set(bulk.frame(Note.objects.all(), "recorded_in_id", "recorded_in__act")["recorded_in__act"]) == {"office.note"}


def test_ids_are_given_ahead_and_the_next_row_does_not_meet_them(frame):
    ids = list(bulk.next_ids(Note, len(frame)))
    bulk.write(frame.with_columns(pl.Series("id", ids)), Note)
    row = record(Note, about=99, since=date(2020, 1, 1))
    assert len(set(ids)) == len(frame) and row.pk not in ids
    assert not set(bulk.next_ids(Note, 3)) & {*ids, row.pk}


def test_an_unknown_column_stops_at_the_door(frame):
    with pytest.raises(Exception, match="has no field named 'wrong'"):
        bulk.write(frame.rename({"word": "wrong"}), Note)


def test_what_the_database_forbids_is_an_integrity_error(frame):
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.write(frame.with_columns(until=pl.lit(date(1899, 1, 1))), Note)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_outside_a_transaction(note_table):
    with pytest.raises(RuntimeError, match="transaction"):
        bulk.write(pl.DataFrame({"about": [1]}), Note)
