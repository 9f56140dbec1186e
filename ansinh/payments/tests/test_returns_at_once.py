"""Two officers reconcile one list at the same moment: one effect, and the other is told."""
from datetime import date
from functools import partial

import pytest

from ansinh.payments import actions
from ansinh.payments.models import Line, Movement, ReturnFile
from ansinh.payments.queries import balances, verify_ledger
from tests.at_once import at_once

from .office import answers, open_before

JUNE = date(2023, 6, 1)
NAMES = ("Dương Thị Lan", "Lý Văn Páo", "Vi Thị Sao")
NOTHING, ALL = frozenset(), frozenset(NAMES)


@pytest.fixture
def exported(transactional_db, office):
    for name in NAMES:
        open_before(office.payee(name), date(2023, 1, 1), date(2023, 5, 1), 1_000_000, by=office.preparer)
    return office.exported(JUNE)


def take(office, lists, data, unpaid):
    return actions.reconcile(lists, answers=answers(lists, unpaid), data=data, name="tep.csv", by=office.accountant)


FILES = {
    "the same file": ((b"mot", NOTHING), (b"mot", NOTHING), "không có gì thay đổi", 1),
    "other answers": ((b"mot", NOTHING), (b"hai", ALL), "ô Sửa tệp trước", 1),
    "the same answers in another file": ((b"mot", NOTHING), (b"hai", NOTHING), "'same': 3", 2),
}


@pytest.mark.parametrize("case", FILES)
def test_one_officer_takes_the_file_and_the_other_is_told(office, exported, case):
    first, second, words, kept = FILES[case]
    told = at_once(*(partial(take, office, exported, *file) for file in (first, second)))
    assert len([one for one in told if words in str(one)]) == 1
    assert ReturnFile.objects.count() == kept
    assert len(set(Line.objects.values_list("result", flat=True))) == 1
    assert Movement.objects.filter(debit="owed", credit="provider").count() in (0, 3)
    assert (balances()["provider"] in (0, 3_000_000), verify_ledger()) == (True, [])
