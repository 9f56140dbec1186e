"""YAML that remembers its lines, so that a refusal can name file, line and reason."""
from collections.abc import Collection, Iterable
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path

import yaml


class LawError(ValueError):
    """A law file is wrong: ``file:line: reason; remedy`` for a terminal.

    Pages say it in words of their own by ``code``, ``where`` (``file:line``), ``key`` (the word on that line) and what was ``said``.
    """

    def __init__(self, text: str, *, code="", where="", key="", **said):
        super().__init__(text)
        self.code, self.where, self.key, self.said = code, where, key, said


def fault(where: str, code: str, reason: str, *, key="", **said) -> LawError:
    """What is wrong at a place, to be raised."""
    return LawError(f"{where}: {reason}", code=code, where=where, key=key, **said)


class Place(dict):
    """A mapping with its file and the line on which it and each of its keys stand."""

    def __init__(self, items, where, key_lines):
        super().__init__(items)
        self.where, self.key_lines = where, key_lines

    def refuse(self, reason, key=None, code="", **said):
        file, line = self.where
        raise fault(f"{file}:{self.key_lines.get(key, line)}", code, reason, key="" if key is None else str(key), **said)

    def only(self, allowed):
        """Refuse a key that nobody reads: a word mistyped would otherwise be a condition silently left out."""
        for key in self:
            if key not in allowed:
                words = ", ".join(sorted(map(str, allowed)))
                self.refuse(f"{key!r} is not known here; one of {words}", key, "unknown_key", allowed=words)

    def names(self, codes: Iterable, key, known: Collection[str], file="standings.yaml"):
        """Refuse a code that nobody knows, with the nearest one: misspelt it would match nothing, and nobody would see it."""
        for code in codes:
            if str(code) not in known:
                near = get_close_matches(str(code), known, n=1, cutoff=0.4)
                nearest = f", nearest is {near[0]!r}" if near else ""
                self.refuse(f"{code!r} is not in {file}{nearest}; mend the name", key, "unknown_standing", standing=code)

    def places(self, key) -> list["Place"]:
        """A list of mappings."""
        found = self.get(key, [])
        if not isinstance(found, list) or not all(isinstance(item, Place) for item in found):
            self.refuse(f"{key!r} must be a list of mappings", key, "not_a_list")
        return found

    def span(self, key) -> tuple[int | None, int | None]:
        """Two whole numbers from–to, inclusive; nothing said is no bound."""
        found = self.get(key, [None, None])
        if key in self and not (isinstance(found, list) and len(found) == 2 and all(type(n) is int for n in found) and found[0] <= found[1]):
            self.refuse(f"{key!r} is {found!r}, must be two whole numbers like [81, 100]", key, "not_a_span", value=found)
        return tuple(found)

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
                self.refuse(f"{key!r} is missing; add it", None, "missing", missing=key)
            return default
        value = self[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.refuse(f"{key!r} is {value!r}, must be {words}", key, "wrong_kind", value=value, kind=kind)
        return value


def listed(path: Path) -> list[Place]:
    """A file that is a list of mappings."""
    data = read(path)
    if not isinstance(data, list) or not all(isinstance(item, Place) for item in data):
        raise fault(f"{path.name}:1", "no_list", "the file must be a list of mappings, each beginning with `- `")
    return data


def mapping(path: Path) -> Place:
    """A file that is one mapping."""
    data = read(path)
    if not isinstance(data, Place):
        raise fault(f"{path.name}:1", "no_mapping", "the file must be one mapping of keys and values")
    return data


def read(path: Path):
    """The file's content with places; refused where it is not plain YAML or says one key twice."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise LawError(f"{path}: cannot be read ({error.strerror}); check the name") from error
    return parsed(data, path.name)


def parsed(data: bytes, name: str):
    """The same of bytes that are no file yet; ``name`` is what refusals call them."""
    try:
        node = yaml.compose(data.decode("utf-8-sig"), Loader=_PlainLoader)
        return _value(node, name) if node else []
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        remedy = "mend the YAML (indent with spaces, quote texts with a colon)"
        raise fault(f"{name}:{line}", "yaml", f"{error.problem}; {remedy}") from error
    except yaml.reader.ReaderError as error:
        raise fault(f"{name}:1", "control_character", f"character {error.position} is a control character; delete it", at=error.position) from error
    except UnicodeDecodeError as error:
        raise fault(f"{name}:1", "not_utf8", "not UTF-8; save the file as UTF-8") from error
    except RecursionError as error:
        raise fault(f"{name}:1", "too_deep", "brackets within brackets without end; write it flat") from error


class _PlainLoader(yaml.SafeLoader):
    """YAML without references: a small file cannot grow into a large one."""

    def compose_node(self, parent, index):
        if self.check_event(yaml.AliasEvent):
            raise yaml.composer.ComposerError(None, None, "references (*) are not used here", self.peek_event().start_mark)
        return super().compose_node(parent, index)


def _value(node, name):
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, name)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, name) for child in node.value]
    return _scalar(node, f"{name}:{node.start_mark.line + 1}")


def _scalar(node, where):
    try:
        value = yaml.SafeLoader("").construct_object(node)
    except ValueError as error:
        raise fault(where, "no_date", f"{node.value!r}: {error}; write a real date like 2023-07-01", value=node.value) from error
    # YAML reads 061 as 49, 1:30 as 90 and 1_000 as 1000; a number here means what an officer sees.
    if isinstance(value, int) and not isinstance(value, bool) and str(value) != node.value:
        raise fault(where, "no_number", f"{node.value!r} is no plain whole number; write only its digits, like 61", value=node.value)
    if isinstance(value, datetime):
        raise fault(where, "has_hour", f"{node.value!r} has an hour; write only the day, like 2023-07-01", value=node.value)
    return value


def _mapping(node, name):
    items, lines = {}, {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise fault(f"{name}:{line}", "no_word", "a key must be one word; mend the YAML")
        key = _value(key_node, name)
        if key in items:
            reason = f"{key!r} is said twice (first on line {lines[key]}); keep one"
            raise fault(f"{name}:{line}", "said_twice", reason, key=str(key), first=lines[key])
        items[key], lines[key] = _value(value_node, name), line
    return Place(items, (name, node.start_mark.line + 1), lines)
