"""Our own source as syntax trees, and all acts, for tests that look at the shape of the code."""
import ast
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ansinh.config.docs import read_modules
from ansinh.office.act import ACTS, Act

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "ansinh"


@dataclass(frozen=True)
class Source:
    """A Python file: its path under the root, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    @property
    def module(self) -> str:
        """The folder of the office that it lies in: ``registry``."""
        return self.path.split("/")[1]

    @property
    def lines(self) -> int:
        return self.text.count("\n")


@cache
def sources() -> tuple[Source, ...]:
    """The package without tests and migrations."""
    return tuple(_read(path) for path in sorted(PACKAGE.rglob("*.py")) if not {"tests", "migrations"} & set(path.parts))


@cache
def storeys() -> dict[str, int]:
    """Module → storey, from the contract in pyproject.toml; 0 is the ground."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return {name.strip(" ()"): height for height, layer in enumerate(reversed(layers)) for name in layer.split("|")}


def functions(source: Source):
    return [node for node in ast.walk(source.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(node) -> int:
    return node.end_lineno - node.lineno + 1


def _read(path):
    text = path.read_text("utf-8")
    return Source(path.relative_to(ROOT).as_posix(), text, ast.parse(text))


def acts() -> dict[str, Act]:
    """Every act of the house, without those that tests make for themselves."""
    read_modules()
    return {name: act for name, act in sorted(ACTS.items()) if ".tests." not in act.call.__module__}
