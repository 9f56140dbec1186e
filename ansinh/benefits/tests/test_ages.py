"""Working out a month gives the officers the tasks of the next one: rights that end by age, children who grow up."""
from datetime import date

import pytest

from ansinh.benefits import actions as benefits
from ansinh.engine.law import book
from ansinh.office import clock
from ansinh.office.models import Task

MONTH = date(2023, 10, 1)


@pytest.fixture
def tasks_of_next_month(clerk):
    def work_out(field="assistance"):
        with clock.held_at(book().lock_day(MONTH)):
            benefits.assess(MONTH, field=field, by=clerk)
        return list(Task.objects.open().order_by("pk"))

    return work_out


@pytest.mark.parametrize(("born", "count"), [(date(2007, 11, 30), 1), (date(2007, 12, 1), 0)])
def test_a_right_with_its_last_month_next_is_a_task_to_stop(settle, grant, tasks_of_next_month, born, count):
    grant(settle("Lê Văn An", born), "assisted_child", case="b")
    tasks = tasks_of_next_month()
    assert [(task.act, task.facts) for task in tasks] == [("benefits.stop", {"until": "2023-11-30"})] * count


def test_the_birth_of_the_child_counts_for_who_fosters_it(lan, grant, tasks_of_next_month):
    grant(lan, "fosters_child", born=date(2007, 11, 4))
    assert [task.act for task in tasks_of_next_month()] == ["benefits.stop"]


def test_a_standing_without_an_end_asks_nothing(settle, grant, tasks_of_next_month):
    grant(settle("Lê Văn An", date(1990, 11, 4)), "disabled", severity="severe")
    assert tasks_of_next_month() == []


def test_working_out_again_asks_once(settle, grant, tasks_of_next_month):
    grant(settle("Lê Văn An", date(2007, 11, 4)), "assisted_child", case="b")
    tasks_of_next_month()
    assert len(tasks_of_next_month()) == 1


@pytest.fixture
def mother_and_son(settle):
    return settle("Trần Thị Hoa", date(1985, 2, 3), "H7"), settle("Trần Văn Nam", date(2007, 11, 20), "H7")


@pytest.mark.parametrize(("children", "act", "facts"), [
    (2, "benefits.correct", {"since": "2023-12-01", "children": 1}), (1, "benefits.stop", {"until": "2023-11-30"}),
])
def test_a_child_of_16_is_looked_at_for_the_single_parent(mother_and_son, grant, tasks_of_next_month, children, act, facts):
    grant(mother_and_son[0], "single_parent", children=children, poverty="poor")
    (task,) = tasks_of_next_month()
    assert (task.act, task.facts, "còn đang học thì vẫn tính" in task.title) == (act, facts, True)


def test_merit_asks_nothing_about_children(mother_and_son, grant, tasks_of_next_month):
    grant(mother_and_son[0], "single_parent", children=2, poverty="poor")
    assert tasks_of_next_month("merit") == []
