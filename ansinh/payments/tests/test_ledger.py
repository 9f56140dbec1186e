"""The ledger: append only in the database itself, and every broken promise is named by its first row."""
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from ansinh.office import clock
from ansinh.office.models import Entry
from ansinh.payments.models import Item, Line, Movement, Opening, PayList, Posting
from ansinh.payments.queries import settled, verify_ledger

from .office import line_of, open_before

MAY, JUNE, JULY = (date(2023, m, 1) for m in range(5, 8))
MILLION = 1_000_000


@pytest.fixture
def paid(office):
    payable = office.payee("Dương Thị Lan")
    open_before(payable, date(2023, 1, 1), MAY, MILLION, by=office.preparer)
    office.paid(JUNE, unpaid={"Dương Thị Lan"})
    return payable


@pytest.mark.parametrize("model", [Opening, Posting, Movement], ids=lambda model: model.__name__)
@pytest.mark.parametrize("statement", ["UPDATE {table} SET amount = amount + 1", "DELETE FROM {table}"])
def test_what_was_written_is_neither_changed_nor_deleted(paid, model, statement):
    with pytest.raises(IntegrityError, match="append only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table=model._meta.db_table))
    assert verify_ledger() == []


def test_a_number_of_a_month_is_taken_once(paid):
    posting = Posting.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.create(payable=paid, month=JUNE, number=1, kind="due", amount=1, total=1, recorded_in=posting.recorded_in)


def test_a_posting_waits_on_one_list_only(office, paid):
    item = Item.objects.get()
    july = office.propose(JULY)[0].lines.get()
    Item.objects.create(line=july, posting=item.posting, amount=item.amount)
    with pytest.raises(IntegrityError), transaction.atomic():
        Item.objects.create(line=july, posting=item.posting, amount=item.amount)


@pytest.mark.parametrize(("debit", "credit", "amount"), [("cost", "owed", 0), ("cost", "owed", -1), ("cost", "cost", 1)])
def test_a_movement_is_positive_and_between_two_accounts(paid, debit, credit, amount):
    with pytest.raises(IntegrityError), transaction.atomic():
        Movement.objects.create(debit=debit, credit=credit, amount=amount, at=clock.now(), recorded_in=Entry.objects.first())


def moved(debit, credit, **more):
    Movement.objects.create(debit=debit, credit=credit, amount=5, at=clock.now(), recorded_in=Entry.objects.first(), **more)


def posted(paid, month, number, total):
    entry = Entry.objects.first()
    Posting.objects.create(payable=paid, month=month, number=number, kind="overpayment", amount=-5, total=total, recorded_in=entry)


FAULTS = {
    "a posting without its movement": (lambda paid: posted(paid, JULY, number=1, total=-5), "moved 0"),
    "a total that is not the sum": (lambda paid: posted(paid, JUNE, number=2, total=7), "do not add up to the last total"),
    "a gap in the numbers": (lambda paid: posted(paid, JULY, number=2, total=-5), "numbers have a gap"),
    "a debt without a list": (lambda paid: moved("cost", "owed", payable=paid, month=JUNE), "owed 1000005, lists hold 1000000"),
    "a claim paid back twice": (lambda paid: moved("fund", "claim", payable=paid, month=JUNE), "claim -5"),
    "money at the provider": (lambda paid: moved("provider", "fund", channel="post"), "provider post holds 1000005, lists say 1000000"),
    "an item that is gone": (lambda paid: Item.objects.all().delete(), "items 0, total 1000000"),
    "a line without a result": (lambda paid: Line.objects.update(result=""), "no result on a returned list"),
    "a line with another sum": (lambda paid: Line.objects.update(total=7), "the parts do not add up to 7"),
    "a list with another sum": (lambda paid: PayList.objects.update(total=7), "the list says 7"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_promise_is_named(paid, fault):
    plant, words = FAULTS[fault]
    plant(paid)
    assert words in "; ".join(verify_ledger())


def test_openings_of_an_unknown_amount_are_kept_apart(office):
    payable = office.payee("Dương Thị Lan")
    open_before(payable, date(2020, 1, 1), date(2021, 6, 1), None, by=office.preparer)
    open_before(payable, date(2021, 7, 1), MAY, MILLION, by=office.preparer)
    known, unknown = settled()
    assert known.rows() == [(payable.pk, 2021 * 12 + 6, 2023 * 12 + 4, MILLION)]
    assert unknown.rows() == [(payable.pk, 2020 * 12, 2021 * 12 + 5)]


def test_the_person_of_a_line_is_on_a_list_once(office, paid):
    line = line_of("Dương Thị Lan", JUNE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Line.objects.create(paylist=line.paylist, person=line.person, position=9, name=line.name, standing="")


def test_reckoning_the_same_again_writes_nothing(office, paid):
    office.propose(JULY)
    _batch, written = office.reckon(JULY)
    assert written == 0


def test_a_batch_reckoned_anew_keeps_its_place(office, paid):
    first, _written = office.reckon(JULY)
    office.due(paid, JULY, 2 * MILLION)
    second, written = office.reckon(JULY)
    assert (second.pk, written, second.proposals.count()) == (first.pk, 1, 1)
    assert second.content_digest != first.content_digest
