"""Rice after a flood: a dozen households of one commune by one decision, a receiving sheet to sign."""
from datetime import date

from ansinh.benefits import actions as benefits
from ansinh.benefits.food import FoodAsked, food_round
from ansinh.office import clock
from ansinh.registry.models import Identifier, Residence

from .scene import Step, Walk, at

HOUSEHOLDS = 12
FLOOD = {"name": "Mưa lũ tháng 9/2023", "since": date(2023, 10, 1), "months": 2, "area_path": "19.173."}


def food_steps(here: Walk) -> list[Step]:
    """The decision with its moment."""
    return [Step(at(date(2023, 9, 29), 10), "Cấp gạo cho các hộ bị lũ", lambda: give_rice(here))]


def give_rice(here: Walk):
    """Whoever has a number of identity stands for the household."""
    homes = Residence.objects.on(clock.today()).filter(person__area_path__startswith=FLOOD["area_path"], person__died_on=None).exclude(household="")
    commune = homes.order_by("pk")[0].area_id
    known = Identifier.objects.current().filter(kind="citizen", until=None)
    numbers = dict(known.filter(person__in=homes.filter(area=commune).values("person")).values_list("person", "number"))
    by_home = dict(homes.filter(person__in=list(numbers)).order_by("-household", "-person").values_list("household", "person"))
    numbers = tuple(numbers[person] for _home, person in sorted(by_home.items())[:HOUSEHOLDS])
    asked = FoodAsked("disaster", **FLOOD, numbers=numbers, households=True)
    benefits.give_food(
        "disaster", **asked.of_decision(), number="QĐ 2.655/QĐ-UBND", signed_on=date(2023, 9, 27), people=food_round(asked).people,
        by=here.staff["trogiup"],
    )
