"""A programme can be left out: the house stands without any, and with each alone."""
import os
import subprocess
import sys

import pytest
from django.conf import settings

NAMES = [programme.removeprefix("ansinh.") for programme in settings.PROGRAMMES]


@pytest.mark.parametrize("programmes", ["", *NAMES], ids=lambda names: names or "none")
def test_the_house_stands_with_these_programmes_only(programmes):
    run = subprocess.run(
        [sys.executable, "-m", "django", "check"], env={**os.environ, "ANSINH_PROGRAMMES": programmes}, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
