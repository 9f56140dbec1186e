"""Dates of birth: the road by column and the one by cell say the same of every text."""
from datetime import date

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from ansinh.engine.text.dates import parse_date
from ansinh.registry.imports.checks import births

TODAY = date(2023, 5, 20)
DAYS = st.dates(date(1790, 1, 1), date(2150, 12, 31))
WRITTEN = st.one_of(
    DAYS.map(lambda day: f"{day:%d/%m/%Y}"), DAYS.map(date.isoformat), DAYS.map(lambda day: f"{day.day}/{day.month}/{day.year}"),
    st.sampled_from(["1932", "năm 1932", "00/00/1932", "31/02/1950", "30/13/1950", "1950-02-30", "?", "5.1950"]),
    st.text("0123456789/-. ", max_size=12).filter(str.strip),
)


@given(st.lists(WRITTEN, min_size=1, max_size=8))
def test_a_column_of_births_is_read_as_each_cell_alone(texts):
    read = births(pl.DataFrame({"birth": texts}), today=TODAY)
    alone = [parse_date(text) for text in texts]
    assert read["birth_on"].to_list() == [found.day for found in alone]
    assert read["birth_precision"].to_list() == [found.precision for found in alone]
    assert [bool(fault) for fault in read["birth_fault"]] == [bool(found.fault or found.day and found.day > TODAY) for found in alone]
