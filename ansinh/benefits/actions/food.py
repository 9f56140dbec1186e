"""Cấp gạo: rice for many people by one decision, in one act that is undone as one."""
from datetime import date

import polars as pl
from django.utils.translation import gettext as _

from ansinh.engine.law.book import ASSISTANCE
from ansinh.office import bulk, clock
from ansinh.office.act import action, current_entry, one_at_a_time
from ansinh.web.refusal import Refusal

from ..food import FoodAsked, food_round, homes_on, last_of
from ..models import FoodDecision, FoodRelief

GIVING = 7433


def _where(_occasion, *, area_path, **_more):
    return area_path, ASSISTANCE


@action("benefits.give_food", label=_("Cấp gạo"), scope=_where, private=("numbers",))
def give_food(
    occasion: str, *, name: str, number: str, signed_on: date, since: date, months: int, area_path: str, numbers, people: int,
    households: bool = False,
) -> FoodDecision:
    """Cấp gạo: the people of ``food.food_round`` get rice; ``people`` is how many whoever decided had before the eyes.

    Refused where the number has changed since, so that nobody gets rice unseen. No đồng is touched.
    """
    if signed_on > clock.today():
        raise Refusal(_("Ngày ký %(day)s chưa đến. Ghi ngày của quyết định đã ký.") % {"day": f"{signed_on:%d/%m/%Y}"}, field="signed_on")
    one_at_a_time(GIVING)
    asked = FoodAsked(occasion, name, since.replace(day=1), months, area_path, tuple(numbers), households)
    found = food_round(asked)
    if found.people != people:
        told = _("Số người vừa đổi từ %(was)s thành %(now)s vì sổ vừa có thay đổi. Chưa ghi gì; xem lại rồi ghi.")
        raise Refusal(told % {"was": people, "now": found.people})
    if not people:
        raise Refusal(_("Không có ai được cấp gạo theo quyết định này. Chưa ghi gì."))
    decision = FoodDecision.objects.create(
        occasion=occasion, name=name, number=number, signed_on=signed_on, since=asked.since, months=months, kilograms=found.rule.kilograms,
        area_path=area_path, recorded_in=current_entry(),
    )
    bulk.write(_rows(found, decision), FoodRelief)
    return decision


def _rows(found, decision) -> pl.DataFrame:
    """A row a person, in the commune where he lived when the decision was signed."""
    then = homes_on(found.receivers["person_id"].to_list(), decision.signed_on).rename({"area_path": "then"})
    return found.receivers.join(then, on="person_id", how="left", maintain_order="left").select(
        "person_id", area_path=pl.coalesce("then", "area_path"), decision_id=pl.lit(decision.pk), occasion=pl.lit(decision.occasion),
        kilograms=pl.lit(found.each), since=pl.lit(decision.since), until=pl.lit(last_of(decision.since, decision.months)),
        source=pl.lit(str(decision)),
        recorded_at=pl.lit(clock.now()).dt.convert_time_zone("UTC"), recorded_in_id=pl.lit(decision.recorded_in_id),
    )
