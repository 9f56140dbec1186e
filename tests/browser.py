"""A real browser for journeys: the system's Chromium, in Vietnamese, with an ear for its console and an eye for access."""
import os
import re
from pathlib import Path

import pytest

from .parts import CHROMIUM

AXE = Path(__file__).with_name("vendor") / "axe-core-4.14.1.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
# A refused form or a page that does not exist for the reader is an answer; Chromium reports it as a failed load.
LAWFUL_NO = re.compile(r"status of (403|404|409|422|429)")
# The same where a test cuts the connection itself.
LAWFUL_NO_OR_CUT = re.compile(rf"{LAWFUL_NO.pattern}|net::ERR_CONNECTION_RESET")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    flags = ["--disable-dev-shm-usage", "--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return {**browser_type_launch_args, "executable_path": str(CHROMIUM), "args": flags}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    size = {"width": 1366, "height": 768}
    return {**browser_context_args, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "viewport": size}


def listening(page, lawful=LAWFUL_NO) -> list[str]:
    """What the page's console says that it should not; filled while the page lives."""
    said = []

    def hear(line):
        if not lawful.search(line):
            said.append(line)

    page.on("console", lambda message: hear(f"{message.type}: {message.text} ({message.location.get('url')})"))
    page.on("pageerror", lambda error: hear(str(error)))
    return said


@pytest.fixture
def page(page):
    """A page whose console must stay silent."""
    said = listening(page)
    yield page
    assert not said, "\n".join(said)


def serious_faults(page) -> list[str]:
    """What axe finds serious or critical on the open page."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("levels => axe.run(document, {runOnly: levels})", LEVELS)["violations"]
    return [_told(fault) for fault in found if fault["impact"] in ("serious", "critical")]


@pytest.fixture
def has_no_serious_fault(page):
    """``has_no_serious_fault()``: axe finds nothing serious or critical on the open page."""

    def look():
        serious = serious_faults(page)
        assert not serious, "\n".join(serious)

    return look


def _told(fault):
    places = "; ".join(str(node["target"]) for node in fault["nodes"][:5])
    return f"{fault['impact']} {fault['id']}: {fault['help']} ({places})"
