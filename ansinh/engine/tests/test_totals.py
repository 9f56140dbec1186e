"""Totals of many are the sums of each."""
from datetime import date

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from ansinh.engine import amounts
from ansinh.engine.law import book
from ansinh.engine.months import as_month
from ansinh.engine.totals import monthly_totals

from .frames import terms

FIRST, LAST = as_month(date(2023, 1, 1)), as_month(date(2023, 10, 1))
ROW = st.fixed_dictionaries({
    "standing": st.sampled_from(["wounded", "sick"]), "grade": st.integers(41, 100), "special": st.booleans(), "attendant": st.booleans(),
    "since": st.dates(date(2022, 1, 1), date(2023, 9, 30)), "until": st.none() | st.dates(date(2023, 10, 1), date(2024, 1, 1)),
})


@given(st.lists(ROW, min_size=1, max_size=8))
def test_counting_people_alike_gives_the_same_totals_as_reckoning_each(rows):
    law = book().known_for(month=date(2023, 10, 1), locked_on=date(2023, 9, 25))
    each = amounts.due(amounts.parts(terms(*rows), law, until_month=LAST)).to_native()
    expected = [each.filter(pl.col("since") <= m, pl.col("until") >= m)["amount"].sum() for m in range(FIRST, LAST + 1)]
    assert monthly_totals([terms(*rows)], law, first=FIRST, last=LAST) == expected
