"""Who of the invented people receives social assistance, in proportions as a province has them; ages fit their standings."""
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db import transaction

from ansinh.benefits import actions as benefits
from ansinh.benefits.life_events.acts import record_life_event
from ansinh.benefits.models import Entitlement
from ansinh.engine.law.book import ASSISTANCE
from ansinh.engine.law.facts import CHILD_CASES
from ansinh.office import bulk
from ansinh.office.act import continuing, open_entry
from ansinh.office.actions import PROVINCE
from ansinh.payments.actions import set_channels
from ansinh.registry.models import Person

from .dice import Dice
from .events import decision, payee
from .scene import PAID_UP_TO, Step, Walk, at

# Nghị định 20/2021 counts from here; whoever had a right before went over to it.
BEGINS, LAST = date(2021, 7, 1), date(2023, 5, 1)
SHARE = 0.031
ESPECIALLY_SEVERE, BY_BANK, BANKS = 0.26, 0.2, {"Agribank": 70, "LPBank": 30}
CHILDREN = {1: 60, 2: 32, 3: 8}
NO_CHANNEL = {"receiver": "", "receiver_relation": "", "receiver_paper": ""}


@dataclass(frozen=True)
class Group:
    """Who may have a standing: how many in a thousand, born in which years (the last of them included), with which poverty.

    ``age`` is the one from which the right begins, where that is later than the law's own beginning for some of them.
    """

    standing: str
    share: int
    born: tuple[int, int]
    poverty: str = ""
    sex: str = ""
    age: int = 0


# The narrow ages first, so that the wide groups do not take their people.
GROUPS = (
    Group("small_child_difficult_area", 10, (2021, 2022), "poor"),
    Group("assisted_child", 15, (2010, 2018)),
    Group("student_16_22", 4, (2003, 2004)),
    Group("hiv_adult", 5, (1978, 1995), "poor"),
    Group("single_parent", 45, (1978, 1998), "near_poor", "female"),
    Group("disabled_parent", 4, (1985, 1997), sex="female"),
    Group("fosters_elder", 4, (1960, 1975)),
    Group("cares_for_disabled", 108, (1955, 1985)),
    Group("elder_poor", 40, (1944, 1957), "poor"),
    Group("elder_80", 335, (1916, 1941), age=80),
    Group("disabled", 60, (2008, 2018)),
    Group("disabled", 250, (1964, 2004)),
    Group("disabled", 120, (1943, 1961)),
)


def assistance_steps(here: Walk) -> list[Step]:
    """The beneficiaries of social assistance, and two lump sums of each field in the months after."""
    return [
        Step(at(date(2023, 5, 23), 14), "Danh sách trợ giúp xã hội", lambda: bring_assisted(here)),
        Step(at(date(2023, 7, 18), 9), "Trợ cấp thờ cúng liệt sĩ 2023", lambda: worship(here)),
        Step(at(date(2023, 8, 21), 9), "Người cao tuổi mất, hỗ trợ mai táng", lambda: funeral(here)),
        Step(at(date(2023, 9, 18), 9), "Người khuyết tật sắp đủ 16, 60 tuổi", lambda: near_an_age(here)),
    ]


def bring_assisted(here: Walk):
    """Everyone at once, with what was paid before; the way the money goes for those who have none."""
    officer = here.staff["trogiup"]
    people = bulk.frame(Person.objects.filter(payables=None, died_on=None).order_by("pk"), "id", "birth_on", "sex")
    grants = grants_of(people, count=round(here.people * SHARE), seed=here.seed)
    dice = Dice(here.seed)
    by_bank = dice.happens("assisted by bank", len(grants), BY_BANK)
    digits = dice.whole("assisted account", len(grants), 10**9, 10**10 - 1).cast(pl.String)
    channels = grants.select(
        "person_id", kind=pl.when(by_bank).then(pl.lit("bank")).otherwise(pl.lit("post")),
        bank=pl.when(by_bank).then(dice.pick("assisted bank", len(grants), BANKS)),
        account_number=pl.when(by_bank).then(pl.concat_str(pl.lit("850"), digits)),
        receiver_until=pl.lit(None, pl.Date), **{name: pl.lit(words) for name, words in NO_CHANNEL.items()},
    )
    said = {"area_path": PROVINCE, "field": ASSISTANCE, "facts": {"people": len(grants)}}
    with transaction.atomic(), continuing(open_entry("benefits.grant", officer, **said)):
        benefits.grant_many(grants)
        set_channels(channels, source="Danh sách chi trả trợ cấp xã hội tháng 05/2023")


def grants_of(people: pl.DataFrame, *, count: int, seed: int) -> pl.DataFrame:
    """``count`` of the people (id, birth_on, sex) with a standing each, its facts and first day."""
    dice = Dice(seed)
    left = people.with_columns(dice.uniform("assisted", len(people)).alias("order")).sort("order")
    taken = []
    for number, group in enumerate(GROUPS):
        fits = pl.col("birth_on").dt.year().is_between(*group.born) & ((pl.col("sex") == group.sex) if group.sex else pl.lit(True))
        found = left.filter(fits).head(max(1, round(count * group.share / sum(g.share for g in GROUPS))))
        left = left.join(found, on="id", how="anti", maintain_order="left")
        taken.append(_granted(found, group, dice, number))
    return pl.concat(taken)


def _granted(found, group, dice, number):
    size, what = len(found), f"{group.standing} {number}"
    months = dice.whole(f"{what} since", size, 0, 22)
    drawn = pl.date(BEGINS.year, BEGINS.month, 1).dt.offset_by(pl.concat_str(months.cast(pl.String), pl.lit("mo")))
    of_age = pl.col("birth_on").dt.offset_by(f"{group.age}y").dt.month_start()
    severe = dice.happens(f"{what} severity", size, ESPECIALLY_SEVERE)
    asks_birth = group.standing not in ("hiv_adult", "single_parent", "fosters_elder", "cares_for_disabled", "disabled_parent")
    return found.select(
        "id", standing=pl.lit(group.standing), since=pl.max_horizontal(drawn, of_age).clip(upper_bound=LAST),
        source=pl.format("Quyết định số {}/QĐ-UBND", dice.whole(f"{what} decision", size, 100, 4_999)),
        rests_on_id=pl.lit(None, pl.Int64), paid_up_to=pl.lit(PAID_UP_TO), poverty=pl.lit(group.poverty),
        born=pl.col("birth_on") if asks_birth else pl.lit(None, pl.Date),
        case=dice.pick(f"{what} case", size, CHILD_CASES) if group.standing == "assisted_child" else pl.lit(""),
        severity=_severity(severe) if group.standing == "disabled" else pl.lit(""),
        children=dice.pick(f"{what} children", size, CHILDREN) if group.standing in ("single_parent", "disabled_parent") else pl.lit(None, pl.Int64),
        people=pl.lit(1 if group.standing == "cares_for_disabled" else None, pl.Int64),
    ).rename({"id": "person_id"})


def _severity(severe):
    return pl.when(severe).then(pl.lit("especially_severe")).otherwise(pl.lit("severe"))


def worship(here: Walk):
    """Once a year, on the day of the wounded and the martyrs."""
    person = payee("martyr_relative", 2).person
    benefits.grant(person, standing="martyr_worship", martyrs=1, since=date(2023, 7, 1), source=decision(1_010), by=here.staff["phubinh"])


def near_an_age(here: Walk):
    """Three disabled people who are full 16 or 60 in December: what changes then is a task of November."""
    waiting = Person.objects.filter(payables=None, died_on=None, birth_on__month=12, birth_on__year__in=(1963, 2007)).order_by("area_path", "pk")
    for number, person in enumerate(waiting[:3]):
        benefits.grant(
            person, standing="disabled", severity="severe", since=date(2023, 9, 1), source=f"Quyết định số {2_310 + number}/QĐ-UBND",
            by=here.staff["trogiup"],
        )


def funeral(here: Walk):
    """An old woman dies; her allowance ends, and the family gets the support for the funeral."""
    officer = here.staff["trogiup"]
    entitlement = Entitlement.objects.filter(standing="elder_80").select_related("payable__person").order_by("pk")[0]
    record_life_event(entitlement.person, event="death", on=date(2023, 8, 14), source="Trích lục khai tử số 95/2023", by=officer)
    person = Person.objects.get(pk=entitlement.person.pk)
    benefits.grant(person, standing="assistance_funeral", since=date(2023, 8, 14), source="Quyết định số 2.214/QĐ-UBND", by=officer)
