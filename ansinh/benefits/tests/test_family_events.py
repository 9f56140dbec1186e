"""Marriage and birth from the form to the list and back: what the register knows of the household goes into what changes."""
from datetime import date

import pytest
from django.urls import reverse

from ansinh.benefits import actions as benefits
from ansinh.benefits.models import Entitlement
from ansinh.documents.models import Letter
from ansinh.engine.law import book
from ansinh.office import clock
from ansinh.office.models import Entry, Task
from ansinh.payments import actions as payments
from ansinh.payments.models import Line, Payable
from ansinh.payments.queries import open_claims
from ansinh.registry import actions as registry
from ansinh.registry.models import Marriage, Person, Residence
from tests.people import OTHER_COMMUNE

MAY, JUNE, JULY, AUGUST = (date(2023, m, 1) for m in range(5, 9))
STANDARD, HOUSE = 360_000, "Hộ 12"


@pytest.fixture
def parent(settle):
    """Lan, who brings up one child alone; both in one household."""
    settle("Dương Văn Tý", born=date(2015, 3, 2), household=HOUSE)
    return settle("Dương Thị Lan", household=HOUSE)


@pytest.fixture
def alone(parent, officer):
    with clock.held_at(date(2023, 5, 2)):
        said = {"since": MAY, "source": "QĐ 5", "paid_up_to": MAY, "by": officer}
        return benefits.grant(parent, standing="single_parent", children=1, poverty="poor", **said)


@pytest.fixture
def month_of(clerk, chief, accountant):
    """``month_of(JULY)``: the list of assistance on its day; ``send=True``: approved and exported too."""

    def make(month, *, send=False):
        with clock.held_at(book().lock_day(month)):
            benefits.assess(month, field="assistance", by=clerk)
            lists = payments.propose(month, field="assistance", by=clerk)
            if send:
                payments.export(payments.approve(lists, by=chief), by=accountant)
        return Line.objects.filter(paylist__in=lists)

    return make


@pytest.fixture
def at_desk(client, officer):
    client.force_login(officer)
    with clock.held_at(date(2023, 6, 28)):
        yield client


def record(client, person, slug, typed, signer):
    """Both steps of the page; what the first one showed."""
    address = reverse("life_event", args=[person.pk, slug])
    shown = client.post(address, typed)
    page = shown.context["page"]
    steps = [row["step"].key for row in page.words["steps"]]
    ticked = {"listed": steps, "do": steps, "letters": [one.key for one in page.plan.wanted_of_both], "letter_signer": signer.pk}
    assert client.post(address, {**typed, **ticked, "seen": page.plan.digest, "confirmed": "yes"}).status_code == 302
    return shown.content.decode()


def take_back(client):
    address = reverse("life_event.undo", args=[Entry.objects.filter(act="benefits.record_life_event").latest("pk").pk])
    shown = client.get(address)
    assert client.post(address, {"confirmed": "yes", "seen": shown.context["page"].plan.digest}).status_code == 302
    return shown.content.decode()


BIRTH = {"name": "Dương Thị Mão", "on": "20/06/2023", "sex": "female", "source": "Giấy khai sinh 31/2023"}
WEDDING = {"on": "20/05/2023", "source": "Giấy chứng nhận kết hôn 4/2023"}


def test_a_birth_raises_what_a_poor_single_parent_gets_on_the_list_that_waits(alone, parent, month_of, at_desk, signer):
    (line,) = month_of(JULY)
    assert (line.this_month, line.arrears) == (STANDARD, STANDARD)
    said = record(at_desk, parent, "sinh-con", BIRTH, signer)
    assert "2 con từ 01/06/2023" in said and "tính 2 con; sổ hộ có 2 trẻ dưới 16 tuổi ở cùng hộ" in said
    assert "Danh sách tháng 07/2023: dòng của người này từ 720.000 thành 1.440.000 đ" in said
    line = Line.objects.get(person=parent)
    assert (line.this_month, line.arrears) == (2 * STANDARD, 2 * STANDARD)
    child = Person.objects.get(name=BIRTH["name"])
    assert Residence.objects.current().get(person=child).household == HOUSE
    assert Letter.objects.get().values["lý do"] == "sinh con ngày 20/06/2023"


def test_a_birth_written_down_by_mistake_is_taken_back_with_child_letter_and_line(alone, parent, month_of, at_desk, signer):
    month_of(JULY)
    record(at_desk, parent, "sinh-con", BIRTH, signer)
    said = take_back(at_desk)
    assert f"{Letter.objects.get().symbol} bị hủy" in said
    assert "dòng của người này từ 1.440.000 thành 720.000 đ" in said.replace("\xa0", " ")
    assert alone.terms_rows.current().get().children == 1
    assert not Residence.objects.current().filter(person__name=BIRTH["name"]).exists()
    assert Line.objects.get(person=parent).total == 2 * STANDARD
    assert not Letter.objects.standing().exists()


def test_a_marriage_ends_what_a_single_parent_gets_and_the_paid_month_is_owed_back(alone, parent, month_of, at_desk, signer):
    month_of(JUNE, send=True)
    month_of(JULY)
    said = record(at_desk, parent, "ket-hon", WEDDING, signer)
    assert "Không còn là người đơn thân nuôi con" in said
    assert "Danh sách tháng 07/2023: dòng của người này từ 360.000 thành 0 đ" in said and "360.000 đ chi thừa để thu hồi" in said
    assert Payable.objects.get(pk=alone.pk).ends_on == date(2023, 5, 31)
    line = Line.objects.get(person=parent, paylist__month=JULY)
    assert (line.total, line.overpaid) == (0, STANDARD)
    assert Letter.objects.get().kind == "stop"


def test_a_marriage_taken_back_after_the_list_went_out_pays_the_months_that_were_missed(alone, parent, month_of, at_desk, signer, chief, accountant):
    month_of(JUNE, send=True)
    month_of(JULY)
    record(at_desk, parent, "ket-hon", WEDDING, signer)
    lists = [line.paylist for line in Line.objects.filter(person=parent, paylist__month=JULY)]
    payments.export(payments.approve(lists, by=chief), by=accountant)
    assert open_claims()["amount"].sum() == STANDARD
    said = take_back(at_desk)
    assert "bỏ khoản đang đòi 360.000" in said
    (line,) = month_of(AUGUST)
    assert (line.this_month, line.arrears) == (STANDARD, STANDARD)
    assert alone.terms_rows.current().get().until is None


def test_a_household_that_the_register_counts_otherwise_is_named(alone, parent, settle, at_desk):
    settle("Dương Văn Sửu", born=date(2012, 3, 2), household=HOUSE)
    said = at_desk.post(reverse("life_event", args=[parent.pk, "sinh-con"]), BIRTH).content.decode()
    assert "tính 2 con; sổ hộ có 3 trẻ dưới 16 tuổi" in said and "không khớp" in said


def test_who_has_no_right_by_family_marries_without_consequences(parent, at_desk, signer):
    said = record(at_desk, parent, "ket-hon", WEDDING, signer)
    assert "Không chế độ nào đổi nội dung hưởng" in said
    assert Marriage.objects.current().of(parent).get().spouse is None
    assert not Entitlement.objects.exists()


@pytest.fixture
def groom(settle, officer):
    """Who marries Lan: a number leads from his page to hers."""
    return settle("Lục Văn Giáp", born=date(1949, 1, 1))


@pytest.fixture
def number(parent, officer):
    registry.add_identifier(parent, kind="citizen", number="019150000321", source="Căn cước", by=officer)
    return "019150000321"


def test_a_marriage_recorded_on_one_page_regards_the_rights_of_the_other_too(alone, parent, groom, number, month_of, at_desk, signer):
    month_of(JUNE, send=True)
    month_of(JULY)
    said = record(at_desk, groom, "ket-hon", {**WEDDING, "spouse": number}, signer)
    assert "Vợ, chồng: Dương Thị Lan" in said and "Không còn là người đơn thân nuôi con" in said
    assert "dòng của người này từ 360.000 thành 0 đ" in said and "360.000 đ chi thừa để thu hồi" in said
    assert Payable.objects.get(pk=alone.pk).ends_on == date(2023, 5, 31)
    assert (Line.objects.get(person=parent, paylist__month=JULY).total, Letter.objects.get().kind) == (0, "stop")
    assert Marriage.objects.current().get().other(parent) == groom


def test_the_undo_of_a_marriage_gives_both_back_what_they_had(alone, parent, groom, number, month_of, at_desk, signer):
    month_of(JULY)
    record(at_desk, groom, "ket-hon", {**WEDDING, "spouse": number}, signer)
    assert "Kết hôn" in at_desk.get(reverse("person", args=[parent.pk])).content.decode()
    said = take_back(at_desk)
    assert "Vợ, chồng: Dương Thị Lan" in said and "Danh sách tháng 07/2023: thêm dòng của người này" in said
    assert alone.terms_rows.current().get().until is None
    assert Line.objects.get(person=parent).total == 2 * STANDARD
    assert not Marriage.objects.current().exists() and not Letter.objects.standing().exists()


def test_a_martyrs_spouse_who_remarries_is_regarded_on_whichever_page_it_is_recorded(granted, parent, groom, number, at_desk, signer):
    survivor = Entitlement.objects.get(pk=granted(parent, standing="martyr_relative", martyrs=2))
    record(at_desk, groom, "ket-hon", {**WEDDING, "spouse": number}, signer)
    assert survivor.terms_rows.current().latest("since").remarried


def test_what_came_before_the_right_was_known_to_its_decision(alone, parent, at_desk, signer):
    record(at_desk, parent, "ket-hon", {**WEDDING, "on": "20/05/1999"}, signer)
    assert alone.terms_rows.current().get().until is None
    assert Marriage.objects.current().get().since == date(1999, 5, 20)


def test_the_other_in_another_place_is_not_named_and_what_is_to_be_done_there_waits_there(alone, parent, groom, number, areas, officer, client, appoint):
    registry.move(groom, area=areas[OTHER_COMMUNE], since=date(2023, 1, 1), source="Giấy chuyển", by=appoint("mover", "officer", "19."))
    elsewhere = appoint("neighbour2", "officer", "19.165.")
    client.force_login(elsewhere)
    address, typed = reverse("life_event", args=[groom.pk, "ket-hon"]), {**WEDDING, "spouse": number}
    with clock.held_at(date(2023, 6, 28)):
        shown = client.post(address, typed)
        said = shown.content.decode()
        assert parent.name not in said and "người ngoài địa bàn của tài khoản" in said
        assert client.post(address, {**typed, "seen": shown.context["page"].plan.digest, "confirmed": "yes"}).status_code == 302
    task = Task.objects.open().get(act="benefits.stop")
    assert (task.key, task.area_path) == (f"benefits.entitlement:{alone.pk}", parent.area_path)
    assert alone.terms_rows.current().get().until is None


def test_who_is_married_marries_nobody_else_and_nothing_is_written(alone, parent, groom, number, settle, at_desk, signer):
    record(at_desk, parent, "ket-hon", {**WEDDING, "on": "20/05/1999"}, signer)
    entries = Entry.objects.count()
    answer = at_desk.post(reverse("life_event", args=[groom.pk, "ket-hon"]), {**WEDDING, "spouse": number})
    assert answer.status_code == 422 and "hôn nhân khác" in answer.content.decode()
    assert Entry.objects.count() == entries
