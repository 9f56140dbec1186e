"""Who came and who left between two months: the figure of the front page is the count of the lines behind it."""
from datetime import date

import pytest

from ansinh.payments.queries import months

from .office import open_before

MAY, JUNE, JULY = (date(2023, m, 1) for m in range(5, 8))


@pytest.fixture
def two_months(office):
    """June pays Lan and Páo, July pays Páo, Sao and Bình; both months by post and by bank."""
    lan, pao = office.payee("Dương Thị Lan"), office.payee("Lý Văn Páo", channel="bank")
    for payable in (lan, pao):
        open_before(payable, date(2023, 1, 1), MAY, 1_000_000, by=office.preparer)
    office.paid(JUNE)
    office.end(lan, date(2023, 6, 30))
    for name in ("Vi Thị Sao", "Hoàng Văn Bình"):
        open_before(office.payee(name), date(2023, 6, 1), JUNE, 1_000_000, by=office.preparer)
    office.propose(JULY)
    return months.lists_of(office.preparer, JULY), months.lists_of(office.preparer, JUNE)


def test_the_figure_is_the_count_of_the_lines_behind_it(two_months):
    lists, before = two_months
    assert months.came_and_left(JULY, lists, before) == (2, 1) == (months.came(lists, before).count(), months.left(lists, before).count())


def test_before_the_first_month_everybody_came(office, two_months):
    june, none = two_months[1], months.lists_of(office.preparer, MAY)
    assert months.came_and_left(JUNE, june, none) == (2, 0)


def test_a_month_without_lists_has_nobody(office, two_months):
    none = months.lists_of(office.preparer, date(2024, 1, 1)), months.lists_of(office.preparer, date(2023, 12, 1))
    assert months.came_and_left(date(2024, 1, 1), *none) == (0, 0)
