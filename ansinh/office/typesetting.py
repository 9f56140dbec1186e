"""The typesetter in a process of its own: values come in on standard input, PDFs go out; the memory it took goes with it.

Typst keeps what it has set, 0.7 MB a page and more for tables: a server that prints for a day would grow without end.
"""
import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

SECONDS = 300
# Each PDF is preceded by its length.
LENGTH = 8


@dataclass(frozen=True)
class Typesetting:
    """A typesetter at work; whoever began it does something else meanwhile."""

    process: subprocess.Popen
    out: IO[bytes]

    def taken(self) -> list[bytes]:
        """What it has set; waits for it."""
        try:
            ended = self.process.wait(SECONDS)
        finally:
            self.process.kill()
        with self.out:
            if ended:
                raise subprocess.CalledProcessError(ended, self.process.args)
            self.out.seek(0)
            return list(_taken_apart(self.out))


def typeset(template: Path, inputs: Iterable[dict[str, str]], **rules) -> list[bytes]:
    """One PDF for each set of values (texts by name), with the same bytes for the same values."""
    return begin(template, inputs, **rules).taken()


def begin(template: Path, inputs: Iterable[dict[str, str]], *, fonts: Path, made: datetime, standard: str | None = "a-2b") -> Typesetting:
    """The same, begun: both ways go through files, so that neither side waits for the other."""
    order = {
        "template": str(template), "fonts": str(fonts), "made": made.astimezone(UTC).replace(microsecond=0).isoformat(),
        "standard": standard, "inputs": list(inputs),
    }
    out = TemporaryFile()  # noqa: SIM115  (closed by whoever takes what was set)
    with TemporaryFile() as told:
        told.write(json.dumps(order).encode())
        told.seek(0)
        process = subprocess.Popen([sys.executable, "-P", __file__], stdin=told, stdout=out)
    return Typesetting(process, out)


def _taken_apart(out):
    while length := out.read(LENGTH):
        yield out.read(int.from_bytes(length, "big"))


def _main():
    import typst  # noqa: PLC0415  (only the child needs it)

    order = json.load(sys.stdin)
    compiler = typst.Compiler(order["template"], font_paths=[order["fonts"]], ignore_system_fonts=True)
    rules = {"pdf_standards": order["standard"]} if order["standard"] else {}
    made = datetime.fromisoformat(order["made"])
    for values in order["inputs"]:
        pdf = compiler.compile(format="pdf", sys_inputs=values, timestamp=made, **rules)
        sys.stdout.buffer.write(len(pdf).to_bytes(LENGTH, "big") + pdf)


if __name__ == "__main__":
    _main()
