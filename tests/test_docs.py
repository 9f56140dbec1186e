"""Pages that are written from the code are current, and what pages point to is there."""
import re

import pytest

from ansinh.config.docs import stale
from ansinh.engine.law import load

from .source import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def test_map_and_glossary_are_current():
    assert not stale(), "run `make map`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_somewhere(page):
    assert not [target for target in LINK.findall(page.read_text("utf-8")) if not (page.parent / target).exists()]


def test_every_decision_has_its_own_number():
    numbers = [path.name[:4] for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md")]
    assert len(numbers) == len(set(numbers))


def test_every_dependency_has_a_line_that_says_why():
    reasons = (ROOT / "docs" / "decisions" / "dependencies.md").read_text("utf-8")
    wanted = [re.split(r"[\[<>=]", line)[0].strip() for line in _requirements()]
    assert not [name for name in wanted if f"| {name} |" not in reasons]


def _requirements():
    lines = (ROOT / "requirements" / "base.in").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-"))]


def test_the_page_of_worked_cases_names_every_standing():
    page = (ROOT / "docs" / "officers" / "cases.md").read_text("utf-8")
    assert not [code for code in load().standings if f"| `{code}` |" not in page]
