"""What a verb says: lines for a person, data for a program, and whether it is a success."""
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, is_dataclass
from datetime import date, datetime

from ansinh.engine.text.money import dotted

OK, REFUSED = 0, 1


@dataclass
class Answer:
    """The answer of a verb; ``ok`` False ends with exit code 1 after the lines were shown."""

    lines: list[str] = field(default_factory=list)
    data: object = None
    ok: bool = True


def show(answer: Answer, *, as_json: bool) -> int:
    """Write an answer to standard output; returns the exit code."""
    if as_json:
        _write(json.dumps(answer.data, ensure_ascii=False, indent=2, default=_plain))
    else:
        for line in answer.lines:
            _write(line)
    return OK if answer.ok else REFUSED


def refused(refusal, *, as_json: bool) -> int:
    """One line on standard error saying what is wrong and what to do; with ``--json`` also as data."""
    if as_json:
        basis = getattr(refusal, "basis", None)
        _write(json.dumps({"error": getattr(refusal, "sentence", str(refusal)), "basis": basis}, ensure_ascii=False))
    sys.stderr.write(f"ansinh: {' '.join(str(refusal).split())}\n")
    return REFUSED


def say(line: str):
    """A line at once, for verbs that run for long."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def dong(amount: int | None) -> str:
    """Đồng with thousand dots: ``4.016.000 đ``; unknown is a dash."""
    return "–" if amount is None else f"{dotted(amount)} đ".replace("-", "−")


def table(rows: Iterable[tuple], *, right: tuple[int, ...] = ()) -> list[str]:
    """Rows as columns of text; columns named in ``right`` stand against their right edge."""
    rows = [tuple(str(cell) for cell in row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(c.rjust(w) if i in right else c.ljust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]


def _write(text):
    sys.stdout.write(f"{text}\n")


def _plain(value):
    if is_dataclass(value):
        return asdict(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)

