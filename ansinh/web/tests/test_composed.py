"""Pages that several modules fill together: what they all ask for is found once a page."""
import pytest

from ansinh.web import composed
from ansinh.web.composed import Panel, once_a_page, panels_of


@pytest.fixture
def asked(monkeypatch):
    """What was looked up for two panels that ask for the same thing."""
    found = []
    look = once_a_page(found.append)
    panels = [Panel("test", f"Ô {n}", n, "", lambda subject, account, known: look(subject) or "có") for n in (1, 2)]
    monkeypatch.setattr(composed, "PANELS", panels)
    return found, look


def test_two_panels_of_a_page_look_once_and_the_next_page_looks_again(asked):
    found, _look = asked
    assert [panel.content for panel in panels_of("test", "lan", None)] == ["có", "có"]
    assert found == ["lan"]
    panels_of("test", "lan", None)
    assert found == ["lan", "lan"]


def test_outside_of_a_page_each_asking_looks(asked):
    found, look = asked
    look("lan")
    look("lan")
    assert found == ["lan", "lan"]
