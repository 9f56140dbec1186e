"""The common workload of the calculation: people of social assistance with what an office knows of them, made with a seed.

Facts only, no law: births, yearly reviews of poverty and disability, children, wards, and decisions with their months.
A month is year * 12 + month - 1; ``FAR`` is a decision without an end, 0 is nobody and nothing.
"""
from datetime import date
from pathlib import Path

import numpy

FIRST, MONTHS, FAR, SEED = 2021 * 12 + 6, 120, 9999 * 12, 2021
YEARS = range(2021, 2032)
# What the People's Council decided: đồng, decided, applies from.
OF_PROVINCE = ((520_000, date(2024, 12, 10), date(2025, 1, 1)), (650_000, date(2028, 12, 8), date(2029, 1, 1)))
NOT_POOR, NEAR_POOR, POOR = range(3)
SEVERE, ESPECIALLY_SEVERE = 1, 2
CASES = "abcdđeghikl"
LUMPS = (
    "assistance_funeral", "facility_funeral", "social_pension_funeral", "injury_aid", "death_aid", "house_destroyed", "house_relocation",
    "house_damaged", "orphan_meals",
)
# Standing: share of those whose first right it is, and the ages between which it begins.
MIX = {
    "disabled": (380, 1, 95), "elder_80": (200, 80, 96), "social_pension": (150, 70, 92), "elder_poor": (45, 60, 92), "single_parent": (45, 20, 62),
    "elder_difficult_area": (30, 75, 79), "small_child_difficult_area": (25, 0, 2), "assisted_child": (22, 0, 15), "hiv_adult": (12, 18, 60),
    "facility_resident": (10, 1, 90), "student_16_22": (6, 16, 21), "elder_fostered": (3, 60, 85), "hiv_child": (2, 0, 15), "fosters_child": (8, 30, 70),
    "fosters_elder": (2, 30, 65), "disabled_parent": (10, 20, 38), "cares_for_disabled": (48, 25, 75), "fosters_disabled": (2, 30, 65),
}
# Of those who have the one, so many in a thousand have the other as well, not earlier.
ALSO = (
    ("disabled", "elder_80", 60), ("disabled", "single_parent", 30), ("disabled", "cares_for_disabled", 25), ("disabled", "disabled_parent", 20),
    ("disabled", "social_pension", 90), ("disabled", "hiv_adult", 6), ("elder_poor", "disabled", 80), ("elder_poor", "social_pension", 120),
    ("elder_80", "cares_for_disabled", 20), ("single_parent", "disabled", 60), ("single_parent", "elder_poor", 40), ("single_parent", "elder_80", 30),
    ("single_parent", "hiv_adult", 40), ("single_parent", "social_pension", 30), ("single_parent", "student_16_22", 10),
    ("assisted_child", "disabled", 60), ("assisted_child", "hiv_child", 20), ("assisted_child", "student_16_22", 400),
    ("small_child_difficult_area", "disabled", 15), ("facility_resident", "disabled", 100), ("fosters_child", "fosters_disabled", 20),
    ("fosters_child", "elder_poor", 30),
)
PENSION_SINCE = 2025 * 12 + 6
RIGHTS = tuple(MIX)


def people(count: int) -> dict[str, numpy.ndarray]:
    """Columns of facts, one value a person; ``since_*`` and ``until_*`` are the decisions of each standing."""
    draw = numpy.random.default_rng(SEED)
    shares = numpy.array([share for share, _low, _high in MIX.values()])
    first_right = draw.choice(len(MIX), count, p=shares / shares.sum())
    begins = draw.integers(2017 * 12, FIRST + MONTHS, count)
    begins = numpy.where(draw.random(count) < 0.5, draw.integers(2012 * 12, FIRST, count), begins)
    low, high = (numpy.array([bounds[side] for bounds in MIX.values()])[first_right] for side in (1, 2))
    birth = begins - low * 12 - (draw.random(count) * ((high - low) * 12 + 11)).astype(int)
    found = {"birth": birth, **_since(draw, first_right, begins), **dict(_reviews(draw, count))}
    found |= dict(_families(draw, count, begins)) | dict(_lumps(draw, count))
    _replaced_by_pension(draw, found)
    _ends(draw, found, count)
    return {name: column.astype(numpy.int32) for name, column in found.items()}


def write(path: Path, count: int):
    numpy.savez(path, **people(count))


def read(path: str) -> dict[str, numpy.ndarray]:
    with numpy.load(path) as kept:
        return dict(kept)


def _since(draw, first_right, begins):
    since = {right: numpy.where(first_right == at, begins, FAR) for at, right in enumerate(RIGHTS)}
    for one, other, share in ALSO:
        also = (since[one] < FAR) & (since[other] == FAR) & (draw.random(len(begins)) < share / 1000)
        since[other] = numpy.where(also, begins + draw.integers(0, 60, len(begins)), since[other])
    since["social_pension"] = numpy.maximum(since["social_pension"], PENSION_SINCE)
    return {f"since_{right}": months for right, months in since.items()}


def _reviews(draw, count):
    """Poverty and disability of each year: as in the year before but for a few."""
    poverty = draw.choice([NOT_POOR, NEAR_POOR, POOR], count, p=[0.1, 0.25, 0.65])
    disability = draw.choice([SEVERE, ESPECIALLY_SEVERE], count, p=[0.75, 0.25])
    for year in YEARS:
        poverty = numpy.where(draw.random(count) < 0.06, draw.integers(0, 3, count), poverty)
        disability = numpy.where(draw.random(count) < 0.01, draw.integers(1, 3, count), disability)
        yield f"poverty_{year}", poverty
        yield f"disability_{year}", disability


def _families(draw, count, begins):
    """Births of up to three children and of two wards, small children, people cared for, the case of a child."""
    yield "child_1", begins - draw.integers(0, 150, count)
    for child, share in ((2, 0.5), (3, 0.15)):
        yield f"child_{child}", numpy.where(draw.random(count) < share, begins - draw.integers(0, 150, count), 0)
    yield "ward_1", begins - draw.integers(0, 170, count)
    yield "ward_2", numpy.where(draw.random(count) < 0.2, begins - draw.integers(0, 170, count), 0)
    yield "disabled_ward", begins - draw.integers(0, 600, count)
    yield "small_children", numpy.where(draw.random(count) < 0.15, 2, 1)
    yield "cared_for", numpy.where(draw.random(count) < 0.08, 2, 1)
    yield "case", draw.integers(1, len(CASES) + 1, count)


def _lumps(draw, count):
    """Emergency relief of a few: what, when, for how many people, and days of meals."""
    relief = draw.random(count) < 0.02
    yield "lump", numpy.where(relief, draw.integers(4, len(LUMPS) + 1, count), 0)
    yield "lump_month", numpy.where(relief, draw.integers(FIRST, FIRST + MONTHS, count), 0)
    yield "lump_people", draw.integers(1, 4, count)
    yield "lump_days", draw.integers(1, 90, count)


def _replaced_by_pension(draw, found):
    """Groups 5b and 5c end when the social pension begins, but for one in ten, who are paid the higher."""
    known = draw.random(len(found["birth"])) < 0.9
    for right, share in (("elder_80", 0.85), ("elder_difficult_area", 0.7)):
        moves = (found[f"since_{right}"] < PENSION_SINCE) & (draw.random(len(known)) < share)
        found["since_social_pension"] = numpy.where(moves, PENSION_SINCE, found["since_social_pension"])
        found[f"until_{right}"] = numpy.where(moves & known, PENSION_SINCE - 1, FAR)


def _ends(draw, found, count):
    """One in three dies or moves away within the years; a funeral is paid in the month of most deaths."""
    gone = numpy.where(draw.random(count) < 0.35, draw.integers(FIRST - 6, FIRST + MONTHS, count), FAR)
    for right in RIGHTS:
        found[f"until_{right}"] = numpy.minimum(found.get(f"until_{right}", FAR), gone)
    buried = (gone < FAR) & (found["lump"] == 0) & (draw.random(count) < 0.6)
    kind = numpy.where(found["since_facility_resident"] < gone, 2, numpy.where(found["since_social_pension"] < gone, 3, 1))
    found["lump"] = numpy.where(buried, kind, found["lump"])
    found["lump_month"] = numpy.where(buried, gone, found["lump_month"])
