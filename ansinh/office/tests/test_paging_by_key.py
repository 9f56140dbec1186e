"""Paging by key gives every row once, in order, whatever the order and however rows tie."""
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansinh.office.models import Account
from ansinh.web.keyset import part_of

NAMES = st.lists(st.sampled_from(["An", "Bình", "Chi"]), max_size=12)


def walk(rows, order, size):
    found, after = [], None
    while True:
        part, after = part_of(rows, order, after, size)
        found += [row.pk for row in part]
        if after is None:
            return found


@pytest.mark.django_db
@pytest.mark.parametrize("order", ["full_name", "-full_name", "id", "-id", ("title", "full_name")])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(names=NAMES, size=st.integers(1, 5))
def test_every_row_comes_once_and_in_order(order, names, size):
    Account.objects.all().delete()
    for number, name in enumerate(names):
        Account.objects.create(username=f"u{number}", full_name=name, title=name[:1])
    rows = Account.objects.all()
    whole = [row.pk for row in part_of(rows, order, None, 100)[0]]
    assert walk(rows, order, size) == whole
    assert sorted(whole) == sorted(rows.values_list("pk", flat=True))
