"""Chi theo đợt: the same lump sum for many by one decision; who may not have it is told why, and all of it can be taken back."""
from datetime import date

import pytest
from django.urls import reverse

from ansinh.benefits import actions
from ansinh.benefits.models import Terms
from ansinh.benefits.rounds import is_for_rounds, round_of
from ansinh.office import actions as office
from ansinh.office import clock
from ansinh.office.models import Entry
from ansinh.registry.actions import add_identifier, record_death
from ansinh.web.refusal import Refusal
from tests.people import PROVINCE

LAST_YEAR, NOW, JULY = date(2022, 7, 1), date(2023, 7, 3), date(2023, 7, 1)
WORSHIP, EACH = "martyr_worship", 1_400_000
DECISION = "QĐ 77/QĐ-SLĐTBXH ngày 01/07/2023"
LAN, PAO, SAO = "Dương Thị Lan", "Lý Văn Páo", "Vi Thị Sao"


@pytest.fixture(autouse=True)
def in_july():
    with clock.held_at(NOW):
        yield


@pytest.fixture
def family(settle, granted):
    """Three who worshipped last year: Lan one martyr, Páo two, Sao one."""
    people = {name: settle(name) for name in (LAN, PAO, SAO)}
    for name, martyrs in ((LAN, 1), (PAO, 2), (SAO, 1)):
        granted(people[name], WORSHIP, since=LAST_YEAR, martyrs=martyrs)
    return people


def this_year(**asked):
    return round_of(WORSHIP, since=JULY, area_path=PROVINCE, **asked)


def grant(account, people, **asked):
    return actions.grant_round(WORSHIP, since=JULY, source=DECISION, area_path=PROVINCE, people=people, by=account, **asked)


def granted_in_july():
    rows = Terms.objects.current().filter(since=JULY, entitlement__standing=WORSHIP)
    return dict(rows.values_list("entitlement__payable__person__name", "martyrs"))


def test_everybody_of_last_year_gets_it_again_with_last_years_facts(family, clerk):
    found = this_year()
    assert (found.people, found.total, found.refused) == (3, 4 * EACH, ())
    grant(clerk, 3)
    assert granted_in_july() == {LAN: 1, PAO: 2, SAO: 1}
    assert set(Terms.objects.filter(since=JULY).values_list("until", "source")) == {(date(2023, 7, 31), DECISION)}


def test_who_had_it_this_year_and_who_is_dead_are_left_out_with_the_reason(family, granted, officer, clerk):
    granted(family[LAN], WORSHIP, since=date(2023, 2, 1), martyrs=1)
    record_death(family[SAO], on=date(2023, 5, 6), source="TLKT 12", by=officer)
    found = this_year()
    assert (found.people, found.total) == (1, 2 * EACH)
    told = {name: str(why.refusal()) for name, why in found.refused}
    assert "Thờ cúng liệt sĩ mỗi năm một lần" in told[LAN]
    assert "131/2021/NĐ-CP Điều 28" in told[LAN]
    assert "mất ngày 06/05/2023" in told[SAO]
    grant(clerk, 1)
    assert granted_in_july() == {PAO: 2}


def test_nobody_is_paid_unseen(family, granted, clerk):
    granted(family[LAN], WORSHIP, since=date(2023, 2, 1), martyrs=1)
    with pytest.raises(Refusal, match="từ 3 thành 2"):
        grant(clerk, 3)
    assert granted_in_july() == {}


def test_a_round_that_reaches_nobody_is_refused(areas, clerk):
    with pytest.raises(Refusal, match="Không có ai"):
        grant(clerk, 0)


def test_people_may_be_named_by_their_numbers_and_numbers_of_nobody_are_told(family, settle, officer, clerk):
    new = settle("Hoàng Văn Bình")
    add_identifier(new, kind="file", number="LS/19/00007", since=LAST_YEAR, source="Sổ", by=officer)
    found = this_year(numbers=("LS/19/00007", " LS/19/00008 ", ""), facts={"martyrs": 3})
    assert (found.people, found.total, found.unknown) == (1, 3 * EACH, ("LS/19/00008",))
    grant(clerk, 1, numbers=("LS/19/00007",), facts={"martyrs": 3})
    assert granted_in_july() == {"Hoàng Văn Bình": 3}


def test_holders_of_a_monthly_standing_get_it_by_the_facts_of_that_standing(family, settle, granted):
    mother = settle("Hoàng Thị Mận")
    granted(mother, "martyr_relative", martyrs=2)
    found = this_year(holders="martyr_relative")
    assert (found.people, found.total) == (1, 2 * EACH)


def test_a_fact_that_nobody_told_leaves_the_person_out(settle, officer):
    new = settle("Hoàng Văn Bình")
    add_identifier(new, kind="file", number="LS/19/00007", since=LAST_YEAR, source="Sổ", by=officer)
    found = this_year(numbers=("LS/19/00007",))
    assert (found.people, len(found.refused)) == (0, 1)


def test_only_people_of_the_place_are_reached(family):
    elsewhere = round_of(WORSHIP, since=JULY, area_path="19.164.", holders="", numbers=())
    assert elsewhere.people == 0


def test_the_whole_round_is_taken_back_at_once(family, clerk):
    grant(clerk, 3)
    office.undo(Entry.objects.get(act="benefits.grant_round"), by=clerk)
    assert granted_in_july() == {}
    assert this_year().people == 3


def test_what_is_monthly_or_for_the_dead_has_no_rounds(areas, clerk):
    assert [code for code in ("wounded", "merit_funeral", "recuperation_home", WORSHIP) if is_for_rounds(code)] == ["recuperation_home", WORSHIP]
    with pytest.raises(Refusal, match="không chi theo đợt"):
        actions.grant_round("wounded", since=JULY, source=DECISION, area_path=PROVINCE, people=1, by=clerk)


def test_the_journal_keeps_no_numbers_of_persons(family, officer, clerk):
    add_identifier(family[LAN], kind="file", number="LS/19/00001", since=LAST_YEAR, source="Sổ", by=officer)
    grant(clerk, 1, numbers=("LS/19/00001",))
    assert "LS/19/00001" not in str(Entry.objects.get(act="benefits.grant_round").facts)


def test_the_page_shows_names_sums_and_who_is_left_out_then_grants(client, family, granted, clerk):
    granted(family[LAN], WORSHIP, since=date(2023, 2, 1), martyrs=1)
    client.force_login(clerk)
    assert "Trợ cấp thờ cúng liệt sĩ" in client.get(reverse("entitlement.round")).content.decode()
    address = f"{reverse('entitlement.round')}?dien={WORSHIP}"
    typed = {"since": "01/07/2023", "source": DECISION, "noi": PROVINCE, "way": "last", "martyrs": "1"}
    page = client.post(address, typed).content.decode()
    assert ("2 người được chi" in page, PAO in page, "4.200.000" in page, "1 người không được lần này" in page) == (True,) * 4
    client.post(address, {**typed, "confirmed": "yes", "people": "2"})
    assert granted_in_july() == {PAO: 2, SAO: 1}


def test_the_page_asks_for_whom_before_it_reckons(client, family, clerk):
    client.force_login(clerk)
    address = f"{reverse('entitlement.round')}?dien={WORSHIP}"
    typed = {"since": "01/07/2023", "source": DECISION, "noi": PROVINCE, "way": "numbers"}
    answer = client.post(address, typed)
    assert (answer.status_code, "Ghi ít nhất một số." in answer.content.decode()) == (422, True)


def test_the_page_says_so_where_nobody_is_reached(client, areas, clerk):
    client.force_login(clerk)
    typed = {"since": "01/07/2023", "source": DECISION, "noi": PROVINCE, "way": "last"}
    answer = client.post(f"{reverse('entitlement.round')}?dien={WORSHIP}", typed)
    assert (answer.status_code, "Không có ai như vậy" in answer.content.decode()) == (422, True)


def test_the_page_takes_a_number_a_line_and_counts_whoever_is_not_named(client, family, clerk):
    client.force_login(clerk)
    numbers = "\n".join(f"LS 19 {place:05}" for place in range(150))
    typed = {"since": "01/07/2023", "source": DECISION, "noi": PROVINCE, "way": "numbers", "numbers": numbers}
    page = client.post(f"{reverse('entitlement.round')}?dien={WORSHIP}", typed).content.decode()
    # Each stands once in what was typed and is carried along, and once more where it is told.
    assert (page.count("LS 19 00099"), page.count("LS 19 00100")) == (2, 1)
    assert ("150 người không được lần này" in page, "và 50 người khác" in page) == (True, True)
