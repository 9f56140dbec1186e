"""What stands around every page: rail, clock, law version, the department's name of the day."""
from functools import cache
from pathlib import Path

import yaml
from django.urls import reverse

from ansinh.engine.law import book
from ansinh.engine.law.book import FOLDER
from ansinh.office import clock, installation
from ansinh.web import rail


def page_frame(request):
    """Context of the base template."""
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return {"department": department(), "demonstration": installation.is_demonstration()}
    return {
        "department": department(),
        "demonstration": installation.is_demonstration(),
        "rail": [_shown(item, account) for item in rail.items_for(account)],
        "data_until": clock.now(),
        "law_version": book().digest[:8],
    }


def department() -> str:
    """The department's own name today; departments are dated data."""
    today = clock.today()
    rows = [row for row in _departments() if row["since"] <= today]
    return max(rows, key=lambda row: row["since"])["name"]


@cache
def _departments():
    return yaml.safe_load((Path(FOLDER) / "departments.yaml").read_text("utf-8"))


def _shown(item, account):
    number = item.number(account) if item.number else None
    return {"label": item.label, "url": reverse(item.url_name), "number": number, "name": item.url_name}


