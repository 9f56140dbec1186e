"""The common workload of the calculation: 40 categories, a dated standard level, coefficients, an age rule. Numbers are invented.

Monthly amount = level(month) × coefficient(category) / 100, and half a coefficient more from the month after the 80th
birthday in categories 20 to 39. All products are whole đồng.
"""
import random
from array import array
from datetime import date
from pathlib import Path

FIRST_MONTH = (2016, 1)
CATEGORIES = 40
LEVELS = [(date(2016, 1, 1), 1_318_000), (date(2018, 7, 1), 1_516_000), (date(2021, 7, 1), 1_624_000), (date(2024, 7, 1), 2_788_000)]
OLD_AGE = 80
OLD_AGE_CATEGORIES = range(20, CATEGORIES)
OLD_AGE_EXTRA = 50
SEED = 2021


def coefficient(category: int) -> int:
    """Hundredths of the level."""
    return 50 + 5 * category


def months(count: int) -> list[date]:
    year, month = FIRST_MONTH
    return [date(year + (month - 1 + i) // 12, (month - 1 + i) % 12 + 1, 1) for i in range(count)]


def level(month: date) -> int:
    return max((since, amount) for since, amount in LEVELS if since <= month)[1]


def write_persons(path: Path, count: int):
    """Category and birth month (year*12+month-1) of each person as 32-bit integers, the same on every run."""
    draw = random.Random(SEED)
    categories = array("i", draw.choices(range(CATEGORIES), k=count))
    births = array("i", draw.choices(range(1925 * 12, 2005 * 12), k=count))
    path.write_bytes(categories.tobytes() + births.tobytes())
