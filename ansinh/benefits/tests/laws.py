"""A province of its own: a folder of law for one test, and people of assistance whose amounts follow the level."""
from datetime import date

import pytest
from django.conf import settings as installed

from ansinh.benefits import actions as benefits
from ansinh.benefits.law_text import level_text
from ansinh.engine.law.own import use_own_law
from ansinh.office import clock

RAISED = {
    "title": "Tỉnh nâng 420.000", "amount": 420_000, "since": date(2023, 9, 1), "number": "12/2023/NQ-HĐND", "signed": date(2023, 10, 12),
    "in_force": date(2023, 11, 1), "article": "Điều 1", "verified": True,
}


@pytest.fixture
def own_law(tmp_path, settings):
    """The installation's folder of law, empty, and no snapshot kept."""
    settings.DATA = tmp_path / "data"
    use_own_law(tmp_path / "law")
    yield tmp_path / "law"
    use_own_law(installed.LAW)


@pytest.fixture
def lan_is_disabled(lan, officer):
    """Lan has the allowance of the severely disabled since September 2023: twice the level, because she is old."""
    with clock.held_at(date(2023, 9, 5)):
        benefits.grant(lan, standing="disabled", severity="severe", since=date(2023, 9, 1), source="QĐ 13", by=officer)
    return lan


@pytest.fixture
def drafter(appoint):
    """Prepares drafts and lists in the whole province."""
    return appoint("drafter", "officer", "19.")


@pytest.fixture
def saved(own_law, drafter):
    """``saved(amount=…)``: a provincial level as a saved draft."""

    def make(**changed):
        said = {**RAISED, **changed}
        with clock.held_at(date(2023, 10, 13)):
            return benefits.save_draft(said["title"], text=level_text(**said), by=drafter)

    return make
