"""YAML that remembers its lines, so that a refusal can name file, line and reason."""
from datetime import date
from pathlib import Path

import yaml


class LawError(ValueError):
    """A law file is wrong: ``file:line: reason; remedy``."""


class Place(dict):
    """A mapping with its file and the line on which it and each of its keys stand."""

    def __init__(self, items, where, key_lines):
        super().__init__(items)
        self.where, self.key_lines = where, key_lines

    def refuse(self, reason, key=None):
        file, line = self.where
        raise LawError(f"{file}:{self.key_lines.get(key, line)}: {reason}")

    def text(self, key, default=None) -> str:
        return self._of(key, str, "a text", default)

    def whole(self, key, default=None) -> int:
        return self._of(key, int, "a whole number without dots or quotes", default)

    def day(self, key, default=None) -> date:
        return self._of(key, date, "a date like 2023-07-01", default)

    def flag(self, key, default=None) -> bool:
        return self._of(key, bool, "yes or no", default)

    def _of(self, key, kind, words, default):
        if key not in self:
            if default is None:
                self.refuse(f"{key!r} is missing; add it")
            return default
        value = self[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.refuse(f"{key!r} is {value!r}, must be {words}", key)
        return value


def read(path: Path):
    """The file's content with places; refused where it is not YAML or says one key twice."""
    name = path.name
    try:
        node = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise LawError(f"{name}:{line}: {error.problem}; mend the YAML (indent with spaces, quote texts with a colon)") from error
    except UnicodeDecodeError as error:
        raise LawError(f"{name}:1: not UTF-8; save the file as UTF-8") from error
    return _value(node, name) if node else []


def _value(node, name):
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, name)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, name) for child in node.value]
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_object(node)
    except ValueError as error:
        raise LawError(f"{name}:{node.start_mark.line + 1}: {node.value!r}: {error}; write a real date like 2023-07-01") from error


def _mapping(node, name):
    items, lines = {}, {}
    for key_node, value_node in node.value:
        key, line = _value(key_node, name), key_node.start_mark.line + 1
        if key in items:
            raise LawError(f"{name}:{line}: {key!r} is said twice (first on line {lines[key]}); keep one")
        items[key], lines[key] = _value(value_node, name), line
    return Place(items, (name, node.start_mark.line + 1), lines)
