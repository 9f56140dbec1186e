"""Cấp gạo: who gets rice by a decision, how many kilograms, and who does not by which article; writes nothing."""
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.utils.translation import gettext as _

from ansinh.engine.law import book
from ansinh.engine.law.food import FoodOccasion, FoodRule
from ansinh.engine.months import as_month, last_day
from ansinh.engine.text.names import fold
from ansinh.office import clock, rights
from ansinh.payments.queries.explained import month_words
from ansinh.registry.imports.matching import in_slices
from ansinh.registry.models import Identifier, Person, Residence
from ansinh.web.refusal import Refusal

from .models import FoodRelief

PEOPLE = ("id", "name", "died_on", "area_path", "sort_key")
HELD = ("person_id", "occasion", "since", "until", "kilograms", "decision__name", "decision__number")


@dataclass(frozen=True)
class FoodAsked:
    """What an officer asks: an occasion of the law by its name, from a month on for how many, for whom in which place.

    ``numbers``: of identity or dossier, one a line; with ``households`` everybody who lives with them too.
    """

    occasion: str
    name: str
    since: date
    months: int
    area_path: str
    numbers: tuple[str, ...]
    households: bool = False

    @property
    def until(self) -> date:
        return last_of(self.since, self.months)

    def of_decision(self) -> dict:
        """The same as arguments of the act, which names its occasion first."""
        return {name: value for name, value in vars(self).items() if name != "occasion"}


@dataclass(frozen=True)
class Told:
    """Somebody of whom something has to be said: a name or the number that was typed, and the sentence."""

    who: str
    words: str


@dataclass(frozen=True)
class FoodRound:
    """Who gets rice: ``receivers`` has ``person_id, who, area_path``; ``left_out`` and ``noticed`` say of whom and why."""

    rule: FoodRule
    months: int
    receivers: pl.DataFrame
    left_out: tuple[Told, ...]
    noticed: tuple[Told, ...]

    @property
    def people(self) -> int:
        return len(self.receivers)

    @property
    def each(self) -> int:
        """Kilograms a person."""
        return self.rule.kilograms * self.months

    @property
    def kilograms(self) -> int:
        return self.people * self.each


def occasion_of(code: str) -> FoodOccasion:
    """The law's occasion, or a refusal."""
    if code not in book().food:
        raise Refusal(_("Luật đã nạp không có dịp cấp gạo này. Chọn một dịp của danh sách."))
    return book().food[code]


def lawful_rule(asked: FoodAsked) -> FoodRule:
    """What the law gives in the first month; refused where it gives nothing, or not for so many months."""
    occasion = occasion_of(asked.occasion)
    said = {"what": occasion.vietnamese, "month": f"{asked.since:%m/%Y}"}
    rule = occasion.rule(asked.since)
    if rule is None:
        raise Refusal(_("%(what)s: luật đã nạp chưa nói gì về gạo của tháng %(month)s. Ghi tháng sau đó.") % said, field="since")
    if not 1 <= asked.months <= rule.months:
        said |= {"most": rule.months, "asked": asked.months}
        raise Refusal(_("%(what)s: cấp gạo nhiều nhất %(most)s tháng một dịp; đã ghi %(asked)s tháng.") % said, rule.article, field="months")
    return rule


def food_round(asked: FoodAsked) -> FoodRound:
    """Who gets rice among the people of a place, by their numbers or with their households."""
    rule = lawful_rule(asked)
    chosen, unknown = _with_numbers(asked)
    people, alone = _with_households(chosen, asked) if asked.households else (chosen, ())
    held, refused, noticed = _held(people), {}, []
    for row in people.iter_rows(named=True):
        if why := _refused(row, held[row["id"]], asked, rule):
            refused[row["id"]] = Told(row["name"], why)
        else:
            noticed += [Told(row["name"], words) for words in _beside(held[row["id"]], asked)]
    receivers = people.filter(~pl.col("id").is_in(list(refused))).select(person_id="id", who="name", area_path="area_path")
    nobody = _("Không ai ở địa bàn này có số này; xem lại số, hoặc ghi người ấy vào sổ trước.")
    left_out = (*refused.values(), *(Told(number, nobody) for number in unknown))
    return FoodRound(rule, asked.months, receivers, left_out, (*alone, *noticed))


def _with_numbers(asked) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The persons of these numbers who live in the place, and the numbers of nobody there."""
    wanted = list(dict.fromkeys(number for line in asked.numbers if (number := line.strip())))
    found = in_slices(Identifier.objects.current().filter(until=None), "number", wanted, "person_id", "number")
    people = _people(Person.objects.filter(rights.within([asked.area_path])), "id", found["person_id"].unique().to_list())
    known = set(found.filter(pl.col("person_id").is_in(people["id"].to_list()))["number"])
    return people, tuple(number for number in wanted if number not in known)


def _people(queryset, column, values):
    return in_slices(queryset, column, values, *PEOPLE).sort("sort_key", "id")


def _homes(people):
    """Where people live today, those of whom the register knows the household."""
    homes = Residence.objects.on(clock.today()).exclude(household="").exclude(area=None)
    return in_slices(homes, "person_id", people["id"].to_list(), "person_id", "area_id", "household")


def _with_households(chosen, asked):
    """The chosen and the living who share a household of the same commune with one of them; and of whom no household is known."""
    found = _homes(chosen)
    homes = found.select("area_id", "household").unique()
    living = Residence.objects.on(clock.today()).filter(person__died_on=None)
    beside = in_slices(living, "household", homes["household"].unique().to_list(), "person_id", "area_id", "household")
    ids = {*beside.join(homes, on=["area_id", "household"], how="semi")["person_id"], *chosen["id"]}
    alone = chosen.join(found, left_on="id", right_on="person_id", how="anti", maintain_order="left")["name"]
    told = tuple(Told(name, _("Sổ chưa có số hộ; chỉ cấp cho người này.")) for name in alone)
    return _people(Person.objects.filter(rights.within([asked.area_path])), "id", sorted(ids)), told


def _held(people) -> dict[int, list[dict]]:
    """What rice each of these people has by decisions that stand."""
    rows = in_slices(FoodRelief.objects.current(), "person_id", people["id"].to_list(), *HELD).sort("since")
    held = defaultdict(list)
    for row in rows.iter_rows(named=True):
        held[row["person_id"]].append(row)
    return held


def _refused(person, held, asked, rule) -> str:
    """Why the law gives this person nothing, or nothing more, on this occasion; empty where it does."""
    if person["died_on"] and as_month(person["died_on"]) < as_month(asked.since):
        return _("Mất ngày %(day)s.") % {"day": f"{person['died_on']:%d/%m/%Y}"}
    own = [row for row in held if row["occasion"] == asked.occasion]
    for row in own:
        if row["since"] <= asked.until and row["until"] >= asked.since:
            return _("Đã có gạo %(what)s (%(article)s: mỗi tháng %(kilograms)s kg một người).") % {**_said(row), **vars(rule)}
    same = [row for row in own if _is_same(row, asked)]
    before = sum(_months(row) for row in same)
    if same and before + asked.months > rule.months:
        return _("Đã có gạo %(what)s; một dịp nhiều nhất %(months)s tháng (%(article)s).") % {**_said(same[-1]), **vars(rule)}
    return ""


def _is_same(row, asked):
    """Whether rice was given on the very occasion: of the same name, or too near for a yearly one."""
    return fold(row["decision__name"]) == fold(asked.name) or occasion_of(asked.occasion).is_near(row["since"], asked.since)


def _beside(held, asked):
    """Rice of another occasion in the same months: it does not forbid this one, but whoever decides should know."""
    for row in held:
        if row["occasion"] != asked.occasion and row["since"] <= asked.until and row["until"] >= asked.since:
            yield _("Cũng có gạo %(what)s.") % _said(row)


def last_of(since: date, months: int) -> date:
    """The last day of so many months from the month of a day on."""
    return last_day(as_month(since) + months - 1)


def _said(row):
    months = month_words(row["since"], row["until"])
    words = _("%(name)s, tháng %(months)s, %(kilograms)s kg, theo %(number)s")
    return {"what": words % {"name": row["decision__name"], "months": months, "kilograms": row["kilograms"], "number": row["decision__number"]}}


def _months(row):
    return as_month(row["until"]) - as_month(row["since"]) + 1


def homes_on(people: list[int], day: date) -> pl.DataFrame:
    """The commune of each person on a day: ``person_id, area_path``; who lived elsewhere or nowhere known has no row."""
    homes = Residence.objects.on(day).exclude(area=None)
    return in_slices(homes, "person_id", people, "person_id", "area__path").rename({"area__path": "area_path"})
