"""Pages written from the code itself: docs/map.md and docs/glossary.md. `make map` writes them, a test compares."""
import ast
import tomllib
from fnmatch import fnmatchcase
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import yaml
from django.apps import apps

from ansinh.office.act import ACTS, REACTIONS
from ansinh.office.rights import roles

BASE = Path(__file__).resolve().parents[2]
PACKAGE = BASE / "ansinh"
KNOWN_BY_BEING_READ = ("actions", "reactions", "desks")
NOT_SHOWN = {"tests", "migrations"}


def pages() -> dict[Path, str]:
    """Every generated page with what it should say."""
    return {BASE / "docs" / "map.md": map_page(), BASE / "docs" / "glossary.md": glossary_page()}


def stale() -> list[str]:
    """Generated pages that no longer say what the code says."""
    return [path.name for path, text in pages().items() if not path.exists() or path.read_text("utf-8") != text]


def map_page() -> str:
    """Modules from the top storey to the ground: files, models, acts with their rights, reactions, desks."""
    read_modules()
    parts = ["# Map", "Written from the code by `make map`; do not edit.", *(_module(name) for name in _modules())]
    return "\n\n".join(parts) + "\n"


def glossary_page() -> str:
    """The words of the house in both languages, from law/glossary.yaml."""
    head = "# Glossary\n\nWritten from `ansinh/law/glossary.yaml` by `make map`; do not edit.\n"
    return head + "\n" + _table(
        ("in code", "tiếng Việt", "legal term", "basis", "note"),
        [
            (f"`{word['english']}`", word["vietnamese"], word.get("legal_term", ""), word.get("basis", ""), word.get("note", ""))
            for word in sorted(glossary(), key=lambda word: word["english"])
        ],
    ) + "\n"


def glossary() -> list[dict]:
    """law/glossary.yaml: english, vietnamese, and where they apply legal_term, basis, note, in_code."""
    return yaml.safe_load((PACKAGE / "law" / "glossary.yaml").read_text("utf-8"))


def _modules() -> list[str]:
    """Modules that exist, from the top storey down."""
    contracts = tomllib.loads((BASE / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    names = [name.strip(" ()") for layer in layers for name in layer.split("|")]
    return [name for name in names if (PACKAGE / name).is_dir()]


def read_modules():
    """Acts, reactions and desks make themselves known when their files are read."""
    for name in _modules():
        for part in KNOWN_BY_BEING_READ:
            if find_spec(f"ansinh.{name}.{part}"):
                import_module(f"ansinh.{name}.{part}")


def _module(name) -> str:
    head = [f"## {name}", _sentence(PACKAGE / name / "__init__.py")]
    tables = [_files(name), _models(name), _acts(name), _reactions(name), _desks(name)]
    return "\n\n".join(section for section in [*head, *tables] if section)


def _files(name) -> str:
    folder = PACKAGE / name
    found = [path for path in sorted(folder.rglob("*.py")) if not NOT_SHOWN & set(path.parts) and path != folder / "__init__.py"]
    return _table(("file", "says"), [(f"`{path.relative_to(folder)}`", said) for path in found if (said := _sentence(path))])


def _models(name) -> str:
    if not apps.is_installed(f"ansinh.{name}"):
        return ""
    rows = [(f"`{m.__name__}`", m._meta.verbose_name, _first_line(m.__doc__)) for m in apps.get_app_config(name).get_models()]
    return _table(("model", "tiếng Việt", "what we keep"), rows)


def _acts(name) -> str:
    mine = [act for act in sorted(ACTS.values(), key=lambda act: act.name) if _stands_in(act.call, name)]
    rows = [(f"`{act.name}`", act.label, _roles(act.name), act.help) for act in mine]
    return _table(("act", "tiếng Việt", "roles", "what happens"), rows)


def _roles(act) -> str:
    return ", ".join(code for code, role in roles().items() if any(fnmatchcase(act, pattern) for pattern in role["acts"]))


def _reactions(name) -> str:
    rows = [
        (f"`{act}`", f"`{function.__name__}`", _first_line(function.__doc__))
        for act, functions in sorted(REACTIONS.items())
        for function in functions
        if _stands_in(function, name)
    ]
    return _table(("hears", "reaction", "and then"), rows)


def _stands_in(function, name) -> bool:
    """Whether a function is the module's own and not one of its tests'."""
    return function.__module__.startswith(f"ansinh.{name}.") and ".tests." not in function.__module__


def _desks(name) -> str:
    if not find_spec(f"ansinh.{name}.desks"):
        return ""
    desks = import_module(f"ansinh.{name}.desks")
    shown = [(f"`{key}`", type(value).__name__) for key, value in sorted(vars(desks).items()) if _is_declared(value)]
    return _table(("screen part", "kind"), shown)


def _is_declared(value) -> bool:
    return type(value).__module__.startswith("ansinh.web.") and hasattr(value, "__dataclass_fields__")


def _sentence(path) -> str:
    return _first_line(ast.get_docstring(ast.parse(path.read_text("utf-8"))))


def _first_line(text) -> str:
    return (text or "").strip().split("\n")[0]


def _table(head, rows) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines) if rows else ""


def _cell(value) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")


def write():
    """Write the pages."""
    for path, text in pages().items():
        path.write_text(text, "utf-8")
