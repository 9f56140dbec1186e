"""The engine on Spark gives what it gives on Polars, to the đồng."""
from collections import defaultdict

import polars as pl
import pytest

from ansinh.engine import amounts
from ansinh.engine.cases import read_cases
from ansinh.engine.cases.simulation import steps
from ansinh.engine.law import book
from ansinh.engine.law.book import FOLDER
from ansinh.engine.months import last_day
from ansinh.engine.schema import DIFFERENCES, DUE, PARTS
from ansinh.engine.spark import at_rest, polars_frame, spark_frame, spark_law

pytestmark = pytest.mark.slow
# Lists that share a law are reckoned at once: each keeps its own persons by this distance of their numbers.
APART = 1_000_000


@pytest.fixture(scope="module")
def found():
    """Every list month of every worked case, as Polars reckons it."""
    cases = [case for path in sorted((FOLDER / "cases").glob("*.yaml")) for case in read_cases(path, book())]
    return [(step, both) for step, both in steps(cases, book()) if len(step.terms) and len(step.law.amounts)]


def under_one_law(found):
    """The terms of all lists that use the same tables: one frame with its law and last month."""
    groups = defaultdict(list)
    for step, _both in found:
        groups[step.law.field, step.law.amounts.write_csv()].append(step)
    for group in groups.values():
        frames = [_apart(step, number * APART) for number, step in enumerate(group)]
        yield pl.concat(frames), group[-1].law, group[-1].month


def _apart(step, distance):
    """A list's terms up to its month, with numbers of their own."""
    end = pl.lit(last_day(step.month))
    return step.terms.with_columns(
        pl.col("entitlement", "person", "terms") + distance, until=pl.when(pl.col("until") > end).then(end).otherwise(pl.col("until").fill_null(end))
    )


def test_every_list_of_every_worked_case_has_the_same_parts_on_spark(spark, found):
    for terms, law, month in under_one_law(found):
        expected = amounts.parts(terms, law, until_month=month).to_native()
        on_spark = amounts.parts(spark_frame(spark, terms), spark_law(spark, law), until_month=month)
        assert same(polars_frame(on_spark.to_native(), PARTS), expected)


@pytest.mark.parametrize("kind", ["arrears", "overpayment", "cancellation"])
def test_differences_of_the_fullest_list_are_the_same_on_spark(spark, found, kind):
    step, (expected, parts) = max(found, key=lambda pair: (pair[1][0]["kind"] == kind).sum())
    law = spark_law(spark, step.law)
    due = at_rest(amounts.due(spark_frame(spark, parts)))
    frames = [spark_frame(spark, frame) for frame in (step.posted, step.claims, step.unknown)]
    differences = amounts.differences(due, *frames, month=step.month, known_from=step.law.known_from, months=law.months)
    assert same(polars_frame(due, DUE), amounts.due(parts).to_native())
    assert same(polars_frame(differences.to_native(), DIFFERENCES), expected)


def same(one, other) -> bool:
    """Equal rows in any order."""
    other = other.select(one.columns)
    return one.sort(one.columns, nulls_last=True).equals(other.sort(one.columns, nulls_last=True))
