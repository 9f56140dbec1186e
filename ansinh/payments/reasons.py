"""Kinds of reason with which a finding is closed: read from law/sweep/reasons.yaml."""
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ansinh.engine.law.places import listed

from .queries.checks import CHECKS

FILE = Path(__file__).resolve().parents[1] / "law" / "sweep" / "reasons.yaml"
WAYS = ("officer", "hold", "decision")


@dataclass(frozen=True)
class Reason:
    """Loại lý do: in which way it closes a finding, for which checks (none named: all), and whether words must be added."""

    code: str
    title: str
    by: str
    needs_note: bool
    checks: tuple[str, ...]

    def fits(self, check_code: str) -> bool:
        return not self.checks or check_code in self.checks


@cache
def reasons() -> dict[str, Reason]:
    """Every kind of reason, by code."""
    return load_reasons(FILE)


def load_reasons(path: Path) -> dict[str, Reason]:
    """Read a file of reasons; one that names a check which nobody makes is refused with file, line and the nearest one."""
    return {reason.code: reason for reason in map(_reason, listed(path))}


def offered(check_code: str) -> list[Reason]:
    """What an officer may choose for a finding of this check."""
    return [reason for reason in reasons().values() if reason.by == "officer" and reason.fits(check_code)]


def of_way(way: str) -> Reason:
    """The reason that goes with holding a line, or with a decision."""
    return next(reason for reason in reasons().values() if reason.by == way)


def _reason(row) -> Reason:
    row.only({"code", "vietnamese", "by", "note", "checks"})
    if row.text("by") not in WAYS:
        row.refuse(f"{row['by']!r} is no way of closing; one of {', '.join(WAYS)}", "by")
    row.names(row.get("checks", ()), "checks", CHECKS, "the checks of the sweep")
    checks = tuple(row.get("checks", ()))
    return Reason(row.text("code"), row.text("vietnamese"), row.text("by"), row.flag("note"), checks)
