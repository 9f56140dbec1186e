"""Words for tests of the sweep: what stands open on a month, and planted faults of a few kinds."""
from datetime import date

import pytest

from ansinh.office.act import action, current_entry
from ansinh.office.dated import record
from ansinh.payments.models import Closing, Finding, SweepDecision
from ansinh.payments.queries.findings import with_standing
from ansinh.registry import actions as registry
from ansinh.registry.models import PopulationRecord


@action("registry.tell_of_population_for_test", label="Dữ liệu dân cư", scope=lambda person, **_: (person.area_path, ""))
def tell(person, *, state, happened_on=None, since=date(2023, 5, 1)):
    """What a population list says of a person."""
    return record(PopulationRecord, person=person, state=state, happened_on=happened_on, since=since, source="bảng công an")


def standing_of(month) -> dict:
    """Findings of a month as ``{(check, name): standing}``."""
    rows = with_standing(Finding.objects.filter(month=month)).select_related("person")
    return {(row.check_code, row.person.name): row.standing for row in rows}


def found_by(code, month) -> list[str]:
    """Names that a check found and still finds, in order."""
    found = Finding.objects.standing().filter(check_code=code, month=month)
    return sorted(found.values_list("person__name", flat=True))


@action("payments.propose_finding_for_test", label="Mục soát", scope=lambda line, **_: (line.area_path, line.field))
def _find(line):
    entry = current_entry()
    values = {"field": line.field, "month": line.paylist.month, "area_path": line.area_path}
    finding = Finding.objects.create(
        **values, check_code="kenh-chi", person=line.person, facts="post", amount=line.total, found_in=entry, seen_in=entry
    )
    decision = SweepDecision.objects.create(**values, number="QĐ 3", reason="đã hỏi xã", count=1, amount=line.total, recorded_in=entry)
    record(Closing, since=date(2023, 5, 26), finding=finding, reason="paid_by_decision", facts="post", decision=decision)
    return finding


@pytest.fixture
def lan_finding(lan_is_paid, officer):
    """A finding about Lan, paid by decision, and a population list that names her: a row of every kind that the sweep knows."""
    line = lan_is_paid.lines.get()
    tell(line.person, state="alive", by=officer)
    registry.record_detention(line.person, on=date(2023, 2, 1), cause="detained", source="Lệnh tạm giam 5", by=officer)
    return _find(line, by=officer)
