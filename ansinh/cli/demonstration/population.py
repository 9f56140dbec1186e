"""A seeded synthetic population: households in communes, with names, births and numbers as people of the province have them.

Nobody here exists. Proportions follow published figures of Thái Nguyên; the age of the monthly payees' generation is
denser than in life in the small demonstration.
"""
from datetime import date

import polars as pl

from .dice import Dice, spread
from .names import FAMILY_NAMES, GIVEN, MIDDLE, OLDER_BEFORE, PEOPLES

YEAR = 2023
# Census of 1 April 2019.
DISTRICT_PEOPLE = {
    "164": 340_403, "165": 69_382, "167": 89_288, "168": 102_292, "169": 92_421, "170": 68_080, "171": 171_703,
    "172": 196_378, "173": 156_804,
}
# Kinds of household: who lives in it besides its head, how old the head is, and how common it is.
HOUSEHOLDS = {
    "alone": ((), (45, 88), 5),
    "couple": (("spouse",), (52, 88), 14),
    "parent": (("child",), (28, 62), 4),
    "one child": (("spouse", "child"), (24, 56), 15),
    "two children": (("spouse", "child", "child"), (27, 58), 29),
    "three children": (("spouse", "child", "child", "child"), (30, 58), 9),
    "grandmother": (("spouse", "child", "child", "elder"), (27, 52), 14),
    "grandparents": (("spouse", "child", "child", "elder", "elder"), (27, 50), 9),
    "one child and grandparents": (("spouse", "child", "elder", "elder"), (25, 48), 3),
}
PEOPLE_A_HOUSEHOLD = 3.7
BORN_ELSEWHERE = {"019": 90, "006": 3, "024": 3, "001": 1.5, "020": 1.5, "034": 1}
ONLY_YEAR_BEFORE, ONLY_YEAR = 1956, 0.14
ON_NEW_YEAR = 0.05
SCRAMBLE = 735_493  # without a common divisor with a million: numbers of one group never meet


def people(communes: pl.DataFrame, *, count: int, seed: int) -> pl.DataFrame:
    """``count`` persons living in ``communes`` (code, name, district_code, district) on 20 May 2023.

    Columns: person, household, commune and district with their codes, address, ethnicity, name, sex, birth_on,
    birth_precision, citizen (12 digits or empty).
    """
    dice = Dice(seed)
    houses = households(communes, count=int(count / PEOPLE_A_HOUSEHOLD * 1.1) + 20, dice=dice)
    members = houses.explode("role").head(count).with_row_index("person").with_columns(pl.col("person").cast(pl.Int64))
    members = _births(_sexes(members, dice), dice)
    return _numbers(_names(members, dice), dice).drop("head_age", "head_sex", "kind", "uniform")


def households(communes: pl.DataFrame, *, count: int, dice: Dice) -> pl.DataFrame:
    """Households with their commune, people, head, and the list of their roles."""
    sized = communes.with_columns(
        weight=pl.col("district_code").replace_strict(DISTRICT_PEOPLE, default=50_000)
        / pl.len().over("district_code") * (0.6 + dice.uniform("size of commune", len(communes)) * 0.8)
    )
    places = spread(dice.uniform("commune", count), dict(zip(range(len(sized)), sized["weight"], strict=True)))
    kinds = dice.pick("kind of household", count, {kind: weight for kind, (_r, _a, weight) in HOUSEHOLDS.items()})
    houses = sized[places].drop("weight").with_columns(
        kinds.alias("kind"), dice.pick("people", count, PEOPLES).alias("ethnicity"), dice.uniform("uniform", count),
        household=pl.format("H{}", pl.int_range(1, count + 1).cast(pl.String).str.zfill(7)),
        hamlet=dice.whole("hamlet", count, 1, 14),
    )
    is_town = pl.col("commune").str.starts_with("Xã").not_()
    houses = houses.with_columns(
        address=pl.format("{} {}", pl.when(is_town).then(pl.lit("Tổ")).otherwise(pl.lit("Xóm")), "hamlet"),
        role=pl.col("kind").replace_strict({k: ["head", *r] for k, (r, _a, _w) in HOUSEHOLDS.items()}),
        low=pl.col("kind").replace_strict({k: low for k, (_r, (low, _h), _w) in HOUSEHOLDS.items()}),
        high=pl.col("kind").replace_strict({k: high for k, (_r, (_l, high), _w) in HOUSEHOLDS.items()}),
    )
    age = pl.col("low") + pl.col("uniform") * (pl.col("high") - pl.col("low") + 1)
    houses = houses.with_columns(head_age=age.floor().cast(pl.Int64))
    lone = pl.col("kind").is_in(["alone", "parent"])
    chance = dice.uniform("sex of head", count)
    female = pl.when(lone).then(pl.lit(0.7)).otherwise(pl.lit(0.12))
    head_sex = pl.when(chance < female).then(pl.lit("female")).otherwise(pl.lit("male"))
    return houses.with_columns(head_sex=head_sex).drop("low", "high", "hamlet")


def _sexes(members, dice):
    chance = dice.uniform("sex", len(members))
    other = pl.when(pl.col("head_sex") == "male").then(pl.lit("female")).otherwise(pl.lit("male"))
    first_elder = pl.col("role").cum_count().over("household", "role") == 1
    sex = (
        pl.when(pl.col("role") == "head").then("head_sex")
        .when(pl.col("role") == "spouse").then(other)
        .when((pl.col("role") == "elder") & first_elder).then(pl.lit("female"))
        .when(pl.col("role") == "elder").then(pl.lit("male"))
        .when(chance < 0.52).then(pl.lit("male")).otherwise(pl.lit("female"))
    )
    return members.with_columns(sex=sex)


def _births(members, dice):
    count = len(members)
    apart = dice.whole("years apart", count, 22, 32)
    age = (
        pl.when(pl.col("role") == "spouse").then(pl.col("head_age") - dice.whole("spouse", count, -3, 5))
        .when(pl.col("role") == "child").then((pl.col("head_age") - apart).clip(0, 34))
        .when(pl.col("role") == "elder").then((pl.col("head_age") + apart).clip(58, 97))
        .otherwise("head_age").clip(0, 99)
    )
    # Born by May: nobody comes into the world after the day of the sheets.
    day = pl.when(age == 0).then(dice.whole("first days", count, 0, 120)).otherwise(dice.whole("day of year", count, 0, 364))
    members = members.with_columns(birth_on=pl.date(YEAR - age, 1, 1) + pl.duration(days=day))
    year = pl.col("birth_on").dt.year()
    only_year = (year < ONLY_YEAR_BEFORE) & dice.happens("only year", count, ONLY_YEAR)
    filler = (year < ONLY_YEAR_BEFORE) & dice.happens("new year", count, ON_NEW_YEAR)
    return members.with_columns(
        birth_on=pl.when(only_year | filler).then(pl.date(year, 1, 1)).otherwise("birth_on"),
        birth_precision=pl.when(only_year).then(pl.lit("year")).otherwise(pl.lit("day")),
    )


def _names(members, dice):
    """The family name goes down from the husband; wives and mothers keep their own."""
    count = len(members)
    members = members.with_columns(older=pl.col("birth_on").dt.year() < OLDER_BEFORE)
    members = members.with_columns(
        own=_drawn(members, dice.uniform("family name", count), FAMILY_NAMES, "ethnicity"),
        middle=_drawn(members, dice.uniform("middle name", count), MIDDLE, "sex", "older"),
        given=_drawn(members, dice.uniform("given name", count), GIVEN, "sex", "older"),
    )
    is_husband = (pl.col("sex") == "male") & pl.col("role").is_in(["head", "spouse"])
    husband = pl.col("own").filter(is_husband).first().over("household")
    takes = (pl.col("role") == "child") | (pl.col("role") == "elder") & (pl.col("sex") == "male")
    head = pl.col("own").filter(pl.col("role") == "head").first().over("household")
    members = members.with_columns(own=pl.when(takes).then(pl.coalesce(husband, head)).otherwise("own"))
    name = pl.concat_str("own", "middle", "given", separator=" ").str.replace_all("  ", " ")
    return members.with_columns(name=name).drop("own", "middle", "given", "older")


def _drawn(members, uniform, lists, *keys):
    """For each row a value of the list that its keys choose."""
    drawn = pl.Series([""], dtype=pl.String).new_from_index(0, len(members))
    for key, weights in lists.items():
        wanted = dict(zip(keys, key if isinstance(key, tuple) else (key,), strict=True))
        mask = members.select(pl.all_horizontal(pl.col(k) == v for k, v in wanted.items())).to_series()
        drawn = drawn.zip_with(~mask, spread(uniform, weights))
    return drawn


def _numbers(members, dice):
    """Citizen numbers that say province, century, sex and year, each once."""
    count = len(members)
    year = pl.col("birth_on").dt.year()
    mark = (year // 100 - 19) * 2 + (pl.col("sex") == "female").cast(pl.Int64)
    members = members.with_columns(
        begins=pl.concat_str(dice.pick("born in", count, BORN_ELSEWHERE), mark, (year % 100).cast(pl.String).str.zfill(2))
    )
    place = pl.int_range(pl.len()).over("begins") + pl.col("begins").cast(pl.Int64)
    tail = (place * SCRAMBLE % 1_000_000).cast(pl.String).str.zfill(6)
    has_number = (pl.col("birth_on") < date(YEAR - 1, 1, 1)) & ~dice.happens("no number", count, 0.01)
    citizen = pl.when(has_number).then(pl.concat_str("begins", tail)).otherwise(pl.lit(""))
    return members.with_columns(citizen=citizen).drop("begins")
