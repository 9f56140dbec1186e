"""Checked dossiers for tests: papers entered, the doubled fields entered again by a second officer."""
from datetime import date

import pytest

from ansinh.dossiers.actions import confirm_kind, enter_field, finish_entering, register_dossier
from ansinh.dossiers.models import Dossier, Page, Paper
from ansinh.dossiers.words import Box
from ansinh.registry import actions as registry
from tests.people import COMMUNE, DISTRICT

BOX = Box(10, 20, 30, 40)
DECISION = {
    "full_name": "TRẦN VĂN BA", "birth": "01/05/1950", "citizen_number": "019050001234", "dossier_number": "TB/19/00999", "injury_rate": "41",
    "entitled_from": "01/1995", "decision_number": "1187/QĐ-LĐTBXH", "decision_date": "20/12/1994",
}
MINUTES = {"full_name": "Trần Văn Ba", "birth": "1950", "injury_rate": "41", "decision_number": "12/GĐYK", "decision_date": "02/10/1994"}
CERTIFICATE = {"full_name": "Trần Văn Ba", "birth": "1950", "decision_number": "7/TB", "decision_date": "20/07/1976"}


@pytest.fixture
def second(appoint):
    """Another officer of the same district, who enters blind."""
    return appoint("second", "officer", DISTRICT)


@pytest.fixture
def dossier_with(lan_page, officer, second, monkeypatch):
    """``dossier_with({kind: fields, …})``: a checked dossier of a stranger, one page a paper."""
    monkeypatch.setattr("ansinh.dossiers.actions.entering.is_drawn", lambda code, per_mille: False)

    def make(papers, *, category="wounded", code="TB-01187", again=None):
        dossier = register_dossier(code, category=category, title="Trần Văn Ba", area_path=COMMUNE, by=officer)
        Dossier.objects.filter(pk=dossier.pk).update(state=Dossier.State.READ)
        dossier.refresh_from_db()
        made = [_paper(dossier, lan_page, n, kind, fields, officer) for n, (kind, fields) in enumerate(papers.items(), 1)]
        finish_entering(dossier, number=1, by=officer)
        for paper, page, fields in made:
            _again(paper, page, {name: (again or {}).get(name, value) for name, value in fields.items()}, second)
        return finish_entering(dossier, number=2, by=second) if dossier.state == Dossier.State.ENTERED else dossier

    return make


def _paper(dossier, like, number, kind, fields, account):
    paper = Paper.objects.create(dossier=dossier, position=number)
    page = Page.objects.create(
        scan=like.scan, number=number + 1, part=dossier.pk, width=600, height=800, dpi=72, dossier=dossier, paper=paper, position=number, screen=like.screen
    )
    confirm_kind(paper, kind=kind, by=account)
    for name, value in fields.items():
        enter_field(paper, name=name, value=value, page=page, box=BOX, by=account)
    return paper, page, fields


def _again(paper, page, fields, account):
    for name in {"injury_rate", "entitled_from"} & set(fields):
        enter_field(paper, name=name, value=fields[name], page=page, box=BOX, by=account)


@pytest.fixture
def whole(dossier_with):
    """A complete dossier of a wounded soldier."""
    return dossier_with({"injury_certificate": CERTIFICATE, "medical_board_minutes": MINUTES, "allowance_decision": DECISION})


@pytest.fixture
def ba(areas, officer):
    """Trần Văn Ba as the register knows him: only a year of birth."""
    return registry.register_person(
        name="Trần Văn Ba", area=areas[COMMUNE], since=date(2010, 1, 1), source="Sổ hộ khẩu", birth_on=date(1950, 1, 1), birth_precision="year", by=officer
    )
