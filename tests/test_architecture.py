"""The plan of the house: storeys, sizes, one clock, and who may write what."""
import ast
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import quantiles

import pytest
from django.apps import apps

from .source import PACKAGE, ROOT, functions, length, sources, storeys

LINES_OF_A_FILE, LINES_OF_A_FUNCTION, SHARE_OF_INNER_IMPORTS = 400, 30, 0.01
# AppendOnly, Dated and PersonRow stand above the dated rows of a person; nothing may be deeper.
ABSTRACT_CLASSES_ABOVE_A_MODEL = 3
CLOCK = "ansinh/office/clock.py"
OTHER_CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now", "timezone.localdate", "time.time",
}
WRITES = {"create", "get_or_create", "update_or_create", "update", "delete", "bulk_create", "bulk_update", "save"}

STOREYS = "The office is built in storeys"
PLANTED = [
    (STOREYS, "registry/planted.py", "import ansinh.payments.models"),
    (STOREYS, "payments/planted.py", "import ansinh.benefits.models"),
    (STOREYS, "stray/__init__.py", ""),
    ("The engine knows tables and law, not the web", "engine/planted.py", "import django"),
    ("Frames stay out of screens", "web/planted.py", "import polars"),
    ("Screens are private", "benefits/planted.py", "import ansinh.registry.forms"),
]


def lint_imports(folder: Path) -> str:
    program = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([program, "--no-cache"], cwd=folder, env={"PYTHONPATH": str(folder)}, capture_output=True, text=True)
    return run.stdout + run.stderr


@pytest.fixture
def copy(tmp_path):
    """A copy of the house in which a fault may be planted."""
    shutil.copytree(PACKAGE, tmp_path / "ansinh", ignore=shutil.ignore_patterns("__pycache__", "static", "templates", "law"))
    shutil.copytree(PACKAGE / "engine" / "law", tmp_path / "ansinh" / "engine" / "law")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "ansinh" / "registry" / "forms.py").touch()
    return tmp_path


def test_all_contracts_hold():
    assert "0 broken" in lint_imports(ROOT)


@pytest.mark.parametrize(("contract", "file", "fault"), PLANTED)
def test_a_planted_fault_breaks_its_contract(copy, contract, file, fault):
    planted = copy / "ansinh" / file
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(fault, "utf-8")
    assert f"{contract} BROKEN" in lint_imports(copy)


def test_law_holds_no_code_and_the_command_no_second_entrance():
    assert not [*(PACKAGE / "law").rglob("*.py"), *PACKAGE.rglob("__main__.py")]


def test_every_module_says_what_it_is_for_in_both_languages():
    faces = [source for source in sources() if source.path.count("/") == 2 and source.path.endswith("/__init__.py")]
    assert not [face.path for face in faces if " / " not in (ast.get_docstring(face.tree) or "")]


def test_files_and_functions_keep_the_house_numbers(capsys):
    files = sorted(((source.lines, source.path) for source in sources()), reverse=True)
    lengths = sorted(
        ((length(node), f"{source.path} {node.name}") for source in sources() for node in functions(source)), reverse=True
    )
    with capsys.disabled():
        print("\nlargest files:", *(f"  {lines:4} {path}" for lines, path in files[:10]), sep="\n")
        print("longest functions:", *(f"  {lines:4} {name}" for lines, name in lengths[:10]), sep="\n")
    assert files[0][0] <= LINES_OF_A_FILE
    assert quantiles([lines for lines, _ in lengths], n=10)[-1] <= LINES_OF_A_FUNCTION


def test_every_file_begins_with_one_sentence():
    assert not [source.path for source in sources() if source.text and not ast.get_docstring(source.tree)]


def test_no_star_imports():
    assert not [source.path for source in sources() for node in _imports(source.tree) if node.names[0].name == "*"]


def test_imports_stand_at_the_top_of_files():
    every = [node for source in sources() for node in _imports(source.tree)]
    inner = [
        f"{source.path} {function.name}" for source in sources() for function in functions(source) for _ in _imports(function)
    ]
    assert len(inner) <= SHARE_OF_INNER_IMPORTS * len(every), inner


def _imports(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]


def test_classes_of_ours_are_not_deep():
    deep = [model.__name__ for model in apps.get_models() if len(_ancestors(model)) > ABSTRACT_CLASSES_ABOVE_A_MODEL]
    assert not deep


def _ancestors(model):
    """Our own classes on the longest single line of descent, mixed-in facts not counted."""
    line, here = [], model
    while ours := [base for base in here.__bases__ if base.__module__.startswith("ansinh.")]:
        here = ours[-1]
        line.append(here)
    return line


def test_every_relation_points_to_the_same_or_a_lower_storey():
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and _points_up(model, field.related_model)
    ]
    assert not upward


def _points_up(model, target):
    heights = [storeys().get(each._meta.app_label) for each in (model, target)]
    return None not in heights and heights[0] < heights[1]


def test_there_is_one_clock():
    others = [
        f"{source.path}:{node.lineno} {name}"
        for source in sources()
        if source.path != CLOCK
        for node in ast.walk(source.tree)
        if (name := _dotted(node)) in OTHER_CLOCKS
    ]
    assert not others


def _dotted(node):
    """The last two words of a dotted name: ``datetime.now``; the alias that a file gave it does not matter much."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
        owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
        return f"{owner}.{node.attr}"
    return None


def test_only_owners_write_their_rows():
    strangers = [
        f"{source.path}:{call.lineno} {call.func.attr}"
        for source in sources()
        for call in ast.walk(source.tree)
        if _is_write(call) and _root(call.func) in _models_of_others(source)
    ]
    assert not strangers


def _is_write(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES


def _root(node):
    """The name a chain begins with: ``Person`` of ``Person.objects.filter(…).update``."""
    while not isinstance(node, ast.Name):
        node = getattr(node, "func", None) or getattr(node, "value", None)
        if node is None:
            return None
    return node.id


def _models_of_others(source):
    imported = (node for node in _imports(source.tree) if isinstance(node, ast.ImportFrom) and node.level == 0)
    return {
        alias.asname or alias.name
        for node in imported
        if (node.module or "").startswith("ansinh.") and ".models" in node.module and node.module.split(".")[1] != source.module
        for alias in node.names
    }
