"""What is committed names no machine, no registry and no lock file that would name one."""
import subprocess
from functools import cache
from pathlib import Path

import pytest

from .source import ROOT

# Written in two pieces, so that this file does not name them either.
REGISTRIES = ["pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com", "debian" + ".org", "yarnpkg" + ".com"]
MACHINE = [str(path) + "/" for path in (ROOT, Path.home()) if path != Path("/")]


@cache
def tracked() -> tuple[Path, ...]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    return tuple(ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


def naming(words):
    held = [word.encode() for word in words]
    return [path.relative_to(ROOT).as_posix() for path in tracked() if any(word in path.read_bytes() for word in held)]


@pytest.fixture(autouse=True)
def _needs_git():
    if not tracked():
        pytest.skip("not a git checkout")


def test_no_file_names_a_package_registry():
    assert not naming(REGISTRIES)


def test_no_file_names_a_path_of_this_machine():
    assert not naming(MACHINE)


def test_no_lock_file_that_names_a_host_is_tracked():
    assert "uv.lock" not in {path.name for path in tracked()}


def test_ci_does_nothing_that_make_test_does_not():
    assert (ROOT / ".ci" / "run").read_text("utf-8").strip().splitlines()[-1] == "exec make test"
