"""Which invented people have merit standings, with grades, papers and channels in lifelike proportions."""
from dataclasses import dataclass
from datetime import date

import polars as pl

from ansinh.engine import amounts
from ansinh.engine.law import Book
from ansinh.engine.months import as_month
from ansinh.engine.schema import filled

from .dice import Dice, spread

GRADES_OF_WOUNDED = {(21, 30): 45, (31, 40): 20, (41, 50): 12, (51, 60): 8, (61, 70): 7, (71, 80): 4, (81, 90): 3, (91, 100): 1}
GRADES_OF_SICK = {(41, 50): 20, (51, 60): 25, (61, 70): 45, (71, 80): 6, (81, 90): 3, (91, 100): 1}
GRADES_OF_CHEMICAL = {(21, 40): 25, (41, 60): 45, (61, 80): 25, (81, 100): 5}
GRADES_OF_CHILD = {(61, 80): 65, (81, 100): 35}
MARTYRS = {1: 955, 2: 40, 3: 5}
SPECIAL, ATTENDANT, MOTHERS_ATTENDANT = 0.35, 0.6, 0.8
CARE, REMARRIED, HELPERS_CARE = 0.08, 0.03, 0.15
BY_BANK, BY_RECEIVER = 0.35, 0.04
BANKS = {"Agribank": 60, "VietinBank": 25, "LPBank": 15}
RELATIONS = {"Con": 70, "Cháu": 15, "Vợ, chồng": 15}


@dataclass(frozen=True)
class Cohort:
    """Who may have a standing: how many in ten thousand payees, born when, how many of them men, recognised when."""

    standing: str
    share: int
    born: tuple[int, int]
    men: float
    recognised: tuple[int, int]
    grades: dict | None = None


# The rarest first, so that the common ones do not take their people.
COHORTS = (
    Cohort("pre1945", 6, (1916, 1929), 0.7, (1990, 2000)),
    Cohort("uprising1945", 10, (1918, 1931), 0.7, (1990, 2002)),
    Cohort("heroic_mother", 40, (1920, 1944), 0, (2014, 2020)),
    Cohort("hero", 8, (1930, 1958), 0.9, (1985, 2015)),
    Cohort("pre1945_relative", 15, (1925, 1955), 0.1, (1998, 2018)),
    Cohort("uprising1945_relative", 25, (1925, 1955), 0.1, (1998, 2018)),
    Cohort("helper", 150, (1922, 1946), 0.4, (1996, 2012)),
    Cohort("prisoner", 110, (1938, 1957), 0.85, (1998, 2016)),
    Cohort("wounded_b", 80, (1948, 1968), 0.97, (1985, 1993), GRADES_OF_WOUNDED),
    Cohort("chemical_child", 400, (1968, 2003), 0.55, (2002, 2019), GRADES_OF_CHILD),
    Cohort("wounded_alike", 300, (1945, 1975), 0.9, (1995, 2020), GRADES_OF_WOUNDED),
    Cohort("dead61_relative", 600, (1930, 1962), 0.05, (2000, 2022)),
    Cohort("martyr_relative", 1900, (1926, 1966), 0.3, (1978, 2018)),
    Cohort("chemical", 1700, (1938, 1960), 0.88, (2001, 2020), GRADES_OF_CHEMICAL),
    Cohort("sick", 1350, (1940, 1964), 0.95, (1980, 2005), GRADES_OF_SICK),
    Cohort("wounded", 3306, (1935, 1968), 0.93, (1972, 2012), GRADES_OF_WOUNDED),
)


def payees(people: pl.DataFrame, book: Book, *, count: int, seed: int) -> pl.DataFrame:
    """``count`` of the people with a standing each: its facts, file number, first day, and the way the money goes."""
    dice = Dice(seed)
    chosen = _chosen(people, count, dice)
    found = people.join(chosen, on="person", how="inner").sort("person")
    return _channels(_papers(_facts(found, dice), book, dice), people, dice)


def due_in(payees_: pl.DataFrame, book: Book, month: date) -> pl.Series:
    """What each payee is due for a month by the law that its list could use: the office's own present payment."""
    frame = filled(payees_.select(
        pl.col("person").alias("entitlement"), "person", "standing", "since", pl.lit(None, pl.Date).alias("until"),
        pl.lit("in_force").alias("state"), "grade", "special", "attendant", "martyrs", "care", "remarried", "medal",
        "full_time", "seniority", pl.col("person").alias("terms"),
    ))
    law = book.known_for(month=month, locked_on=book.lock_day(month))
    found = amounts.parts(frame, law, until_month=as_month(month)).to_native()
    now = found.filter((pl.col("since") <= as_month(month)) & (pl.col("until") >= as_month(month)))
    sums = now.group_by("entitlement").agg(pl.col("amount").sum())
    return payees_.join(sums, left_on="person", right_on="entitlement", how="left", maintain_order="left")["amount"].fill_null(0)


def _chosen(people, count, dice):
    numbered = people.filter(pl.col("citizen") != "")
    order = numbered.select("person", "sex", dice.uniform("payee", len(numbered)).alias("order"), year=pl.col("birth_on").dt.year())
    order, taken, left = order.sort("order"), [], count
    total = sum(cohort.share for cohort in COHORTS)
    for cohort in COHORTS:
        wanted = left if cohort is COHORTS[-1] else min(left, max(1, round(count * cohort.share / total)))
        found = _cohort(order, cohort, wanted)
        order, left = order.join(found, on="person", how="anti", maintain_order="left"), left - len(found)
        taken.append(found.with_columns(standing=pl.lit(cohort.standing)))
    return pl.concat(taken)


def _cohort(order, cohort, wanted):
    """The first people in a random order who fit; where one sex does not suffice the other fills up."""
    of_age = order.filter(pl.col("year").is_between(*cohort.born))
    men = of_age.filter(pl.col("sex") == "male").head(round(wanted * cohort.men))
    women = of_age.filter(pl.col("sex") == "female").head(wanted - len(men))
    found = pl.concat([men, women])
    more = of_age.join(found, on="person", how="anti", maintain_order="left").head(wanted - len(found))
    return pl.concat([found, more]).select("person")


def _facts(found, dice):
    count, standing = len(found), pl.col("standing")
    grade = pl.lit(None, pl.Int64)
    for cohort in COHORTS:
        if cohort.grades:
            grade = pl.when(standing == cohort.standing).then(_grades(cohort, count, dice)).otherwise(grade)
    found = found.with_columns(grade=grade)
    # A child's table has neither supplement nor attendant.
    severe = (pl.col("grade").fill_null(0) >= 81) & (standing != "chemical_child")
    mother, relative = standing == "heroic_mother", standing.str.ends_with("relative")
    helper, before = standing == "helper", standing == "pre1945"
    attended = dice.uniform("attendant", count)
    medal = pl.when(helper & dice.happens("medal", count, 0.9)).then(pl.lit("resistance")).when(helper).then(pl.lit("before1945"))
    remarried = (standing == "martyr_relative") & (pl.col("sex") == "female") & dice.happens("remarried", count, REMARRIED)
    full_time = before & dice.happens("full time", count, 0.5)
    found = found.with_columns(
        special=severe & dice.happens("special", count, SPECIAL),
        attendant=(severe & (attended < ATTENDANT)) | (mother & (attended < MOTHERS_ATTENDANT)),
        martyrs=pl.when(standing == "martyr_relative").then(dice.pick("martyrs", count, MARTYRS)),
        remarried=remarried, medal=medal, full_time=full_time,
        seniority=pl.when(full_time).then(dice.whole("seniority", count, 2, 6)),
    )
    cared = dice.uniform("care", count)
    return found.with_columns(care=(relative & ~pl.col("remarried") & (cared < CARE)) | (helper & (cared < HELPERS_CARE)))


def _grades(cohort, count, dice):
    bands = dict(enumerate(cohort.grades.values()))
    low, high = zip(*cohort.grades, strict=True)
    band = spread(dice.uniform(f"band {cohort.standing}", count), bands)
    within = dice.uniform(f"grade {cohort.standing}", count)
    lows, highs = pl.Series(low)[band], pl.Series(high)[band]
    return lows + (within * (highs - lows + 1)).floor().cast(pl.Int64)


def _papers(found, book, dice):
    """File number by kind of standing, and the first of a month from which the standing counts."""
    count = len(found)
    symbol = pl.col("standing").replace_strict({code: standing.file for code, standing in book.standings.items()})
    years = {cohort.standing: cohort.recognised for cohort in COHORTS}
    low = pl.col("standing").replace_strict({k: v[0] for k, v in years.items()})
    high = pl.col("standing").replace_strict({k: v[1] for k, v in years.items()})
    year = (low + dice.uniform("recognised", count) * (high - low + 1)).floor().cast(pl.Int64)
    return found.with_columns(
        file_number=pl.format("{}/{}", symbol, (pl.int_range(pl.len()).over("standing") * 7 + 1013).cast(pl.String).str.zfill(5)),
        since=pl.date(year, dice.whole("recognised in month", count, 1, 12), 1),
        decision=pl.format("{}/QĐ-LĐTBXH", dice.whole("decision", count, 100, 9_999)),
    )


def _channels(found, people, dice):
    count = len(found)
    by_bank = dice.happens("bank", count, BY_BANK)
    received = ~by_bank & dice.happens("receiver", count, BY_RECEIVER)
    digits = dice.whole("account", count, 10**9, 10**10 - 1).cast(pl.String)
    children = people.filter(pl.col("role") == "child")
    helpers = children.group_by("household", maintain_order=True).agg(helper=pl.col("name").first())
    found = found.join(helpers, on="household", how="left", maintain_order="left")
    return found.with_columns(
        channel=pl.when(by_bank).then(pl.lit("bank")).otherwise(pl.lit("post")),
        bank=pl.when(by_bank).then(dice.pick("which bank", count, BANKS)),
        account=pl.when(by_bank).then(pl.concat_str(pl.lit("850"), digits)),
        receiver=pl.when(received).then("helper"),
        relation=pl.when(received & pl.col("helper").is_not_null()).then(dice.pick("relation", count, RELATIONS)),
    )
