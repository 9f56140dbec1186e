"""Each event leads to the acts that the law's lines name, and to nothing else."""
from datetime import date

import pytest

from ansinh.benefits import actions as benefits
from ansinh.benefits.life_events.acts import finish_follow_up, record_life_event, undo_life_event
from ansinh.benefits.models import Entitlement
from ansinh.engine.law.life_events import life_events
from ansinh.office import clock
from ansinh.office.act import ACTS
from ansinh.office.models import Entry, Task
from ansinh.payments.models import Payable
from ansinh.registry.models import Detention, Person, Residence, Standing
from ansinh.web.refusal import Forbidden, Refusal
from tests.people import OTHER_COMMUNE

MAY, JUNE, JULY = (date(2023, m, 1) for m in range(5, 8))


@pytest.fixture(autouse=True)
def in_july():
    with clock.held_at(date(2023, 7, 20)) as moment:
        yield moment


@pytest.fixture
def happens(lan, officer):
    """``happens("grade", date, grade=65)``: the event of Lan, recorded by the officer."""
    return lambda event, on, **more: record_life_event(Person.objects.get(pk=lan.pk), event=event, on=on, source="Giấy 1", by=officer, **more)


@pytest.fixture
def wounded(lan, granted):
    return Entitlement.objects.get(pk=granted(lan, grade=61, paid_up_to=JULY))


def spans(entitlement):
    return [(row.since, row.until, row.state, row.grade) for row in entitlement.terms_rows.current().order_by("since")]


def last_event():
    return Entry.objects.filter(act="benefits.record_life_event").latest("pk")


@pytest.mark.parametrize("act", sorted({rule.act for event in life_events().values() for rule in event.acts}))
def test_every_act_that_the_law_names_exists(act):
    assert act in ACTS


@pytest.mark.parametrize(
    "rule", [r for e in life_events().values() for r in (*e.acts, *e.followups, *e.letters, *e.family)], ids=lambda r: r.words[:40]
)
def test_a_line_without_article_is_never_called_verified(rule):
    assert rule.article or not rule.verified


def test_a_move_to_another_province_stops_at_the_end_of_the_month(wounded, happens):
    plan = happens("move_out", date(2023, 7, 10), address="phường 5, thành phố Cà Mau")
    assert Payable.objects.get(pk=wounded.pk).ends_on == date(2023, 7, 31)
    assert Residence.objects.current().get(until=None).area is None
    assert [letter.words for letter in plan.letters] == ["Phiếu báo di chuyển hồ sơ (mẫu 93)"]
    assert [task.due_on for task in plan.raised] == [date(2023, 8, 7)]


def test_a_move_within_the_province_moves_the_payee_and_stops_nothing(wounded, happens, areas, lan):
    plan = happens("move", date(2023, 7, 10), area=areas[OTHER_COMMUNE], address="tổ 2")
    assert plan.moved and not plan.rights and not plan.money.months
    assert Person.objects.get(pk=lan.pk).area_path == OTHER_COMMUNE


def test_a_file_that_comes_back_is_paid_from_the_month_after_the_last_one_paid_elsewhere(wounded, happens, areas, lan):
    happens("move_out", date(2023, 5, 10), address="Cà Mau")
    plan = happens("return_home", date(2023, 7, 3), area=areas[OTHER_COMMUNE], address="tổ 2", paid_up_to=date(2023, 6, 1))
    again = Entitlement.objects.exclude(pk=wounded.pk).get()
    assert spans(again) == [(JULY, None, "in_force", 61)]
    assert (plan.money.monthly_before, plan.money.monthly_after) == (0, 3_174_000)
    assert [change.before for change in plan.rights] == [()]


def test_a_new_grade_holds_from_the_month_of_the_board_and_corrects_the_standing_too(wounded, happens, lan, officer):
    from_registry = {"code": "wounded", "since": date(2010, 1, 1), "source": "QĐ 12", "grade": 61}
    ACTS["registry.recognise"].call(lan, **from_registry, by=officer)
    plan = happens("grade", date(2023, 5, 30), grade=65, entitlement=wounded.pk)
    assert spans(wounded) == [(date(2010, 1, 1), date(2023, 4, 30), "in_force", 61), (MAY, None, "in_force", 65)]
    assert Standing.objects.current().get(since=MAY).grade == 65
    assert plan.money.arrears == 3 * (3_383_000 - 3_174_000)
    assert not Task.objects.open().filter(act="benefits.correct")
    undo_life_event(last_event(), by=officer)
    assert spans(wounded) == [(date(2010, 1, 1), None, "in_force", 61)]


def test_a_sentence_suspends_and_the_return_resumes(wounded, happens, officer):
    happens("imprisonment", date(2023, 3, 15), cause="sentenced")
    assert [row[2] for row in spans(wounded)] == ["in_force", "suspended"]
    happens("release", date(2023, 7, 5))
    assert spans(wounded)[-1][:3] == (date(2023, 7, 5), None, "in_force")
    undo_life_event(last_event(), by=officer)
    assert spans(wounded)[-1][2] == "suspended"


def test_a_sentence_and_a_return_are_facts_of_the_register_and_their_undo_takes_them_back(wounded, lan, happens, officer):
    happens("imprisonment", date(2023, 3, 15), cause="sentenced")
    happens("release", date(2023, 7, 5))
    (held,) = Detention.objects.current().filter(person=lan)
    assert (held.since, held.until, held.cause) == (date(2023, 3, 15), date(2023, 7, 4), "sentenced")
    undo_life_event(last_event(), by=officer)
    assert Detention.objects.current().get(person=lan).until is None
    undo_life_event(Entry.objects.filter(act="benefits.record_life_event", undone_by=None).latest("pk"), by=officer)
    assert not Detention.objects.current().filter(person=lan).exists()


def test_a_judgment_takes_the_place_of_the_detention_before_it(wounded, lan, happens):
    happens("imprisonment", date(2023, 3, 1), cause="detained")
    happens("imprisonment", date(2023, 5, 15), cause="sentenced")
    rows = Detention.objects.current().filter(person=lan).order_by("since").values_list("cause", "since", "until")
    assert list(rows) == [("detained", date(2023, 3, 1), date(2023, 5, 14)), ("sentenced", date(2023, 5, 15), None)]


def test_nobody_returns_whom_the_register_does_not_know_held(wounded, happens, officer):
    benefits.suspend(wounded, since=date(2023, 3, 1), source="QĐ 3", by=officer)
    benefits.resume(wounded, since=date(2023, 6, 1), source="QĐ 4", by=officer)
    with pytest.raises(Refusal, match="“Mãn hạn tù” không ghi được cho Dương Thị Lan"):
        happens("release", date(2023, 7, 5))
    assert not Entry.objects.filter(act="benefits.record_life_event").exists()


def test_detention_without_a_sentence_only_raises_a_task(wounded, happens):
    plan = happens("imprisonment", date(2023, 7, 1), cause="detained")
    assert not plan.rights and [task.title for task in plan.raised] == ["Theo dõi kết quả giải quyết của cơ quan điều tra; chưa đình chỉ"]


def test_a_marriage_changes_the_allowance_of_a_martyrs_spouse_only(lan, granted, happens, officer):
    survivor = Entitlement.objects.get(pk=granted(lan, standing="martyr_relative", martyrs=2, paid_up_to=JULY))
    plan = happens("marriage", date(2023, 7, 9))
    assert survivor.terms_rows.current().latest("since").remarried
    assert plan.money.monthly_after < plan.money.monthly_before
    undo_life_event(last_event(), by=officer)
    assert not survivor.terms_rows.current().latest("since").remarried


def test_what_touches_nothing_is_not_written(wounded, happens):
    with pytest.raises(Refusal, match="không có gì để ghi"):
        happens("grade", date(2023, 7, 9), grade=61, entitlement=wounded.pk)
    assert not Entry.objects.filter(act="benefits.record_life_event").exists()


def test_a_child_joins_the_household(lan, happens, areas):
    happens("birth", date(2023, 7, 2), name="Dương Văn Bé", sex="male")
    child = Person.objects.get(name="Dương Văn Bé")
    assert (child.area_path, child.birth_on) == (Person.objects.get(pk=lan.pk).area_path, date(2023, 7, 2))


def test_a_follow_up_is_closed_with_what_was_done(wounded, happens, officer):
    happens("death", date(2023, 7, 2))
    task = Task.objects.open().filter(act="benefits.finish_follow_up").first()
    with pytest.raises(Refusal, match="Ghi đã làm gì"):
        finish_follow_up(task, note=" ", by=officer)
    finish_follow_up(task, note="Gia đình nộp bản khai 28/07", by=officer)
    assert not Task.objects.open().filter(pk=task.pk).exists()


def test_an_entitlement_that_begins_after_the_death_is_named(lan, granted, happens):
    granted(lan, grade=61, since=date(2023, 7, 1))
    plan = happens("death", date(2023, 5, 2))
    assert plan.begins_later == ("Thương binh, 61 %",) and not plan.steps


def test_what_others_built_on_is_not_taken_from_under_them(wounded, happens, officer):
    happens("imprisonment", date(2023, 3, 15), cause="sentenced")
    benefits.resume(wounded, since=date(2023, 6, 1), source="QĐ 9", by=officer)
    with pytest.raises(Refusal, match="đã có thay đổi sau đó"):
        undo_life_event(last_event(), by=officer)


def test_a_death_recorded_by_itself_is_taken_back_with_its_stop(wounded, lan, officer):
    ACTS["registry.record_death"].call(Person.objects.get(pk=lan.pk), on=date(2023, 7, 2), source="Trích lục", by=officer)
    benefits.stop(wounded, until=date(2023, 7, 31), source="QĐ 3", by=officer)
    plan = undo_life_event(Entry.objects.get(act="registry.record_death"), by=officer)
    assert Payable.objects.get(pk=wounded.pk).ends_on is None
    assert plan.undone == ("Chấm dứt hưởng", "Ghi nhận mất")


@pytest.fixture
def assisted(lan, granted_by_decision):
    """Lan on social assistance as a severely disabled person."""
    return granted_by_decision("disabled", severity="severe")


@pytest.fixture
def granted_by_decision(lan, officer):
    def make(standing, **facts):
        person = Person.objects.get(pk=lan.pk)
        return benefits.grant(person, standing=standing, since=MAY, source="QĐ 5", by=officer, **facts)

    return make


def test_a_death_also_stops_social_assistance_and_names_its_funeral(assisted, wounded, happens):
    plan = happens("death", date(2023, 7, 2))
    assert {step.rule.field for step in plan.steps} == {"merit", "assistance"}
    assert Payable.objects.get(pk=assisted.pk).ends_on == date(2023, 7, 31)
    assert [claim.rule.grant for claim in plan.family] == ["merit_funeral", "death_lump", "assistance_funeral"]
    assert [claim.amount for claim in plan.family][2] == 7_200_000


def test_a_worse_disability_counts_from_the_month_of_the_certificate(assisted, happens, officer):
    plan = happens("severity", date(2023, 7, 12), severity="especially_severe", entitlement=assisted.pk)
    assert assisted.terms_rows.current().latest("since").severity == "especially_severe"
    assert plan.money.monthly_after > plan.money.monthly_before
    undo_life_event(last_event(), by=officer)
    assert assisted.terms_rows.current().get().severity == "severe"


def test_one_more_child_raises_the_allowance_of_a_single_parent(granted_by_decision, happens):
    parent = granted_by_decision("single_parent", children=1, poverty="poor")
    happens("birth", date(2023, 7, 2), name="Dương Văn Bé", sex="male")
    assert parent.terms_rows.current().latest("since").children == 2


def test_prison_stops_assistance_and_detention_suspends_it(assisted, happens, officer):
    happens("imprisonment", date(2023, 6, 5), cause="detained")
    assert [row.state for row in assisted.terms_rows.current().order_by("since")] == ["in_force", "suspended"]
    undo_life_event(last_event(), by=officer)
    happens("imprisonment", date(2023, 6, 5), cause="sentenced")
    assert assisted.terms_rows.current().get().until == date(2023, 6, 30)


def test_an_officer_of_one_field_leaves_the_other_field_as_a_task(assisted, wounded, lan, appoint):
    merit_only = appoint("hoe", "officer", "19.173.", "merit")
    said = {"event": "death", "on": date(2023, 7, 2), "source": "Trích lục"}
    plan = record_life_event(Person.objects.get(pk=lan.pk), **said, by=merit_only)
    assert plan.left == (f"benefits.stop:{assisted.pk}",)
    assert Task.objects.open().get(act="benefits.stop").key == f"benefits.entitlement:{assisted.pk}"


def test_an_officer_of_one_field_does_not_take_back_acts_of_the_other(assisted, wounded, happens, appoint):
    happens("death", date(2023, 7, 2))
    with pytest.raises(Forbidden, match="ngoài quyền"):
        undo_life_event(last_event(), by=appoint("hoe", "officer", "19.173.", "merit"))
    assert Payable.objects.get(pk=assisted.pk).ends_on == date(2023, 7, 31)


def test_a_task_that_an_event_closed_is_open_again_after_its_undo(wounded, happens, lan, officer):
    ACTS["registry.recognise"].call(lan, code="wounded", since=date(2010, 1, 1), source="QĐ 12", grade=61, by=officer)
    ACTS["registry.correct_standing"].call(lan, code="wounded", since=MAY, source="GĐYK 7", grade=65, by=officer)
    task = Task.objects.open().get(act="benefits.correct")
    plan = happens("grade", date(2023, 5, 30), grade=65, entitlement=wounded.pk)
    assert [closed.title for closed in plan.closed] == [task.title] and not Task.objects.open().filter(pk=task.pk).exists()
    back = undo_life_event(last_event(), by=officer)
    assert [opened.title for opened in back.raised] == [task.title] and Task.objects.open().filter(pk=task.pk).exists()


def test_a_grade_that_the_table_does_not_know_is_refused_with_the_article(wounded, happens):
    with pytest.raises(Refusal) as refused:
        happens("grade", date(2023, 5, 30), grade=5, entitlement=wounded.pk)
    assert str(refused.value) == "Thương binh: tỷ lệ 5; bảng của diện này từ 21 đến 100 %. (131/2021/NĐ-CP Điều 45)"
    assert spans(wounded) == [(date(2010, 1, 1), None, "in_force", 61)] and not Entry.objects.filter(act="benefits.correct").exists()


def test_what_has_not_happened_yet_is_not_recorded(wounded, happens):
    with pytest.raises(Refusal, match="chưa đến"):
        happens("imprisonment", date(2023, 8, 1), cause="sentenced")


def test_without_a_paper_nothing_is_recorded(wounded, lan, officer):
    with pytest.raises(Refusal, match="căn cứ"):
        record_life_event(Person.objects.get(pk=lan.pk), event="death", on=date(2023, 7, 2), source=" ", by=officer)


def test_a_child_of_somebody_who_left_the_province_is_not_put_into_a_household_here(lan, happens):
    happens("move_out", date(2023, 7, 1), address="Cà Mau")
    with pytest.raises(Refusal, match="không có nơi cư trú trong tỉnh"):
        happens("birth", date(2023, 7, 2), name="Dương Văn Bé", sex="male")
